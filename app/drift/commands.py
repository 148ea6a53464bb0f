"""What may be done to a world from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.drift.publication import Population, population_of
from physics.pills import Pill
from physics.snapshot import BodyState
from physics.world import World

Result_co = TypeVar("Result_co", covariant=True)


class Command(Protocol[Result_co]):
    """Applied between two steps."""

    def apply(self, world: World) -> Result_co:
        """Change the world; what comes back reaches whoever submitted the command."""


@dataclass(frozen=True, slots=True)
class Tether:
    """Take hold of a body by the point nearest to (x, y), world units."""

    slot: int
    x: float
    y: float

    def apply(self, world: World) -> None:
        """Tie the tether."""
        world.tether(self.slot, self.x, self.y)


@dataclass(frozen=True, slots=True)
class Lead:
    """Lead a held body's point to (x, y), world units."""

    slot: int
    x: float
    y: float

    def apply(self, world: World) -> None:
        """Aim the tether."""
        world.lead(self.slot, self.x, self.y)


@dataclass(frozen=True, slots=True)
class Release:
    """Let go of a held body."""

    slot: int

    def apply(self, world: World) -> None:
        """Cut the tether."""
        world.release(self.slot)


@dataclass(frozen=True, slots=True)
class Fling:
    """Give a body a velocity, units / s; let go of it where it is held."""

    slot: int
    vx: float
    vy: float

    def apply(self, world: World) -> BodyState:
        """Set the velocity, and tell where the body goes from."""
        world.fling(self.slot, self.vx, self.vy)
        return world.state_of(self.slot)


@dataclass(frozen=True, slots=True)
class Carry:
    """Carry a body to (x, y), world units, and light it."""

    slot: int
    x: float
    y: float

    def apply(self, world: World) -> int:
        """Carrying the body, and tell the tick at which its light goes out."""
        return world.carry(self.slot, self.x, self.y)


@dataclass(frozen=True, slots=True)
class Repopulate:
    """Float these pills and no others."""

    pills: Mapping[int, Pill]

    def apply(self, world: World) -> Population:
        """Let bodies come and go, and tell what is there now."""
        world.repopulate(self.pills)
        return population_of(world)
