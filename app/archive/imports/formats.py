"""Every format that is read, and which of them a source has.

A source is shown to all formats in the order below three times: who finds its own
mark there has it, then whose shape it has, then who finds at least a trace. A
new format is a module that declares itself, and its line here.
"""

import re
from collections.abc import Iterable
from typing import Final

from app.archive.errors import SourceError, UnknownFormatError
from app.archive.imports import (
    feed,
    json_feed,
    markdown,
    netscape,
    opml,
    own_file,
    pinboard,
    pocket,
    raindrop,
    table,
    url_list,
)
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.sample import Sample

MAX_SOURCE_BYTES: Final = 128 * 1024 * 1024  # 100,000 bookmarks are 30 MB with their icons

FORMATS: Final[tuple[ImportFormat, ...]] = (
    netscape.FORMAT,
    feed.FORMAT,
    opml.FORMAT,
    markdown.FORMAT,
    pocket.FORMAT,
    raindrop.FORMAT,
    pinboard.FORMAT,
    json_feed.FORMAT,
    table.FORMAT,  # after the tables that are more than a table
    url_list.FORMAT,
    own_file.FORMAT,
)


def import_format(name: str) -> ImportFormat:
    """Find a format by its name or one of its other names.

    Raises:
        UnknownFormatError: No format has this name.
    """
    wanted = name.strip().casefold()
    for form in FORMATS:
        if wanted in {form.name, *form.other_names}:
            return form
    raise UnknownFormatError(name, tuple(form.name for form in FORMATS))


def detect(data: bytes) -> ImportFormat:
    """Tell a source's format from its content.

    Raises:
        SourceError: It is none that is known.
    """
    sample = Sample(data)
    for form in FORMATS:
        if form.by_mark(sample):
            return form
    if sample.is_blank:
        raise SourceError("is empty")
    if sample.is_json:
        called = " nor ".join(form.json_called for form in FORMATS if form.json_called)
        raise SourceError(f"is JSON, but neither {called}")
    for form in FORMATS:
        if form.by_shape(sample):
            return form
    for form in FORMATS:
        if form.by_trace(sample):
            return form
    raise SourceError("holds no links in any format that is known; name one if it does")


def read(
    data: bytes, *, name: str = "", form: ImportFormat | None = None, links: bool = False
) -> Iterable[Bookmark]:
    """Find the links of a source, whatever its format.

    Args:
        data: The source's bytes.
        name: Its file name, where it has one.
        form: Its format; detected where None.
        links: Whether a feed also yields the links inside its entries.

    Raises:
        SourceError: It cannot be read; some formats tell only while iterated.
    """
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceError(f"is larger than {MAX_SOURCE_BYTES // 1024**2} MiB; split it up")
    if re.match(rb"\s*<", data[:200]):
        data = netscape.without_icons(data)
    return (form or detect(data)).read(data, name, links)
