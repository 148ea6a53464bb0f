"""The carrying: the force by which *lucky* carries a body to a point."""

from dataclasses import dataclass

import numpy as np

from physics.current import STEP_HZ, FloatArray
from physics.flight import VX, VY, X, Y

EAGERNESS = 2.0  # 1 / s: critically damped, so it arrives in about 3 s and does not overshoot
STRENGTH = 1500.0  # units / s²: crosses the widest water in time, shoves no crowd flat
CARRY_TICKS = 6 * STEP_HZ  # then the water has it again
GLOW_TICKS = 12 * STEP_HZ  # how long a pick stays lit


@dataclass(frozen=True, slots=True)
class Carrying:
    """Where one body is being carried.

    Attributes:
        x: World units.
        y: World units.
        until_tick: The force ends here; the light at ``lit_until_tick``.
    """

    x: float
    y: float
    until_tick: int
    lit_until_tick: int

    def acceleration(self, state: FloatArray) -> FloatArray:
        """Pull of the spring on one body's ``(6,)`` state: ``(2,)`` units / s²."""
        spring = EAGERNESS**2 * (np.array((self.x, self.y)) - state[[X, Y]])
        pull: FloatArray = spring - 2 * EAGERNESS * state[[VX, VY]]
        size = float(np.hypot(*pull))
        return pull if size <= STRENGTH else pull * (STRENGTH / size)
