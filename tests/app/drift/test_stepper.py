"""One tick's life, step by step, on a world of our own."""

import logging
import math

import pytest

from app.drift.commands import Fling, Release, Tether
from app.drift.stepper import Stepper
from physics.errors import TetherError, UnknownSlotError
from tests.worlds import body_of, make_world


@pytest.fixture
def world():
    return make_world(count=3)


@pytest.fixture
def stepper(world):
    return Stepper(world)


def test_a_command_is_applied_before_the_step_and_not_at_once(world, stepper):
    done = stepper.submit(Fling(0, 900.0, 0.0))
    assert not done.done()
    stepper.beat(2)
    assert done.result().tick == 0, "it tells the body as it leaves"
    assert done.result().vx == 900.0
    assert world.tick == 1


def test_commands_are_applied_in_the_order_they_came(world, stepper):
    body = world.state_of(0)
    stepper.submit(Tether(0, body.x, body.y))
    stepper.submit(Release(0))
    late = stepper.submit(Release(0))
    stepper.beat(2)
    assert isinstance(late.exception(), TetherError)
    assert world.held == frozenset()


def test_what_the_world_refuses_is_its_answer_and_the_rest_goes_on(world, stepper):
    refused, done = stepper.submit(Fling(99, 1.0, 1.0)), stepper.submit(Fling(0, 1.0, 1.0))
    stepper.beat(2)
    assert isinstance(refused.exception(), UnknownSlotError)
    assert done.exception() is None
    assert world.tick == 1


def test_what_was_given_up_is_not_done(world, stepper):
    body = world.state_of(0)
    assert stepper.submit(Tether(0, body.x, body.y)).cancel()
    stepper.beat(2)
    assert world.held == frozenset()


@pytest.mark.parametrize("interval", [2, 4, 6])
def test_it_is_told_at_network_ticks_alone(stepper, interval):
    told = [stepper.beat(interval) for _ in range(12)]
    ticks = [one.tick for one in told if one is not None]
    assert ticks == list(range(interval, 13, interval))


def test_a_publication_is_of_the_world_after_its_step(world, stepper):
    stepper.beat(2)
    told = stepper.beat(2)
    assert (told.truth.state == world.snapshot().state).all()
    assert (told.shadow.state == world.shadow_snapshot().state).all()
    assert told.lit == world.lit
    assert told.spreads == world.spreads


def test_a_correction_is_told_once(world, stepper):
    world._shadow._corrected_at[:] = 0
    body_of(world, 0).velocity = (2000.0, 0.0)
    stepper.beat(2)
    assert stepper.beat(2).records
    stepper.beat(2)
    assert stepper.beat(2).records == b""


def test_it_is_quiet_without_a_command_or_a_hand(world, stepper):
    assert stepper.is_quiet
    body = world.state_of(0)
    stepper.submit(Tether(0, body.x, body.y))
    assert not stepper.is_quiet, "a command waits"
    stepper.beat(2)
    assert not stepper.is_quiet, "a hand holds"
    stepper.submit(Release(0))
    stepper.beat(2)
    assert stepper.is_quiet


def test_the_first_body_lost_is_told_and_all_are_counted(world, stepper, caplog):
    assert (stepper.tick, stepper.respawned) == (0, 0)
    with caplog.at_level(logging.ERROR):
        for lost in (1, 2, 3):
            body_of(world, 0).position = (math.nan, 0.0)
            stepper.beat(2)
            assert (stepper.tick, stepper.respawned) == (lost, lost)
    assert len(caplog.records) == 1
