"""OPML outlines: an outline with an address is a link, one without is a folder."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from app.archive.errors import SourceError
from app.archive.imports.bookmark import MAX_FOLDERS, Bookmark
from app.archive.imports.dates import day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.xml import root_of


def read(data: bytes) -> Iterator[Bookmark]:
    """Find every link, with the outlines around it and its categories as tags.

    A subscription leads to the site it is about, and to the feed only when no
    site is named.

    Raises:
        SourceError: It is no OPML, or it declares a DTD.
    """
    root = root_of(data)
    if root.tag.lower() != "opml":
        raise SourceError(f"is no OPML: its root is <{root.tag[:40]}>")
    # By hand, not by recursion: outlines may nest deeper than Python does.
    waiting: list[tuple[Element, tuple[str, ...]]] = [
        (outline, ()) for body in root.iter("body") for outline in body
    ]
    waiting.reverse()
    while waiting:
        outline, folders = waiting.pop()
        facts = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        url = facts.get("htmlurl") or facts.get("url") or facts.get("xmlurl") or ""
        name = facts.get("text") or facts.get("title") or ""
        if url:
            yield Bookmark(
                url=url,
                title=name,
                author=facts.get("author", ""),
                note=facts.get("description", ""),
                tags=(*_categories(facts.get("category", "")), *folders),
                added=day_of_text(facts.get("created")),
            )
        elif name:
            folders = (*folders, name)[:MAX_FOLDERS]
        waiting.extend((inner, folders) for inner in reversed(outline))


def _categories(text: str) -> Iterator[str]:
    """Read ``category``: comma-separated, where a slash leads from general to special."""
    for category in text.split(","):
        if name := category.strip().removeprefix("/"):
            yield name


FORMAT: Final = ImportFormat(
    name="opml",
    by_mark=lambda sample: sample.root == "opml",
    read=lambda data, *_: read(data),
)
