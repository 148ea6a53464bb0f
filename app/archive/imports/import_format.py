"""What each module that reads a format declares of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.archive.imports.bookmark import Bookmark
from app.archive.imports.sample import Sample

Recognises = Callable[[Sample], bool]


def never(_sample: Sample) -> bool:
    """Recognise nothing."""
    return False


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A format that links are read from.

    Attributes:
        name: As the command line takes it, in lower case.
        read: Finds the links in a source's bytes, given its file name, which may be
            empty, and whether the links inside a feed's entries are wanted, too.
            Raises `SourceError`, perhaps only while iterated.
        other_names: What else it is called.
        by_mark: Whether a source says itself that it is of this format.
        by_shape: Whether it looks like it, though it does not say so.
        by_trace: Whether something in it does; asked when nothing else is left.
        json_called: What a source of this format is called, where it is JSON.
    """

    name: str
    read: Callable[[bytes, str, bool], Iterable[Bookmark]] = field(repr=False)
    other_names: tuple[str, ...] = ()
    by_mark: Recognises = field(default=never, repr=False)
    by_shape: Recognises = field(default=never, repr=False)
    by_trace: Recognises = field(default=never, repr=False)
    json_called: str = ""

    def __str__(self) -> str:
        return self.name
