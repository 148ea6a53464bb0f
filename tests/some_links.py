"""Archives to pick from, and a moment to pick at."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from app.archive.link import Archive, Link

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def make_link(number: int, **fields) -> Link:
    fields = {
        "id": f"link{number:04d}",
        "url": f"https://host{number}.example/page",
        "title": f"Title {number}",
        "host": f"host{number}.example",
    } | fields
    return Link(**fields)


def make_archive(count: int, added: Callable[[int], date | None] = lambda _: None) -> Archive:
    return Archive(tuple(make_link(number, added=added(number)) for number in range(count)))
