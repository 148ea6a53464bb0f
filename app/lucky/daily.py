"""The link of the day: the same for everybody until midnight UTC.

The order comes from `app.lucky.turns`. An edit of the archive can shift it, so a
day once asked for is kept in the memory: it stays what it was while its link is
in the archive, and no day chosen later repeats it before it has rested.
"""

from datetime import datetime

from app.archive.link import Archive, Link, UnknownLinkError
from app.lucky.errors import utc
from app.lucky.memory import DayPick, Memory
from app.lucky.picking import Pick
from app.lucky.reasons import eldest, why
from app.lucky.turns import DAY, Turn, rest_days, turns


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
    kept = memory.day_pick(day)
    link = None if kept is None else _find(archive, kept.link_id)
    if kept is not None and link is not None:
        return Pick(link=link, why=kept.why)
    (turn,) = turns(archive, day, day)
    link = _rested(archive, memory, turn)
    reason = why(link, memory.recall(link.id), now, eldest(archive))
    memory.keep_day_pick(day, DayPick(link.id, reason))
    return Pick(link=link, why=reason)


def _rested(archive: Archive, memory: Memory, turn: Turn) -> Link:
    """Take the first in the order that no day kept nearby has shown."""
    resting = {
        kept.link_id
        for distance in range(1, rest_days(len(archive)) + 1)
        for day in (turn.day - distance * DAY, turn.day + distance * DAY)
        if (kept := memory.day_pick(day)) is not None
    }
    for link_id in (turn.link.id, *turn.queue):
        if link_id not in resting:
            return archive.get(link_id)
    return turn.link


def _find(archive: Archive, link_id: str) -> Link | None:
    try:
        return archive.get(link_id)
    except UnknownLinkError:
        return None
