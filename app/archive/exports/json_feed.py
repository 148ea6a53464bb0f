"""JSON Feed 1.1: one item per link.

Holds url, title, author, note (as the summary), tags and the day.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from app.archive.exports.export_format import ExportFormat
from app.archive.link import Link


def write(links: Iterable[Link], title: str) -> Iterator[str]:
    """Write the archive, piece by piece."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    separator = "\n"
    for link in links:
        item: dict[str, object] = {
            "id": link.id,
            "url": link.url,
            "title": link.title,
            "content_text": link.note or link.title,
        }
        if link.note:
            item["summary"] = link.note
        if link.author:
            item["authors"] = [{"name": link.author}]
        if link.tags:
            item["tags"] = list(link.tags)
        if link.added:
            item["date_published"] = f"{link.added.isoformat()}T00:00:00Z"
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


FORMAT: Final = ExportFormat(
    name="json",
    other_names=("jsonfeed", "json-feed"),
    media_type="application/feed+json",
    write=write,
)
