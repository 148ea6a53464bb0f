"""Links that have something in common, each with the reason in words.

Everything two links may share is a trait: an author, a rare word or name, a tag, a
host, a time. A trait is worth more the fewer share it (its inverse document
frequency) and the more its kind says; a pair's score is the sum over its
traits. Of the best, those with another reason than the ones before come first:
three paths to follow are more than one path three times.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import Literal
from weakref import finalize
from zlib import crc32

from pydantic import BaseModel, ConfigDict

from app.archive.link import Archive, Link
from app.related.words import COMMON_ENDINGS, SHORTEST, letters_of, subjects

Kind = Literal["author", "name", "word", "host", "tag", "time"]

WORTH: dict[Kind, float] = {"author": 3.0, "name": 2.0, "word": 1.2, "host": 0.8, "tag": 0.7}
NEAR_DAYS = 45  # added within so many days of each other
NEAR_WORTH = 0.8  # of the same day; falls to 0 at NEAR_DAYS
NEAREST = 40  # links looked at on either side in time
RARE_SHARE = 0.125  # a word in more than an eighth of the links says nothing
AGAIN = 0.35  # worth of a reason of a kind already given, for each time it was
CONSIDERED = 12  # of the best, for each one asked for
CROWD = 500  # links that share a trait: more are only looked at when little else is shared
LONGEST_NAME = 4  # words of an author's name that are looked for in titles

# By identity: comparing two archives would compare all their links.
_concordances: dict[int, "Concordance"] = {}


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that links can share; `key` is its form to compare."""

    kind: Kind
    key: str


class Footnote(BaseModel):
    """A related link, and what relates it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    link: Link
    why: str


def related(archive: Archive, link_id: str, n: int = 3) -> list[Footnote]:
    """Find the links that have most in common with one.

    The first call for an archive reads it all, see `concordance`; later ones count.

    Args:
        archive: Where to look.
        link_id: The link to start from.
        n: How many, if so many share anything.

    Returns:
        The most related first; the same in every process.

    Raises:
        UnknownLinkError: No link has this id.
    """
    archive.get(link_id)
    return concordance(archive).related(link_id, n)


def concordance(archive: Archive) -> "Concordance":
    """Read an archive once, as long as it lives: about 0.1 ms for each link.

    To be called on another thread before the first answer, where 5,000 links
    would keep others waiting for half a second.
    """
    found = _concordances.get(id(archive))
    if found is None:
        found = _concordances[id(archive)] = Concordance(archive.links)
        finalize(archive, _concordances.pop, id(archive), None)
    return found


class Concordance:
    """Which links share which traits."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = links
        self._place = {link.id: place for place, link in enumerate(links)}
        names = {_spoken(link.author): link.author for link in links if link.author}
        said = [_said(link) for link in links]
        # Words that somebody wrote in small letters: no names, then.
        self._lower_case = {key for one in said for key, written in one if written.islower()}
        # Each link's traits, with the words in which it shows them.
        self._traits = [
            dict(_traits(link, names, one)) for link, one in zip(links, said, strict=True)
        ]
        self._holders: defaultdict[Trait, list[int]] = defaultdict(list)
        for place, traits in enumerate(self._traits):
            for trait in traits:
                self._holders[trait].append(place)
        self._timeline = sorted(
            (link.added.toordinal(), place)
            for place, link in enumerate(links)
            if link.added is not None
        )

    def related(self, link_id: str, n: int) -> list[Footnote]:
        """See `related`."""
        place = self._place[link_id]
        scores = self._scores(place, CONSIDERED * n)
        # Ties go by a hash of the pair: by file order the same few would always win.
        start = crc32(link_id.encode())
        best = nlargest(
            CONSIDERED * n,
            scores,
            key=lambda other: (scores[other], crc32(self._links[other].id.encode(), start)),
        )
        found: list[Footnote] = []
        given: defaultdict[Kind, int] = defaultdict(int)
        reasons = {other: self._reason(place, other) for other in best}
        while best and len(found) < n:
            chosen = max(best, key=lambda other: scores[other] * AGAIN ** given[reasons[other][0]])
            best.remove(chosen)
            kind, words = reasons[chosen]
            given[kind] += 1
            found.append(Footnote(link=self._links[chosen], why=words))
        return found

    def _scores(self, place: int, enough: int) -> dict[int, float]:
        """Sum up what others share with a link, until enough of them share something."""
        scores: defaultdict[int, float] = defaultdict(float)
        for other, days in self._neighbours(place):
            scores[other] += _nearness(days)
        # Rare ones first: in a large archive what thousands share need not be counted.
        for trait in sorted(self._traits[place], key=lambda trait: len(self._holders[trait])):
            holders = self._holders[trait]
            if len(holders) > CROWD and len(scores) > enough:
                break
            worth = self._worth(trait)
            if worth > 0.0:
                for other in holders:
                    scores[other] += worth
        scores.pop(place, None)
        return scores

    def _worth(self, trait: Trait) -> float:
        holders = len(self._holders[trait])
        total = len(self._links)
        if trait.kind in {"word", "name"} and holders > max(2.0, RARE_SHARE * total):
            return 0.0
        return WORTH[trait.kind] * log((total + 1) / holders)

    def _neighbours(self, place: int) -> Iterator[tuple[int, int]]:
        """Find the links added nearest in time, with the days between."""
        added = self._links[place].added
        if added is None:
            return
        day = added.toordinal()
        here = bisect_left(self._timeline, (day, place))
        first = max(bisect_left(self._timeline, (day - NEAR_DAYS, -1)), here - NEAREST)
        last = min(
            bisect_right(self._timeline, (day + NEAR_DAYS, len(self._links))), here + NEAREST + 1
        )
        for other_day, other in self._timeline[first:last]:
            if other != place:
                yield other, abs(other_day - day)

    def _reason(self, place: int, other: int) -> tuple[Kind, str]:
        """Say what two links have in common that is worth most."""
        traits, others = self._traits[place], self._traits[other]
        shared = sorted(
            (trait for trait in traits if trait in others),
            key=lambda trait: (-self._worth(trait), trait.key),
        )
        one, two = self._links[place].added, self._links[other].added
        days = None if one is None or two is None else abs((one - two).days)
        if days is not None and (not shared or _nearness(days) > self._worth(shared[0])):
            return "time", _when(days)
        chosen = shared[0]
        shown = others[chosen]
        match chosen.kind:
            case "author":
                return "author", f"also {shown}"
            case "host":
                return "host", f"also from {shown}"
            case "tag":
                return "tag", f"same shelf: {shown}"
            case _:
                return chosen.kind, f"both about {self._as_said(chosen, shown)}"

    def _as_said(self, trait: Trait, written: str) -> str:
        """Write a title's word as in the middle of a sentence."""
        is_common = trait.key in self._lower_case or written.endswith(COMMON_ENDINGS)
        return written.lower() if is_common and trait.kind == "word" else written


