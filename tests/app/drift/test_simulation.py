import threading

import pytest

from app.drift.commands import Fling, Lead
from app.drift.pace import MOST_CATCH_UP
from app.drift.simulation import PARK_AFTER_S, Simulation
from physics.current import STEP_HZ, STEP_S
from physics.errors import TetherError
from tests.waiting import PATIENCE_S, wait_until
from tests.worlds import make_world


class Clock:
    """Time that passes by being asked for, and jumps when told.

    However late the machine is, the simulation's own thread never is.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._now_s = 1000.0

    def __call__(self):
        with self._lock:
            self._now_s += STEP_S / 2
            return self._now_s

    def skip(self, seconds):
        with self._lock:
            self._now_s += seconds


class Where:
    """A command that tells which thread applies it."""

    def apply(self, _world):
        return threading.current_thread().name


@pytest.fixture
def running():
    clock = Clock()
    publications = []
    told = threading.Condition()

    def publish(publication):
        with told:
            publications.append(publication)
            told.notify_all()

    simulation = Simulation(make_world(), publish, pytest.fail, clock)
    simulation.clock, simulation.publications, simulation.told = clock, publications, told
    simulation.start()
    yield simulation
    simulation.stop()


def wait_for_more(simulation, count):
    with simulation.told:
        goal = len(simulation.publications) + count
        assert simulation.told.wait_for(
            lambda: len(simulation.publications) >= goal, timeout=PATIENCE_S
        ), f"{count} more publications did not come"


def wait_until_parked(simulation):
    wait_until(lambda: simulation.health.parked, "a parked simulation")


def test_it_publishes_every_second_step(running):
    wait_for_more(running, 6)
    ticks = [publication.tick for publication in running.publications]
    assert ticks == list(range(2, 2 * len(ticks) + 1, 2))


def test_commands_run_on_the_thread_that_owns_the_world(running):
    assert running.submit(Where()).result(PATIENCE_S) == "simulation"


def test_a_command_answers_with_what_it_did(running):
    state = running.submit(Fling(0, 100.0, 0.0)).result(PATIENCE_S)
    assert state.vx == 100.0


def test_a_refused_command_tells_its_asker_and_stops_nothing(running):
    with pytest.raises(TetherError):
        running.submit(Lead(0, 1.0, 1.0)).result(PATIENCE_S)
    wait_for_more(running, 3)


def test_it_parks_when_nobody_watches_and_wakes_for_a_viewer(running):
    running.clock.skip(PARK_AFTER_S)
    wait_until_parked(running)
    resting = running.health.tick
    dropped = running.health.dropped_steps
    running.clock.skip(3600)
    running.watch(1)
    wait_for_more(running, 3)
    assert running.health.tick > resting
    assert running.health.dropped_steps == dropped, "time spent parked is not late"


def test_it_wakes_for_a_command(running):
    running.clock.skip(PARK_AFTER_S)
    wait_until_parked(running)
    assert running.submit(Fling(0, 5.0, 0.0)).result(PATIENCE_S).vx == 5.0


def test_it_does_not_park_under_a_viewer_or_a_hand(running):
    running.watch(1)
    running.clock.skip(10 * PARK_AFTER_S)
    wait_for_more(running, 3)
    assert not running.health.parked


def test_it_stops_while_parked():
    clock = Clock()
    simulation = Simulation(make_world(), lambda _: None, pytest.fail, clock)
    simulation.start()
    clock.skip(PARK_AFTER_S)
    wait_until_parked(simulation)
    simulation.stop()
    assert not simulation._thread.is_alive()


def test_a_jump_of_the_clock_is_at_most_four_steps(running):
    wait_for_more(running, 2)
    running.watch(1)
    running.clock.skip(3600)
    wait_until(lambda: running.health.dropped_steps, "the steps of an hour to be dropped")
    # What is due is taken or dropped: all but four of the hour's steps were dropped.
    assert running.health.dropped_steps == pytest.approx(3600 * STEP_HZ - MOST_CATCH_UP, abs=2)
    wait_for_more(running, 2)


class Mistake:
    """A command with a bug in it."""

    def apply(self, _world):
        raise ZeroDivisionError


def test_a_thread_that_dies_says_so(caplog):
    died = threading.Event()
    simulation = Simulation(make_world(), lambda _: None, died.set)
    simulation.start()
    simulation.submit(Mistake())
    assert died.wait(PATIENCE_S)
    assert "the simulation stopped" in caplog.text
    simulation.stop()
