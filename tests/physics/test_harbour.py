from itertools import pairwise

import pytest

from physics.harbour import berths, gate, world_size
from physics.pills import Pill


@pytest.mark.parametrize("count", [22, 101, 1000])
def test_pills_fill_an_eighth_of_the_water(count):
    pills = [Pill(250, 33)] * count
    width, height = world_size(pills)
    assert count * 250 * 33 / (width * height) == pytest.approx(0.12, rel=0.01)
    assert width / height == pytest.approx(16 / 9, rel=0.002)


def test_few_links_still_have_room():
    width, height = world_size([Pill(100, 33)])
    assert (width, height) == (1280, 720)


@pytest.mark.parametrize("count", [1, 2, 22, 101, 700])
def test_berths_lie_inside_and_apart(count):
    pills = [Pill(180 + 150 * (number % 2), 33) for number in range(count)]
    width, height = world_size(pills)
    centres = berths(pills, width, height, seed=4)
    assert len(centres) == count
    for pill, (x, y) in zip(pills, centres, strict=True):
        assert pill.width / 2 <= x <= width - pill.width / 2
        assert pill.height / 2 <= y <= height - pill.height / 2
    boxes = list(zip(pills, centres, strict=True))
    overlaps = sum(
        abs(ax - bx) < (a.width + b.width) / 2 and abs(ay - by) < (a.height + b.height) / 2
        for index, (a, (ax, ay)) in enumerate(boxes)
        for b, (bx, by) in boxes[:index]
    )
    assert overlaps == 0


def test_the_seed_decides_the_places():
    pills = [Pill(200, 33)] * 30
    size = world_size(pills)
    assert berths(pills, *size, seed=1) == berths(pills, *size, seed=1)
    assert berths(pills, *size, seed=1) != berths(pills, *size, seed=2)


def test_a_water_is_whole_units_wide_and_high():
    width, height = world_size([Pill(251.7, 33.3)] * 137)
    assert (width % 1, height % 1) == (0, 0)


def test_pills_too_wide_for_a_row_of_their_own_lie_below_each_other():
    pills = [Pill(1_000, 33)] * 8
    size = world_size(pills)
    centres = berths(pills, *size, seed=1)
    assert all(500 <= x <= size[0] - 500 for x, _ in centres)
    heights = sorted(y for _, y in centres)
    assert min(b - a for a, b in pairwise(heights)) >= 33


def test_a_pill_wider_than_the_water_lies_in_the_middle():
    ((x, y),) = berths([Pill(1_500, 33)], 1_280, 720, seed=1)
    assert x == 640
    assert 16.5 <= y <= 703.5


def test_berths_are_spread_over_the_whole_water_and_in_no_order():
    pills = [Pill(120, 33)] * 200
    width, height = world_size(pills)
    centres = berths(pills, width, height, seed=4)
    for extent, along in ((width, [x for x, _ in centres]), (height, [y for _, y in centres])):
        thirds = [
            sum(k * extent / 3 <= at < (k + 1) * extent / 3 for at in along) for k in range(3)
        ]
        assert min(thirds) > 40
    rising = sum(b > a for (_, a), (_, b) in pairwise(centres))
    assert 60 < rising < 140
    assert len({round(x, 3) for x, _ in centres}) > 150, "each lies loosely in its cell"


EDGES = {
    (160.0, 0.0): lambda x, _y: x == 75,
    (-160.0, 0.0): lambda x, _y: x == 1600 - 75,
    (0.0, 160.0): lambda _x, y: y == 20,
    (0.0, -160.0): lambda _x, y: y == 900 - 20,
}


def test_a_newcomer_enters_at_any_edge_moving_straight_inwards():
    seen = set()
    for seed in range(60):
        (x, y), velocity = gate(Pill(150, 40), 1600, 900, seed)
        assert EDGES[velocity](x, y)
        assert 75 <= x <= 1600 - 75
        assert 20 <= y <= 900 - 20
        seen.add(velocity)
    assert seen == set(EDGES)


def test_newcomers_enter_all_along_an_edge():
    gates = [gate(Pill(150, 40), 1600, 900, seed) for seed in range(200)]
    above = [x for (x, _y), velocity in gates if velocity == (0.0, 160.0)]
    beside = [y for (_x, y), velocity in gates if velocity == (160.0, 0.0)]
    assert min(above) < 300
    assert max(above) > 1300
    assert min(beside) < 200
    assert max(beside) > 700


def test_the_seed_decides_the_gate():
    assert gate(Pill(150, 40), 1600, 900, 3) == gate(Pill(150, 40), 1600, 900, 3)
