"""Hands on the water: tethers that lead bodies, and carryings that carry them.

Whose hand it is, and for how long, is not known here.
"""

from collections.abc import Mapping
from dataclasses import replace

import pymunk

from physics.carrying import CARRY_TICKS, GLOW_TICKS, Carrying
from physics.current import FloatArray
from physics.errors import TetherError
from physics.pills import Pill
from physics.tether import Tether


class Hands:
    """Everything that holds or carries a body of one space, by slot."""

    def __init__(self, space: pymunk.Space) -> None:
        self._space = space
        self._tethers: dict[int, Tether] = {}
        self._carryings: dict[int, Carrying] = {}

    @property
    def held(self) -> frozenset[int]:
        """Slots in somebody's hand."""
        return frozenset(self._tethers)

    @property
    def lit(self) -> dict[int, int]:
        """Slot → tick until which it is lit."""
        return {slot: carrying.lit_until_tick for slot, carrying in self._carryings.items()}

    def take(
        self, slot: int, body: pymunk.Body, pill: Pill, at: pymunk.Vec2d, *, tick: int
    ) -> None:
        """Take hold of a body by the point of it nearest to ``at``.

        Raises:
            TetherError: It is held already.
        """
        if slot in self._tethers:
            raise TetherError(f"the body in slot {slot} is held already")
        self._tethers[slot] = Tether(self._space, body, pill, at)
        self.stop_carrying(slot, tick=tick)

    def lead(self, slot: int, target: pymunk.Vec2d) -> None:
        """Aim a held body's point at a place.

        Raises:
            TetherError: Nobody holds it.
        """
        self._held(slot).lead(target)

    def release(self, slot: int) -> None:
        """Let go of a held body.

        Raises:
            TetherError: Nobody holds it.
        """
        self._held(slot).cut()
        del self._tethers[slot]

    def let_go(self, slot: int) -> None:
        """Release a body if it is held: its body is about to leave the space."""
        if slot in self._tethers:
            self.release(slot)

    def carry(self, slot: int, to: pymunk.Vec2d, *, tick: int) -> int:
        """Carry a body to a place and light it; one in hand is only lit.

        Returns:
            The tick at which its light goes out.
        """
        until = tick + (0 if slot in self._tethers else CARRY_TICKS)
        self._carryings[slot] = Carrying(*to, until, tick + GLOW_TICKS)
        return tick + GLOW_TICKS

    def stop_carrying(self, slot: int, *, tick: int) -> None:
        """A hand has its own idea of where a picked body goes; it stays lit."""
        carrying = self._carryings.get(slot)
        if carrying is not None:
            self._carryings[slot] = replace(carrying, until_tick=tick)

    def forget(self, slot: int) -> None:
        """Take every hand off a slot whose link is gone."""
        self.let_go(slot)
        self._carryings.pop(slot, None)

    def push(
        self, state: FloatArray, rows: Mapping[int, int], tick: int, acceleration: FloatArray
    ) -> None:
        """Add the carryings' pulls, and drop carryings whose light went out.

        Args:
            state: ``(6, n)`` at ``tick``.
            rows: Slot → row of ``state``.
            tick: Steps since the world's epoch.
            acceleration: ``(3, m)``, its first n columns those of ``state``; added to.
        """
        for slot, carrying in list(self._carryings.items()):
            if tick >= carrying.lit_until_tick:
                del self._carryings[slot]
            elif tick < carrying.until_tick:
                row = rows[slot]
                acceleration[:2, row] += carrying.acceleration(state[:, row])

    def pull(self) -> None:
        """Move every tether's hand by one step."""
        for tether in self._tethers.values():
            tether.pull()

    def _held(self, slot: int) -> Tether:
        try:
            return self._tethers[slot]
        except KeyError:
            raise TetherError(f"nobody holds the body in slot {slot}") from None
