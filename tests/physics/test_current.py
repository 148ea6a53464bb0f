import math

import numpy as np
import pytest

from physics.current import STEP_S, Current, draw_modes
from physics.spread import Spread

WIDTH, HEIGHT = 1600.0, 900.0


SPREAD = Spread(0, tuple(tuple(100 * m - 70 * n for n in range(5)) for m in range(5)))


def sample(x, y, tick=0, seed=3, spreads=()):
    current = Current(draw_modes(seed, WIDTH, HEIGHT), WIDTH, HEIGHT, spreads)
    x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
    return current.sample(x.ravel(), y.ravel(), tick, np.empty((4, x.size)))


def flow(x, y, tick=0, seed=3, spreads=()):
    return sample(x, y, tick, seed, spreads)[:2]


@pytest.mark.parametrize("spreads", [(), (SPREAD,)], ids=["current", "with a spread"])
@pytest.mark.parametrize("tick", [0, 1, 5_000, 10_000_000])
def test_nothing_flows_through_a_wall(tick, spreads):
    along = np.linspace(0, HEIGHT, 50)
    for wall_x in (0.0, WIDTH):
        assert np.abs(flow(wall_x, along, tick, spreads=spreads)[0]).max() < 1e-9
    along = np.linspace(0, WIDTH, 50)
    for wall_y in (0.0, HEIGHT):
        assert np.abs(flow(along, wall_y, tick, spreads=spreads)[1]).max() < 1e-9


def test_flow_has_no_sources():
    dice = np.random.default_rng(1)
    x, y = dice.uniform(10, WIDTH - 10, 300), dice.uniform(10, HEIGHT - 10, 300)
    h = 1e-3
    divergence = (flow(x + h, y)[0] - flow(x - h, y)[0]) / (2 * h) + (
        flow(x, y + h)[1] - flow(x, y - h)[1]
    ) / (2 * h)
    assert np.abs(divergence).max() < 1e-6


def test_flow_is_a_function_of_seed_tick_and_place_alone():
    place = (np.array([100.0, 700.0]), np.array([50.0, 800.0]))
    assert (flow(*place, tick=77) == flow(*place, tick=77)).all()
    assert (flow(*place, tick=77) != flow(*place, tick=7_700)).any()
    assert (flow(*place, seed=3) != flow(*place, seed=4)).any()


def test_flow_equals_the_sum_of_its_modes_written_out():
    modes = draw_modes(5, WIDTH, HEIGHT)
    x, y, tick = 431.0, 217.0, 1234
    u = v = 0.0
    for mode in modes:
        a = mode.amplitude * np.cos(mode.rate * tick / 60 + mode.phase)
        kx, ky = mode.m * np.pi / WIDTH, mode.n * np.pi / HEIGHT
        u += a * ky * np.sin(kx * x) * np.cos(ky * y)
        v -= a * kx * np.cos(kx * x) * np.sin(ky * y)
    assert flow(x, y, tick, seed=5).ravel() == pytest.approx([u, v], abs=1e-9)


def test_speed_averages_to_the_drift_speed():
    xs, ys = np.meshgrid(np.linspace(0, WIDTH, 40), np.linspace(0, HEIGHT, 40))
    squares = [(flow(xs, ys, tick) ** 2).sum(axis=0).mean() for tick in range(0, 400_000, 4_000)]
    assert np.sqrt(np.mean(squares)) == pytest.approx(24.0, rel=0.15)


@pytest.mark.parametrize("spreads", [(), (SPREAD,)], ids=["current", "with a spread"])
def test_the_derivative_is_the_change_of_the_current_for_whoever_goes_with_the_flow(spreads):
    dice = np.random.default_rng(4)
    x, y, tick = dice.uniform(0, WIDTH, 200), dice.uniform(0, HEIGHT, 200), 9_000
    sampled = sample(x, y, tick, spreads=spreads)
    h = 1e-3  # s
    steps = h / STEP_S
    along_x, along_y = h * sampled[:2]
    later = flow(x + along_x, y + along_y, tick + steps)
    sooner = flow(x - along_x, y - along_y, tick - steps)
    assert sampled[2:] == pytest.approx((later - sooner) / (2 * h), abs=1e-5)


def test_a_spread_is_the_slope_of_its_waves_written_out():
    x, y = 431.0, 217.0
    u, v = flow(x, y, spreads=(SPREAD,)) - flow(x, y)
    wished_u = wished_v = 0.0
    for m, row in enumerate(SPREAD.strengths):
        for n, strength in enumerate(row):
            kx, ky = m * np.pi / WIDTH, n * np.pi / HEIGHT
            wished_u += strength * kx * np.sin(kx * x) * np.cos(ky * y)
            wished_v += strength * ky * np.cos(kx * x) * np.sin(ky * y)
    assert (u.item(), v.item()) == pytest.approx((wished_u, wished_v), abs=1e-9)


