"""The spread: a slow flow that evens the water.

Contacts make clumps, and bare water beside them. So every `EVERY_TICKS` the
density of the bodies is measured in a few low cosine modes, and a gradient flow is
laid over the current that runs from where there are many to where there are few.
Its normal component is zero on each wall by construction. A spread is announced
`AHEAD_TICKS` before it comes into force: no client may run its picture further
ahead of what it was told, so all of them change over at the same tick.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HIGHEST_ORDER = 4  # half waves across the water: a clump of a few pills is theirs to dissolve
EVERY_TICKS = 600  # 10 s: a body drifts by a screen's fifth in it
AHEAD_TICKS = 120  # 2 s, as far as a client may show what it was not told yet
EAGERNESS = 30.0  # world units / s: the flow at the flank of water that is bare in whole waves


@dataclass(frozen=True, slots=True)
class Spread:
    """One slow flow.

    The velocity potential is minus the sum of strength · cos(mπx/W) · cos(nπy/H).

    Attributes:
        from_tick: The tick of the first step it carries bodies in.
        strengths: Rows m = 0…`HIGHEST_ORDER` of columns n = 0…`HIGHEST_ORDER`, square
            world units / s; whole numbers, so that every client has the very same.
    """

    from_tick: int
    strengths: tuple[tuple[int, ...], ...]


STILL = Spread(0, ((0,) * (HIGHEST_ORDER + 1),) * (HIGHEST_ORDER + 1))


def in_force(spreads: Sequence[Spread], tick: int) -> Spread:
    """Find the spread that carries bodies in the step from ``tick``; `STILL` before the first.

    Args:
        spreads: By rising tick.
        tick: Steps since the world's epoch.
    """
    for spread in reversed(spreads):
        if spread.from_tick <= tick:
            return spread
    return STILL


def measure(
    x: NDArray[np.float64], y: NDArray[np.float64], width: float, height: float, from_tick: int
) -> Spread:
    """Find the spread that evens bodies lying at these places.

    Args:
        x: ``(n,)`` world units.
        y: ``(n,)`` world units.
        width: World units.
        height: World units.
        from_tick: When it is to come into force.
    """
    orders = np.arange(HIGHEST_ORDER + 1)
    waves_x = np.cos(np.outer(orders, x) * (math.pi / width))
    waves_y = np.cos(np.outer(orders, y) * (math.pi / height))
    density = waves_x @ waves_y.T / len(x)
    wave_number = np.hypot(orders[:, None] * math.pi / width, orders * math.pi / height)
    wave_number[0, 0] = math.inf  # the mean density flows nowhere
    strengths = np.rint(EAGERNESS * density / wave_number).astype(int)
    return Spread(from_tick, tuple(map(tuple, strengths.tolist())))
