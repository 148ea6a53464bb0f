"""Tables of comma-separated values whose first line names the columns.

Pocket, Raindrop and our own export differ only in the names of their columns
and in how they separate tags; each has its own module that says so.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from app.archive.errors import SourceError
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.sample import Sample, decoded


def rows(text: str) -> Iterator[dict[str, str]]:
    """Read the lines of a table as mappings from lower-case column names.

    Raises:
        SourceError: A line cannot be read as comma-separated values.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=False)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        for cells in reader:
            if cells:
                yield dict(zip(names, map(str.strip, cells), strict=False))
    except csv.Error as error:
        raise SourceError(f"cannot be read as CSV: {error} at line {reader.line_num}") from None


def column_names(text: str) -> frozenset[str]:
    """The lower-case names in a table's first line."""
    head = text.lstrip("\ufeff\r\n ")[:2000].split("\n", 1)[0]
    # As a stream, for old Macs' files end their lines with a carriage return alone.
    first = next(csv.reader(io.StringIO(head, newline="")), [])
    return frozenset(name.strip().lower() for name in first)


def read(text: str) -> Iterator[Bookmark]:
    """Read a table as our export writes it: url, title, author, note, tags, added."""
    for row in rows(text):
        yield Bookmark(
            url=row.get("url", ""),
            title=row.get("title", ""),
            author=row.get("author", ""),
            note=row.get("note", ""),
            tags=tuple(filter(None, map(str.strip, row.get("tags", "").split(",")))),
            added=day_of_text(row.get("added")),
        )


def _is_table(sample: Sample) -> bool:
    names = column_names(sample.text)
    return "url" in names and len(names) > 1


FORMAT: Final = ImportFormat(
    name="csv", by_shape=_is_table, read=lambda data, *_: read(decoded(data))
)
