"""Which format a source has, by its content; file names say little and lie at times."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from app.archive.errors import SourceError
from app.archive.imports import (
    feed,
    json_feed,
    markdown,
    netscape,
    opml,
    own_file,
    pinboard,
    pocket,
    raindrop,
    table,
    url_list,
)
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.json_text import value_of

MAX_SOURCE_BYTES: Final = 128 * 1024 * 1024  # 100,000 bookmarks are 30 MB with their icons


class Format(StrEnum):
    """Everything that can be read."""

    HTML = "html"
    FEED = "feed"
    OPML = "opml"
    MARKDOWN = "markdown"
    POCKET = "pocket"
    RAINDROP = "raindrop"
    PINBOARD = "pinboard"
    JSON = "json"
    CSV = "csv"
    URLS = "urls"
    YAML = "yaml"


_OTHER_NAMES: Final = {
    "atom": Format.FEED,
    "bookmarks": Format.HTML,
    "jsonfeed": Format.JSON,
    "json-feed": Format.JSON,
    "list": Format.URLS,
    "md": Format.MARKDOWN,
    "netscape": Format.HTML,
    "rss": Format.FEED,
    "text": Format.URLS,
    "txt": Format.URLS,
    "yml": Format.YAML,
}

_ROOT: Final = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*)*<([\w:]+)",
    re.DOTALL | re.IGNORECASE,
)
_FEED_ROOTS: Final = frozenset({"rss", "feed", "atom:feed", "rdf:rdf"})
_HEAD_BYTES: Final = 20_000  # enough to tell any format but JSON and lists
_OWN_FILE: Final = re.compile(r"^links:[ \t]*(?:#.*)?$|^\s*- (?:title|url):[ \t]", re.MULTILINE)
_LINK_IN_MARKDOWN: Final = re.compile(r"https?://|\]\(|\]:[ \t]*\S", re.IGNORECASE)


def format_named(name: str) -> Format:
    """Find a format by its name or one of its other names.

    Raises:
        SourceError: No format has this name.
    """
    wanted = name.strip().casefold()
    if wanted in _OTHER_NAMES:
        return _OTHER_NAMES[wanted]
    try:
        return Format(wanted)
    except ValueError:
        known = ", ".join(Format)
        raise SourceError(f"{name[:40]!r} is no format; known are {known}") from None


def detect(data: bytes) -> Format:
    """Tell a source's format from its content.

    Raises:
        SourceError: It is none that is known.
    """
    head = decoded(data[:_HEAD_BYTES]).lstrip("\ufeff \t\r\n")
    if head.startswith("<") and (known := _of_markup(head)) is not None:
        return known
    text = decoded(data)
    if not text.strip():
        raise SourceError("is empty")
    if head.startswith(("{", "[")) and (known := _of_json(text)) is not None:
        return known
    if (known := _of_table(text)) is not None:
        return known
    if url_list.is_url_list(text):
        return Format.URLS
    if _OWN_FILE.search(text):
        return Format.YAML
    if _LINK_IN_MARKDOWN.search(text):
        return Format.MARKDOWN
    raise SourceError("holds no links in any format that is known; name one if it does")


def read(
    data: bytes, *, name: str = "", form: Format | None = None, links: bool = False
) -> Iterable[Bookmark]:
    """Find the links of a source, whatever its format.

    Args:
        data: The source's bytes.
        name: Its file name, where it has one.
        form: Its format; detected where None.
        links: Whether a feed also yields the links inside its entries.

    Raises:
        SourceError: It cannot be read; some formats tell only while iterated.
    """
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceError(f"is larger than {MAX_SOURCE_BYTES // 1024**2} MiB; split it up")
    if re.match(rb"\s*<", data[:200]):
        data = netscape.without_icons(data)
    return _READERS[form or detect(data)](data, name, links)


def decoded(data: bytes) -> str:
    """Read bytes as text: UTF-8 or -16 where they are, else as old Windows files are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _of_markup(head: str) -> Format | None:
    if "netscape-bookmark-file" in head[:1000].lower():
        return Format.HTML
    root = _ROOT.match(head)
    name = root[1].lower() if root else ""
    if name in _FEED_ROOTS:
        return Format.FEED
    if name == "opml":
        return Format.OPML
    lowered = head.lower()
    if name in {"html", "head", "body", "dl", "ul", "title", "meta"} or "<dt><a " in lowered:
        return Format.HTML
    if head.startswith("<?xml") or "<!entity" in lowered:
        return Format.FEED  # whose reader says what is wrong with it
    return None


def _of_json(text: str) -> Format | None:
    try:
        value = value_of(text)
    except SourceError:
        return None  # Markdown begins with a bracket too
    if json_feed.is_json_feed(value):
        return Format.JSON
    if pinboard.is_pinboard(value):
        return Format.PINBOARD
    raise SourceError("is JSON, but neither a Pinboard export nor a JSON Feed")


def _of_table(text: str) -> Format | None:
    names = table.columns(text)
    if names >= pocket.COLUMNS:
        return Format.POCKET
    if names >= raindrop.COLUMNS:
        return Format.RAINDROP
    if "url" in names and len(names) > 1:
        return Format.CSV
    return None


_READERS: Final[dict[Format, Callable[[bytes, str, bool], Iterable[Bookmark]]]] = {
    Format.HTML: lambda data, _, __: netscape.read(decoded(data)),
    Format.FEED: lambda data, _, links: feed.read(data, links=links),
    Format.OPML: lambda data, _, __: opml.read(data),
    Format.MARKDOWN: lambda data, name, _: markdown.read(decoded(data), PurePath(name).name),
    Format.POCKET: lambda data, _, __: pocket.read(decoded(data)),
    Format.RAINDROP: lambda data, _, __: raindrop.read(decoded(data)),
    Format.PINBOARD: lambda data, _, __: pinboard.read(decoded(data)),
    Format.JSON: lambda data, _, links: json_feed.read(decoded(data), links=links),
    Format.CSV: lambda data, _, __: table.read(decoded(data)),
    Format.URLS: lambda data, _, __: url_list.read(decoded(data)),
    Format.YAML: lambda data, name, _: own_file.read(data, name),
}
