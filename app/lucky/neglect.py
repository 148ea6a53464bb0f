"""How neglected a link is: one number for how it looks and how likely it is picked.

    adrift   days since it was last opened; else since it was added; else 365
    patience 120 · (1 + log2(1 + times opened)) days
    neglect  adrift / (adrift + patience), 0 to 1
    weight   0.05 + 0.95 · neglect

A hyperbola, not an exponential: an old archive would otherwise be all ones, and
ten years could not be told from two. Each doubling of the openings adds
another 120 days before a link is half neglected again. The floor keeps every link
reachable: the one opened this second is twenty times less likely, not never.
"""

from datetime import UTC, datetime, time
from math import log2

from app.archive.link import Link
from app.memory.memory import Recollection
from app.memory.moments import utc

PATIENCE_DAYS = 120.0  # a link never opened is half neglected after this long
UNDATED_DAYS = 365.0  # taken for links that nobody dated: neither fresh nor the oldest
FLOOR = 0.05  # weight of a link opened this second
DAY_S = 86_400.0


def adrift_days(link: Link, recollection: Recollection, now: datetime) -> float | None:
    """Count the days since a link was last opened, or else added.

    Args:
        link: The link.
        recollection: What is remembered of it.
        now: Aware moment.

    Returns:
        Days, at least 0; ``None`` if neither is known.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    since = recollection.last_opened
    if since is None and link.added is not None:
        since = datetime.combine(link.added, time.min, UTC)
    if since is None:
        return None
    return max(0.0, (utc(now) - since).total_seconds() / DAY_S)


def neglect(link: Link, recollection: Recollection, now: datetime) -> float:
    """Rate how long and how often a link went unopened.

    Args:
        link: The link.
        recollection: What is remembered of it.
        now: Aware moment.

    Returns:
        0, just opened, to 1, which is never quite reached.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    adrift = adrift_days(link, recollection, now)
    if adrift is None:
        adrift = UNDATED_DAYS
    patience = PATIENCE_DAYS * (1.0 + log2(1 + recollection.opened))
    return adrift / (adrift + patience)


def weight(link: Link, recollection: Recollection, now: datetime) -> float:
    """Weigh a link for a pick: in proportion to its chance, and always above 0."""
    return FLOOR + (1.0 - FLOOR) * neglect(link, recollection, now)
