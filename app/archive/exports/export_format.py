"""What each module that writes a format declares of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from app.archive.link import Link


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that links are written in.

    Attributes:
        name: As the command line takes it, in lower case.
        media_type: As HTTP names it.
        write: Writes links under a title, piece by piece.
        other_names: What else it is called.
    """

    name: str
    media_type: str
    write: Callable[[Iterable[Link], str], Iterator[str]] = field(repr=False)
    other_names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name
