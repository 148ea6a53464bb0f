"""What is wrong with a file, and where: said once, for terminal, page and log alike."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the file from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file.

    Attributes:
        line: Counted from 1; 0 where the file as a whole is meant.
        column: Characters, counted from 1; 0 where the file as a whole is meant.
        path: Where in the file's structure, as ``links[3].url``; may be empty.
        reason: What is wrong and what would be right, in a sentence without its stop.
        severity: Whether the file can be used all the same.
        width: Characters of the line that the problem is about, at least 1.
        excerpt: The line itself; empty where the file as a whole is meant.
    """

    line: int
    column: int
    path: str
    reason: str
    severity: Severity = Severity.ERROR
    width: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        subject = f"{self.path}: " if self.path else ""
        return f"{place}{subject}{self.reason}"
