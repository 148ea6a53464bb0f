"""Bringing bookmarks into the owner's file without touching what the owner wrote.

The file is not written anew from what it means: lines are put in at their places
and every other character stays. The result is read back before it is handed out,
and must hold exactly the links that were meant.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.archive import url as urls
from app.archive.edit import applied, first_entries, more_entries, more_in_entry
from app.archive.entry import MAX_TAGS, tidy
from app.archive.imports.admit import Candidate, RefusedError, admit
from app.archive.imports.bookmark import Bookmark
from app.archive.link import Link
from app.archive.load import MAX_FILE_BYTES, parse
from app.archive.problem import ArchiveError
from app.archive.tree import Mapping, Node, Scalar, Sequence, Source, compose

PROGRESS_EVERY: Final = 1000  # bookmarks
_FIRST_LINES: Final = (
    "# A link archive. Each link begins with a dash and needs a title and a url.\n"
    "# `link-drift check` tells what is wrong with it, line by line.\n"
)

Progress = Callable[[int, int], None]


class MergeError(Exception):
    """The file cannot be extended; it is as it was."""


class Outcome(StrEnum):
    """What became of a bookmark."""

    ADDED = "added"
    MERGED = "merged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one bookmark, and why."""

    outcome: Outcome
    title: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A file's new text and the account of how it came about.

    Attributes:
        text: The whole file; the old text where nothing changed.
        rows: One per bookmark, in their order.
        changed: Whether the text is another one than before.
    """

    text: str
    rows: tuple[Row, ...]
    changed: bool

    def count(self, outcome: Outcome) -> int:
        """Count the bookmarks that met with an outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def is_too_large(self) -> bool:
        """Whether the text is more than can be served."""
        return len(self.text.encode()) > MAX_FILE_BYTES


@dataclass(slots=True)
class _Kept:
    """A link that is in the file already, or that this import has added, and its gains."""

    tags: dict[str, str]  # by case-folded name
    has: set[str]
    line: int  # 0 for one that this import has added
    node: Mapping | None = None
    added: Candidate | None = None
    gains: dict[str, str | date] = field(default_factory=dict)
    new_tags: list[str] = field(default_factory=list)


def merge(
    data: bytes | None,
    bookmarks: Iterable[Bookmark],
    *,
    name: str,
    tags: tuple[str, ...] = (),
    total: int = 0,
    progress: Progress | None = None,
) -> Merged:
    """Put bookmarks into a file.

    Args:
        data: The file's bytes; None where there is no file yet.
        bookmarks: What was found in the sources.
        name: What to call the file in messages.
        tags: Given to every bookmark.
        total: How many bookmarks there are, for the progress.
        progress: Called with how many of how many are done.

    Raises:
        ArchiveError: The file is not in order; mend it first.
        MergeError: It is written in a way that cannot be extended.
    """
    file = _File(data, name)
    rows: list[Row] = []
    for number, bookmark in enumerate(bookmarks, start=1):
        rows.append(file.take(bookmark, tags))
        if progress is not None and number % PROGRESS_EVERY == 0:
            progress(number, max(total, number))
    if progress is not None:
        progress(len(rows), len(rows))
    text = file.written()
    return Merged(text, tuple(rows), text != file.before)


