"""What is remembered of each link, and the memory that lasts as long as the process.

A memory answers at once and never waits for a disk: whoever writes to one does
so behind its back. It is told the time, and keeps no clock.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from app.lucky.errors import utc
from app.lucky.openings import OpeningGate

DAYS_KEPT = 400  # days of daily picks; the feed shows 30, a year is what people look back on


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


NOTHING_REMEMBERED = Recollection()


@dataclass(frozen=True, slots=True)
class DayPick:
    """The link of one day, and the reason given for it."""

    link_id: str
    why: str


class Memory(Protocol):
    """Remembers what was followed and shown. Safe to call from any thread."""

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


def moment(now: datetime) -> datetime:
    """Round down to the whole second that a memory keeps."""
    return utc(now).replace(microsecond=0)


def later(first: datetime | None, second: datetime | None) -> datetime | None:
    """Choose the later of two moments, of which either may be unknown."""
    if first is None or second is None:
        return first or second
    return max(first, second)


class VolatileMemory:
    """A memory that ends with the process: ``--state :memory:``."""

    def __init__(self) -> None:
        self._recollections: dict[str, Recollection] = {}
        self._days: dict[date, DayPick] = {}
        self._gate = OpeningGate()

    def recall(self, link_id: str) -> Recollection:
        """See `Memory.recall`."""
        return self._recollections.get(link_id, NOTHING_REMEMBERED)

    def opened(self, link_id: str, now: datetime, visitor: str | None = None) -> bool:
        """See `Memory.opened`."""
        at = moment(now)
        if visitor is not None and not self._gate.admits(visitor, link_id, at):
            return False
        known = self.recall(link_id)
        self._recollections[link_id] = replace(
            known, opened=known.opened + 1, last_opened=later(known.last_opened, at)
        )
        return True

    def surfaced(self, link_id: str, now: datetime) -> None:
        """See `Memory.surfaced`."""
        known = self.recall(link_id)
        at = later(known.last_surfaced, moment(now))
        self._recollections[link_id] = replace(known, last_surfaced=at)

    def day_pick(self, day: date) -> DayPick | None:
        """See `Memory.day_pick`."""
        return self._days.get(day)

    def keep_day_pick(self, day: date, pick: DayPick) -> None:
        """See `Memory.keep_day_pick`."""
        self._days[day] = pick
        if len(self._days) > DAYS_KEPT:
            del self._days[min(self._days)]

    def close(self) -> None:
        """See `Memory.close`; there is no such place."""
