"""Why a link was picked, said as a person would.

Only what is known is said: from the link's own date and from the memory. Each
reason that is true is a candidate, and one is chosen by the link and the day, so
that the words vary from link to link but hold still while one looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.archive.link import Archive, Link
from app.lucky.chance import unit
from app.memory.memory import Recollection
from app.memory.moments import utc

# Ours, for strftime speaks the language of the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRESH_DAYS = 14  # younger than this a link is new rather than adrift
LONG_DAYS = 30  # from here on "adrift" is the word


@dataclass(frozen=True, slots=True)
class Eldest:
    """What can be said of the oldest links of an archive.

    Attributes:
        added: Their day; ``None`` if no link is dated, or all bear the same date.
        words: What is true of them.
    """

    added: date | None
    words: str


def eldest(archive: Archive) -> Eldest:
    """Find the oldest date of an archive."""
    days = {link.added for link in archive}
    dated = [day for day in days if day is not None]
    # An undated link may be older than any: then only the dates can be compared.
    words = "nothing here bears an older date" if None in days else "nothing else here is older"
    return Eldest(min(dated) if len(dated) > 1 else None, words)


def why(link: Link, recollection: Recollection, now: datetime, oldest: Eldest) -> str:
    """Say why a link surfaced.

    Args:
        link: The picked link.
        recollection: What is remembered of it, before this pick.
        now: Aware moment.
        oldest: Of the archive that the link is in.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    today = utc(now).date()
    if recollection.last_opened is None:
        reasons = list(_never_opened(link, today))
    else:
        reasons = list(_opened(recollection.last_opened, recollection.opened, today))
    reasons.extend(_passed_by(recollection, today))
    if link.added is not None and link.added == oldest.added:
        reasons.append(oldest.words)
        if recollection.last_opened is None:
            reasons.append(f"never opened here, and {oldest.words}")
    chosen = int(unit("why", link.id, today.isoformat()) * len(reasons))
    return reasons[min(chosen, len(reasons) - 1)]


def _never_opened(link: Link, today: date) -> Iterator[str]:
    days = None if link.added is None else (today - link.added).days
    if link.added is None or days is None or days < 0:
        yield "never opened here"
    elif days == 0:
        yield "added today, never opened here"
    elif days == 1:
        yield "added yesterday, never opened here"
    elif days < FRESH_DAYS:
        yield f"new here: added {days} days ago, not opened yet"
        yield f"added {days} days ago, never opened here"
    else:
        yield f"never opened here, adrift {days:,} days"
        yield f"adrift {days:,} days, never opened here"
        yield f"here since {_month(link.added, today)}, never opened"


def _opened(last: datetime, times: int, today: date) -> Iterator[str]:
    day = utc(last).date()
    days = (today - day).days
    if days <= 0:
        yield "opened earlier today"
    elif days == 1:
        yield "last opened yesterday"
    elif days < 7:
        yield f"last opened on {WEEKDAYS[day.weekday()]}"
    elif days < LONG_DAYS:
        yield f"last opened {days} days ago"
    else:
        yield f"last opened in {_month(day, today)}"
        yield f"adrift {days:,} days since it was last opened"
        if times == 1:
            yield f"opened once, {days:,} days ago"


def _passed_by(recollection: Recollection, today: date) -> Iterator[str]:
    surfaced, opened = recollection.last_surfaced, recollection.last_opened
    if surfaced is None or (opened is not None and opened >= surfaced):
        return
    day = utc(surfaced).date()
    if (today - day).days >= LONG_DAYS:
        yield f"it came up in {_month(day, today)}, and nobody followed it"


def _month(day: date, today: date) -> str:
    """Name a month, with its year unless it is one of the last eleven."""
    months_ago = (today.year - day.year) * 12 + today.month - day.month
    name = MONTHS[day.month - 1]
    return name if 0 <= months_ago < 12 else f"{name} {day.year}"
