import threading
from itertools import pairwise

import pytest

from app.drift.commands import Carry, Fling, Lead, Release, Tether
from app.drift.pace import MOST_CATCH_UP
from app.drift.simulation import Simulation
from app.wire.frames import decode_frame, encode_delta
from physics.current import STEP_HZ, STEP_S
from physics.errors import TetherError
from tests.waiting import PATIENCE_S, wait_until
from tests.worlds import make_world, put

PARK_AFTER_S = 10.0
MANY = 10  # publications: more than a thread about to park still makes


class Clock:
    """Time that passes by being asked for, and jumps when told; tells when it is read.

    However late the machine is, the simulation's own thread never is.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._now_s = 1000.0
        self.read = threading.Event()

    def __call__(self):
        self.read.set()
        with self._lock:
            self._now_s += STEP_S / 2
            return self._now_s

    def skip(self, seconds):
        with self._lock:
            self._now_s += seconds


class StillClock:
    """Time that stands where it is put."""

    def __init__(self):
        self.now_s = 1_000.0

    def __call__(self):
        return self.now_s


class Where:
    """A command that tells which thread applies it."""

    def apply(self, _world):
        return threading.current_thread().name


@pytest.fixture
def running():
    yield from run(Clock())


@pytest.fixture
def standing():
    """Lives by a clock that stands still until it is told otherwise."""
    yield from run(StillClock())


def run(clock):
    publications = []
    told = threading.Condition()

    def publish(publication):
        with told:
            publications.append(publication)
            told.notify_all()

    simulation = Simulation(make_world(), publish, pytest.fail, clock)
    simulation.clock, simulation.publications, simulation.told = clock, publications, told  # type: ignore[attr-defined]
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


def pass_time(simulation, seconds):
    """Let a standing clock go on, and wait for the steps that are then due."""
    tick = simulation.health.tick
    simulation.clock.now_s += seconds
    wait_until(
        lambda: simulation.health.tick >= tick + min(4, int(seconds * 60 + 1e-6)),
        "the simulation to get there",
    )


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
    resting, dropped = running.health.tick, running.health.dropped_steps
    running.clock.skip(3600)
    running.watch(1)
    wait_for_more(running, 3)
    assert running.health.dropped_steps == dropped, "time spent parked is not late"
    assert running.publications[-3].tick - resting < 600, "nor is it lived through"


def test_a_parked_thread_does_nothing_at_all(running):
    running.clock.skip(PARK_AFTER_S)
    wait_until_parked(running)
    running.clock.read.clear()
    assert not running.clock.read.wait(0.1), "it looked at the clock"


def test_it_parks_after_ten_seconds_and_not_before(standing):
    pass_time(standing, PARK_AFTER_S - 0.01)
    pass_time(standing, 0.005)
    assert not standing.health.parked
    standing.clock.now_s += 0.005
    wait_until_parked(standing)


@pytest.mark.parametrize("stirred", ["stir", "submit", "watch"])
def test_whatever_is_asked_keeps_it_awake_for_ten_seconds_more(standing, stirred):
    pass_time(standing, 8)
    if stirred == "submit":
        standing.submit(Fling(0, 1.0, 0.0))
    elif stirred == "watch":
        standing.watch(0)
    else:
        standing.stir()
    pass_time(standing, PARK_AFTER_S - 0.1)
    assert not standing.health.parked
    standing.clock.now_s += 0.2
    wait_until_parked(standing)


def test_it_wakes_for_a_command(running):
    running.clock.skip(PARK_AFTER_S)
    wait_until_parked(running)
    assert running.submit(Fling(0, 5.0, 0.0)).result(PATIENCE_S).vx == 5.0


def test_it_does_not_park_under_a_viewer(running):
    running.watch(1)
    running.clock.skip(10 * PARK_AFTER_S)
    wait_for_more(running, MANY)
    assert not running.health.parked


def test_it_does_not_park_under_a_hand_though_nobody_watches(running):
    running.submit(Tether(0, 1.0, 1.0)).result(PATIENCE_S)
    running.clock.skip(10 * PARK_AFTER_S)
    wait_for_more(running, MANY)
    assert not running.health.parked
    running.submit(Release(0)).result(PATIENCE_S)
    running.clock.skip(PARK_AFTER_S)
    wait_until_parked(running)


def test_it_parks_when_the_last_viewer_left(running):
    running.watch(2)
    running.watch(0)
    running.clock.skip(PARK_AFTER_S)
    wait_until_parked(running)


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


def test_it_stops_though_the_clock_went_back():
    """A wait for the next deadline is never longer than a tenth of a second."""
    clock = Clock()
    simulation = Simulation(make_world(), lambda _: None, pytest.fail, clock)
    simulation.start()
    simulation.submit(Where()).result(PATIENCE_S)
    clock.skip(-3600)
    clock.read.clear()
    assert clock.read.wait(PATIENCE_S)
    stopper = threading.Thread(target=simulation.stop, daemon=True)
    stopper.start()
    stopper.join(PATIENCE_S)
    assert not stopper.is_alive()


def test_commands_are_applied_in_the_order_they_came(standing):
    done = [standing.submit(Fling(0, float(speed), 0.0)) for speed in range(50)]
    done.append(standing.submit(Tether(0, 1.0, 1.0)))
    done.append(standing.submit(Release(0)))
    pass_time(standing, 1 / 60)
    assert [one.result(PATIENCE_S).vx for one in done[:50]] == list(range(50))
    assert done[-1].result(PATIENCE_S) is None
    assert standing.health.tick == 1, "all of them before one step"


def test_a_command_taken_back_in_time_is_not_applied(standing):
    kept, given_up = standing.submit(Where()), standing.submit(Mistake())
    assert given_up.cancel()
    pass_time(standing, 1 / 60)
    assert kept.result(PATIENCE_S) == "simulation"
    assert standing._thread.is_alive()


def test_a_publication_shows_one_tick_throughout(running):
    running.watch(1)
    wait_for_more(running, 4)
    for publication in running.publications:
        assert publication.shadow.tick == publication.truth.tick == publication.tick
        assert publication.lit == {}


def test_a_publication_carries_its_corrections(standing):
    standing.submit(Fling(0, 2_000.0, 0.0))
    standing.submit(Carry(1, 10.0, 10.0))
    pass_time(standing, 4 / 60)
    wait_until(lambda: len(standing.publications) == 2, "the simulation to get there")
    blocks = [(one.tick, one.records) for one in standing.publications if one.records]
    told = decode_frame(encode_delta(1, 4, 0, blocks)).blocks
    assert {slot for _, slots, _ in told for slot in slots.tolist()} >= {0, 1}
    assert standing.publications[-1].lit == {1: 720}


class Lose:
    """A fault that puts bodies nowhere."""

    def apply(self, world):
        for slot in (0, 3):
            put(world, slot, position=(float("nan"), 0.0))


def test_a_body_put_back_is_counted_and_told_to_the_log_once(standing, caplog):
    for _ in range(3):
        standing.submit(Lose())
        pass_time(standing, 1 / 60)
    assert standing.health.respawned == 6
    assert caplog.text.count("a body left the world") == 1


def test_a_late_room_tells_less_often(standing):
    """Every step is late for two seconds: 15 Hz, then 10."""
    standing.watch(1)
    rates = [standing.health.network_hz]
    for _ in range(30):
        pass_time(standing, 0.3)
        if standing.health.network_hz != rates[-1]:
            rates.append(standing.health.network_hz)
    assert rates == [30, 15, 10]
    ticks = [publication.tick for publication in standing.publications]
    assert [b - a for a, b in pairwise(ticks)][-3:] == [6, 6, 6]


def test_time_that_went_by_too_fast_is_dropped_and_counted(standing):
    standing.watch(1)
    pass_time(standing, 1.0)
    assert standing.health.tick == 4
    assert standing.health.dropped_steps == 56


def test_time_before_the_start_is_no_time():
    clock = StillClock()
    simulation = Simulation(make_world(), lambda _: None, pytest.fail, clock)
    simulation.watch(1)
    clock.now_s += 100
    simulation.start()

    def lives():
        clock.now_s += 1 / 600
        return simulation.health.tick > 0

    wait_until(lives, "a first step")
    simulation.stop()
    assert simulation.health.dropped_steps < 3_000, "the hundred seconds before were 6,000 steps"
