"""What can be wrong with an archive, with an address, and with what is brought in."""

from app.archive.problem import Problem, Severity


class ArchiveFaultError(Exception):
    """The root of this package's exceptions."""


class ArchiveError(ArchiveFaultError):
    """A file holds no archive; every reason is told at once.

    Attributes:
        name: The file's name, as it was given.
        problems: In the order of the file; at least one is an error.
        first: The first that is an error.
        more: How many errors there are beside it, in words; empty where it is alone.
    """

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        self.name = name
        self.problems = problems
        self.first = errors[0]
        self.more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{name}: {self.first}{self.more}")


class FileChangedError(ArchiveFaultError):
    """The file is not what the new text was made from."""


class MergeError(ArchiveFaultError):
    """The file cannot be extended; it is as it was."""


class UrlError(ArchiveFaultError, ValueError):
    """A text is no URL that may enter the archive; the message says why."""


class SourceError(ArchiveFaultError, ValueError):
    """A source is not what it was taken for; the message says where and why."""


class UnfitError(ArchiveFaultError, ValueError):
    """A bookmark cannot become a link; the message says why."""


class UnknownFormatError(ArchiveFaultError, ValueError):
    """No format has this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{name[:40]!r} is no format; known are {', '.join(known)}")


class UnknownLinkError(ArchiveFaultError, LookupError):
    """No link of the archive has this id."""

    def __init__(self, link_id: str) -> None:
        super().__init__(f"no link has the id {link_id[:40]!r}")
        self.link_id = link_id


class UnknownTagError(ArchiveFaultError, LookupError):
    """No link of the archive carries this tag."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"no link carries the tag {tag[:80]!r}")
        self.tag = tag
