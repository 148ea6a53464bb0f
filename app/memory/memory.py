"""What is remembered of each link, and the memory that lasts as long as the process.

A memory answers at once and never waits for a disk: whoever writes to one does
so behind its back. It is told the time, and keeps no clock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from app.memory.moments import utc
from app.memory.openings import OpeningGate

DAYS_KEPT = 400  # days of daily picks; the feed shows 30, a year is what people look back on
CAPACITY = 200_000  # links remembered, 40 times the largest archive; about 60 MB at most


@dataclass(frozen=True, slots=True)
class Recollection:
    """What is remembered of one link; whole seconds, UTC.

    Attributes:
        opened: How often it was followed.
        last_opened: When it was last followed.
        last_surfaced: When it was last shown as a pick.
    """

    opened: int = 0
    last_opened: datetime | None = None
    last_surfaced: datetime | None = None

    def __add__(self, more: "Recollection") -> "Recollection":
        return Recollection(
            self.opened + more.opened,
            _later(self.last_opened, more.last_opened),
            _later(self.last_surfaced, more.last_surfaced),
        )


NOTHING_REMEMBERED = Recollection()


@dataclass(frozen=True, slots=True)
class DayPick:
    """The link of one day, and the reason given for it."""

    link_id: str
    why: str


@dataclass(slots=True)
class Remembered:
    """A heap of recollections: all there are, or those still to be written.

    Attributes:
        links: By id.
        days: The picks of days.
    """

    links: dict[str, Recollection] = field(default_factory=dict)
    days: dict[date, DayPick] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.links or self.days)

    def note(self, link_id: str, more: Recollection) -> None:
        """Add to what is remembered of a link; a new one past the capacity is let go."""
        known = self.links.get(link_id)
        if known is not None:
            self.links[link_id] = known + more
        elif len(self.links) < CAPACITY:
            self.links[link_id] = more

    def keep(self, day: date, pick: DayPick) -> None:
        """Set a day's pick, and forget the oldest day when there are too many."""
        self.days[day] = pick
        if len(self.days) > DAYS_KEPT:
            del self.days[min(self.days)]

    def add(self, more: "Remembered") -> None:
        """Add what happened after."""
        for link_id, recollection in more.links.items():
            self.note(link_id, recollection)
        for day, pick in more.days.items():
            self.keep(day, pick)

    def copy(self) -> "Remembered":
        """Copy, so that either may change alone."""
        return Remembered(dict(self.links), dict(self.days))


class Memory(Protocol):
    """Remembers what was followed and shown. Safe to call from any thread."""

    @property
    def trouble(self) -> str | None:
        """Why nothing is being kept where it lasts; None while all is well."""

    def recall(self, link_id: str) -> Recollection:
        """Tell what is remembered of a link; nothing, for one never met."""

    def opened(self, link_id: str, now: datetime, visitor: str | None = None) -> bool:
        """Count an opening, once per visitor, link and minute.

        Args:
            link_id: A link of the archive; the caller has looked it up.
            now: Aware moment.
            visitor: An opaque key, never stored; without one every call counts.

        Returns:
            Whether it was counted.

        Raises:
            MomentError: ``now`` has no time zone.
        """

    def surfaced(self, link_id: str, now: datetime) -> None:
        """Note that a link was shown as a pick.

        Raises:
            MomentError: ``now`` has no time zone.
        """

    def day_pick(self, day: date) -> DayPick | None:
        """Tell what was chosen for a day, if that is remembered."""

    def keep_day_pick(self, day: date, pick: DayPick) -> None:
        """Hold a day to its pick, in place of any before; the oldest days are forgotten."""

    def close(self) -> None:
        """Put everything counted where it lasts, if there is such a place."""


class VolatileMemory:
    """A memory that ends with the process: ``--state :memory:``."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known = Remembered()
        self._gate = OpeningGate()

    @property
    def trouble(self) -> str | None:
        """Never any: nothing is meant to last."""
        return None

    def recall(self, link_id: str) -> Recollection:
        """See `Memory.recall`."""
        return self._known.links.get(link_id, NOTHING_REMEMBERED)

    def opened(self, link_id: str, now: datetime, visitor: str | None = None) -> bool:
        """See `Memory.opened`."""
        at = utc(now).replace(microsecond=0)
        with self._lock:
            if visitor is not None and not self._gate.admits(visitor, link_id, at):
                return False
            self._note(link_id, Recollection(opened=1, last_opened=at))
        return True

    def surfaced(self, link_id: str, now: datetime) -> None:
        """See `Memory.surfaced`."""
        at = utc(now).replace(microsecond=0)
        with self._lock:
            self._note(link_id, Recollection(last_surfaced=at))

    def day_pick(self, day: date) -> DayPick | None:
        """See `Memory.day_pick`."""
        return self._known.days.get(day)

    def keep_day_pick(self, day: date, pick: DayPick) -> None:
        """See `Memory.keep_day_pick`."""
        with self._lock:
            self._keep(day, pick)

    def close(self) -> None:
        """See `Memory.close`; there is no such place."""

    def _note(self, link_id: str, more: Recollection) -> None:
        """Add to what is remembered of a link; the lock is held."""
        self._known.note(link_id, more)

    def _keep(self, day: date, pick: DayPick) -> None:
        """Set a day's pick; the lock is held."""
        self._known.keep(day, pick)


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    """Choose the later of two moments, of which either may be unknown."""
    if first is None or second is None:
        return first or second
    return max(first, second)
