"""What is told of a world: immutable, safe to hand from one thread to another."""

from dataclasses import dataclass

from physics.current import Mode
from physics.snapshot import Snapshot
from physics.spread import Spread
from physics.world import World


@dataclass(frozen=True, slots=True)
class Publication:
    """What is so at a tick.

    Attributes:
        tick: The tick of everything in it.
        records: The tick's corrections, encoded without their age; empty if none.
        shadow: What a client that missed nothing sees.
        truth: Where the bodies are.
        lit: Slot → tick until which it is lit.
        spreads: The spreads in force now or soon, by rising tick.
    """

    tick: int
    records: bytes
    shadow: Snapshot
    truth: Snapshot
    lit: dict[int, int]
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """A world whose bodies, or whose size, changed.

    Attributes:
        width: World units.
        height: World units.
        modes: The current's.
        now: What is so now.
    """

    width: float
    height: float
    modes: tuple[Mode, ...]
    now: Publication


def publication_of(world: World, records: bytes = b"") -> Publication:
    """Tell what is so now."""
    return Publication(
        tick=world.tick,
        records=records,
        shadow=world.shadow_snapshot(),
        truth=world.snapshot(),
        lit=world.lit,
        spreads=world.spreads,
    )


def population_of(world: World) -> Population:
    """Tell of a world from the beginning."""
    return Population(world.width, world.height, world.modes, publication_of(world))
