"""What a foreign file says about one link, before anybody has judged it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_FOLDERS: Final = 50  # around a link; deeper ones name nothing a reader would look for


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A link as found. Nothing is checked yet; a field that is not known is empty."""

    url: str
    title: str = ""
    author: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    added: date | None = None
