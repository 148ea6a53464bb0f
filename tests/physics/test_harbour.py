import pytest

from physics.harbour import ASPECT, FILL, berths, world_size
from physics.pills import Pill


@pytest.mark.parametrize("count", [22, 101, 1000])
def test_pills_fill_an_eighth_of_the_water(count):
    pills = [Pill(250, 33)] * count
    width, height = world_size(pills)
    assert count * 250 * 33 / (width * height) == pytest.approx(FILL, rel=0.02)
    assert width / height == pytest.approx(ASPECT, rel=0.01)


def test_few_links_still_have_room():
    width, height = world_size([Pill(100, 33)])
    assert width >= 1280
    assert height >= 720


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
