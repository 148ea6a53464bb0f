"""Putting lines into a YAML file at their places; every other character stays.

An edit is a place, how far it reaches, and what stands there afterwards. Places
come from the tree that was composed from the very same text.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.archive.file.emit import block_entry, flow, flow_entry, quoted, scalar
from app.archive.file.tree import MappingNode, Node, ScalarNode, SequenceNode
from app.archive.imports.admit import Candidate


class Edit(NamedTuple):
    """Puts a text where others stood, from ``start`` up to ``end``."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Carry edits out; those at one place in their order."""
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        parts += (text[place : edit.start], edit.text)
        place = edit.end
    return "".join((*parts, text[place:]))


def newline_of(text: str) -> str:
    """Tell how the file ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def first_entries(text: str, candidates: Iterable[Candidate]) -> Edit:
    """Begin the list in a file that says nothing yet, below its comments."""
    newline = newline_of(text)
    head = text.rstrip() + newline * 2 if text.strip() else ""
    entries = (block_entry(candidate, 2, newline) for candidate in candidates)
    return Edit(0, len(text), head + newline.join(("links:", *entries)) + newline)


def more_entries(text: str, nodes: SequenceNode, candidates: Iterable[Candidate]) -> Edit:
    """Go on with a list that has entries, in its own style."""
    newline = newline_of(text)
    last = nodes.items[-1]
    if nodes.flow:
        entries = (f",{newline}{flow_entry(candidate)}" for candidate in candidates)
        return Edit(last.end, last.end, "".join(entries))
    place = _line_end(text, _end(text, last))
    indent = _column(text, nodes.start)
    gap = newline * (2 if _is_airy(text, nodes) else 1)
    entries = (gap + block_entry(candidate, indent, newline) for candidate in candidates)
    return Edit(place, place, "".join(entries))


def more_in_entry(
    text: str, node: MappingNode, gains: Mapping[str, str], tags: list[str]
) -> list[Edit]:
    """Give an entry values for keys it leaves open, and tags it lacks.

    Args:
        text: The file.
        node: The entry.
        gains: Values by key; the entry has no such key, or nothing at it.
        tags: Written out at its own list of tags, or as a new one.
    """
    is_json = node.flow and not node.pairs["url"][0].plain
    write = quoted if node.flow else scalar
    values = {
        name: value if name == "added" and not is_json else write(value)
        for name, value in gains.items()
    }
    edits: list[Edit] = []
    own = node.pairs["tags"][1] if "tags" in node.pairs else None
    if tags and isinstance(own, SequenceNode):
        edits.append(_longer_tags(text, own, tags))
    elif tags:
        values["tags"] = flow(tags, quoted if is_json else scalar)
    lines: list[str] = []
    for name, value in values.items():
        if name in node.pairs:
            edits.append(_filled(text, *node.pairs[name], value))
        else:
            lines.append(f"{quoted(name) if is_json else name}: {value}")
    if lines:
        edits.append(_longer_entry(text, node, lines))
    return edits


def _longer_tags(text: str, tags: SequenceNode, new: list[str]) -> Edit:
    if not tags.items:
        return Edit(tags.start, tags.end, flow(new))
    last = tags.items[-1]
    if tags.flow:
        write = scalar if isinstance(last, ScalarNode) and last.plain else quoted
        return Edit(last.end, last.end, "".join(f", {write(tag)}" for tag in new))
    place = _line_end(text, _end(text, last))
    lead = newline_of(text) + " " * _column(text, tags.start)
    return Edit(place, place, "".join(f"{lead}- {scalar(tag)}" for tag in new))


def _filled(text: str, key: ScalarNode, value: Node, put: str) -> Edit:
    if value.end > value.start:
        return Edit(value.start, value.end, put)
    colon = text.index(":", key.end) + 1
    return Edit(colon, colon, " " + put)


def _longer_entry(text: str, node: MappingNode, lines: list[str]) -> Edit:
    """Put lines after the URL's, which is never a text of many lines."""
    url = node.pairs["url"][1]
    if node.flow:
        return Edit(url.end, url.end, "".join(f", {line}" for line in lines))
    place = _line_end(text, _end(text, url))
    lead = newline_of(text) + " " * _column(text, node.start)
    return Edit(place, place, "".join(lead + line for line in lines))


def _is_airy(text: str, nodes: SequenceNode) -> bool:
    """Whether the owner leaves an empty line between links."""
    if len(nodes.items) < 2:
        return False
    one, other = nodes.items[-2:]
    between = text[_end(text, one) : other.start].split("\n")
    return any(not line.strip() for line in between[1:-1])


def _end(text: str, node: Node) -> int:
    """Find where a node's last character stands, whatever its style."""
    if isinstance(node, ScalarNode) or node.flow:
        return node.start + len(text[node.start : node.end].rstrip())
    if isinstance(node, SequenceNode):
        return _end(text, node.items[-1]) if node.items else node.start + 1
    key, value = next(reversed(node.pairs.values()))
    return key.end if isinstance(value, ScalarNode) and value.is_null else _end(text, value)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    if end < 0:
        return len(text)
    return end - 1 if text.startswith("\r", end - 1) and end > place else end


def _column(text: str, place: int) -> int:
    return place - (text.rfind("\n", 0, place) + 1)
