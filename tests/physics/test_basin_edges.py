"""The water itself: its walls, its edges, and what lies within."""

import math

import numpy as np
import pymunk
import pytest

from physics.basin import Basin
from physics.errors import QuantityError

WIDTH, HEIGHT = 1_280.0, 720.0


@pytest.fixture
def basin():
    return Basin(pymunk.Space(), 7, WIDTH, HEIGHT)


def state(x, y, **rest):
    """A ``(6, 1)`` state."""
    values = {"angle": 0.0, "vx": 0.0, "vy": 0.0, "omega": 0.0} | rest
    return np.array([[x], [y], *([value] for value in values.values())])


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [
        (640, 360, True),
        (0, 0, True),
        (WIDTH, HEIGHT, True),
        (0.5, 0.5, True),
        (-0.01, 360, False),
        (WIDTH + 0.01, 360, False),
        (640, -0.01, False),
        (640, HEIGHT + 0.01, False),
        (1_000, 1_000, False),
    ],
)
def test_the_edges_belong_to_the_water(basin, x, y, inside):
    assert basin.holds(state(x, y)).tolist() == [inside]


@pytest.mark.parametrize("field", ["angle", "vx", "vy", "omega"])
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_nowhere_though_its_place_is_inside(basin, field, value):
    assert basin.holds(state(640, 360, **{field: value})).tolist() == [False]


def test_each_body_is_judged_alone(basin):
    three = np.hstack([state(640, 360), state(-5, 360), state(3, 4)])
    assert basin.holds(three).tolist() == [True, False, True]


def test_a_place_outside_is_brought_to_the_edge_and_one_inside_is_left(basin):
    assert basin.clamp(-5, 900) == (0, HEIGHT)
    assert basin.clamp(9_999, -1) == (WIDTH, 0)
    assert basin.clamp(12.5, 700.25) == (12.5, 700.25)
    assert basin.clamp(0, 9_999, edge=20) == (20, HEIGHT - 20)
    assert basin.clamp(9_999, 0, edge=20) == (WIDTH - 20, 20)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (math.nan, 1.0, "x nan must be a finite number"),
        (math.inf, 1.0, "x inf must be a finite number"),
        (1.0, -math.inf, "y -inf must be a finite number"),
    ],
)
def test_a_place_that_is_no_number_is_refused_by_its_name(basin, x, y, words):
    with pytest.raises(QuantityError, match=f"^{words}$"):
        basin.clamp(x, y)


def test_its_four_walls_are_smooth_and_their_inner_faces_are_the_edges(basin):
    boxes = [wall.cache_bb() for wall in basin._walls]
    inner = {min(box.right for box in boxes), min(box.top for box in boxes)}
    assert inner == {0.0}
    assert max(box.left for box in boxes) == WIDTH
    assert max(box.bottom for box in boxes) == HEIGHT
    assert [wall.friction for wall in basin._walls] == [0.0] * 4
    assert set(basin._space.shapes) == set(basin._walls)


def test_a_flood_puts_new_walls_in_place_of_the_old(basin):
    before = basin._walls
    basin.flood(2_000.0, 1_000.0)
    assert (basin.width, basin.height) == (2_000.0, 1_000.0)
    assert set(basin._space.shapes) == set(basin._walls)
    assert not set(before) & set(basin._walls)
    assert basin.current.spreads == ()
    assert basin.flight.current is basin.current
