"""The links in one block of Markdown: inline, by reference, in angle brackets, bare.

After CommonMark 0.31, sections 6.1 to 6.6, for links alone. Brackets are matched
once per block, so that no text makes the scan worse than linear.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from app.archive.imports.markup import scan, text_of

MAX_DESTINATION_CHARS: Final = 8192
MAX_NESTED_PARENTHESES: Final = 32  # as CommonMark lets a reader limit them; keeps the scan linear

_BARE: Final = re.compile(r"https?://[^\s<>\"`|\\^{}]+", re.IGNORECASE)
_ANGLE: Final = re.compile(r"<(https?://[^\s<>]*)>", re.IGNORECASE)
_ANCHOR: Final = re.compile(r"<a\s[^<>]*>", re.IGNORECASE)
_ANCHOR_END: Final = re.compile(r"</a\s*>", re.IGNORECASE)
_TITLE: Final = re.compile(r"""\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))""")
_TICKS: Final = re.compile(r"`+")
_INTERESTING: Final = re.compile(r"[\\`!\[<hH]")
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Found:
    """A link in a block, from ``start`` up to ``end``.

    Attributes:
        text: As a reader sees it; empty for a bare URL.
    """

    start: int
    end: int
    url: str
    text: str


def label_key(label: str) -> str:
    """Reduce a reference's label to what labels are compared by."""
    return " ".join(label.split()).casefold()


def links_in(block: str, definitions: Mapping[str, str]) -> Iterator[Found]:
    """Find the links of a block, in order; those inside another one's text are part of it.

    Args:
        block: Without the marks of lists and quotations.
        definitions: URLs by `label_key`.
    """
    closing = _brackets(block)
    place = 0
    while (match := _INTERESTING.search(block, place)) is not None:
        place = match.start()
        character = block[place]
        found: Found | None = None
        skip = place + 1
        if character == "\\":
            skip = place + 2
        elif character == "`":
            skip = _after_code(block, place)
        elif character == "!" and block.startswith("[", place + 1):
            image = _bracketed(block, place + 1, closing, definitions)
            skip = image.end if image else place + 1
        elif character == "[":
            found = _bracketed(block, place, closing, definitions)
        elif character == "<":
            found = _in_angles(block, place)
        elif place == 0 or not block[place - 1].isalnum():
            found = _bare(block, place)
        if found is not None:
            yield found
            skip = found.end
        place = max(skip, place + 1)


def plain(text: str) -> str:
    """Read Markdown as text: without emphasis, code marks, tags, escapes and addresses."""
    kept: list[str] = []
    place = 0
    closing = _brackets(text) if "](" in text else {}
    while place < len(text):
        character = text[place]
        after = text[place + 1 : place + 2]
        if character == "\\" and after in _PUNCTUATION:
            kept.append(after)
            place += 2
            continue
        if character == "&" and (entity := _ENTITY.match(text, place)):
            kept.append(unescape(entity[0]))
            place = entity.end()
            continue
        if character == "<" and (markup := _MARKUP.match(text, place)):
            place = markup.end()
            continue
        if character == "!" and after == "[":
            place += 1  # an image is read as its description, as a link is as its text
            continue
        if character == "[" and text.startswith("](", closing.get(place, len(text))):
            place += 1
            continue
        if character == "]" and after == "(":
            place = text.find(")", place) + 1 or len(text)
            continue
        if not _is_mark(text, place):
            kept.append(character)
        place += 1
    return " ".join("".join(kept).split())


def _is_mark(text: str, place: int) -> bool:
    """Whether a character is there for the formatting alone."""
    character = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if character == "`":
        return True
    if character == "[":
        return place > 0 and before == "!"
    if character == "*":
        return not (before in {"", " "} and after in {"", " "})
    if character == "_":
        return not (before.isalnum() and after.isalnum())
    return False


