"""The plain list: links under their first tag, in an order one can choose.

It says of every link the same few things in the same words, so that an eye can
run down the page; the reasons that a pick gives may vary, these may not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from app.archive.link import Link
from app.lucky.neglect import adrift_days, neglect
from app.lucky.reasons import FRESH_DAYS, LONG_DAYS
from app.memory.memory import Memory, Recollection
from app.memory.moments import utc

Sort = Literal["neglect", "date", "title"]

UNTAGGED = "untagged"


@dataclass(frozen=True, slots=True)
class ListedLink:
    """One link as the list shows it.

    Attributes:
        neglect: How long it went unopened, in words.
        surfaced_today: Whether it was shown as a pick since midnight UTC.
        other_tags: All but the one it stands under.
    """

    link: Link
    neglect: str
    surfaced_today: bool
    other_tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one tag.

    Attributes:
        tag: As first written; ``None`` for links without tags.
        anchor: Its id in the page, unlike that of any other group.
    """

    tag: str | None
    anchor: str
    entries: tuple[ListedLink, ...]

    @property
    def name(self) -> str:
        """What stands above it."""
        return self.tag or UNTAGGED


def listing(
    links: Iterable[Link],
    memory: Memory,
    now: datetime,
    *,
    sort: Sort = "neglect",
    tag: str | None = None,
) -> list[Group]:
    """Arrange links for reading.

    Args:
        links: Those to show, in the order of the file, which settles draws.
        memory: What was opened and surfaced.
        now: Aware moment.
        sort: Within each group: the most neglected, the newest or the first of
            the alphabet first.
        tag: The tag all of them carry, if they were chosen by one: then they
            are one group.

    Returns:
        The largest group first, links without tags last; each link once.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    today = utc(now).date()
    recalled = [(link, memory.recall(link.id)) for link in links]
    groups: dict[str | None, tuple[str | None, list[ListedLink]]] = {}
    for link, recollection in sorted(recalled, key=_ORDERS[sort](now)):
        own = tag if tag is not None else next(iter(link.tags), None)
        key = None if own is None else own.casefold()
        surfaced = recollection.last_surfaced
        entry = ListedLink(
            link,
            neglect_in_words(link, recollection, now),
            surfaced is not None and utc(surfaced).date() == today,
            tuple(other for other in link.tags if other.casefold() != key),
        )
        groups.setdefault(key, (own, []))[1].append(entry)
    # By name where they are of one size: groups keep their place when the sort changes.
    ordered = sorted(
        groups.items(), key=lambda item: (item[0] is None, -len(item[1][1]), item[0] or "")
    )
    taken: set[str] = set()
    return [Group(own, _anchor(own, taken), tuple(entries)) for _, (own, entries) in ordered]


def neglect_in_words(link: Link, recollection: Recollection, now: datetime) -> str:
    """Say how long a link went unopened.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    if recollection.last_opened is not None:
        days = (utc(now).date() - utc(recollection.last_opened).date()).days
        times = "once" if recollection.opened == 1 else f"{recollection.opened:,} times"
        if days >= LONG_DAYS:
            return f"adrift {days:,} days, opened {times}"
        return f"opened {times}, {'' if times == 'once' else 'last '}{_ago(days)}"
    adrift = adrift_days(link, recollection, now)
    if adrift is None:
        return "never opened"
    if adrift < FRESH_DAYS:
        return "new, not opened yet"
    return f"adrift {int(adrift):,} days, never opened"


def _ago(days: int) -> str:
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


_Recalled = tuple[Link, Recollection]
_ORDERS: dict[Sort, Callable[[datetime], Callable[[_Recalled], Any]]] = {
    "neglect": lambda now: lambda one: -neglect(*one, now),
    # Undated ones last: they are not known to be new.
    "date": lambda _now: lambda one: -(one[0].added or date.min).toordinal(),
    "title": lambda _now: lambda one: _as_filed(one[0].title),
}


def _as_filed(title: str) -> str:
    """Reduce a title to what an index goes by: no case, no quotes or dots before the first word."""
    folded = title.casefold()
    start = next((place for place, letter in enumerate(folded) if letter.isalnum()), 0)
    return folded[start:]


def _anchor(tag: str | None, taken: set[str]) -> str:
    """Name a group so that a link to it outlives other tags: ``tag-short-stories``."""
    stem = "untagged" if tag is None else "tag-" + "-".join(tag.casefold().split())
    anchor, number = stem, 1
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor
