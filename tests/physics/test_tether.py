import math

import pytest

from physics.current import STEP_S
from physics.pills import Pill
from physics.tether import clamp_speed
from tests.worlds import advance, body_of, lone, put, widen

PILL = Pill(200.0, 40.0)


def gripped_at(dx, dy, *, angle=0.0):
    """Where on its own pill a body is held that is grabbed at (dx, dy) from its middle."""
    world = lone(PILL)
    put(world, 0, position=(600, 300), angle=angle, angular_velocity=0.0)
    world.tether(0, 600 + dx, 300 + dy)
    (joint,) = world._space.constraints
    return tuple(joint.anchor_b)


def test_a_body_is_held_where_it_was_grabbed():
    assert gripped_at(30, -12) == pytest.approx((30, -12))


@pytest.mark.parametrize(
    ("dx", "dy", "held"),
    [
        (500, 0, (80, 0)),  # not in the round end, which a pill may lack
        (-500, 0, (-80, 0)),
        (0, 300, (0, 20)),
        (0, -300, (0, -20)),
        (500, 300, (80, 20)),
    ],
)
def test_a_grab_beside_a_pill_holds_its_nearest_point(dx, dy, held):
    assert gripped_at(dx, dy) == pytest.approx(held)


def test_the_nearest_point_is_sought_on_the_pill_as_it_lies():
    assert gripped_at(0, 300, angle=math.pi / 2) == pytest.approx((80, 0), abs=1e-9)


def test_a_grab_alone_pulls_the_held_point_to_where_it_was_asked_for():
    world = lone(PILL)
    put(world, 0, position=(600, 300))
    world.tether(0, 600, 360)
    advance(world, 90)
    held = body_of(world, 0).local_to_world((0, 20))
    assert held.get_distance((600, 360)) < 2


@pytest.fixture
def far():
    """A long water, and a pill held at its left end."""
    world = lone(Pill(250, 33))
    widen(world, 20_000, 2_000)
    put(world, 0, position=(300, 1_000), velocity=(0, 0))
    world.tether(0, 300, 1_000)
    return world


def test_a_fast_hand_is_followed_at_4000_units_a_second(far):
    far.lead(0, 19_000, 1_000)
    advance(far, 120)
    before = far.state_of(0).x
    advance(far, 60)
    assert far.state_of(0).x - before == pytest.approx(4_000, rel=0.01)


def test_a_body_is_led_at_its_hand_and_not_behind_it(far):
    far.lead(0, 19_000, 1_000)
    advance(far, 180)
    (joint,) = far._space.constraints
    assert joint.a.position.x - far.state_of(0).x == pytest.approx(0, abs=5)


def test_a_step_leaves_six_tenths_of_a_stretch():
    world = lone(PILL)
    put(world, 0, position=(600, 300), velocity=(0, 0))
    world.tether(0, 600, 300)
    put(world, 0, position=(602, 300))
    world.step()
    stretches = []
    for _ in range(4):
        world.step()
        stretches.append(world.state_of(0).x - 600)
    assert stretches == pytest.approx([2 * 0.6**n for n in range(1, 5)], rel=0.01)


def test_a_hand_in_reach_is_met_and_not_overrun(far):
    far.lead(0, 400, 1_000)
    furthest = 0.0
    for _ in range(120):
        far.step()
        furthest = max(furthest, far.state_of(0).x)
    assert furthest < 420
    assert far.state_of(0).x == pytest.approx(400, abs=1)


def test_a_hand_pulls_with_a_strength_in_proportion_to_the_body():
    """12,000 units / s² at most: heavier pills come along as briskly as light ones."""
    for pill in (Pill(60, 30), Pill(300, 40)):
        world = lone(pill)
        put(world, 0, position=(300, 300), velocity=(0, 0))
        world.tether(0, 300, 300)
        world.lead(0, 1_200, 300)
        advance(world, 4)
        assert world.state_of(0).vx == pytest.approx(12_000 * 4 * STEP_S, rel=0.05)


def test_a_cut_tether_leaves_nothing_behind():
    world = lone()
    world.tether(0, 10, 10)
    world.release(0)
    assert not world._space.constraints
    assert len(world._space.bodies) == 1


@pytest.mark.parametrize(
    ("velocity", "expected"),
    [
        ((0.0, 0.0), (0.0, 0.0)),
        ((3.0, -4.0), (3.0, -4.0)),
        ((6.0, 8.0), (6.0, 8.0)),
        ((12.0, 16.0), (6.0, 8.0)),
        ((-30.0, 40.0), (-6.0, 8.0)),
        ((0.0, -11.0), (0.0, -10.0)),
        ((9.0, 9.0), (math.sqrt(50), math.sqrt(50))),  # each below the limit, together above
        ((-1.7e308, 0.0), (-10.0, 0.0)),
    ],
)
def test_a_velocity_is_shortened_to_its_limit_and_keeps_its_direction(velocity, expected):
    assert clamp_speed(*velocity, 10.0) == pytest.approx(expected)  # type: ignore[call-arg]
