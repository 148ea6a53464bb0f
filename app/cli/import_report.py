"""The account of an import, as a table that fits a terminal."""

from collections import Counter
from typing import Final

from app.archive.file.merge import Merged, Outcome, Row
from app.archive.render import columns, first_columns

_OUTCOME_COLUMNS: Final = max(len(outcome) for outcome in Outcome)


def table(merged: Merged, *, limit: int = 40, width: int = 100) -> str:
    """Write out what became of each bookmark, and why.

    Args:
        merged: The import's result.
        limit: Rows shown of each outcome; the rest is counted.
        width: Columns of the terminal.

    Returns:
        Lines without a final line break; the last one sums up.
    """
    lines: list[str] = []
    for outcome in Outcome:
        rows = [row for row in merged.rows if row.outcome is outcome]
        lines += [_line(row, width) for row in rows[:limit]]
        lines += _rest(outcome, rows[limit:])
    lines.append(summary(merged))
    return "\n".join(lines)


def summary(merged: Merged) -> str:
    """Sum an import up in one line."""
    counts = (f"{outcome} {merged.count(outcome):,}" for outcome in Outcome)
    return ", ".join(counts)


def _line(row: Row, width: int) -> str:
    """Write title and reason in two columns, the address where there is no reason."""
    room = max(40, width - _OUTCOME_COLUMNS - 4)
    told = row.why or row.url
    left = room * 2 // 5
    title = _fitted(row.title or row.url, left)
    return f"{row.outcome:<{_OUTCOME_COLUMNS}}  {title}  {_fitted(told, room - left).rstrip()}"


def _rest(outcome: Outcome, rows: list[Row]) -> list[str]:
    if not rows:
        return []
    lines = [f"{outcome:<{_OUTCOME_COLUMNS}}  … and {len(rows):,} more"]
    if outcome is Outcome.SKIPPED:
        # A place in the file differs from row to row; what happened does not.
        reasons = Counter(row.why.partition(" on line ")[0] for row in rows).most_common(5)
        lines += [f"{'':<{_OUTCOME_COLUMNS}}    {count:,}: {why}" for why, count in reasons]
    return lines


def _fitted(text: str, room: int) -> str:
    """Cut or pad a text to a number of columns."""
    text = "".join(character if character.isprintable() else " " for character in text)
    if columns(text) > room:
        text = first_columns(text, room - 1) + "…"
    return text + " " * (room - columns(text))