def _brackets(block: str) -> dict[int, int]:
    """Match every opening bracket with its closing one."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    place = 0
    for match in re.finditer(r"\\.|[\[\]`]", block):
        if match.start() < place:
            continue
        if match[0] == "[":
            waiting.append(match.start())
        elif match[0] == "]" and waiting:
            closing[waiting.pop()] = match.start()
        elif match[0] == "`":
            place = _after_code(block, match.start())
    return closing


def _after_code(block: str, place: int) -> int:
    """Find the end of a code span, or of the backticks where none begins."""
    run = _TICKS.match(block, place)
    if run is None:
        return place + 1
    # A run of the same length closes the span; half a block is far enough to look.
    ticks = run[0]
    close = run.end()
    while (close := block.find(ticks, close)) >= 0:
        end = close + len(ticks)
        if not block.startswith("`", end):
            return end
        close = end + len(block[end:]) - len(block[end:].lstrip("`"))
    return run.end()


def _bracketed(
    block: str, start: int, closing: Mapping[int, int], definitions: Mapping[str, str]
) -> Found | None:
    close = closing.get(start)
    if close is None:
        return None
    text = block[start + 1 : close]
    after = close + 1
    if block.startswith("(", after):
        destination = _destination(block, after)
        if destination is not None:
            url, end = destination
            return Found(start, end, url, plain(text))
    label, end = text, after
    if block.startswith("[", after) and after in closing:
        end = closing[after] + 1
        label = block[after + 1 : end - 1] or text
    url = definitions.get(label_key(label), "")
    return Found(start, end, url, plain(text)) if url else None


def _destination(block: str, start: int) -> tuple[str, int] | None:
    """Read ``(url "title")``; returns the URL and the place after it."""
    place = start + 1
    while block[place : place + 1].isspace():
        place += 1
    if block.startswith("<", place):
        close = block.find(">", place, place + MAX_DESTINATION_CHARS)
        if close < 0:
            return None
        url, place = block[place + 1 : close], close + 1
    else:
        begin, place = place, _after_bare_destination(block, place)
        url = block[begin:place]
    title = _TITLE.match(block, place)
    if title is not None:
        place = title.end()
    while block[place : place + 1].isspace():
        place += 1
    if not block.startswith(")", place):
        return None
    return _unescaped(url), place + 1


def _after_bare_destination(block: str, place: int) -> int:
    """Walk over a destination without angle brackets; its parentheses are balanced."""
    depth = 0
    limit = min(len(block), place + MAX_DESTINATION_CHARS)
    while place < limit and not block[place].isspace():
        if block[place] == "\\" and block[place + 1 : place + 2] in _PUNCTUATION:
            place += 1
        elif block[place] == "(":
            depth += 1
            if depth > MAX_NESTED_PARENTHESES:
                break
        elif block[place] == ")":
            if depth == 0:
                break
            depth -= 1
        place += 1
    return place


def _unescaped(url: str) -> str:
    if "\\" in url:
        url = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", url)
    return _ENTITY.sub(lambda entity: unescape(entity[0]), url).strip()


def _in_angles(block: str, place: int) -> Found | None:
    if (match := _ANGLE.match(block, place)) is not None:
        return Found(place, match.end(), match[1], "")
    anchor = _ANCHOR.match(block, place)
    if anchor is None or not (href := next(scan(anchor[0])).attributes.get("href", "").strip()):
        return None
    close = _ANCHOR_END.search(block, anchor.end())
    text, end = block[anchor.end() :], len(block)
    if close is not None:
        text, end = block[anchor.end() : close.start()], close.end()
    return Found(place, end, href, text_of(text))


def _bare(block: str, place: int) -> Found | None:
    match = _BARE.match(block, place)
    if match is None:
        return None
    url = match[0]
    while True:
        shorter = url.rstrip(".,;:!?'*_~")
        for opening, close in ("()", "[]"):
            if shorter.endswith(close) and shorter.count(close) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == url:
            break
        url = shorter
    return Found(place, place + len(url), url, "")
