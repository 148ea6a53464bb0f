"""The current: the slow flow that carries bodies.

It is the curl of a stream function made of a few sine modes, so it has no
sources, no flow through a wall, and is a pure function of (seed, tick,
position). Server and page evaluate the same formula; see PROTOCOL.md.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

STEP_HZ = 60
STEP_S = 1 / STEP_HZ
DRIFT_SPEED = 24.0  # world units / s, root mean square: a laptop screen in 55 s
HIGHEST_WAVE = 3  # half waves across the world: gyres, not ripples
MODES = 6
SLOWEST_TURN_S, FASTEST_TURN_S = 240.0, 90.0  # one full turn of a mode


@dataclass(frozen=True, slots=True)
class Mode:
    """One standing swirl of the stream function.

    Attributes:
        m: Half waves across the width.
        n: Half waves down the height.
        amplitude: Of the stream function, square world units / s.
        rate: Turning, radians / s.
        phase: Radians at tick 0.
    """

    m: int
    n: int
    amplitude: float
    rate: float
    phase: float


def draw_modes(seed: int, width: float, height: float) -> tuple[Mode, ...]:
    """Draw the modes of a world from its seed.

    The longer a wave, the more of the speed is in it, as in real eddies. That also
    keeps the shear low that presses neighbouring pills together: with equal speeds
    in modes up to 4 × 3, a viewer's bytes were 1.6 to 2.6 times as many.
    """
    dice = random.Random(f"current {seed}")
    orders = range(1, HIGHEST_WAVE + 1)
    waves = dice.sample([(m, n) for m in orders for n in orders], MODES)
    shares = [1 / (m * m + n * n) for m, n in waves]
    whole = math.sqrt(sum(share * share for share in shares))
    modes = []
    for (m, n), share in zip(waves, shares, strict=True):
        # <u²+v²> of one mode is a²·((mπ/W)²+(nπ/H)²)/8: two squared waves, one squared cosine.
        wave_number = math.hypot(m * math.pi / width, n * math.pi / height)
        amplitude = DRIFT_SPEED * share / whole * math.sqrt(8) / wave_number
        turn_s = dice.uniform(FASTEST_TURN_S, SLOWEST_TURN_S)
        rate = dice.choice((-1, 1)) * math.tau / turn_s
        modes.append(Mode(m, n, amplitude, rate, dice.uniform(0, math.tau)))
    return tuple(modes)


class Current:
    """Samples the flow of one world for many positions at once."""

    def __init__(self, modes: tuple[Mode, ...], width: float, height: float) -> None:
        self.modes = modes
        self._kx = math.pi / width
        self._ky = math.pi / height
        self._waves = max(max(mode.m, mode.n) for mode in modes)
        self._capacity = 0
        self._reserve(64)

    def _reserve(self, count: int) -> None:
        """Hold work arrays for at least ``count`` positions."""
        self._capacity = count
        self._sin_x, self._cos_x, self._sin_y, self._cos_y, self._inner = (
            np.empty((self._waves, count)) for _ in range(5)
        )

    def sample(self, x: FloatArray, y: FloatArray, tick: int, out: FloatArray) -> FloatArray:
        """Sample the flow.

        Args:
            x: ``(n,)`` world units.
            y: ``(n,)`` world units.
            tick: Steps since the world's epoch.
            out: ``(2, n)``; filled with velocities, world units / s.

        Returns:
            ``out``. Its normal component is zero on each wall.

        Source: stream-function construction, Batchelor, *Fluid Dynamics*, 2.2.
        """
        count = len(x)
        if count > self._capacity:
            self._reserve(count)
        sin_x, cos_x = self._harmonics(x, self._kx, self._sin_x, self._cos_x)
        sin_y, cos_y = self._harmonics(y, self._ky, self._sin_y, self._cos_y)
        along, down = self._weights(tick)
        inner = self._inner[:, :count]
        np.matmul(along, cos_y, out=inner)
        np.einsum("mi,mi->i", sin_x, inner, out=out[0])
        np.matmul(down, sin_y, out=inner)
        np.einsum("mi,mi->i", cos_x, inner, out=out[1])
        return out

    def _weights(self, tick: int) -> tuple[FloatArray, FloatArray]:
        """Turn the modes to a tick: ``(m, n)`` weights of u and of v."""
        along = np.zeros((self._waves, self._waves))
        down = np.zeros((self._waves, self._waves))
        time_s = tick * STEP_S
        for mode in self.modes:
            amplitude = mode.amplitude * math.cos(mode.rate * time_s + mode.phase)
            along[mode.m - 1, mode.n - 1] += amplitude * mode.n * self._ky
            down[mode.m - 1, mode.n - 1] -= amplitude * mode.m * self._kx
        return along, down

    def _harmonics(
        self, position: FloatArray, wave: float, sines: FloatArray, cosines: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Fill rows sin(kθ), cos(kθ) for k = 1…, by angle addition: two real sines a body."""
        count = len(position)
        sines, cosines = sines[:, :count], cosines[:, :count]
        theta = np.multiply(position, wave, out=sines[0])
        np.cos(theta, out=cosines[0])
        np.sin(theta, out=sines[0])
        for k in range(1, self._waves):
            sines[k] = sines[k - 1] * cosines[0] + cosines[k - 1] * sines[0]
            cosines[k] = cosines[k - 1] * cosines[0] - sines[k - 1] * sines[0]
        return sines, cosines
