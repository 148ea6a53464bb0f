"""Problems as a good compiler prints them: the place, the reason, the line, a caret.

links.yaml:3:10: error: links[0].url: uses the scheme ftp; only http and https …
  3 |     url: ftp://a.example/
    |          ^^^^^^^^^^^^^^^^
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from app.archive.problem import Problem, Severity

MAX_EXCERPT_COLUMNS: Final = 96  # with the gutter, a line of a wide terminal
_LEAD_COLUMNS: Final = 24  # kept before the caret when a long line is cut
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_COLOURS: Final = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m"}


def render(
    name: str, problems: Iterable[Problem], *, colour: bool = False, limit: int = 100
) -> str:
    """Write problems out for a terminal, with a count as the last line.

    Args:
        name: The file's name, as it was given.
        problems: In the order they should be read.
        colour: Whether the terminal takes colours.
        limit: How many problems are shown; the rest is only counted.

    Returns:
        Lines without a final line break; empty when there are no problems.
    """
    told = list(problems)
    if not told:
        return ""
    blocks = [_block(name, problem, colour=colour) for problem in told[:limit]]
    if len(told) > limit:
        blocks.append(f"… and {len(told) - limit:,} more")
    blocks.append(f"{name}: {count(told)}")
    return "\n".join(blocks)


def count(problems: Iterable[Problem]) -> str:
    """Count problems in words, as ``2 errors, 1 warning``."""
    numbers = dict.fromkeys(Severity, 0)
    for problem in problems:
        numbers[problem.severity] += 1
    told = [
        f"{number:,} {severity}{'' if number == 1 else 's'}"
        for severity, number in numbers.items()
        if number
    ]
    return ", ".join(told) or "no problems"


def _block(name: str, problem: Problem, *, colour: bool) -> str:
    place = f"{name}:{problem.line}:{problem.column}" if problem.line else name
    subject = f"{problem.path}: " if problem.path else ""
    severity = str(problem.severity)
    paint = ""
    if colour:
        paint = _COLOURS[problem.severity]
        place = f"{_BOLD}{place}{_PLAIN}"
        severity = f"{paint}{severity}{_PLAIN}"
    lines = [f"{place}: {severity}: {_printable(subject + problem.reason)}"]
    if problem.line:
        before, marked, after = _cut(problem)
        gutter = f"{problem.line:>5} | "
        caret = f"{paint}{'^' * max(1, columns(marked))}{_PLAIN if paint else ''}"
        lines.append(f"{gutter}{before}{marked}{after}".rstrip())
        lines.append(f"{' ' * 5} | {' ' * columns(before)}{caret}")
    return "\n".join(lines)


def _cut(problem: Problem) -> tuple[str, str, str]:
    """Split a line around what is marked, keeping as much of it as fits."""
    line = _printable(problem.excerpt)
    start = problem.column - 1
    before, marked = line[:start], line[start : start + problem.width]
    after = line[start + problem.width :]
    if columns(line) > MAX_EXCERPT_COLUMNS:
        if columns(before) > _LEAD_COLUMNS:
            before = "…" + _last(before, _LEAD_COLUMNS - 1)
        room = MAX_EXCERPT_COLUMNS - columns(before)
        if columns(marked) > room:
            marked = first_columns(marked, room - 1) + "…"
        room -= columns(marked)
        if columns(after) > room:
            after = first_columns(after, room - 1) + "…" if room > 1 else ""
    return before, marked, after


def _printable(text: str) -> str:
    """Stand-ins for what would move the cursor or hide, one for each character."""
    return "".join(
        character if character.isprintable() else " " if character == "\t" else "\N{WHITE SQUARE}"
        for character in text
    )


def columns(text: str) -> int:
    """How wide a terminal draws the text, in cells."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def first_columns(text: str, room: int) -> str:
    """The beginning of a text that a terminal draws in so many cells."""
    used = 0
    for position, character in enumerate(text):
        used += _cells(character)
        if used > room:
            return text[:position]
    return text


def _last(text: str, room: int) -> str:
    return first_columns(text[::-1], room)[::-1]