class _File:
    """The owner's file with what is to be put into it."""

    def __init__(self, data: bytes | None, name: str) -> None:
        self._name = name
        self.before = (data or b"").decode("utf-8-sig", errors="replace")
        self._kept: dict[str, _Kept] = {}
        self._added: list[Candidate] = []
        self._links: tuple[Link, ...] = ()
        self._list: Sequence | None = None
        self._spelling: dict[str, str] = {}
        if _says_something(self.before):
            self._links = parse(data or b"", name).archive.links
            self._index()

    def take(self, bookmark: Bookmark, tags: tuple[str, ...]) -> Row:
        """Decide what becomes of a bookmark."""
        try:
            candidate = admit(bookmark, tags)
        except RefusedError as error:
            title = tidy(bookmark.title)[:200]
            return Row(Outcome.SKIPPED, title, bookmark.url[:200], str(error))
        candidate.tags = [self._spelling.setdefault(t.casefold(), t) for t in candidate.tags]
        kept = self._kept.get(candidate.key)
        if kept is None:
            self._add(candidate)
            return Row(Outcome.ADDED, candidate.title, candidate.url, candidate.mended)
        where = f"already on line {kept.line}" if kept.line else "twice in this import"
        gained = _gain(kept, candidate)
        if gained:
            why = f"{where}; gained {', '.join(gained)}"
            return Row(Outcome.MERGED, candidate.title, candidate.url, why)
        return Row(Outcome.SKIPPED, candidate.title, candidate.url, where)

    def written(self) -> str:
        """Write the file anew, and make sure of it.

        Raises:
            MergeError: What was written does not read back as what was meant.
        """
        edits = [
            edit
            for kept in self._kept.values()
            if kept.node is not None and (kept.gains or kept.new_tags)
            for edit in more_in_entry(self.before, kept.node, _written(kept), kept.new_tags)
        ]
        if self._added and self._list is not None:
            edits.append(more_entries(self.before, self._list, self._added))
        elif self._added:
            edits.append(first_entries(self.before or _FIRST_LINES, self._added))
        text = applied(self.before, edits)
        if text != self.before and len(text.encode()) <= MAX_FILE_BYTES:
            self._verify(text)
        return text

    def _index(self) -> None:
        source = Source(self.before)
        root, _ = compose(source)
        if isinstance(root, Mapping):
            root = root.pairs["links"][1]
        if not isinstance(root, Sequence):
            raise MergeError(f"{self._name} has no list of links")
        self._list = root
        for node in root.items:
            if not isinstance(node, Mapping):
                continue
            place = node.pairs["url"][1]
            if not isinstance(place, Scalar):
                continue
            tags = _texts(node.pairs["tags"][1]) if "tags" in node.pairs else []
            has = {
                name
                for name, (_, value) in node.pairs.items()
                if not (isinstance(value, Scalar) and value.is_null)
            }
            self._kept.setdefault(
                urls.normalise(place.text),
                _Kept(
                    tags={tag.casefold(): tag for tag in tags},
                    has=has,
                    line=source.line_of(place.start),
                    node=node,
                ),
            )
            for tag in tags:
                self._spelling.setdefault(tag.casefold(), tag)

    def _add(self, candidate: Candidate) -> None:
        self._added.append(candidate)
        self._kept[candidate.key] = _Kept(
            tags={tag.casefold(): tag for tag in candidate.tags},
            has={name for name in _FILLABLE if getattr(candidate, name)},
            line=0,
            added=candidate,
        )

    def _verify(self, text: str) -> None:
        """Read the text back: it must hold what was meant, and nothing else."""
        meant = [self._meant(link) for link in self._links]
        meant += [_Facts.of(candidate) for candidate in self._added]
        try:
            found = [_Facts.of(link) for link in parse(text.encode(), self._name).archive]
        except ArchiveError:
            found = []
        if meant != found:
            raise MergeError(
                f"{self._name} is written in a way that cannot be added to safely; "
                "nothing was changed"
            )

    def _meant(self, link: Link) -> "_Facts":
        kept = self._kept[urls.normalise(link.url)]
        facts = _Facts.of(link)
        return _Facts(
            url=facts.url,
            title=facts.title,
            author=facts.author or str(kept.gains.get("author", "")) or None,
            note=facts.note or str(kept.gains.get("note", "")) or None,
            tags=(*facts.tags, *kept.new_tags),
            added=facts.added or _day(kept.gains.get("added")),
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    url: str
    title: str
    author: str | None
    note: str | None
    tags: tuple[str, ...]
    added: date | None

    @classmethod
    def of(cls, link: Link | Candidate) -> "_Facts":
        tags = tuple(link.tags)
        return cls(link.url, link.title, link.author, link.note, tags, link.added)


_FILLABLE: Final = ("author", "note", "added")


def _gain(kept: _Kept, candidate: Candidate) -> list[str]:
    """Give a link what another bookmark of it knows more; says what that was."""
    gained = []
    for name in _FILLABLE:
        value = getattr(candidate, name)
        if value and name not in kept.has:
            kept.has.add(name)
            if kept.added is not None:
                setattr(kept.added, name, value)
            else:
                kept.gains[name] = value
            gained.append(f"{'an' if name == 'author' else 'a'} {_CALLED.get(name, name)}")
    new = [tag for tag in candidate.tags if tag.casefold() not in kept.tags]
    new = new[: max(0, MAX_TAGS - len(kept.tags))]
    if new:
        kept.tags.update({tag.casefold(): tag for tag in new})
        if kept.added is not None:
            kept.added.tags.extend(new)
        else:
            kept.new_tags.extend(new)
        gained.append(f"the tag{'s' if len(new) > 1 else ''} {', '.join(new)}")
    return gained


_CALLED: Final = {"added": "day"}


def _says_something(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith("#") for line in lines)


def _written(kept: _Kept) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in kept.gains.items()
    }


def _texts(node: Node) -> list[str]:
    if not isinstance(node, Sequence):
        return []
    return [
        tidy(item.text) for item in node.items if isinstance(item, Scalar) and item.text.strip()
    ]


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
