"""Picking links by neglect: the one function behind every way of being lucky.

Each matching link takes part in a race, with its weight (`app.lucky.neglect`) as
its speed; the first n to arrive are the picks (`app.lucky.chance`).

A seed asks for the same answer again, today, tomorrow and after a restart. So
under a seed nothing that changes by itself may weigh in, neither the clock
nor the memory: the weights are those of an archive nobody ever opened, on the
day its newest link was added.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from heapq import nsmallest
from random import Random

from pydantic import BaseModel, ConfigDict

from app.archive.link import Archive, Link
from app.lucky.chance import arrival, unit
from app.lucky.errors import NothingToPickError, QuantityError
from app.lucky.neglect import weight
from app.lucky.reasons import eldest, why
from app.memory.memory import NOTHING_REMEMBERED, Memory

MOST_PICKS = 100  # in one answer: a page of them, and what a browser remembers to exclude


class Pick(BaseModel):
    """What lucky chose, with its reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    link: Link
    why: str


def pick(
    archive: Archive,
    memory: Memory,
    now: datetime,
    *,
    seed: str | int | None = None,
    tag: str | None = None,
    q: str | None = None,
    exclude: Sequence[str] = (),
    n: int = 1,
) -> list[Pick]:
    """Pick links by chance, the neglected ones more often.

    Nothing is noted down: the caller tells the memory what it has shown.

    Args:
        archive: The links to pick from.
        memory: What is remembered of them.
        now: Aware moment, for weights and reasons.
        seed: The same seed, archive and filters give the same links; 7 and
            "7" are the same seed. Without one every call is a fresh draw.
        tag: Only links that carry it.
        q: Only links in which all of these words occur.
        exclude: Ids not to be picked, oldest first; unknown ones are no mistake.
            If they cover all that matches, the oldest is forgotten.
        n: How many, 1 to 100, if there are so many. Fewer of a seed are the first of more.

    Returns:
        At least one, all different, in the order drawn.

    Raises:
        QuantityError: ``n`` is out of bounds.
        UnknownTagError: The archive has no such tag.
        NothingToPickError: No link matches.
        MomentError: ``now`` has no time zone.
    """
    if not 1 <= n <= MOST_PICKS:
        raise QuantityError(f"n is {n}; it must be from 1 to {MOST_PICKS}")
    matching = archive.select(tag=tag, q=q)
    if not matching:
        raise NothingToPickError(_nothing(tag, q))
    left = _left(matching, exclude)
    if seed is None:
        dice = Random()
        drawn = _race(
            left,
            n,
            lambda link: weight(link, memory.recall(link.id), now),
            lambda _: 1.0 - dice.random(),
        )
    else:
        newest = _newest(archive)
        drawn = _race(
            left,
            n,
            lambda link: weight(link, NOTHING_REMEMBERED, newest),
            lambda link: unit("pick", str(seed), link.id),
        )
    oldest = eldest(archive)
    return [Pick(link=link, why=why(link, memory.recall(link.id), now, oldest)) for link in drawn]


def _race(
    links: Sequence[Link],
    n: int,
    weigh: Callable[[Link], float],
    draw: Callable[[Link], float],
) -> list[Link]:
    """Let links race and return the first to arrive; ties, one in 2**53, go by id."""
    return nsmallest(n, links, key=lambda link: (arrival(weigh(link), draw(link)), link.id))


def _newest(archive: Archive) -> datetime:
    """Find the day on which the newest link was added; any day will do if none is dated."""
    days = [link.added for link in archive if link.added is not None]
    return datetime.combine(max(days), time.min, UTC) if days else datetime(2000, 1, 1, tzinfo=UTC)


def _left(matching: Sequence[Link], exclude: Sequence[str]) -> Sequence[Link]:
    """Leave out what is excluded, or forget the oldest exclusion that frees a link."""
    # A link named twice was seen again: its last mention is the one that counts.
    mention = {link_id: place for place, link_id in enumerate(exclude)}
    left = [link for link in matching if link.id not in mention]
    return left or [min(matching, key=lambda link: mention[link.id])]


def _nothing(tag: str | None, q: str | None) -> str:
    if q is None:
        return "the archive holds no link"
    among = "" if tag is None else f" among those tagged {tag[:80]!r}"
    return f"no link{among} has {q[:80]!r} in its title, author, host, note or tags"
