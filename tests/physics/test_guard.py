"""What the world does with a body that is too fast, outside, or no longer a number."""

import math

import numpy as np
import pytest

from physics.pills import Pill
from physics.world import World
from tests.worlds import advance, body_of, lone, put

TOP_SPEED, TOP_SPIN = 6000.0, 30.0  # units / s, rad / s: a guarantee, so written out
STEP_S = 1 / 60

# A wall, as (the place at it, the way out).
WALLS = {
    "left": ((0.0, 0.5), (-1, 0)),
    "right": ((1.0, 0.5), (1, 0)),
    "top": ((0.5, 0.0), (0, -1)),
    "bottom": ((0.5, 1.0), (0, 1)),
}
each_wall = pytest.mark.parametrize("wall", WALLS)


def beyond(world, wall, depth):
    """A place ``depth`` units behind a wall."""
    (share_x, share_y), (out_x, out_y) = WALLS[wall]
    return share_x * world.width + out_x * depth, share_y * world.height + out_y * depth


def outwards(wall, speed, along):
    """A velocity out through a wall and along it."""
    out_x, out_y = WALLS[wall][1]
    return out_x * speed + abs(out_y) * along, out_y * speed + abs(out_x) * along


@each_wall
def test_a_body_in_a_wall_is_brought_back_at_its_edge_and_not_lost(wall):
    world = lone(Pill(200, 40))
    put(world, 0, position=beyond(world, wall, 60), velocity=outwards(wall, 1500, 90))
    world.step()
    assert world.respawned == 0
    body = world.state_of(0)
    edges = (body.x, world.width - body.x, body.y, world.height - body.y)
    assert min(edges) == pytest.approx(20), "half a pill's height inside"


@each_wall
def test_a_hair_outside_is_outside(wall):
    world = lone(Pill(200, 40))
    put(world, 0, position=beyond(world, wall, 2), velocity=(0, 0))
    world.step()
    body = world.state_of(0)
    edges = (body.x, world.width - body.x, body.y, world.height - body.y)
    assert min(edges) == pytest.approx(20)


@each_wall
def test_a_hair_inside_is_left_to_the_wall(wall):
    """Chipmunk presses it out by itself, a tenth of the way a step."""
    world = lone(Pill(200, 40))
    put(world, 0, position=beyond(world, wall, -6), velocity=(0, 0))
    world.step()
    body = world.state_of(0)
    edges = (body.x, world.width - body.x, body.y, world.height - body.y)
    assert 5 < min(edges) < 19


@each_wall
def test_a_body_brought_back_has_lost_what_led_into_the_wall_and_keeps_the_rest(wall):
    world = lone(Pill(200, 40))
    put(world, 0, position=beyond(world, wall, 40), velocity=outwards(wall, 5000, 90))
    world.step()
    body = body_of(world, 0)
    across, along = body.velocity if wall in ("left", "right") else body.velocity[::-1]
    assert across == 0.0
    assert along == pytest.approx(90, abs=40)


@each_wall
def test_no_legal_speed_throws_a_body_out_of_the_world(wall):
    """At any distance from the wall, and however the step falls."""
    for distance in range(1, 120, 13):
        world = lone()
        put(world, 0, position=beyond(world, wall, -distance), angle=math.pi / 4)
        put(world, 0, velocity=outwards(wall, TOP_SPEED, 0))
        advance(world, 4)
        assert world.respawned == 0


@each_wall
@pytest.mark.parametrize("depth", [300.0, 1e6])
def test_a_body_far_outside_starts_again_in_the_middle_at_rest(wall, depth):
    world = lone()
    put(world, 0, position=beyond(world, wall, depth), velocity=(7, 7))
    world.step()
    body = body_of(world, 0)
    assert world.respawned == 1
    assert tuple(body.position) == (world.width / 2, world.height / 2)
    assert tuple(body.velocity) == (0.0, 0.0)


def test_every_lost_body_is_counted():
    world = World({slot: Pill(100, 33) for slot in range(5)}, seed=1)
    for slot in (0, 3):
        put(world, slot, position=(math.nan, 0.0))
    world.step()
    assert world.respawned == 2


def test_what_is_put_back_is_in_the_very_snapshot_of_that_tick():
    world = lone()
    put(world, 0, position=(-40.0, 100.0))
    world.step()
    x, y = world.snapshot().state[:2, 0]
    assert (x, y) == tuple(body_of(world, 0).position)
    assert x > 0


@pytest.mark.parametrize("spin", [50.0, -50.0, 1e9])
def test_a_spin_is_slowed_to_the_top_spin(spin):
    world = lone()
    put(world, 0, angular_velocity=spin)
    world.step()
    assert world.state_of(0).omega == pytest.approx(math.copysign(TOP_SPIN, spin))
    assert world.snapshot().state[5, 0] == world.state_of(0).omega


def test_a_spin_within_bounds_is_left_alone():
    world = lone()
    put(world, 0, angular_velocity=28.0)
    world.step()
    assert world.state_of(0).omega == pytest.approx(28.0 * (1 - 3 * STEP_S), abs=0.1)


@pytest.mark.parametrize("velocity", [(8e3, 6e3), (-1e4, 0.0), (0.0, -7e3)])
def test_a_speed_is_cut_to_the_top_speed_and_keeps_its_direction(velocity):
    world = lone()
    put(world, 0, position=(world.width / 2, world.height / 2), velocity=velocity)
    world.step()
    _, _, _, vx, vy, _ = world.snapshot().state[:, 0]
    assert math.hypot(vx, vy) == pytest.approx(TOP_SPEED)
    turned = math.atan2(vy, vx) - math.atan2(velocity[1], velocity[0])
    assert abs(math.remainder(turned, math.tau)) < 1e-3


def test_a_speed_within_bounds_is_left_alone():
    world = lone()
    put(world, 0, position=(300.0, world.height / 2), velocity=(5500.0, 0.0))
    world.step()
    assert world.state_of(0).vx == pytest.approx(5500 * (1 - 0.5 * STEP_S), rel=0.01)


def test_one_fault_touches_no_other_body():
    """A fault between two steps is that body's alone: others go on bit for bit."""
    calm, faulty = (World({slot: Pill(120, 33) for slot in range(6)}, seed=3) for _ in range(2))
    put(faulty, 2, velocity=(math.nan, 0.0))
    for world in (calm, faulty):
        world.step()
    others = [0, 1, 3, 4, 5]
    assert (calm.snapshot().state[:, others] == faulty.snapshot().state[:, others]).all()
    assert np.isfinite(faulty.snapshot().state).all()
