"""One tick's life, without thread and clock."""

import logging

from app.drift.commands import Carry, Fling
from app.drift.stepper import Stepper
from tests.worlds import make_world, put


def test_a_command_taken_back_keeps_none_behind_it_from_being_applied():
    stepper = Stepper(make_world(count=3))
    first, second = stepper.submit(Fling(0, 1.0, 1.0)), stepper.submit(Carry(1, 100.0, 100.0))
    assert first.cancel()
    stepper.beat(2)
    assert second.done()
    assert stepper.is_quiet


def test_a_refusal_is_told_to_the_log_of_details(caplog):
    stepper = Stepper(make_world(count=3))
    with caplog.at_level(logging.DEBUG, "app.drift.stepper"):
        done = stepper.submit(Fling(99, 1.0, 1.0))
        stepper.beat(2)
    (said,) = caplog.records
    assert said.message == f"refused Fling: {done.exception()}"


def test_bodies_put_back_later_are_counted_and_told_once(caplog):
    world = make_world(count=3)
    stepper = Stepper(world)
    for _ in range(2):
        put(world, 0, position=(1e9, 0.0))
        stepper.beat(2)
        stepper.beat(2)
    assert stepper.respawned == 2
    assert [record.message for record in caplog.records] == [
        "a body left the world and was put back; further ones are only counted"
    ]
