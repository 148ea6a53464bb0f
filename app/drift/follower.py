"""A client's picture of the world, made from frames alone.

The reference for the page's own code, and the yardstick by which tests and
benchmarks hold the server to its promise.
"""

import numpy as np

from app.drift.frames import Frame
from physics.current import Current, FloatArray, Mode
from physics.flight import Flight
from physics.shadow import IntArray


class Follower:
    """Applies frames and runs the shadow between them.

    Args:
        modes: The current's modes, from the welcome.
        width: World units.
        height: World units.

    Attributes:
        tick: The tick of `state`, or None before the first keyframe.
        slots: ``(n,)`` rising.
        state: ``(6, n)``.
    """

    def __init__(self, modes: tuple[Mode, ...], width: float, height: float) -> None:
        self._flight = Flight(Current(modes, width, height))
        self.tick: int | None = None
        self.slots: IntArray = np.empty(0, dtype=np.int64)
        self.state: FloatArray = np.empty((6, 0))

    def apply(self, frame: Frame) -> None:
        """Take a frame in and stand at its tick."""
        if frame.keyframe:
            ((self.tick, self.slots, self.state),) = frame.blocks
            return
        assert self.tick == frame.tick - frame.since, "a frame is missing before this one"
        for tick, slots, state in frame.blocks:
            self._run_to(tick)
            self._merge(slots, state)
        self._run_to(frame.tick)

    def _merge(self, slots: IntArray, state: FloatArray) -> None:
        known = np.isin(slots, self.slots)
        self.state[:, np.searchsorted(self.slots, slots[known])] = state[:, known]
        if not known.all():
            slots = np.concatenate((self.slots, slots[~known]))
            order = np.argsort(slots)
            self.slots = slots[order]
            self.state = np.concatenate((self.state, state[:, ~known]), axis=1)[:, order]

    def _run_to(self, tick: int) -> None:
        assert self.tick is not None
        while self.tick < tick:
            acceleration = np.empty((3, self.state.shape[1]))
            self._flight.accelerate(self.state, self.tick, acceleration)
            Flight.advance(self.state, acceleration)
            self.tick += 1
