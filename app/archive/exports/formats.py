"""Everything the archive can be written as, by name."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Final

from app.archive.errors import UnknownFormatError
from app.archive.exports import json_feed, markdown, netscape, opml, table
from app.archive.link import Archive, Link


class ExportFormat(StrEnum):
    """Names as the command line takes them."""

    HTML = "html"
    OPML = "opml"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


MEDIA_TYPES: Final = {
    ExportFormat.HTML: "text/html; charset=utf-8",
    ExportFormat.OPML: "text/x-opml; charset=utf-8",
    ExportFormat.MARKDOWN: "text/markdown; charset=utf-8",
    ExportFormat.JSON: "application/feed+json",
    ExportFormat.CSV: "text/csv; charset=utf-8",
}

_WRITERS: Final[dict[ExportFormat, Callable[[Iterable[Link], str], Iterator[str]]]] = {
    ExportFormat.HTML: netscape.write,
    ExportFormat.OPML: opml.write,
    ExportFormat.MARKDOWN: markdown.write,
    ExportFormat.JSON: json_feed.write,
    ExportFormat.CSV: table.write,
}

_OTHER_NAMES: Final = {
    "bookmarks": ExportFormat.HTML,
    "json-feed": ExportFormat.JSON,
    "jsonfeed": ExportFormat.JSON,
    "md": ExportFormat.MARKDOWN,
    "netscape": ExportFormat.HTML,
}


def format_named(name: str) -> ExportFormat:
    """Find an export by its name or one of its other names.

    Raises:
        UnknownFormatError: No export has this name.
    """
    wanted = name.strip().casefold()
    if wanted in _OTHER_NAMES:
        return _OTHER_NAMES[wanted]
    try:
        return ExportFormat(wanted)
    except ValueError:
        raise UnknownFormatError(name, tuple(ExportFormat)) from None


def export(archive: Archive, form: ExportFormat, *, title: str = "Link archive") -> str:
    """Write an archive in another format.

    Args:
        archive: What to write.
        form: Which format.
        title: The document's title, where the format has one.
    """
    return "".join(_WRITERS[form](archive, title))
