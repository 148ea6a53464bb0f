"""Bringing bookmarks into the owner's file without touching what the owner wrote.

The file is not written anew from what it means: lines are put in at their places
and every other character stays. The result is read back before it is handed out,
and must hold exactly the links that were meant.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.archive import url as urls
from app.archive.errors import ArchiveError, MergeError, UnfitError
from app.archive.file.edit import Edit, applied, first_entries, more_entries, more_in_entry
from app.archive.file.entry import MAX_TAGS, tidy
from app.archive.file.load import MAX_FILE_BYTES, Examined, examine, parse
from app.archive.file.tree import MappingNode, ScalarNode, SequenceNode
from app.archive.imports.admit import Candidate, admit
from app.archive.imports.bookmark import Bookmark
from app.archive.link import Link

PROGRESS_EVERY: Final = 1000  # bookmarks
_FIRST_LINES: Final = (
    "# A link archive. Each link begins with a dash and needs a title and a url.\n"
    "# `link-drift check` tells what is wrong with it, line by line.\n"
)

FILLABLE: Final = {"author": "an author", "note": "a note", "added": "a day"}

Progress = Callable[[int, int], None]


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


@dataclass(frozen=True, slots=True)
class _Own:
    """An entry of the owner's file: as it was, as it is to be, and where it stands."""

    link: Link
    now: Candidate
    node: MappingNode
    line: int


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
        self._links: dict[str, Candidate] = {}  # all there will be, by normalised URL
        self._own: dict[str, _Own] = {}
        self._added: list[Candidate] = []
        self._list: SequenceNode | None = None
        self._spelling: dict[str, str] = {}
        if _says_something(self.before):
            self._index(examine(data or b"", name))

    def take(self, bookmark: Bookmark, tags: tuple[str, ...]) -> Row:
        """Decide what becomes of a bookmark."""
        try:
            candidate = admit(bookmark, tags)
        except UnfitError as error:
            title = tidy(bookmark.title)[:200]
            return Row(Outcome.SKIPPED, title, bookmark.url[:200], str(error))
        candidate.tags = [self._spelling.setdefault(t.casefold(), t) for t in candidate.tags]
        there = self._links.setdefault(candidate.key, candidate)
        if there is candidate:
            self._added.append(candidate)
            return Row(Outcome.ADDED, candidate.title, candidate.url, candidate.mended)
        own = self._own.get(candidate.key)
        where = f"already on line {own.line}" if own else "twice in this import"
        gained = _gain(there, candidate)
        if gained:
            why = f"{where}; gained {', '.join(gained)}"
            return Row(Outcome.MERGED, candidate.title, candidate.url, why)
        return Row(Outcome.SKIPPED, candidate.title, candidate.url, where)

    def written(self) -> str:
        """Write the file anew, and make sure of it.

        Raises:
            MergeError: What was written does not read back as what was meant.
        """
        edits = [edit for own in self._own.values() for edit in self._edits(own)]
        if self._added and self._list is not None:
            edits.append(more_entries(self.before, self._list, self._added))
        elif self._added:
            edits.append(first_entries(self.before or _FIRST_LINES, self._added))
        if not edits:
            return self.before
        text = applied(self.before, edits)
        if len(text.encode()) <= MAX_FILE_BYTES:
            self._verify(text)
        return text

    def _index(self, file: Examined) -> None:
        """Find where each link of the file stands."""
        self._list = file.list
        links = {urls.normalise(link.url): link for link in file.loaded.archive}
        for node in file.list.items:
            place = node.pairs["url"][1] if isinstance(node, MappingNode) else node
            if not isinstance(node, MappingNode) or not isinstance(place, ScalarNode):
                continue
            key = urls.normalise(place.text)
            if key not in links or key in self._own:
                continue  # a link that stands twice is the first of the two
            link = links[key]
            now = Candidate(
                key, link.url, link.title, link.author, link.note, [*link.tags], link.added
            )
            self._links[key] = now
            self._own[key] = _Own(link, now, node, file.source.line_of(place.start))
            for tag in link.tags:
                self._spelling.setdefault(tag.casefold(), tag)

    def _edits(self, own: _Own) -> list[Edit]:
        gains = {
            name: value.isoformat() if isinstance(value, date) else value
            for name in FILLABLE
            if getattr(own.link, name) is None and (value := getattr(own.now, name))
        }
        tags = own.now.tags[len(own.link.tags) :]
        if not gains and not tags:
            return []
        return more_in_entry(self.before, own.node, gains, tags)

    def _verify(self, text: str) -> None:
        """Read the text back: it must hold what was meant, and nothing else."""
        meant = [_facts(own.now) for own in self._own.values()] + [*map(_facts, self._added)]
        try:
            found = [*map(_facts, parse(text.encode(), self._name).archive)]
        except ArchiveError:
            found = []
        if meant != found:
            raise MergeError(
                f"{self._name} is written in a way that cannot be added to safely; "
                "nothing was changed"
            )


def _facts(link: Link | Candidate) -> tuple[object, ...]:
    return link.url, link.title, link.author, link.note, tuple(link.tags), link.added


def _gain(there: Candidate, found: Candidate) -> list[str]:
    """Give a link what another bookmark of it knows more; says what that was."""
    gained = []
    for name, called in FILLABLE.items():
        if getattr(there, name) is None and (value := getattr(found, name)) is not None:
            setattr(there, name, value)
            gained.append(called)
    own = {tag.casefold() for tag in there.tags}
    new = [tag for tag in found.tags if tag.casefold() not in own]
    new = new[: max(0, MAX_TAGS - len(own))]
    if new:
        there.tags = [*there.tags, *new]
        gained.append(f"the tag{'s' if len(new) > 1 else ''} {', '.join(new)}")
    return gained


def _says_something(text: str) -> bool:
    lines = (line.strip() for line in text.splitlines())
    return any(line and not line.startswith("#") for line in lines)
