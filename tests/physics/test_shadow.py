import numpy as np
import pytest

from physics.flight import ANGLE, VX, X, Y
from physics.shadow import ANGLE_TOLERANCE, POSITION_TOLERANCE, QUANTA, REFRESH_TICKS, Shadow
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
        (X, POSITION_TOLERANCE - 0.01, POSITION_TOLERANCE + 0.01),
        (Y, POSITION_TOLERANCE - 0.01, POSITION_TOLERANCE + 0.01),
        (ANGLE, ANGLE_TOLERANCE - 0.001, ANGLE_TOLERANCE + 0.001),
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
    assert np.abs(told.states[:, row] - true[:, 2]).max() <= QUANTA.velocity / 2


def test_every_body_is_put_right_now_and_then():
    shadow = Shadow(rest(), 0)
    told = {
        slot
        for tick in range(2, REFRESH_TICKS + 2, 2)
        for slot in shadow.correct(rest(), SLOTS, tick).slots.tolist()
    }
    assert told == {0, 1, 2}


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
