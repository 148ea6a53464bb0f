"""Raindrop's CSV export: the collection becomes a tag, the owner's note the note."""

from collections.abc import Iterator
from typing import Final

from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.sample import decoded
from app.archive.imports.table import column_names, rows

_COLUMNS: Final = frozenset({"url", "folder", "created"})  # that tell the format
_NO_FOLDER: Final = frozenset({"", "unsorted"})


def read(text: str) -> Iterator[Bookmark]:
    """Find every raindrop.

    Raises:
        SourceError: A line cannot be read as comma-separated values.
    """
    for row in rows(text):
        tags = [*map(str.strip, row.get("tags", "").split(","))]
        # A nested collection is written with its parents: "reading / essays".
        tags += map(str.strip, row.get("folder", "").split("/"))
        yield Bookmark(
            url=row.get("url", ""),
            title=row.get("title", ""),
            note=row.get("note", ""),  # the excerpt is the page's text, not the owner's
            tags=tuple(tag for tag in tags if tag.casefold() not in _NO_FOLDER),
            added=day_of_text(row.get("created")),
        )


FORMAT: Final = ImportFormat(
    name="raindrop",
    by_shape=lambda sample: column_names(sample.text) >= _COLUMNS,
    read=lambda data, *_: read(decoded(data)),
)
