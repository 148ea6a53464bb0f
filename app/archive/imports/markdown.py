"""Markdown: notes, reading logs, lists of links; what stands around a link describes it.

- The headings around a link become its tags, a date in one becomes its day.
- A heading right before a bare URL is that URL's title: reading logs look like this.
- "by AUTHOR" after a link is its author; in a list, what follows is its note.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Final

from app.archive.imports.bookmark import Bookmark
from app.archive.imports.dates import day_in_prose, day_of_text
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.markdown_author import SEPARATORS, author_after
from app.archive.imports.markdown_inline import Found, label_key, links_in, plain
from app.archive.imports.sample import decoded

_LINK: Final = re.compile(r"https?://|\]\(|\]:[ \t]*\S", re.IGNORECASE)
_FENCE: Final = re.compile(r"(`{3,}|~{3,})")
_ITEM: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)")
_DEFINITION: Final = re.compile(r"\[([^\[\]^][^\[\]]*)\]:\s*(?:<([^<>]*)>|(\S+))")
_FRONT_DATE: Final = re.compile(
    r"^(?:date|created|published)\s*[:=]\s*[\"']?([^\"'\n]+)", re.MULTILINE | re.IGNORECASE
)
_RULE: Final = re.compile(r"(?:-{2,}|={2,})\s*")

_BY_LINK: Final = re.compile(r"[ \t,;*_~–—-]*[(\[]?[ \t]*by:?[ \t]+[*_]*", re.IGNORECASE)
_EDGES: Final = SEPARATORS + "()[]"
_WEEKDAY: Final = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$", re.IGNORECASE
)
MAX_TITLE_BEFORE_URL_CHARS: Final = 150


@dataclass(slots=True)
class _Heading:
    level: int
    tag: str
    title: str  # what it would be called as the title of a link
    day: date | None


@dataclass(slots=True)
class _Block:
    text: str
    is_item: bool


@dataclass(slots=True)
class _Page:
    """What is known at a place of the document."""

    day: date | None
    headings: list[_Heading] = field(default_factory=list)

    def enter(self, level: int, text: str) -> None:
        day, before, after = day_in_prose(text)
        before, after = (
            _WEEKDAY.sub("", plain(side).strip(_EDGES)).strip(_EDGES) for side in (before, after)
        )
        title = tag = plain(text)
        if before and after:
            day = None  # a date inside a sentence dates no log
        elif day is not None:
            tag = before or after
            title = after or title  # "2024-08-11: Title", but "What happened in May 2024"
        while self.headings and self.headings[-1].level >= level:
            self.headings.pop()
        self.headings.append(_Heading(level, tag, title, day))

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(heading.tag for heading in self.headings if heading.tag)

    @property
    def added(self) -> date | None:
        days = [heading.day for heading in self.headings if heading.day]
        return days[-1] if days else self.day


def read(text: str, name: str = "") -> Iterator[Bookmark]:
    """Find every link of a document, in order; unused definitions come last.

    Args:
        text: The document.
        name: Its file name, which may begin with its date.
    """
    lines, day = _front_matter(_without_comments(text).splitlines())
    if day is None:
        day = day_of_text(name.rpartition("/")[2][:10])
    definitions = _definitions(lines)
    page = _Page(day)
    waiting: _Heading | None = None  # a heading whose next block may be its bare URL
    used: set[str] = set()
    for part in _parts(lines):
        if isinstance(part, tuple):
            level, heading = part
            found = list(links_in(heading, definitions))
            page.enter(level, heading)
            waiting = page.headings[-1]
            if found:
                waiting.tag = ""  # a heading that is a link names no group
                yield from _bookmarks(_Block(heading, is_item=False), found, page)
        else:
            found = list(links_in(part.text, definitions))
            title = ""
            if waiting is not None and len(found) == 1 and _is_bare(part, found[0]):
                title, waiting.tag = waiting.title, ""
            waiting = None
            yield from _bookmarks(part, found, page, title)
        used.update(link.url for link in found)
    for label, url in definitions.items():
        if url not in used:
            title = "" if label.isdigit() else label
            yield Bookmark(url=url, title=title, added=page.day)


def _bookmarks(
    block: _Block, found: list[Found], page: _Page, title: str = ""
) -> Iterator[Bookmark]:
    author_link: Found | None = None
    for position, link in enumerate(found):
        if link is author_link or link.url.startswith("#"):
            continue
        follower = found[position + 1] if position + 1 < len(found) else None
        tail = block.text[link.end : follower.start if follower else len(block.text)]
        author, told = author_after(tail)
        if follower and follower.text and _BY_LINK.fullmatch(tail):
            author, author_link = follower.text, follower  # by [AUTHOR](their page)
        note = ""
        if block.is_item and len(found) == 1:
            note = plain(tail[told:].lstrip(SEPARATORS + ")]"))
            if block.text[: link.start].strip(SEPARATORS) and link.text:
                note = ""  # the link stands inside a sentence
        yield Bookmark(
            url=link.url,
            title=title or link.text or _title_before(block, link, found),
            author=author,
            note=note,
            tags=page.tags,
            added=page.added,
        )


def _title_before(block: _Block, link: Found, found: list[Found]) -> str:
    """Take "Title: https://…" in a list apart."""
    before = plain(block.text[: link.start]).rstrip(SEPARATORS + "(")
    fits = block.is_item and len(found) == 1 and len(before) <= MAX_TITLE_BEFORE_URL_CHARS
    return before if fits else ""


def _is_bare(block: _Block, link: Found) -> bool:
    return not link.text and not block.text[: link.start].strip(SEPARATORS + "<")


def _without_comments(text: str) -> str:
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        kept.append(text[place:start])
        end = text.find("-->", start)
        place = len(text) if end < 0 else end + 3
    return "".join(kept) + text[place:]


def _front_matter(lines: list[str]) -> tuple[list[str], date | None]:
    """Take the YAML or TOML block off the top, keeping its date."""
    if not lines or lines[0].strip() not in {"---", "+++"}:
        return lines, None
    mark = lines[0].strip()
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == mark:
            told = _FRONT_DATE.search("\n".join(lines[1:number]))
            return lines[number + 1 :], day_of_text(told[1]) if told else None
    return lines, None


def _definitions(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    fence = ""
    for line in map(str.strip, lines):
        fence = _fence_after(fence, line)
        match = None if fence else _DEFINITION.match(line)
        if match is not None:
            found.setdefault(label_key(match[1]), match[2] or match[3] or "")
    return {label: url for label, url in found.items() if url}


def _fence_after(fence: str, line: str) -> str:
    """Follow code fences: returns the one that is open after this line."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and line == match[1] else fence


