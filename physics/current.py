"""The current: the slow flow that carries bodies.

It is the curl of a stream function made of a few sine modes, so it has no
sources, no flow through a wall, and is a pure function of (seed, tick,
position). On top of it lies the spread (`physics.spread`), which evens the water.
Server and page evaluate the same formula; see PROTOCOL.md.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.spread import HIGHEST_ORDER, STILL, Spread, in_force

FloatArray = NDArray[np.float64]

STEP_HZ = 60
STEP_S = 1 / STEP_HZ
DRIFT_SPEED = 24.0  # world units / s, root mean square: a laptop screen in 55 s
HIGHEST_WAVE = 3  # half waves across the world: gyres, not ripples
MODES = 6
LONGEST_WAVES = ((1, 1), (1, 2), (2, 1))  # in every current
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

    The longer a wave, the more of the speed is in it, as in real eddies, and the
    longest are in every current. That also keeps the shear low that presses
    neighbouring pills together: with equal speeds in modes up to 4 × 3, a viewer's
    bytes were 1.6 to 2.6 times as many; of twelve seeds the two without the longest
    wave of all cost the most.
    """
    dice = random.Random(f"current {seed}")
    orders = range(1, HIGHEST_WAVE + 1)
    others = [(m, n) for m in orders for n in orders if (m, n) not in LONGEST_WAVES]
    waves = [*LONGEST_WAVES, *dice.sample(others, MODES - len(LONGEST_WAVES))]
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
    """Samples the flow of one world for many positions at once.

    Every quantity is a sum of products of one harmonic along x and one along y, so
    it is a small matrix of weights between the two: all of a tick's weights come
    from the turned modes by one product, all sums down y by two.

    Args:
        modes: The swirls.
        width: World units.
        height: World units.
        spreads: Slow flows to come into force, by rising tick.
    """

    def __init__(
        self,
        modes: tuple[Mode, ...],
        width: float,
        height: float,
        spreads: Sequence[Spread] = (),
    ) -> None:
        self.modes = modes
        self._kx = math.pi / width
        self._ky = math.pi / height
        self._swirls = max((max(mode.m, mode.n) for mode in modes), default=0)
        self._orders = max(self._swirls, HIGHEST_ORDER)
        self._turning = np.array([(mode.rate * STEP_S, mode.phase) for mode in modes]).reshape(
            -1, 2
        )
        self._weigh_modes()
        self.spreads: tuple[Spread, ...] = ()
        self._weighed: Spread = STILL
        self._spread_over_y = np.zeros(self._over_y_shape)
        self._spread_down_y = np.zeros(self._down_y_shape)
        for spread in spreads:
            self.announce(spread)
        self._capacity = 0
        self._reserve(64)

    def announce(self, spread: Spread) -> None:
        """Let a spread come into force at its tick, in place of the one before.

        Kept are the newest and the one before it, for whoever is a little behind.
        """
        self.spreads = (*self.spreads[-1:], spread)

    def _weigh_modes(self) -> None:
        """Lay out each mode's share in every weight; see `sample` for the rows."""
        q, k = self._swirls, self._orders
        # Over cos(ny): U on sin(mx), m = 1…k; u_t on sin(mx) and u_x on cos(mx), m = 1…q.
        self._over_y_shape = (k + 2 * q, k + 1)
        # Over sin(ny): V on cos(mx), m = 0…k; v_t on cos(mx), u_y and v_x on sin(mx), m = 1…q.
        self._down_y_shape = (k + 1 + 3 * q, k)
        count = len(self.modes)
        over = np.zeros((2, count, *self._over_y_shape))
        down = np.zeros((2, count, *self._down_y_shape))
        for i, mode in enumerate(self.modes):
            m, n, a = mode.m, mode.n, mode.amplitude
            mx, ny = m * self._kx, n * self._ky
            over[0, i, m - 1, n] = a * ny
            over[1, i, k + m - 1, n] = -a * mode.rate * ny
            over[0, i, k + q + m - 1, n] = a * mx * ny
            down[0, i, m, n - 1] = -a * mx
            down[1, i, k + m, n - 1] = a * mode.rate * mx
            down[0, i, k + q + m, n - 1] = -a * ny * ny
            down[0, i, k + 2 * q + m, n - 1] = a * mx * mx
        self._over_y = over.reshape(2 * count, math.prod(self._over_y_shape))
        self._down_y = down.reshape(2 * count, math.prod(self._down_y_shape))

    def _weigh_spread(self, tick: int) -> None:
        spread = in_force(self.spreads, tick)
        if spread is self._weighed:
            return
        self._weighed = spread
        k = self._orders
        strengths = np.zeros((k + 1, k + 1))
        told = np.array(spread.strengths).reshape(HIGHEST_ORDER + 1, HIGHEST_ORDER + 1)
        strengths[: HIGHEST_ORDER + 1, : HIGHEST_ORDER + 1] = told
        order = np.arange(k + 1)
        self._spread_over_y[:k] = (strengths * (order * self._kx)[:, None])[1:]
        self._spread_down_y[: k + 1] = (strengths * (order * self._ky))[:, 1:]

    def _reserve(self, count: int) -> None:
        """Hold work arrays for at least ``count`` positions."""
        self._capacity = count
        # ``(orders + 1, 2, count)``: the harmonics of x, then those of y.
        self._sines = np.zeros((self._orders + 1, 2, count))
        self._cosines = np.ones((self._orders + 1, 2, count))
        self._inner_over = np.empty((self._over_y_shape[0], count))
        self._inner_down = np.empty((self._down_y_shape[0], count))

    def sample(self, x: FloatArray, y: FloatArray, tick: int, out: FloatArray) -> FloatArray:
        """Sample the flow and how fast the current changes for whoever goes with it.

        Args:
            x: ``(n,)`` world units.
            y: ``(n,)`` world units.
            tick: Steps since the world's epoch.
            out: ``(4, n)``; filled with the velocity of current and spread together,
                world units / s, and the current's material derivative along that
                velocity, u_t + U·u_x + V·u_y and the same of v, world units / s².

        Returns:
            ``out``. The velocity's normal component is zero on each wall.

        Source: stream-function construction, Batchelor, *Fluid Dynamics*, 2.2.
        """
        count = len(x)
        if count > self._capacity:
            self._reserve(count)
        sines, cosines = self._harmonics(x, y)
        sin_x, cos_x = sines[:, 0], cosines[:, 0]
        sin_y, cos_y = sines[:, 1], cosines[:, 1]
        over, down = self._weights(tick)
        q, k = self._swirls, self._orders
        inner = np.matmul(over, cos_y, out=self._inner_over[:, :count])
        np.einsum("mi,mi->i", sin_x[1:], inner[:k], out=out[0])
        np.einsum("mi,mi->i", sin_x[1 : q + 1], inner[k : k + q], out=out[2])
        u_x = np.einsum("mi,mi->i", cos_x[1 : q + 1], inner[k + q :])
        inner = np.matmul(down, sin_y[1:], out=self._inner_down[:, :count])
        np.einsum("mi,mi->i", cos_x, inner[: k + 1], out=out[1])
        np.einsum("mi,mi->i", cos_x[1 : q + 1], inner[k + 1 : k + 1 + q], out=out[3])
        u_y = np.einsum("mi,mi->i", sin_x[1 : q + 1], inner[k + 1 + q : k + 1 + 2 * q])
        v_x = np.einsum("mi,mi->i", sin_x[1 : q + 1], inner[k + 1 + 2 * q :])
        # The current has no sources: v_y is −u_x.
        out[2] += out[0] * u_x + out[1] * u_y
        out[3] += out[0] * v_x - out[1] * u_x
        return out

    def _weights(self, tick: int) -> tuple[FloatArray, FloatArray]:
        """Turn the modes to a tick: weights over the cosines, and over the sines, of y."""
        self._weigh_spread(tick)
        turned = self._turning[:, 0] * tick + self._turning[:, 1]
        coefficients = np.concatenate((np.cos(turned), np.sin(turned)))
        over = (coefficients @ self._over_y).reshape(self._over_y_shape)
        down = (coefficients @ self._down_y).reshape(self._down_y_shape)
        over += self._spread_over_y
        down += self._spread_down_y
        return over, down

    def _harmonics(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Fill rows sin(kθ), cos(kθ) for k = 1…, by angle addition: two real sines a body."""
        count = len(x)
        sines, cosines = self._sines[:, :, :count], self._cosines[:, :, :count]
        sine, cosine = sines[1], cosines[1]
        np.multiply(x, self._kx, out=sine[0])
        np.multiply(y, self._ky, out=sine[1])
        np.cos(sine, out=cosine)
        np.sin(sine, out=sine)
        for k in range(2, self._orders + 1):
            np.multiply(sines[k - 1], cosine, out=sines[k])
            sines[k] += cosines[k - 1] * sine
            np.multiply(cosines[k - 1], cosine, out=cosines[k])
            cosines[k] -= sines[k - 1] * sine
        return sines, cosines
