"""From what a foreign file says to what the archive takes, mending what can be mended.

A bad URL is a reason to skip a bookmark; a long title, a comma in a tag or a
stray control character is not.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import ValidationError

from app.archive import url as urls
from app.archive.errors import UnfitError, UrlError
from app.archive.file.entry import (
    MAX_AUTHOR_CHARS,
    MAX_NOTE_CHARS,
    MAX_TAG_CHARS,
    MAX_TAGS,
    MAX_TITLE_CHARS,
    OVERRIDES,
    Entry,
    reasons,
    tidy,
)
from app.archive.imports.bookmark import Bookmark

_DROPPED: Final = frozenset({"Cc", "Cs"})


@dataclass(slots=True)
class Candidate:
    """A link that may be written: every field is one the file's own check takes.

    Attributes:
        key: The normalised URL.
        mended: What had to be changed to make it so, in words; mostly nothing.
    """

    key: str
    url: str
    title: str
    author: str | None
    note: str | None
    tags: list[str]
    added: date | None
    mended: str = ""


def admit(bookmark: Bookmark, extra_tags: tuple[str, ...] = ()) -> Candidate:
    """Make a candidate of a bookmark.

    Args:
        bookmark: As it was found.
        extra_tags: Tags that every link of the import is given.

    Raises:
        UnfitError: Its URL is none the archive takes.
    """
    url = bookmark.url.strip().replace(" ", "%20")  # browsers export spaces as they are
    try:
        key = urls.normalise(url)
    except UrlError as error:
        raise UnfitError(f"its URL {error}") from None
    title = _clean(bookmark.title) or _title_from(url)
    cut: list[str] = []
    title = _fitting(title, MAX_TITLE_CHARS, "title", cut)
    author = _fitting(_clean(bookmark.author), MAX_AUTHOR_CHARS, "author", cut)
    note = _fitting(_clean(bookmark.note), MAX_NOTE_CHARS, "note", cut)
    tags = _tags((*bookmark.tags, *extra_tags), cut)
    try:
        entry = Entry(
            url=url,
            title=title,
            author=author or None,
            note=note or None,
            tags=tags,
            added=bookmark.added,
        )
    except ValidationError as error:
        # Unreachable as long as this module mends all that the entry checks.
        location, reason = reasons(error)[0]
        raise UnfitError(f"its {'.'.join(map(str, location))} {reason}") from None
    return Candidate(
        key=key,
        url=entry.url,
        title=entry.title,
        author=entry.author,
        note=entry.note,
        tags=entry.tags,
        added=entry.added,
        mended=f"{' and '.join(cut)} cut" if cut else "",
    )


def _clean(text: str) -> str:
    if not text.isprintable():
        text = "".join(
            " " if character.isspace() else character
            for character in text
            if character.isspace()
            or (unicodedata.category(character) not in _DROPPED and character not in OVERRIDES)
        )
    return tidy(text)


def _fitting(text: str, limit: int, what: str, cut: list[str]) -> str:
    if len(text) <= limit:
        return text
    cut.append(what)
    return text[: limit - 1].rstrip() + "…"


def _tags(found: tuple[str, ...], cut: list[str]) -> list[str]:
    kept: dict[str, str] = {}
    for tag in found:
        word = _clean(tag.replace(",", " "))
        if len(word) > MAX_TAG_CHARS:
            word = word[: MAX_TAG_CHARS - 1].rstrip() + "…"
        if word:
            kept.setdefault(word.casefold(), word)
    if len(kept) > MAX_TAGS:
        cut.append("tags")
    return list(kept.values())[:MAX_TAGS]


def _title_from(url: str) -> str:
    """Name a link that has no title by its address, as a reader would."""
    parts = urls.parse(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{urls.host(url)}{parts.path.rstrip('/')}{query}"
