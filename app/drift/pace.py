"""When to step, and how often to tell: absolute deadlines, no spiral.

Both classes are clocks without a clock: time comes in as seconds of any
monotonic source.
"""

from dataclasses import dataclass

from physics.current import STEP_HZ, STEP_S

MOST_CATCH_UP = 4  # steps; anything later is dropped and counted
LATE_S = 2 * STEP_S  # a step this much after its deadline is late
PATIENCE_S = 2.0  # lateness or health must last this long before the rate changes
INTERVALS = (2, 4, 6)  # steps between network ticks: 30, 15, 10 Hz


class Metronome:
    """Turns time into steps due.

    Attributes:
        dropped: Steps given up because they were too late.
    """

    def __init__(self, now_s: float) -> None:
        self.dropped = 0
        self._origin_s = now_s
        self._taken = 0

    @property
    def deadline_s(self) -> float:
        """When the next step is due."""
        return self._origin_s + (self._taken + 1) * STEP_S

    def due(self, now_s: float) -> int:
        """Take the steps that are due, at most `MOST_CATCH_UP`; the rest are dropped."""
        steps = int((now_s - self._origin_s) * STEP_HZ + 1e-6) - self._taken
        if steps <= 0:
            return 0
        self._taken += steps
        late = max(0, steps - MOST_CATCH_UP)
        self.dropped += late
        return steps - late

    def restart(self, now_s: float) -> None:
        """Forget the time that passed while parked."""
        self._origin_s = now_s
        self._taken = 0


@dataclass
class NetworkRate:
    """Steps between network ticks; falls under overload, and rises again by itself."""

    level: int = 0
    _since_s: float | None = None
    _was_late: bool = False

    @property
    def interval(self) -> int:
        """Steps from one network tick to the next."""
        return INTERVALS[self.level]

    def observe(self, lateness_s: float, now_s: float) -> None:
        """Take note of how late a step was taken."""
        late = lateness_s > LATE_S
        if self._since_s is None or late != self._was_late:
            self._since_s, self._was_late = now_s, late
        if now_s - self._since_s < PATIENCE_S:
            return
        self._since_s = now_s
        wanted = self.level + (1 if late else -1)
        self.level = min(max(wanted, 0), len(INTERVALS) - 1)
