"""The simulation's thread: how it decides to park, and what is left when it dies."""

import threading

import pytest

from app.drift.simulation import Simulation
from tests.waiting import PATIENCE_S
from tests.worlds import make_world


class Mistake:
    """A command with a bug in it."""

    def apply(self, _world):
        raise ZeroDivisionError


def test_whoever_comes_while_it_decides_to_park_keeps_it_awake():
    simulation = Simulation(make_world(), lambda _: None, pytest.fail, lambda: 1_000.0)
    simulation.watch(1)
    thread = threading.Thread(target=simulation._park, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert simulation.health.parked is False


def test_the_log_says_of_what_a_thread_died(caplog):
    died = threading.Event()
    simulation = Simulation(make_world(), lambda _: None, died.set)
    simulation.start()
    simulation.submit(Mistake())
    assert died.wait(PATIENCE_S)
    simulation.stop()
    (said,) = caplog.records
    assert (said.levelname, said.message) == ("CRITICAL", "the simulation stopped by a mistake")
    assert said.exc_info[0] is ZeroDivisionError
