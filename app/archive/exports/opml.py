"""OPML 2.0: one outline of type ``link`` per link.

Holds url, title, author, note, tags (as categories) and the day.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Final

from app.archive.exports.export_format import ExportFormat
from app.archive.exports.xml_text import xml
from app.archive.link import Link


def write(links: Iterable[Link], title: str) -> Iterator[str]:
    """Write the archive, piece by piece."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head>\n    <title>{xml(title)}</title>\n  </head>\n  <body>\n"
    )
    for link in links:
        facts = {
            "type": "link",
            "text": link.title,
            "url": link.url,
            "author": link.author,
            "description": link.note,
            # A leading slash begins a path of categories; doubled, it is one of the tag's own.
            "category": ",".join(f"/{tag}" if tag[0] == "/" else tag for tag in link.tags),
            "created": _midnight(link.added) if link.added else "",
        }
        written = " ".join(f'{name}="{xml(value)}"' for name, value in facts.items() if value)
        yield f"    <outline {written}/>\n"
    yield "  </body>\n</opml>\n"


def _midnight(day: date) -> str:
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


FORMAT: Final = ExportFormat(
    name="opml",
    media_type="text/x-opml; charset=utf-8",
    write=write,
)