def _parts(lines: list[str]) -> Iterator[tuple[int, str] | _Block]:
    """Split a document into headings, as (level, text), and blocks of text."""
    block: list[str] = []
    is_item = False
    fence = ""
    for line in lines:
        bare = line.lstrip(" \t>")  # quotations are text like any other
        was = fence
        fence = _fence_after(fence, bare.strip())
        item = None if fence or was else _ITEM.match(bare)
        heading = None if fence or was else _heading(bare)
        if (
            not bare.strip()
            or fence
            or was
            or item is not None
            or heading is not None
            or bare.startswith("|")
            or _DEFINITION.match(bare)
        ):
            if block:
                yield _Block("\n".join(block), is_item)
            block, is_item = [], item is not None
            if heading is not None:
                yield heading
            elif item is not None:
                block = [bare[item.end() :]]
            elif not (fence or was) and bare.strip() and not _DEFINITION.match(bare):
                block = [bare]
        elif _RULE.fullmatch(bare) and len(block) == 1 and not is_item:
            yield (1 if bare.startswith("=") else 2), block[0]
            block = []
        else:
            block.append(bare)
    if block:
        yield _Block("\n".join(block), is_item)


def _heading(line: str) -> tuple[int, str] | None:
    text = line.lstrip("#")
    level = len(line) - len(text)
    if not 1 <= level <= 6 or (text and text[0] not in " \t"):
        return None
    text = text.strip()
    closed = text.rstrip("#")
    return level, closed.strip() if closed.endswith((" ", "\t")) or not closed else text


FORMAT: Final = ImportFormat(
    name="markdown",
    other_names=("md",),
    by_trace=lambda sample: _LINK.search(sample.text) is not None,
    read=lambda data, name, _: read(decoded(data), PurePath(name).name),
)
