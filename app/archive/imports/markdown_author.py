"""Who wrote what a link leads to, as the words after it tell: "by AUTHOR"."""

import re
from typing import Final

from app.archive.imports.markdown_inline import plain

SEPARATORS: Final = " \t\n-–—:,;.|*_"
MAX_NAME_WORDS: Final = 6

_BY: Final = re.compile(r"[ \t,;*_~–—-]*[(\[]?[ \t]*by:?[ \t]+(?=\S)", re.IGNORECASE)
_EMPHASISED: Final = re.compile(r"([*_]{1,2})(?=\S)((?:\\.|[^\\\n])+?)(?<=\S)\1(?!\w)")
_NAME_ENDS: Final = re.compile(
    r"\\.|[,;:()\[\]|\n<>\"]|[ \t]+[-–—][ \t]+|(?<=[^\W\d_]{3})\.(?:\s|$)"
)


def author_after(tail: str) -> tuple[str, int]:
    """Read "by AUTHOR" at the beginning of what follows a link.

    Returns:
        The name and the length of what told it; an empty name when none did.
    """
    match = _BY.match(tail)
    if match is None:
        return "", 0
    start = match.end()
    emphasised = _EMPHASISED.match(tail, start)
    if emphasised is not None:
        return plain(emphasised[2]), emphasised.end()
    end = len(tail)
    for stop in _NAME_ENDS.finditer(tail, start):
        if not stop[0].startswith("\\"):
            end = stop.start()
            break
    name = plain(tail[start:end]).strip(SEPARATORS)
    words = name.split()
    # "by far the best" is no name: a name is one word, or capitals at both ends.
    if not words or len(words) > MAX_NAME_WORDS:
        return "", 0
    if len(words) > 1 and (words[0][0].islower() or words[-1][0].islower()):
        return "", 0
    return name, end
