import math

import numpy as np
import pymunk
import pytest

from physics.bodies import Batch, make_body
from physics.pills import Pill
from tests.worlds import lone, put

PILL = Pill(250.0, 33.0)


def test_what_you_see_is_what_collides():
    """A capsule exactly as long and as high as the label."""
    body, shape = make_body(PILL, 500.0, 300.0)
    box = shape.cache_bb()
    assert (box.left, box.right) == pytest.approx((375, 625))
    assert (box.bottom, box.top) == pytest.approx((283.5, 316.5))
    assert shape.point_query((624, 300)).distance < 0
    assert shape.point_query((624, 315)).distance > 0, "the ends are round"
    assert body.position == (500, 300)


def test_a_common_pill_weighs_eight_and_a_quarter():
    body, _ = make_body(PILL, 0, 0)
    assert body.mass == pytest.approx(8.25)


def test_a_pill_turns_like_a_box_of_its_size():
    body, _ = make_body(PILL, 0, 0)
    assert body.moment == pytest.approx(8.25 * (250**2 + 33**2) / 12)


def test_a_new_body_is_at_rest_and_upright():
    body, _ = make_body(PILL, 0, 0)
    assert (tuple(body.velocity), body.angle, body.angular_velocity) == ((0, 0), 0, 0)


def meet(slide=0.0):
    """Let two pills run into each other end to end; tell both afterwards."""
    space = pymunk.Space()
    # A hair apart in height: exactly in one line Chipmunk finds no contact.
    pair = [make_body(Pill(100, 40), x, y) for x, y in ((0, 0), (102, 0.01))]
    for parts in pair:
        space.add(*parts)
    first, second = (body for body, _ in pair)
    first.velocity = (120, slide)
    for _ in range(10):
        space.step(1 / 60)
    return first, second


def test_pills_part_again_after_a_touch():
    """Elasticity 0.55 squared is what Chipmunk makes of two equal shapes."""
    first, second = meet()
    assert second.velocity.x - first.velocity.x == pytest.approx(0.55**2 * 120, rel=0.02)


def test_pills_slide_along_each_other_and_hardly_roll():
    """Friction 0.15 of each: a side blow turns the struck pill by a little."""
    _, shape = make_body(PILL, 0, 0)
    assert shape.friction == 0.15
    _, second = meet(slide=60)
    assert 0 < abs(second.velocity.y) < 6


@pytest.mark.parametrize("wall", ["left", "right", "top", "bottom"])
def test_a_wall_stands_at_the_edge_and_gives_back_a_third(wall):
    """0.6 of the wall times 0.55 of the pill."""
    world = lone(Pill(100, 40))
    middle = world.width / 2, world.height / 2
    start, out = {
        "left": ((60, middle[1]), (-1, 0)),
        "right": ((world.width - 60, middle[1]), (1, 0)),
        "top": ((middle[0], 30), (0, -1)),
        "bottom": ((middle[0], world.height - 30), (0, 1)),
    }[wall]
    put(world, 0, position=start, velocity=(600 * out[0], 600 * out[1]))
    nearest, fastest = math.inf, 0.0
    for _ in range(12):
        world.step()
        body = world.state_of(0)
        reach = (
            body.x - 50 if wall == "left" else world.width - 50 - body.x,
            body.y - 20 if wall == "top" else world.height - 20 - body.y,
        )[wall in ("top", "bottom")]
        nearest = min(nearest, reach)
        fastest = max(fastest, -(body.vx * out[0] + body.vy * out[1]))
    assert -10 <= nearest <= 1, "it met the wall at the water's edge"
    assert fastest == pytest.approx(0.33 * 600, rel=0.12)


def test_a_wall_is_smooth():
    """A label that glides along a wall is neither slowed nor turned by it."""
    world = lone(Pill(100, 40))
    put(world, 0, position=(400, 20.0), velocity=(800, -120))
    world.step()
    world.step()
    body = world.state_of(0)
    assert body.vx == pytest.approx(800 * (1 - 1 / 120) ** 2, rel=0.01)
    assert abs(body.omega) < 0.2


def test_nothing_tunnels_through_a_wall():
    world = lone(Pill(40, 40))
    wall_depth = max(segment.radius for segment in world._space.static_body.shapes)
    assert wall_depth >= 2 * 6000 / 60, "two steps at top speed"


def test_a_followed_body_must_be_afloat():
    space = pymunk.Space()
    space.add(*make_body(PILL, 0, 0))
    batch = Batch(space)
    batch.follow([make_body(PILL, 0, 0)[0]])
    with pytest.raises(AssertionError, match="not in the space"):
        batch.read(np.empty((6, 1)))


def test_rows_are_in_the_order_in_which_bodies_are_followed():
    space = pymunk.Space()
    bodies = []
    for number in range(5):
        body, shape = make_body(PILL, 1_000.0 * number, 0)
        space.add(body, shape)
        bodies.append(body)
    batch = Batch(space)
    state = np.empty((6, 5))
    for order in ([0, 1, 2, 3, 4], [3, 1, 4, 0, 2]):
        batch.follow([bodies[number] for number in order])
        batch.read(state)
        assert state[0].tolist() == [1_000.0 * number for number in order]


def test_forces_are_set_and_not_added_up():
    space = pymunk.Space()
    body, shape = make_body(PILL, 0, 0)
    space.add(body, shape)
    batch = Batch(space)
    batch.follow([body])
    batch.read(np.empty((6, 1)))
    for force in (5.0, 7.0):
        batch.push(np.array([[force], [0.0], [1.0]]))
    assert (tuple(body.force), body.torque) == ((7.0, 0.0), 1.0)
