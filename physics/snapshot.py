"""A snapshot: the state of the whole world at one tick."""

from dataclasses import dataclass

from physics.current import FloatArray
from physics.shadow import IntArray


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An immutable copy, safe to hand to another thread.

    Attributes:
        tick: Steps since the world's epoch.
        slots: ``(n,)`` rising slot numbers.
        state: ``(6, n)`` rows x, y (world units), angle (rad), vx, vy (units / s),
            omega (rad / s).
    """

    tick: int
    slots: IntArray
    state: FloatArray

    def __post_init__(self) -> None:
        self.slots.setflags(write=False)
        self.state.setflags(write=False)


@dataclass(frozen=True, slots=True)
class BodyState:
    """One body at one tick: world units, radians, seconds."""

    tick: int
    x: float
    y: float
    angle: float
    vx: float
    vy: float
    omega: float
