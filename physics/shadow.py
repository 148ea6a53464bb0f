"""The shadow: the state a client would compute by itself.

The server keeps every body's shadow beside its true state. Where they part,
it makes a correction; the correction's *quantised* values become the shadow on
both sides, so rounding never adds up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.current import STEP_HZ, FloatArray
from physics.flight import ANGLE, VX, X, Y

IntArray = NDArray[np.int64]

POSITION_TOLERANCE = 0.5  # world units: half a CSS pixel at zoom 1
ANGLE_TOLERANCE = 0.02  # rad: 3 units at the tip of the longest pill
# A flow spreads neighbours apart exponentially, rounding differences between two
# computers' sines included. A body left alone this long is put right all the same.
REFRESH_TICKS = 20 * STEP_HZ


@dataclass(frozen=True, slots=True)
class Quanta:
    """The grid of corrections: powers of two, so that every value is exact.

    Attributes:
        position: World units.
        angle: Radians.
        velocity: World units / s.
        spin: Radians / s.
    """

    position: float = 1 / 16
    angle: float = 1 / 256
    velocity: float = 1 / 4
    spin: float = 1 / 64

    @property
    def column(self) -> FloatArray:
        """``(6, 1)``: the quantum of each row of a state array."""
        p, a, v, s = self.position, self.angle, self.velocity, self.spin
        return np.array([[p], [p], [a], [v], [v], [s]])


QUANTA = Quanta()
_COLUMN = QUANTA.column


@dataclass(frozen=True, slots=True)
class Corrections:
    """What must be told at one tick.

    Attributes:
        tick: The tick whose state the records give.
        slots: ``(k,)``, rising.
        quantised: ``(6, k)`` x, y, angle, vx, vy, omega in multiples of `QUANTA`.
    """

    tick: int
    slots: IntArray
    quantised: IntArray

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def states(self) -> FloatArray:
        """``(6, k)`` in world units, radians and seconds."""
        return self.quantised * _COLUMN


class Shadow:
    """The shadows of all bodies, in the world's row order.

    Args:
        state: ``(6, n)`` true state at ``tick``; the shadow starts as a copy of it.
    """

    def __init__(self, state: FloatArray, tick: int) -> None:
        self.state = state.copy()
        count = state.shape[1]
        # Spread over the period, so that refreshes never come in a burst.
        self._corrected_at = tick - np.arange(count) * REFRESH_TICKS // max(count, 1)

    def correct(self, true_state: FloatArray, slots: IntArray, tick: int) -> Corrections:
        """Find the bodies that left their shadows, and put those shadows right.

        Args:
            true_state: ``(6, n)`` at ``tick``, in the shadow's row order.
            slots: ``(n,)`` rising slot numbers of the rows.
            tick: The tick both states belong to.
        """
        apart = true_state[: ANGLE + 1] - self.state[: ANGLE + 1]
        stray = apart[X] ** 2 + apart[Y] ** 2 > POSITION_TOLERANCE**2
        stray |= np.abs(apart[ANGLE]) > ANGLE_TOLERANCE
        stray |= tick - self._corrected_at >= REFRESH_TICKS
        rows = np.flatnonzero(stray)
        quantised = np.rint(true_state[:, rows] / _COLUMN).astype(np.int64)
        # Positions travel unsigned; a wall lets a body in by a fraction of a unit.
        np.maximum(quantised[:ANGLE], 0, out=quantised[:ANGLE])
        self.state[:, rows] = quantised * _COLUMN
        self._corrected_at[rows] = tick
        return Corrections(tick, slots[rows], quantised)

    def rearranged(self, rows: IntArray, fresh: FloatArray, tick: int) -> "Shadow":
        """Follow bodies that came and went.

        Args:
            rows: ``(n,)`` old row of each new row, or -1 for a new body.
            fresh: ``(6, n)`` true state in the new row order.
            tick: The present tick.
        """
        shadow = Shadow(fresh, tick)
        kept = rows >= 0
        shadow.state[:, kept] = self.state[:, rows[kept]]
        shadow._corrected_at[kept] = self._corrected_at[rows[kept]]
        # A newcomer is told at the next check: no client has it yet.
        shadow._corrected_at[~kept] = tick - REFRESH_TICKS
        return shadow


assert VX == ANGLE + 1, "the first three rows are the ones a shadow is judged by"
