"""How even the water is: where pills lie, averaged over the second half of twenty minutes.

Three figures for each seed and number of pills. Outer: the share of bodies in the
outer 36 % of the area. Middle: the share in the middle 16 %. Bare circle: the radius
of the largest circle without a pill's centre, in mean spacings (the square root of
the area a pill has); its centre may lie anywhere in the water. Bodies scattered at
random give 0.36, 0.16 and 1.3 to 1.6.
"""

import argparse
import random

import numpy as np

from physics.current import FloatArray
from physics.pills import Pill
from physics.world import World

MINUTES = 20
LOOK_EVERY_TICKS = 600
OUTER_EDGE = 0.1  # of each side: leaves 0.8² = 64 % inside
MIDDLE = 0.4  # of each side: 16 % of the area
GRID = 96  # places along each side that are tried as a bare circle's centre


def outer_share(x: FloatArray, y: FloatArray) -> float:
    """Share of places, 0 to 1 across the water, in its outer 36 %."""
    inside = (np.abs(x - 0.5) < 0.5 - OUTER_EDGE) & (np.abs(y - 0.5) < 0.5 - OUTER_EDGE)
    return float(1 - inside.mean())


def middle_share(x: FloatArray, y: FloatArray) -> float:
    """Share of places, 0 to 1 across the water, in its middle 16 %."""
    return float(((np.abs(x - 0.5) < MIDDLE / 2) & (np.abs(y - 0.5) < MIDDLE / 2)).mean())


def bare_circle(x: FloatArray, y: FloatArray, width: float, height: float) -> float:
    """Radius of the largest circle without a centre in it, in mean spacings."""
    centres = (np.arange(GRID) + 0.5) / GRID
    nearest = np.full((GRID, GRID), np.inf)
    for body_x, body_y in zip(x, y, strict=True):
        away_x, away_y = centres * width - body_x, centres * height - body_y
        np.minimum(nearest, away_x[:, None] ** 2 + away_y**2, out=nearest)
    return float(np.sqrt(nearest.max()) / np.sqrt(width * height / len(x)))


def drift(count: int, seed: int, minutes: int) -> tuple[float, float, float, float]:
    """Let pills drift; returns the three figures and corrections a body and second."""
    dice = random.Random(seed)
    world = World({slot: Pill(dice.uniform(120, 330), 37.0) for slot in range(count)}, seed=seed)
    ticks = minutes * 3600
    looks, told = [], 0
    while world.tick < ticks:
        world.step()
        if world.tick % 2 == 0:
            told += len(world.corrections())
        if world.tick > ticks // 2 and world.tick % LOOK_EVERY_TICKS == 0:
            x, y = world.snapshot().state[:2]
            u, v = x / world.width, y / world.height
            bare = bare_circle(x, y, world.width, world.height)
            looks.append((outer_share(u, v), middle_share(u, v), bare))
    outer, middle, bare = (float(column) for column in np.mean(looks, axis=0))
    return outer, middle, bare, told / count / (ticks / 60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--pills", type=int, nargs="+", default=[22, 101, 1000])
    parser.add_argument("--minutes", type=int, default=MINUTES)
    options = parser.parse_args()
    print("pills  seed  outer  middle  bare circle  corrections a body and second")
    print("           .30-.42 .13-.20        <= 1.8  (at 101 pills)")
    for count in options.pills:
        for seed in options.seeds:
            outer, middle, bare, told = drift(count, seed, options.minutes)
            print(f"{count:5}  {seed:4}  {outer:5.2f}  {middle:6.2f}  {bare:11.2f}  {told:.3f}")


if __name__ == "__main__":
    main()
