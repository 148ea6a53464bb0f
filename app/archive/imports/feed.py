"""Atom and RSS: every entry is a link, and may hold more of them."""

import io
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from app.archive.errors import SourceError
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.markup import anchors, text_of
from app.archive.imports.sample import Sample
from app.archive.imports.xml import REFUSED, root_of

MAX_SUMMARY_CHARS: Final = 300  # longer is an article, not a note

_ROOTS: Final = frozenset({"rss", "feed", "atom:feed", "rdf:rdf"})
_ADDRESS_FIRST: Final = re.compile(r"\S+@\S+\s+\(([^()]+)\)")
_NAME_FIRST: Final = re.compile(r"([^<>()@]+?)\s*[<(]\S+@\S+[>)]")


def read(data: bytes, *, links: bool = False) -> Iterator[Bookmark]:
    """Find every entry, and the links inside them where asked for.

    Raises:
        SourceError: It is no feed, or it declares a DTD.
    """
    feed = _parsed(data)
    author = _name(feed.feed.get("author"))
    for entry in feed.entries:
        bookmark = _bookmark(entry, author)
        if bookmark.url:
            yield bookmark
        if links:
            yield from _links_inside(entry, bookmark)


def _parsed(data: bytes) -> Any:
    # What is not well-formed is left to feedparser, which mends much; entities
    # that a document declares itself are refused in either case.
    try:
        root_of(data)
    except SourceError as error:
        if str(error) == REFUSED or b"<!ENTITY" in data or b"<!DOCTYPE" in data:
            raise SourceError(REFUSED) from None
        malformed: SourceError | None = error
    else:
        malformed = None
    import feedparser  # noqa: PLC0415 - is slow to load, and most imports are no feeds

    # A stream, for a text could be taken for a URL and be fetched. Markup is not
    # cleaned: only its text and its links are used.
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    except (ValueError, OverflowError) as error:  # a reference to no character, in broken markup
        raise malformed or SourceError(f"is a feed that cannot be read: {error}") from None
    if not feed.entries and not feed.get("version"):
        raise malformed or SourceError("is no Atom or RSS feed")
    return feed


def _bookmark(entry: Any, feed_author: str) -> Bookmark:
    # What broken markup left empty is there, and is None.
    summary = text_of(entry.get("summary") or "")
    title = text_of(entry.get("title") or "")
    is_note = len(summary) <= MAX_SUMMARY_CHARS and summary != title
    return Bookmark(
        url=(entry.get("link") or "").strip(),
        title=title,
        author=_name(entry.get("author")) or feed_author,
        note=summary if is_note else "",
        tags=tuple(
            _text(tag.get("label") or tag.get("term"))
            for tag in entry.get("tags") or ()
            if tag.get("label") or tag.get("term")
        ),
        added=day_of_text(entry.get("published") or entry.get("updated")),
    )


def _links_inside(entry: Any, around: Bookmark) -> Iterator[Bookmark]:
    texts = [content.get("value") or "" for content in entry.get("content") or ()]
    for html in texts or [entry.get("summary") or ""]:
        for href, text in anchors(html):
            url = urljoin(around.url, href) if around.url else href
            if url.partition("#")[0] == around.url.partition("#")[0]:
                continue
            if url.lower().startswith(("http://", "https://")):
                yield Bookmark(url=url, title=text, tags=around.tags, added=around.added)


def _name(author: object) -> str:
    """Leave a person's address out: RSS writes "jo@a.example (Jo)", Atom "Jo (jo@a.example)"."""
    told = _text(author)
    if "@" not in told:
        return told
    match = _ADDRESS_FIRST.fullmatch(told) or _NAME_FIRST.fullmatch(told)
    return match[1] if match else ""


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _is_feed(sample: Sample) -> bool:
    return sample.root in _ROOTS


def _may_be_feed(sample: Sample) -> bool:
    # Whatever XML it is, the reader says what is wrong with it.
    head = sample.head
    return sample.is_markup and (head.startswith("<?xml") or "<!entity" in head.lower())


FORMAT: Final = ImportFormat(
    name="feed",
    other_names=("atom", "rss"),
    by_mark=_is_feed,
    by_shape=_may_be_feed,
    read=lambda data, _name, links: read(data, links=links),
)
