"""JSON Feed 1 and 1.1: what an item points to is the link, its summary the note."""

from collections.abc import Iterator
from typing import Final

from app.archive.errors import SourceError
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.json_text import text_in, value_of
from app.archive.imports.markup import anchors
from app.archive.imports.sample import decoded


def is_json_feed(value: object) -> bool:
    """Whether a JSON value says that it is a JSON Feed."""
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version", ""))


def read(text: str, *, links: bool = False) -> Iterator[Bookmark]:
    """Find every item, and the links inside their HTML where asked for.

    Raises:
        SourceError: It is not JSON, or no JSON Feed.
    """
    feed = value_of(text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError("is no JSON Feed: it has no list of 'items'")
    for item in items:
        if not isinstance(item, dict):
            raise SourceError("is no JSON Feed: an item is an object")
        tags = item.get("tags")
        bookmark = Bookmark(
            url=text_in(item, "external_url", "url"),
            title=text_in(item, "title"),
            author=_author(item),
            note=text_in(item, "summary"),
            tags=tuple(tag for tag in tags if isinstance(tag, str))
            if isinstance(tags, list)
            else (),
            added=day_of_text(text_in(item, "date_published", "date_modified")),
        )
        yield bookmark
        if links:
            for href, name in anchors(text_in(item, "content_html")):
                if href.lower().startswith(("http://", "https://")) and href != bookmark.url:
                    yield Bookmark(href, name, tags=bookmark.tags, added=bookmark.added)


def _author(item: dict[str, object]) -> str:
    """Take the names of an item's authors; version 1 knew only one."""
    people = item.get("authors") or [item.get("author")]
    if not isinstance(people, list):
        return ""
    return ", ".join(
        name for person in people if isinstance(person, dict) and (name := text_in(person, "name"))
    )


FORMAT: Final = ImportFormat(
    name="json",
    other_names=("jsonfeed", "json-feed"),
    json_called="a JSON Feed",
    by_mark=lambda sample: is_json_feed(sample.json),
    read=lambda data, _name, links: read(decoded(data), links=links),
)
