"""CSV for spreadsheets: a line of names, then one line per link.

Holds url, title, author, note, tags (separated by commas) and the day.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from app.archive.exports.export_format import ExportFormat
from app.archive.link import Link

COLUMNS: Final = ("url", "title", "author", "note", "tags", "added")


def write(links: Iterable[Link], title: str) -> Iterator[str]:  # noqa: ARG001
    """Write the archive, line by line; a table has no place for its title."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for link in links:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        day = link.added.isoformat() if link.added else ""
        writer.writerow((link.url, link.title, link.author, link.note, ",".join(link.tags), day))
    yield buffer.getvalue()


FORMAT: Final = ExportFormat(
    name="csv",
    media_type="text/csv; charset=utf-8",
    write=write,
)
