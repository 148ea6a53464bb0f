"""Free flight: how a body moves that nothing touches.

A pill is carried as a neutrally buoyant particle is: it has the acceleration that
the water itself has, and is drawn towards the water's velocity. Without the first
of these every swirl throws bodies outwards: over twenty minutes the outer 36 % of
the water came to hold 58 % of them.

One rule for the true bodies (as forces for Chipmunk), for the server's shadows
and for the page. The order of operations is part of the rule: position first,
with the old velocity, as Chipmunk integrates.
"""

import numpy as np

from physics.current import STEP_S, Current, FloatArray

PULL = 0.35  # 1 / s: how firmly the current takes a body along; a fling glides for 3 s
STIFFNESS = 6.0  # 1 / s²: labels swing upright in about a second …
DAMPING = 3.0  # 1 / s: … and hardly overshoot

X, Y, ANGLE, VX, VY, OMEGA = range(6)  # rows of a state array


class Flight:
    """Accelerations and steps of free flight for ``(6, n)`` state arrays.

    Work arrays are reused between calls: one instance serves one thread.

    Source: Maxey and Riley, "Equation of motion for a small rigid sphere in a
    nonuniform flow", 1983, at equal densities.
    """

    def __init__(self, current: Current) -> None:
        self.current = current
        self._flow = np.empty((4, 0))

    def accelerate(self, state: FloatArray, tick: int, out: FloatArray) -> FloatArray:
        """Write the accelerations of free flight at a tick.

        Args:
            state: ``(6, n)`` rows x, y, angle, vx, vy, omega.
            tick: The tick the state belongs to.
            out: ``(3, n)``; filled with ax, ay in units / s² and alpha in radians / s².
        """
        count = state.shape[1]
        if self._flow.shape[1] != count:
            self._flow = np.empty((4, count))
        flow = self.current.sample(state[X], state[Y], tick, self._flow)
        np.subtract(flow[:2], state[VX : VY + 1], out=out[:2])
        out[:2] *= PULL
        out[:2] += flow[2:]
        np.sin(state[ANGLE], out=out[2])
        out[2] *= -STIFFNESS
        out[2] -= DAMPING * state[OMEGA]
        return out

    @staticmethod
    def advance(state: FloatArray, acceleration: FloatArray) -> None:
        """Move a ``(6, n)`` state on by one step, in place."""
        state[:3] += state[3:] * STEP_S
        state[3:] += acceleration * STEP_S
