"""HTML seen as a row of tags and texts: enough for bookmarks, never executed or fetched.

A browser's tree is not built. The scan is linear in the text, whatever the text:
each tag is read by one look at its attributes, and what is no tag is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*(?:(>)|([^\s>=/"']+|[="'])(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?)"""
)


@dataclass(slots=True)
class Tag:
    """A tag and the text after it, up to the next tag.

    Attributes:
        name: Lower case; with a leading slash where it closes.
        attributes: Lower-case names; entities are resolved.
        text: Entities are resolved, white space is as it was written.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


def scan(html: str) -> Iterator[Tag]:
    """Walk through the tags of a text; what comes before the first one is left out."""
    place = 0
    tag: Tag | None = None
    while (match := _TAG.search(html, place)) is not None:
        if tag is not None:
            tag.text += unescape(html[place : match.start()])
        if match[0] == "<!--":
            end = html.find("-->", match.end())
            if end < 0:
                break
            place = end + 3
            continue
        if tag is not None:
            yield tag
        tag = Tag(match[1] + match[2].lower())
        place = _read_attributes(html, match.end(), tag.attributes)
    else:
        if tag is not None:
            tag.text += unescape(html[place:])
    if tag is not None:
        yield tag


def text_of(html: str) -> str:
    """Leave only what a reader would read, in one line."""
    if "<" not in html:
        return " ".join(unescape(html).split())
    words: list[str] = []
    hidden = ""
    for tag in scan("<text>" + html):
        if tag.name in {"script", "style"}:
            hidden = "/" + tag.name
        elif tag.name == hidden:
            hidden = ""
        if not hidden:
            words.append(tag.text)
    return " ".join("".join(words).split())


def anchors(html: str) -> Iterator[tuple[str, str]]:
    """Find the links of a text, as (href, text) pairs."""
    href = ""
    words: list[str] = []
    for tag in scan(html):
        if tag.name in {"a", "/a"}:
            if href:
                yield href, " ".join("".join(words).split())
            href = tag.attributes.get("href", "").strip()
            words = []
        elif tag.name == "img" and href:
            words.append(tag.attributes.get("alt", ""))
        words.append(tag.text)
    if href:
        yield href, " ".join("".join(words).split())


def _read_attributes(html: str, place: int, attributes: dict[str, str]) -> int:
    """Fill in a tag's attributes; returns the place after the tag."""
    while (match := _ATTRIBUTE.match(html, place)) is not None:
        place = match.end()
        if match[1]:
            return place
        name, double, single, bare = match.group(2, 3, 4, 5)
        value = next((value for value in (double, single, bare) if value is not None), "")
        attributes.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return len(html)  # the tag is never closed: nothing after it can be told from it
