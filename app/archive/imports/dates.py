"""Days, as the world writes them.

A stamp becomes its day in UTC; a written date stays the day that was written,
whatever zone follows it. What cannot be understood is no date, never an error:
a link without its day is better than no link.
"""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR: Final = r"(?P<year>(?:19|2\d)\d{2})"
_WRITTEN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\s*년\s*(?P<month>\d{{1,2}})\s*월(?:\s*(?P<day>\d{{1,2}})\s*일)?",
        rf"(?<!\d){_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月(?:\s*(?P<day>\d{{1,2}})\s*日)?",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+{_YEAR}(?!\d)",
        rf"\b{_MONTH},?\s+{_YEAR}(?!\d)",
        rf"(?<![\d-]){_YEAR}-(?P<month>\d{{2}})(?![\d-])",
    )
)
_ISO: Final = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?![\d-])")

# Chrome counts microseconds from 1601; other browsers count in s, ms or us from 1970.
_CHROME_EPOCH_S: Final = 11_644_473_600


def day_of_stamp(stamp: object) -> date | None:
    """Read a count of seconds (or of milli- or microseconds) since 1970."""
    try:
        count = float(str(stamp).strip())
    except ValueError:
        return None
    if not 0 < count < 1e17:
        return None
    if count > 1e16:
        count = count / 1e6 - _CHROME_EPOCH_S
    elif count > 1e14:
        count /= 1e6
    elif count > 1e11:
        count /= 1e3
    try:
        return datetime.fromtimestamp(count, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def day_of_text(text: object) -> date | None:
    """Read the day out of a machine's date: ISO 8601, RFC 3339 or RFC 5322; else as a person's."""
    words = str(text) if text else ""
    if (iso := _ISO.match(words)) is not None:
        return _day(*map(int, iso[1].split("-")))
    parts = parsedate(words)
    return _day(*parts[:3]) if parts else day_in_prose(words)[0]


def day_in_prose(text: str) -> tuple[date | None, str, str]:
    """Find a written date in a heading.

    Returns:
        The day (the first of the month where only that is told), the text before
        it and the text after it.
    """
    for pattern in _WRITTEN:
        match = pattern.search(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = parts["month"].lower()
        found = _day(
            int(parts["year"]),
            _MONTHS[month] if month in _MONTHS else int(month),
            int(parts.get("day") or 1),
        )
        if found is not None:
            return found, text[: match.start()], text[match.end() :]
    return None, text, ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
