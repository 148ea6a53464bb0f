"""Plain lists: a URL on each line, perhaps followed by its title."""

import re
from collections.abc import Iterator
from typing import Final

from app.archive.imports.bookmark import Bookmark
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.sample import decoded

_LINE: Final = re.compile(r"(https?://\S+)(?:\s+(.*))?", re.IGNORECASE)


def is_url_list(text: str) -> bool:
    """Whether every line is a URL or empty, and one at least is a URL.

    A comment looks like a heading of Markdown, which has more to say about links.
    """
    told = [line for line in map(str.strip, text.splitlines()) if line]
    return bool(told) and all(map(_LINE.fullmatch, told))


def read(text: str) -> Iterator[Bookmark]:
    """Find the link of every line; comments begin with #."""
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            yield Bookmark(url=line)
        else:
            yield Bookmark(url=match[1], title=match[2] or "")


FORMAT: Final = ImportFormat(
    name="urls",
    other_names=("list", "text", "txt"),
    by_shape=lambda sample: is_url_list(sample.text),
    read=lambda data, *_: read(decoded(data)),
)
