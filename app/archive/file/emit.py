"""Writing entries as YAML that reads back as what was meant, in any YAML.

Only texts that no version of YAML takes for something else stay unquoted.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Final

from app.archive.imports.admit import Candidate

_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w .'()/+&~;!?-]*[\w.')!?])?")
_NOT_TEXT: Final = frozenset(  # in YAML 1.1, or to people
    {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "inf", "nan"}
)
_ESCAPED: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(text: str) -> str:
    """Write a text in double quotes, whose escapes YAML shares with JSON."""
    return _ESCAPED.sub(
        lambda character: f"\\u{ord(character[0]):04x}", json.dumps(text, ensure_ascii=False)
    )


def scalar(text: str) -> str:
    """Write a text plainly where that is safe, else in quotes."""
    safe = _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT
    return text if safe else quoted(text)


def flow(tags: Iterable[str], write: Callable[[str], str] = scalar) -> str:
    """Write tags on one line, each by ``write``."""
    return "[" + ", ".join(map(write, tags)) + "]"


def fields(candidate: Candidate) -> dict[str, str]:
    """Write each known field's value, in the order of the file."""
    written = {"title": quoted(candidate.title), "url": _url(candidate.url)}
    if candidate.author:
        written["author"] = scalar(candidate.author)
    if candidate.note:
        written["note"] = quoted(candidate.note)
    if candidate.tags:
        written["tags"] = flow(candidate.tags)
    if candidate.added:
        written["added"] = candidate.added.isoformat()
    return written


def block_entry(candidate: Candidate, indent: int, newline: str) -> str:
    """Write an entry that begins with a dash after ``indent`` spaces; no final newline."""
    lead = " " * indent
    lines = (f"{name}: {value}" for name, value in fields(candidate).items())
    return f"{lead}- " + f"{newline}{lead}  ".join(lines)


def flow_entry(candidate: Candidate) -> str:
    """Write an entry in braces, on one line and as JSON, for files that are JSON."""
    values = {"title": candidate.title, "url": candidate.url}
    values |= {"author": candidate.author or "", "note": candidate.note or ""}
    values["added"] = candidate.added.isoformat() if candidate.added else ""
    parts = [f'"{name}": {quoted(value)}' for name, value in values.items() if value]
    if candidate.tags:
        parts.append(f'"tags": {flow(candidate.tags, quoted)}')
    return "{" + ", ".join(parts) + "}"


def _url(url: str) -> str:
    # Inside a word a colon or a comma is text; where a word ends it is not.
    return quoted(url) if url.endswith((":", ",")) else url
