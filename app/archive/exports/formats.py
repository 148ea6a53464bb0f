"""Every format that is written; a new one is a module that declares itself, and its line here."""

from typing import Final

from app.archive.errors import UnknownFormatError
from app.archive.exports import json_feed, markdown, netscape, opml, table
from app.archive.exports.export_format import ExportFormat
from app.archive.link import Archive

FORMATS: Final[tuple[ExportFormat, ...]] = (
    netscape.FORMAT,
    opml.FORMAT,
    markdown.FORMAT,
    json_feed.FORMAT,
    table.FORMAT,
)


def export_format(name: str) -> ExportFormat:
    """Find a format by its name or one of its other names.

    Raises:
        UnknownFormatError: No format has this name.
    """
    wanted = name.strip().casefold()
    for form in FORMATS:
        if wanted in {form.name, *form.other_names}:
            return form
    raise UnknownFormatError(name, tuple(form.name for form in FORMATS))


def export(archive: Archive, form: ExportFormat, *, title: str = "Link archive") -> str:
    """Write an archive in another format.

    Args:
        archive: What to write.
        form: Which format.
        title: The document's title, where the format has one.
    """
    return "".join(form.write(archive, title))
