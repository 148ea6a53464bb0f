import numpy as np
import pytest

from physics.current import STEP_HZ, Current
from physics.pills import Pill
from physics.spread import (
    AHEAD_TICKS,
    EAGERNESS,
    EVERY_TICKS,
    HIGHEST_ORDER,
    STILL,
    Spread,
    in_force,
    measure,
)
from tests.worlds import advance, make_world

WIDTH, HEIGHT = 1600.0, 900.0


def even_places(columns=40, rows=24):
    x, y = np.meshgrid((np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows)
    return x.ravel() * WIDTH, y.ravel() * HEIGHT


def spread_flow(x, y, at):
    current = Current((), WIDTH, HEIGHT, [measure(x, y, WIDTH, HEIGHT, 0)])
    there_x, there_y = (np.array([value]) for value in at)
    u, v, *_ = current.sample(there_x, there_y, 0, np.empty((4, 1)))
    return u.item(), v.item()


def test_even_water_needs_no_spread():
    x, y = even_places()
    assert measure(x, y, WIDTH, HEIGHT, 0) == STILL


def test_water_flows_away_from_a_crowd_on_every_side():
    dice = np.random.default_rng(2)
    x, y = dice.normal(600, 60, 300), dice.normal(450, 60, 300)
    left, right = spread_flow(x, y, (450, 450)), spread_flow(x, y, (750, 450))
    above, below = spread_flow(x, y, (600, 300)), spread_flow(x, y, (600, 600))
    assert left[0] < 0 < right[0]
    assert above[1] < 0 < below[1]


def test_a_wave_of_density_is_met_at_its_flank_with_a_known_speed():
    """Density 1 + cos(pi x / W): its coefficient is 1/2, and sin is 1 in the middle."""
    x = np.concatenate([np.full(300, 0.0), even_places()[0]])
    y = np.concatenate([np.linspace(0, HEIGHT, 300), even_places()[1]])
    coefficient = np.cos(x * np.pi / WIDTH).mean()
    strength = measure(x, y, WIDTH, HEIGHT, 0).strengths[1][0]
    assert strength == round(EAGERNESS * coefficient / (np.pi / WIDTH))


def test_crosswise_waves_divide_by_their_own_wave_number():
    x, y = np.array([0.0]), np.array([0.0])
    strengths = measure(x, y, WIDTH, HEIGHT, 0).strengths
    for m in range(HIGHEST_ORDER + 1):
        for n in range(HIGHEST_ORDER + 1):
            wave_number = np.hypot(m * np.pi / WIDTH, n * np.pi / HEIGHT)
            assert strengths[m][n] == (round(EAGERNESS / wave_number) if m or n else 0)


def test_a_spread_is_a_table_of_whole_numbers():
    strengths = measure(np.array([3.0]), np.array([4.0]), WIDTH, HEIGHT, 0).strengths
    assert [len(row) for row in strengths] == [HIGHEST_ORDER + 1] * (HIGHEST_ORDER + 1)
    assert all(type(strength) is int for row in strengths for strength in row)


@pytest.mark.parametrize(("tick", "found"), [(99, 0), (100, 1), (199, 1), (200, 2), (9_999, 2)])
def test_the_latest_spread_that_has_begun_is_in_force(tick, found):
    spreads = (Spread(0, STILL.strengths), Spread(100, ()), Spread(200, ()))
    assert in_force(spreads, tick) is spreads[found]


def test_before_the_first_spread_the_water_is_still():
    assert in_force((), 5) is STILL
    assert in_force((Spread(100, ()),), 99) is STILL


def test_a_world_measures_every_ten_seconds_and_announces_two_seconds_ahead():
    world = make_world()
    advance(world, EVERY_TICKS - 1)
    assert not world.spreads
    advance(world, 1)
    x, y = world.snapshot().state[:2]
    first = measure(x, y, world.width, world.height, EVERY_TICKS + AHEAD_TICKS)
    assert world.spreads == (first,)
    advance(world, EVERY_TICKS)
    assert world.spreads[0] == first
    assert world.spreads[1].from_tick == 2 * EVERY_TICKS + AHEAD_TICKS  # type: ignore[misc]
    assert (EVERY_TICKS, AHEAD_TICKS) == (10 * STEP_HZ, 2 * STEP_HZ)


def test_water_of_another_size_begins_without_a_spread():
    world = make_world()
    advance(world, EVERY_TICKS)
    assert world.spreads
    world.repopulate({slot: Pill(300.0, 33.0) for slot in range(400)})
    assert not world.spreads
