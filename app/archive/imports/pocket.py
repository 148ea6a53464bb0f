"""Pocket's CSV export: tags are separated by bars, days are stamps."""

from collections.abc import Iterator
from typing import Final

from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_of_stamp
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.sample import decoded
from app.archive.imports.table import column_names, rows

_COLUMNS: Final = frozenset({"url", "time_added"})  # that tell the format


def read(text: str) -> Iterator[Bookmark]:
    """Find every saved page.

    Raises:
        SourceError: A line cannot be read as comma-separated values.
    """
    for row in rows(text):
        url = row.get("url", "")
        title = row.get("title", "")
        yield Bookmark(
            url=url,
            title="" if title == url else title,  # Pocket's stand-in for no title
            tags=tuple(filter(None, map(str.strip, row.get("tags", "").split("|")))),
            added=day_of_stamp(row.get("time_added")),
        )


FORMAT: Final = ImportFormat(
    name="pocket",
    by_shape=lambda sample: column_names(sample.text) >= _COLUMNS,
    read=lambda data, *_: read(decoded(data)),
)
