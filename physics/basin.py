"""The basin: walls around water of one size, and the flow in it."""

import numpy as np
import pymunk
from numpy.typing import NDArray

from physics.current import Current, FloatArray, Mode, draw_modes
from physics.errors import require_finite
from physics.flight import Flight, X, Y

WALL_DEPTH = 200.0  # world units: nothing tunnels through
WALL_ELASTICITY = 0.6


class Basin:
    """The water of one space.

    Attributes:
        width: World units.
        height: World units.
        modes: The current's.
        current: Its flow, and the spread over it.
        flight: Free flight in that current.
    """

    width: float
    height: float
    modes: tuple[Mode, ...]
    current: Current
    flight: Flight

    def __init__(self, space: pymunk.Space, seed: int, width: float, height: float) -> None:
        self._space = space
        self._seed = seed
        # Kept here: a body goes on listing shapes that have left its space.
        self._walls: list[pymunk.Segment] = []
        self.flood(width, height)

    def flood(self, width: float, height: float) -> None:
        """Take a size: its current, and walls in place of any before."""
        self.width, self.height = width, height
        self.modes = draw_modes(self._seed, width, height)
        # The old water's spread knows nothing of where bodies lie in the new one.
        self.current = Current(self.modes, width, height)
        self.flight = Flight(self.current)
        self._space.remove(*self._walls)
        self._walls = self._build_walls()
        self._space.add(*self._walls)

    def _build_walls(self) -> list[pymunk.Segment]:
        """Four thick walls whose inner faces are the water's edges."""
        deep, w, h = WALL_DEPTH, self.width, self.height
        left, top, right, bottom = -deep, -deep, w + deep, h + deep
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        walls = [
            pymunk.Segment(self._space.static_body, a, b, deep)
            for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
        ]
        for wall in walls:
            wall.elasticity = WALL_ELASTICITY
            wall.friction = 0.0
        return walls

    def clamp(self, x: float, y: float, *, edge: float = 0.0) -> pymunk.Vec2d:
        """Take the nearest place at least ``edge`` inside.

        Raises:
            QuantityError: A coordinate is not finite.
        """
        x, y = require_finite("x", x), require_finite("y", y)
        return pymunk.Vec2d(
            min(max(x, edge), self.width - edge), min(max(y, edge), self.height - edge)
        )

    def holds(self, state: FloatArray) -> NDArray[np.bool_]:
        """Tell which bodies of a ``(6, n)`` state have a finite state and lie inside."""
        x, y = state[X], state[Y]
        inside: NDArray[np.bool_] = np.asarray(np.isfinite(state).all(axis=0))
        inside &= (x >= 0) & (x <= self.width) & (y >= 0) & (y <= self.height)
        return inside
