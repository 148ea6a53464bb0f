"""A client's picture of the world, made from frames alone.

The reference for the page's own code, and the yardstick by which tests and
benchmarks hold the server to its promise.
"""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from app.wire.frames import Frame
from physics.current import Current, FloatArray, Mode
from physics.flight import Flight
from physics.shadow import IntArray
from physics.spread import Spread


class ReferenceClient:
    """Applies frames and runs the shadow between them.

    Args:
        current: The world's, with its spreads.

    Attributes:
        tick: The tick of `state`, or None before the first keyframe.
        slots: ``(n,)`` rising.
        state: ``(6, n)``.
    """

    def __init__(self, current: Current) -> None:
        self._flight = Flight(current)
        self.tick: int | None = None
        self.slots: IntArray = np.empty(0, dtype=np.int64)
        self.state: FloatArray = np.empty((6, 0))

    @classmethod
    def welcomed(cls, welcome: Mapping[str, Any]) -> Self:
        """Begin with a ``welcome``, as decoded from its JSON."""
        return cls(_told_current(welcome))

    def hear(self, message: Mapping[str, Any]) -> None:
        """Take in a text message; only ``spread`` and ``archive`` change anything."""
        if message["type"] == "spread":
            self.announce(_told_spread(message))
        elif message["type"] == "archive":
            self._flight = Flight(_told_current(message))

    def announce(self, spread: Spread) -> None:
        """Take in that a spread comes into force."""
        self._flight.current.announce(spread)

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


def _told_current(message: Mapping[str, Any]) -> Current:
    world, current = message["world"], message["current"]
    modes = tuple(Mode(*mode) for mode in current["modes"])
    spreads = [_told_spread(spread) for spread in current["spreads"]]
    return Current(modes, world["width"], world["height"], spreads)


def _told_spread(told: Mapping[str, Any]) -> Spread:
    return Spread(told["from_tick"], tuple(map(tuple, told["strengths"])))
