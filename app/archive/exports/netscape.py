"""Netscape bookmarks: every browser and bookmark manager reads this HTML.

Holds url, title, note, tags and the day. Authors have no place in it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Final

from app.archive.exports.export_format import ExportFormat
from app.archive.exports.xml_text import xml
from app.archive.link import Link


def write(links: Iterable[Link], title: str) -> Iterator[str]:
    """Write the archive, piece by piece."""
    yield (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
        "<!-- An export of a link archive. Browsers import this file as bookmarks. -->\n"
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
        f"<TITLE>{xml(title)}</TITLE>\n<H1>{xml(title)}</H1>\n<DL><p>\n"
    )
    for link in links:
        attributes = f'HREF="{xml(link.url)}"'
        if link.added:
            midnight = datetime.combine(link.added, time(), UTC)
            attributes += f' ADD_DATE="{midnight.timestamp():.0f}"'
        if link.tags:
            attributes += f' TAGS="{xml(",".join(link.tags))}"'
        yield f"    <DT><A {attributes}>{xml(link.title)}</A>\n"
        if link.note:
            yield f"    <DD>{xml(link.note)}\n"
    yield "</DL><p>\n"


FORMAT: Final = ExportFormat(
    name="html",
    other_names=("bookmarks", "netscape"),
    media_type="text/html; charset=utf-8",
    write=write,
)
