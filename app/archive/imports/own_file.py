"""Archives of our own: merging one into another."""

import re
from collections.abc import Iterator
from typing import Final

from app.archive.errors import ArchiveError, SourceError
from app.archive.file.load import parse
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.import_format import ImportFormat

_LINKS: Final = re.compile(r"^links:[ \t]*(?:#.*)?$|^\s*- (?:title|url):[ \t]", re.MULTILINE)


def read(data: bytes, name: str) -> Iterator[Bookmark]:
    """Read every link of an archive's file.

    Raises:
        SourceError: The file is no good archive; its first error is named.
    """
    try:
        loaded = parse(data, name)
    except ArchiveError as error:
        raise SourceError(f"is an archive with errors: {error.first}") from None
    for link in loaded.archive:
        yield Bookmark(
            url=link.url,
            title=link.title,
            author=link.author or "",
            note=link.note or "",
            tags=link.tags,
            added=link.added,
        )


FORMAT: Final = ImportFormat(
    name="yaml",
    other_names=("yml",),
    by_shape=lambda sample: _LINKS.search(sample.text) is not None,
    read=lambda data, name, _: read(data, name),
)
