"""Walls around water of one size."""

import math

import numpy as np
import pymunk
import pytest

from physics.basin import Basin
from physics.errors import QuantityError
from physics.spread import STILL, Spread


@pytest.fixture
def space():
    return pymunk.Space()


@pytest.fixture
def basin(space):
    return Basin(space, 3, 1600.0, 900.0)


@pytest.mark.usefixtures("basin")
def test_a_body_bounces_off_each_wall(space):
    for vx, vy in ((900, 0), (-900, 0), (0, 900), (0, -900)):
        body = pymunk.Body(1.0, 100.0)
        body.position, body.velocity = (800, 450), (vx, vy)
        shape = pymunk.Circle(body, 10)
        shape.elasticity = 1.0
        space.add(body, shape)
        for _ in range(120):
            space.step(1 / 60)
        assert body.velocity.x * vx + body.velocity.y * vy < 0, "it comes back"
        # 0.6 of its speed: the wall's elasticity times its own.
        assert body.velocity.length == pytest.approx(0.6 * 900, rel=0.02)
        space.remove(body, shape)


def test_other_water_has_walls_of_its_own_and_none_of_the_old(space, basin):
    before = len(space.shapes)
    basin.flood(3200.0, 1800.0)
    assert len(space.shapes) == before == 4
    reach = [shape.cache_bb() for shape in space.shapes]
    assert max(box.right for box in reach) > 3200
    assert (basin.width, basin.height) == (3200.0, 1800.0)


def test_other_water_has_another_current_and_no_spread(basin):
    modes = basin.modes
    basin.current.announce(Spread(5, STILL.strengths))
    basin.flood(3200.0, 1800.0)
    assert basin.modes != modes
    assert basin.current.spreads == ()
    assert basin.flight.current is basin.current


@pytest.mark.parametrize(
    ("place", "edge", "clamped"),
    [
        ((800, 450), 0.0, (800, 450)),
        ((-5, 450), 0.0, (0, 450)),
        ((1605, 450), 0.0, (1600, 450)),
        ((800, -5), 0.0, (800, 0)),
        ((800, 905), 0.0, (800, 900)),
        ((0, 0), 16.0, (16, 16)),
        ((1600, 900), 16.0, (1584, 884)),
    ],
)
def test_a_place_is_clamped_to_the_water(basin, place, edge, clamped):
    assert tuple(basin.clamp(*place, edge=edge)) == clamped


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf])
def test_a_place_is_finite(basin, x):
    with pytest.raises(QuantityError, match="x"):
        basin.clamp(x, 0.0)
    with pytest.raises(QuantityError, match="y"):
        basin.clamp(0.0, x)


def test_what_is_finite_and_inside_is_held(basin):
    state = np.zeros((6, 7))
    state[0] = [0, 1600, -0.1, 1600.1, 800, 800, 800]
    state[1] = [0, 900, 450, 450, -0.1, 900.1, 450]
    state[5, 6] = math.nan
    assert basin.holds(state).tolist() == [True, True, False, False, False, False, False]