def test_a_spread_carries_from_its_tick_on_and_until_the_next():
    current = Current(draw_modes(3, WIDTH, HEIGHT), WIDTH, HEIGHT)
    place = np.array([300.0]), np.array([200.0])

    def sampled(tick):
        return current.sample(*place, tick, np.empty((4, 1))).ravel().copy()

    plain = [sampled(tick) for tick in (99, 100, 199, 200)]
    twice = Spread(200, tuple(tuple(2 * s for s in row) for row in SPREAD.strengths))
    current.announce(Spread(100, SPREAD.strengths))
    current.announce(twice)
    spread = sampled(100) - plain[1]
    assert np.abs(spread[:2]).min() > 0.1
    assert sampled(99) == pytest.approx(plain[0])
    assert (sampled(199) - plain[2])[:2] == pytest.approx(spread[:2])
    assert (sampled(200) - plain[3])[:2] == pytest.approx(2 * spread[:2])
    assert sampled(99) == pytest.approx(plain[0])  # also asked again, out of order


def test_the_spread_before_the_newest_is_kept_and_no_older_one():
    current = Current(draw_modes(3, WIDTH, HEIGHT), WIDTH, HEIGHT)
    spreads = [Spread(tick, SPREAD.strengths) for tick in (10, 20, 30)]
    for spread in spreads:
        current.announce(spread)
    assert list(current.spreads) == spreads[1:]


def test_water_without_swirls_is_moved_by_its_spread_alone():
    current = Current((), WIDTH, HEIGHT, [SPREAD])
    out = current.sample(np.array([300.0]), np.array([200.0]), 5, np.empty((4, 1)))
    assert np.abs(out[:2]).min() > 0.1
    assert (out[2:] == 0).all()


def test_a_current_is_six_different_waves_of_at_most_three_half_waves():
    for seed in range(20):
        modes = draw_modes(seed, WIDTH, HEIGHT)
        waves = {(mode.m, mode.n) for mode in modes}
        assert len(waves) == len(modes) == 6
        assert {number for wave in waves for number in wave} <= {1, 2, 3}


def test_the_longest_waves_are_in_every_current():
    for seed in range(20):
        waves = [(mode.m, mode.n) for mode in draw_modes(seed, WIDTH, HEIGHT)]
        assert {(1, 1), (1, 2), (2, 1)} <= set(waves)


def test_the_other_waves_differ_from_seed_to_seed():
    waves = {(mode.m, mode.n) for seed in range(20) for mode in draw_modes(seed, WIDTH, HEIGHT)}
    assert len(waves) == 9


def test_every_wave_turns_in_90_to_240_seconds_either_way_round():
    modes = [mode for seed in range(50) for mode in draw_modes(seed, WIDTH, HEIGHT)]
    turns_s = [math.tau / abs(mode.rate) for mode in modes]
    assert 90 <= min(turns_s) < 100
    assert 230 < max(turns_s) <= 240
    backwards = sum(mode.rate < 0 for mode in modes)
    assert 100 < backwards < 200


def test_waves_begin_at_any_phase():
    phases = [mode.phase for seed in range(50) for mode in draw_modes(seed, WIDTH, HEIGHT)]
    assert 0 <= min(phases) < 0.2
    assert math.tau - 0.2 < max(phases) < math.tau


def test_the_longer_a_wave_the_more_of_the_speed_is_in_it():
    """A mode's speed falls with the square of its order: shear presses pills together."""
    for mode in draw_modes(3, WIDTH, HEIGHT):
        wave_number = math.hypot(mode.m * math.pi / WIDTH, mode.n * math.pi / HEIGHT)
        speed = mode.amplitude * wave_number / math.sqrt(8)
        order = mode.m**2 + mode.n**2
        assert speed * order == pytest.approx(shared_of(3))


def shared_of(seed):
    """What speed times order of every mode must be for 24 units / s in all."""
    orders = [mode.m**2 + mode.n**2 for mode in draw_modes(seed, WIDTH, HEIGHT)]
    return 24.0 / math.sqrt(sum(1 / order**2 for order in orders))


def test_one_sample_takes_as_many_places_as_there_are():
    """Work arrays grow with them, and serve fewer again."""
    current = Current(draw_modes(5, WIDTH, HEIGHT), WIDTH, HEIGHT)
    dice = np.random.default_rng(2)
    x, y = dice.uniform(0, WIDTH, 200), dice.uniform(0, HEIGHT, 200)
    many = current.sample(x, y, 9, np.empty((4, 200)))
    for count in (1, 65, 200, 3):
        few = current.sample(x[:count], y[:count], 9, np.empty((4, count)))
        assert few == pytest.approx(many[:, :count], abs=1e-9)
