"""Markdown for reading: a heading per first tag, below it one per day.

Holds url, title, author, note, the first tag and the day; links keep their order
within a heading. Links without a tag come first, without a heading.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from app.archive.exports.export_format import ExportFormat
from app.archive.imports.dates import day_in_prose
from app.archive.imports.markdown_author import SEPARATORS, author_after
from app.archive.link import Link

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>&#|~]")
_AFTER_NUMBER: Final = re.compile(r"^(\d{1,9})([.)])")
_BARE_URL: Final = re.compile(r"(https?):(?=//)", re.IGNORECASE)
_FIGURE: Final = re.compile(r"(&#\d+;)|\d")
_URL_SPECIAL: Final = re.compile(r"[<>\\&]")


def write(links: Iterable[Link], title: str) -> Iterator[str]:
    """Write the archive, piece by piece."""
    groups: dict[str, dict[date | None, list[Link]]] = {"": {}}
    for link in links:
        tag = link.tags[0] if link.tags else ""
        groups.setdefault(tag, {}).setdefault(link.added, []).append(link)
    yield f"<!-- {title.replace('-->', '')} -->\n"
    for tag, days in groups.items():
        if tag:
            yield f"\n# {_heading(tag)}\n"
        # Below a heading with a day, nothing is without one again: those come first.
        for day in sorted(days, key=lambda day: (day is not None, day or date.min)):
            yield f"\n## {day.isoformat()}\n\n" if day else "\n"
            for link in days[day]:
                yield from _item(link)


def _item(link: Link) -> Iterator[str]:
    yield f"- [{_escaped(link.title)}](<{_URL_SPECIAL.sub(_encoded, link.url)}>)"
    if link.author:
        plainly = f" by {_escaped(link.author)}"
        told, _ = author_after(plainly + "\n")
        # What would not be taken for a name by itself is set off as one.
        yield plainly if told == link.author else f" by *{_escaped(link.author)}*"
    yield "\n"
    if link.note:
        yield f"  {_escaped(link.note)}\n"


def _escaped(text: str) -> str:
    """Write a text so that Markdown, and our own reader of it, sees nothing but text."""
    text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
    text = _BARE_URL.sub(r"\1\\:", text)
    text = _AFTER_NUMBER.sub(r"\1\\\2", text)
    if text.startswith(tuple(SEPARATORS + ")+=")):
        text = _entity(text[0]) + text[1:]
    return text


def _heading(tag: str) -> str:
    text = _escaped(tag)
    if day_in_prose(text)[0] is None:
        return text
    # A heading that reads as a day would give links that day; one without figures does not.
    return _FIGURE.sub(lambda figure: figure[1] or _entity(figure[0]), text)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _encoded(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else f"%{ord(match[0]):02X}"


FORMAT: Final = ExportFormat(
    name="markdown",
    other_names=("md",),
    media_type="text/markdown; charset=utf-8",
    write=write,
)
