"""Archives of our own: merging one into another."""

from collections.abc import Iterator

from app.archive.file.load import parse
from app.archive.imports.bookmark import Bookmark, SourceError
from app.archive.problem import ArchiveError


def read(data: bytes, name: str) -> Iterator[Bookmark]:
    """Read every link of an archive's file.

    Raises:
        SourceError: The file is no good archive; its first problem is named.
    """
    try:
        loaded = parse(data, name)
    except ArchiveError as error:
        raise SourceError(f"is an archive with errors: {error.problems[0]}") from None
    for link in loaded.archive:
        yield Bookmark(
            url=link.url,
            title=link.title,
            author=link.author or "",
            note=link.note or "",
            tags=link.tags,
            added=link.added,
        )
