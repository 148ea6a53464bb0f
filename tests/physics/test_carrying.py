import math

import numpy as np
import pytest

from physics.carrying import Carrying
from physics.pills import Pill
from tests.worlds import advance, lone, make_world, put, widen

CARRY_S, GLOW_S = 6, 12
STRONGEST = 1500.0  # units / s²


def pull(at, velocity=(0.0, 0.0), to=(0.0, 0.0)):
    state = np.array([*at, 0.3, *velocity, 2.0])
    return Carrying(*to, 10, 20).acceleration(state)  # type: ignore[call-arg]


def test_a_near_point_pulls_like_a_spring():
    assert pull((-10, 20)) == pytest.approx((40, -80))


def test_the_spring_is_damped_critically():
    """Twice the root of its stiffness, so that a pick arrives and does not swing."""
    assert pull((0, 0), velocity=(30, -7)) == pytest.approx((-120, 28))


@pytest.mark.parametrize("far", [(-9e3, 0.0), (3e3, 4e3), (0.0, 1e9)])
def test_a_far_point_pulls_no_harder_than_it_may_and_straight(far):
    force = pull(far)
    assert math.hypot(*force) == pytest.approx(STRONGEST)
    assert force / STRONGEST == pytest.approx(-np.array(far) / math.hypot(*far))


def test_a_pull_at_its_bound_is_whole():
    assert pull((STRONGEST / 4, 0)) == pytest.approx((-STRONGEST, 0))


def test_a_far_carrying_starts_gently():
    world = lone()
    widen(world, 30_000, 2_000)
    put(world, 0, position=(200, 1_000), velocity=(0, 0))
    world.carry(0, 29_000, 1_000)
    advance(world, 6)
    assert world.state_of(0).vx == pytest.approx(STRONGEST / 10, rel=0.05)


def test_a_pick_does_not_overshoot():
    world = lone()
    put(world, 0, position=(300, 360), velocity=(0, 0))
    world.carry(0, 900, 360)
    for _ in range(CARRY_S * 60):
        world.step()
        assert world.state_of(0).x < 915


def test_a_pick_is_carried_for_six_seconds_and_lit_for_twelve():
    world = lone()
    assert world.carry(0, 640, 360) == GLOW_S * 60
    advance(world, CARRY_S * 60 - 1)
    put(world, 0, position=(200, 200), velocity=(0, 0))
    world.step()
    assert world.state_of(0).vx > 10, "the last step of the carry"
    put(world, 0, position=(200, 200), velocity=(0, 0))
    world.step()
    assert abs(world.state_of(0).vx) < 2, "the water has it again"
    advance(world, (GLOW_S - CARRY_S) * 60 - 1)
    assert world.lit == {0: GLOW_S * 60}
    world.step()
    assert world.lit == {}


def test_a_carrying_counts_from_the_tick_it_is_given_at():
    world = lone()
    advance(world, 100)
    assert world.carry(0, 640, 360) == 100 + GLOW_S * 60


def test_a_pick_is_carried_no_further_than_the_walls():
    world = lone(Pill(100, 33))
    world.carry(0, 1e6, -1e6)
    advance(world, CARRY_S * 60 - 1)
    body = world.state_of(0)
    assert world.respawned == 0
    assert body.x > world.width - 80
    assert body.y < 40


def test_a_pick_in_hand_is_lit_and_not_carried_after_it_is_let_go():
    world = lone()
    body = world.state_of(0)
    world.tether(0, body.x, body.y)
    world.carry(0, 0.0, 0.0)
    world.release(0)
    advance(world, 60)
    after = world.state_of(0)
    assert math.dist((body.x, body.y), (after.x, after.y)) < 60
    assert world.lit


def test_a_hand_ends_a_carry_for_good():
    world = lone()
    put(world, 0, position=(1_000, 500))
    world.carry(0, 100, 100)
    world.tether(0, 1_000, 500)
    world.release(0)
    advance(world, 60)
    body = world.state_of(0)
    assert math.dist((body.x, body.y), (1_000, 500)) < 60
    assert world.lit


def test_a_carrying_moves_its_own_body_alone():
    calm, carried = make_world(count=6), make_world(count=6)
    carried.carry(2, 0.0, 0.0)
    for world in (calm, carried):
        world.step()
    same = (calm.snapshot().state == carried.snapshot().state).all(axis=0)
    assert same.tolist() == [True, True, False, True, True, True]


def test_a_light_goes_with_its_body():
    world = make_world(count=3)
    world.carry(1, 10.0, 10.0)
    world.repopulate({slot: Pill(100, 33) for slot in (0, 2)})
    assert world.lit == {}
    advance(world, 5)


def test_a_newer_carrying_takes_the_place_of_the_older():
    world = lone()
    world.carry(0, 0.0, 0.0)
    advance(world, 60)
    world.carry(0, 900, 360)
    advance(world, CARRY_S * 60 - 1)
    body = world.state_of(0)
    assert math.dist((body.x, body.y), (900, 360)) < 30
