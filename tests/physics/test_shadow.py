import numpy as np
import pytest

from physics.flight import ANGLE, VX, X, Y
from physics.shadow import QUANTA, Shadow
from tests.worlds import make_world

SLOTS = np.array([0, 1, 2])


def rest(x=500.0):
    state = np.zeros((6, 3))
    state[X], state[Y] = x, (100.0, 200.0, 300.0)
    return state


def test_free_flight_is_what_chipmunk_does():
    """One body alone on the water: 600 steps of both, bit for bit almost."""
    world = make_world(count=1)
    world.fling(0, 90.0, -35.0)
    world.corrections()
    world._shadow.state[:] = world._state
    for _ in range(600):
        world.step()
    assert np.abs(world.shadow_snapshot().state - world.snapshot().state).max() < 1e-9


def test_a_body_at_its_shadow_needs_no_word():
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    assert len(shadow.correct(rest(), SLOTS, 2)) == 0


@pytest.mark.parametrize(
    ("row", "below", "above"),
    [
        (X, 0.49, 0.51),
        (Y, 0.49, 0.51),
        (ANGLE, 0.019, 0.021),
    ],
)
def test_a_body_that_left_its_shadow_is_told(row, below, above):
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    true = rest()
    true[row, 1] += below
    assert len(shadow.correct(true, SLOTS, 2)) == 0
    true[row, 1] += above - below
    assert shadow.correct(true, SLOTS, 4).slots.tolist() == [1]


def test_the_quantised_values_become_the_shadow():
    shadow = Shadow(rest(), 0)
    true = rest()
    true[:, 2] = (700.0333, 41.77, 0.4567, 12.345, -678.9, 0.987)
    told = shadow.correct(true, SLOTS, 2)
    row = told.slots.tolist().index(2)
    assert (shadow.state[:, 2] == told.states[:, row]).all()
    assert (np.abs(told.states[:, row] - true[:, 2]) <= QUANTA.column.ravel() / 2).all()


REFRESH_TICKS = 1_200  # 20 s: as long as rounding differences may grow


def refreshes(count, periods=1):
    """Tick of each refresh of each body, while all stay at their shadows."""
    still = np.full((6, count), 64.0)
    slots = np.arange(count)
    shadow = Shadow(still, 0)
    told = {slot: [] for slot in range(count)}
    for tick in range(2, periods * REFRESH_TICKS + 2, 2):
        for slot in shadow.correct(still, slots, tick).slots.tolist():
            told[slot].append(tick)
    return told


def test_every_body_is_put_right_once_a_period_and_no_oftener():
    for ticks in refreshes(3, periods=3).values():
        assert len(ticks) == 3
        assert np.diff(ticks).tolist() == [REFRESH_TICKS] * 2


def test_refreshes_never_come_in_a_burst():
    told = [tick for ticks in refreshes(100, periods=2).values() for tick in ticks]
    assert max(told.count(tick) for tick in set(told)) <= 2


def test_a_correction_puts_the_refresh_off():
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    moved = rest()
    moved[X, 1] += 5
    assert shadow.correct(moved, SLOTS, 1_000).slots.tolist() == [1]
    assert shadow.correct(moved, SLOTS, 1_200).slots.tolist() == [0, 2]
    assert shadow.correct(moved, SLOTS, 2_198).slots.tolist() == []
    assert shadow.correct(moved, SLOTS, 2_200).slots.tolist() == [1]


def test_a_body_that_stays_keeps_its_refresh_when_others_come():
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = (0, 300, 600)
    fresh = np.full((6, 3), 32.0)
    fresh[:, 0], fresh[:, 2] = shadow.state[:, 1], shadow.state[:, 2]
    shadow = shadow.rearranged(np.array([1, -1, 2]), fresh, 700)
    slots = np.array([1, 5, 2])
    assert shadow.correct(fresh, slots, 702).slots.tolist() == [5]
    assert shadow.correct(fresh, slots, 1_500).slots.tolist() == [1]
    assert shadow.correct(fresh, slots, 1_800).slots.tolist() == [2]


def test_a_shadow_follows_its_body_to_another_row():
    shadow = Shadow(rest(), 0)
    fresh = rest()[:, [2, 0]] + 7.0
    kept = shadow.rearranged(np.array([2, 0]), fresh, 10)
    assert (kept.state == rest()[:, [2, 0]]).all()


def test_a_shadow_is_judged_by_distance_and_not_by_axis():
    """0.4 across and 0.4 down are 0.57 away."""
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    true = rest()
    true[X, 1] += 0.4
    true[Y, 1] -= 0.4
    assert shadow.correct(true, SLOTS, 2).slots.tolist() == [1]


@pytest.mark.parametrize("row", [X, Y, ANGLE])
def test_a_body_may_leave_its_shadow_either_way(row):
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    true = rest()
    true[row, 2] -= 1
    assert shadow.correct(true, SLOTS, 2).slots.tolist() == [2]


def test_a_correction_tells_its_tick_and_counts_its_records():
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    true = rest()
    true[X, :2] += 3
    told = shadow.correct(true, np.array([4, 6, 9]), 12)
    assert (told.tick, len(told), told.slots.tolist()) == (12, 2, [4, 6])


def test_quanta_are_powers_of_two():
    """So that every value of the grid is exact, in 32 bits too."""
    quanta = (QUANTA.position, QUANTA.angle, QUANTA.velocity, QUANTA.spin)
    assert quanta == (1 / 16, 1 / 256, 1 / 4, 1 / 64)
    assert QUANTA.column.ravel().tolist() == [1 / 16, 1 / 16, 1 / 256, 1 / 4, 1 / 4, 1 / 64]


def test_places_travel_unsigned_and_nothing_else_does():
    """A wall lets a body in by a fraction of a unit."""
    shadow = Shadow(rest(), 0)
    true = rest()
    true[:, 1] = (-0.3, -7.0, -0.5, -2.0, -3.0, -0.25)
    told = shadow.correct(true, SLOTS, 2)
    row = told.slots.tolist().index(1)
    assert told.states[:, row].tolist() == [0, 0, -0.5, -2.0, -3.0, -0.25]
    assert shadow.state[:, 1].tolist() == [0, 0, -0.5, -2.0, -3.0, -0.25]


def test_a_shadow_begins_as_a_copy():
    state = rest()
    shadow = Shadow(state, 0)
    state[:] = 0
    assert (shadow.state == rest()).all()


def test_newcomers_are_told_at_the_next_check():
    shadow = Shadow(rest(), 0)
    shadow._corrected_at[:] = 0
    fresh = np.concatenate((rest(), np.zeros((6, 1))), axis=1)
    fresh[X, 3] = 9.0
    shadow = shadow.rearranged(np.array([0, 1, 2, -1]), fresh, 10)
    assert shadow.correct(fresh, np.array([0, 1, 2, 5]), 12).slots.tolist() == [5]


def test_a_flung_body_is_told_though_its_velocity_alone_changed():
    world = make_world(count=5)
    for _ in range(4):
        world.step()
    world.corrections()
    world.fling(3, 1000.0, 0.0)
    told = []
    for _ in range(4):
        world.step()
        told += world.corrections().slots.tolist() if world.tick % 2 == 0 else []
    assert 3 in told
    assert world.shadow_snapshot().state[VX, 3] > 500
