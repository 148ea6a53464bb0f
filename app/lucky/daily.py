"""The link of the day: the same for everybody until midnight UTC.

The order comes from `app.lucky.turns`. An edit of the archive can shift it, so a
day once asked for is kept in the memory: it stays what it was while its link is
in the archive, and no day chosen later repeats it before it has rested.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.archive.errors import UnknownLinkError
from app.archive.link import Archive
from app.lucky.picking import Pick
from app.lucky.reasons import eldest, why
from app.lucky.turns import DAY, Turn, rest_days, turns
from app.memory.memory import DayPick, Memory
from app.memory.moments import utc


@dataclass(frozen=True, slots=True)
class Daily:
    """The pick of a day, in UTC."""

    day: date
    pick: Pick


def today(archive: Archive, memory: Memory, now: datetime) -> Pick:
    """Tell the day's pick, drawn from the whole archive, and keep the day to it.

    The reason is kept too: it is what was true when the day was first asked for.

    Args:
        archive: The links to choose from.
        memory: Holds the day to its pick.
        now: Aware moment.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    day = utc(now).date()
    (chosen,) = _days(archive, memory, day, day, now)
    return chosen.pick


def recent_days(archive: Archive, memory: Memory, now: datetime, days: int) -> list[Daily]:
    """Tell the picks of the last days, today's first, and keep each day to its pick.

    A day whose link has left the archive since is left out, but for today, which
    gets another.

    Args:
        archive: The links to choose from.
        memory: Holds the days to their picks.
        now: Aware moment.
        days: How many, today among them.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    last = utc(now).date()
    return _days(archive, memory, last - (days - 1) * DAY, last, now)[::-1]


def _days(archive: Archive, memory: Memory, first: date, last: date, now: datetime) -> list[Daily]:
    """Tell the picks of some days, oldest first; the order is worked out only if one is new."""
    days = [first + number * DAY for number in range((last - first).days + 1)]
    kept = {day: _kept(archive, memory, day) for day in days}
    if any(_is_open(day, last, memory, kept[day]) for day in days):
        for turn in turns(archive, first, last):
            if _is_open(turn.day, last, memory, kept[turn.day]):
                kept[turn.day] = _choose(archive, memory, turn, now)
    return [Daily(day, chosen) for day, chosen in kept.items() if chosen is not None]


def _is_open(day: date, last: date, memory: Memory, kept: Pick | None) -> bool:
    return kept is None and (day == last or memory.day_pick(day) is None)


def _kept(archive: Archive, memory: Memory, day: date) -> Pick | None:
    kept = memory.day_pick(day)
    if kept is None:
        return None
    try:
        return Pick(link=archive.get(kept.link_id), why=kept.why)
    except UnknownLinkError:
        return None


def _choose(archive: Archive, memory: Memory, turn: Turn, now: datetime) -> Pick:
    """Take the first in the order that no day kept nearby has shown, and keep the day to it."""
    resting = {
        kept.link_id
        for distance in range(1, rest_days(len(archive)) + 1)
        for day in (turn.day - distance * DAY, turn.day + distance * DAY)
        if (kept := memory.day_pick(day)) is not None
    }
    order = (turn.link.id, *turn.queue)
    link = archive.get(next((one for one in order if one not in resting), turn.link.id))
    pick = Pick(link=link, why=why(link, memory.recall(link.id), now, eldest(archive)))
    memory.keep_day_pick(turn.day, DayPick(link.id, pick.why))
    return pick