def _said(link: Link) -> list[tuple[str, str]]:
    """Find what a link may be about; where title and note both say it, the title's form stays."""
    return [*subjects(link.note or ""), *subjects(link.title)]


def _traits(
    link: Link, names: dict[str, str], subject_words: list[tuple[str, str]]
) -> Iterator[tuple[Trait, str]]:
    """Find what a link can share with others, and how it would say it."""
    yield Trait("host", link.host), link.host
    for tag in link.tags:
        yield Trait("tag", tag.casefold()), tag
    authors = {_spoken(link.author): link.author} if link.author else {}
    for phrase in _phrases(link.title):
        if phrase in names:
            authors.setdefault(phrase, names[phrase])
    for key, author in authors.items():
        yield Trait("author", key), author
    # Neither an author's name nor the site's own, as titles often bear it, is a subject.
    said = {part for key in authors for part in (key, *key.split())}
    host = letters_of(link.host)
    for key, written in subject_words:
        if key not in said and letters_of(key) not in host:
            yield Trait("name" if " " in key else "word", key), written


def _spoken(name: str) -> str:
    """Reduce a name to its folded words: ``François  Chollet`` to ``francois chollet``."""
    return " ".join(filter(None, (letters_of(word) for word in name.split())))


def _phrases(title: str) -> Iterator[str]:
    """Find every run of words that could be an author's name."""
    words = _spoken(title).split()
    for start in range(len(words)):
        for length in range(1, LONGEST_NAME + 1):
            phrase = " ".join(words[start : start + length])
            if length > 1 or len(phrase) >= SHORTEST:
                yield phrase


def _nearness(days: int) -> float:
    return NEAR_WORTH * (1.0 - days / NEAR_DAYS) if days < NEAR_DAYS else 0.0


def _when(days: int) -> str:
    if days == 0:
        return "added the same day"
    if days <= 7:
        return "added within the same week"
    return "added about the same time"
