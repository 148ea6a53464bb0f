"""Pinboard's JSON export, and what speaks its API: tags are separated by spaces."""

from collections.abc import Iterator
from typing import Final

from app.archive.errors import SourceError
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.json_text import text_in, value_of
from app.archive.imports.sample import decoded


def is_pinboard(value: object) -> bool:
    """Whether a JSON value is a list of pins, or an empty list."""
    return isinstance(value, list) and all(
        isinstance(pin, dict) and "href" in pin for pin in value[:3]
    )


def read(text: str) -> Iterator[Bookmark]:
    """Find every pin.

    Raises:
        SourceError: It is not JSON, or not a list of pins.
    """
    pins = value_of(text)
    if not isinstance(pins, list):
        raise SourceError("is no Pinboard export: a list of bookmarks is expected")
    for pin in pins:
        if not isinstance(pin, dict):
            raise SourceError("is no Pinboard export: a bookmark is an object with 'href'")
        yield Bookmark(
            url=text_in(pin, "href"),
            title=text_in(pin, "description"),
            note=text_in(pin, "extended"),
            tags=tuple(text_in(pin, "tags").split()),
            added=day_of_text(text_in(pin, "time")),
        )


FORMAT: Final = ImportFormat(
    name="pinboard",
    json_called="a Pinboard export",
    by_mark=lambda sample: is_pinboard(sample.json),
    read=lambda data, *_: read(decoded(data)),
)
