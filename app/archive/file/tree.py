"""The text of a YAML file as a tree of marked nodes, with nothing executed or expanded.

The tree is composed from the parser's events, one at a time, so that what can
grow beyond the text (aliases, merge keys) or build objects (tags) is refused
before anything is made of it. Scalars stay the text that was written: which of
them is a date is for the reader of a field to say, and ``no`` is a word.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.archive.problem import Problem, Severity

MAX_DEPTH: Final = 8  # the file's own shape needs four

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})  # YAML 1.2 core schema, 10.3.2
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_UNPRINTABLE: Final = re.compile(  # the complement of YAML 1.2's c-printable, 5.1
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(slots=True)
class ScalarNode:
    """A text; ``start`` and ``end`` are its place in the file, in characters."""

    start: int
    end: int
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or the word for nothing."""
        return self.plain and self.text in _NULLS


@dataclass(slots=True)
class SequenceNode:
    """A list; ``closed`` is false where the file broke off inside it.

    Its place ends where it does when it is in ``flow`` style, in brackets; else
    only its first dash has a place.
    """

    start: int
    end: int
    flow: bool
    items: list["Node"] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class MappingNode:
    """Keys with their values, in order and without repetition; else as a `SequenceNode`."""

    start: int
    end: int
    flow: bool
    pairs: dict[str, tuple[ScalarNode, "Node"]] = field(default_factory=dict)
    closed: bool = False


Node = ScalarNode | SequenceNode | MappingNode


class Source:
    """A text whose characters know their line and column."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def problem(
        self,
        start: int,
        reason: str,
        *,
        end: int | None = None,
        path: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Say what is wrong with the characters from ``start`` up to ``end``."""
        line = bisect_right(self._starts, start)
        first = self._starts[line - 1]
        last = self._starts[line] if line < len(self._starts) else len(self.text)
        excerpt = self.text[first:last].rstrip("\r\n")
        column = start - first + 1
        width = min(start + 1 if end is None else end, first + len(excerpt)) - start
        return Problem(line, column, path, reason, severity, max(1, width), excerpt)

    def line_of(self, start: int) -> int:
        """Tell the line a character stands in, counted from 1."""
        return bisect_right(self._starts, start)


def compose(source: Source) -> tuple[Node | None, list[Problem]]:
    """Read a text as one YAML document.

    Returns:
        The root, or None for a text without content, and every problem found.
        After a syntax error the root holds what came before it, and nodes that
        the error cut short are not ``closed``.
    """
    problems = [
        source.problem(
            match.start(), f"contains the character U+{ord(match[0]):04X}, which no YAML may hold"
        )
        for match in _UNPRINTABLE.finditer(source.text)
    ]
    if problems:
        return None, problems
    composer = _Composer(source)
    try:
        for event in YAML(typ="safe", pure=True).parse(source.text):
            composer.take(event)
            if composer.full:
                break
    except MarkedYAMLError as error:
        composer.problems.append(_syntax_problem(source, error))
    except (YAMLError, ValueError, OverflowError) as error:
        # Without a mark; chr() of an escape beyond Unicode is one of these.
        composer.problems.append(source.problem(composer.place, f"cannot be read: {error}"))
    return composer.root, composer.problems


class _Composer:
    """Turns events into nodes; `full` says that nothing more can be made of them."""

    def __init__(self, source: Source) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.full = False
        self._source = source
        self._open: list[SequenceNode | MappingNode] = []
        self._keys: list[
            ScalarNode | None
        ] = []  # of each open node, the key that waits for a value
        self._documents = 0

    @property
    def place(self) -> int:
        """Where the newest open node begins, in characters."""
        return self._open[-1].start if self._open else 0

    def take(self, event: Event) -> None:
        """Add what one event tells to the tree."""
        if isinstance(event, ScalarEvent):
            self._refuse_properties(event)
            text = event.value if event.style != '"' else _paired(event.value)
            self._add(ScalarNode(*_span(event), text, event.style is None))
        elif isinstance(event, SequenceStartEvent):
            self._refuse_properties(event)
            self._enter(SequenceNode(*_span(event), bool(event.flow_style)))
        elif isinstance(event, MappingStartEvent):
            self._refuse_properties(event)
            self._enter(MappingNode(*_span(event), bool(event.flow_style)))
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            node = self._open.pop()
            node.closed = True
            if node.flow:
                node.end = event.end_mark.index
            self._keys.pop()
        elif isinstance(event, AliasEvent):
            self._refuse(event, f"the alias *{event.anchor} is not taken; write the value out here")
            self._add(ScalarNode(*_span(event), "", plain=True))
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._refuse(event, "a second document begins here; one file is one archive")
                self.full = True

    def _enter(self, node: SequenceNode | MappingNode) -> None:
        self._add(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            self.problems.append(
                self._source.problem(node.start, f"is nested more than {MAX_DEPTH} levels deep")
            )
            self.full = True

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._as_key(node)
        else:
            self._keys[-1] = None
            self._set(parent, key, node)

    def _as_key(self, node: Node) -> ScalarNode:
        if isinstance(node, ScalarNode):
            return node
        self.problems.append(self._source.problem(node.start, "a key must be a single word"))
        return ScalarNode(node.start, node.end, f"\0{node.start}", plain=False)

    def _set(self, parent: MappingNode, key: ScalarNode, value: Node) -> None:
        if key.plain and key.text == "<<":
            reason = "the merge key << is not taken; write the keys out here"
        elif key.text in parent.pairs:
            first = self._source.line_of(parent.pairs[key.text][0].start)
            reason = f"the key {key.text[:40]!r} stands here a second time; first on line {first}"
        else:
            parent.pairs[key.text] = (key, value)
            return
        self.problems.append(self._source.problem(key.start, reason, end=key.end))

    def _refuse_properties(
        self, event: ScalarEvent | SequenceStartEvent | MappingStartEvent
    ) -> None:
        if event.anchor is not None:
            self._refuse(event, f"the anchor &{event.anchor} is not taken; write values out")
        if event.tag is not None:
            self._refuse(event, f"the tag {event.tag[:60]} is not taken; plain values need none")

    def _refuse(self, event: Event, reason: str) -> None:
        start, end = _span(event)
        self.problems.append(self._source.problem(start, reason, end=end))


def _paired(text: str) -> str:
    r"""Join surrogates that were escaped one by one: JSON writes \\ud83c\\udf0a for a wave."""
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _span(event: Event) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


# ruamel's messages name the grammar's rules; these name what a person did.
_MEANINGS: Final = (
    ("mapping values are not allowed", "a colon followed by a space needs quotes around the text"),
    ("sequence entries are not allowed", "a list begins on a line of its own"),
    ("could not find expected ':'", "this line is neither 'key: value' nor part of a list"),
    ("found character '\\t'", "a tab cannot indent YAML; use spaces"),
    ("that cannot start any token", "text that begins with this character needs quotes"),
    ("found unexpected end of stream", "the quote that opens here is never closed"),
    ("found unknown escape character", "an unknown escape; a backslash is written \\\\ in quotes"),
    ("expected <block end>", "this does not line up with the lines that it belongs to"),
    ("expected ',' or ']'", "the list that opens here is never closed by ]"),
    ("expected ',' or '}'", "the mapping that opens here is never closed by }"),
    ("expected the node content", "something is missing here: a value, or the end of a list"),
    ("expected alphabetic or numeric", "text that begins with & or * needs quotes"),
    ("expected chomping or indentation", "nothing but a line break may follow | or >"),
    ("incompatible YAML document", "only YAML 1.2 is read here"),
)
_OPENED = ("found unexpected end of stream", "expected ',' or")  # told where it began


def _syntax_problem(source: Source, error: MarkedYAMLError) -> Problem:
    told = str(error.problem or error.context or "cannot be read")
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and told.startswith(_OPENED):
        mark = error.context_mark
    meaning = next((meaning for part, meaning in _MEANINGS if part in told), told)
    return source.problem(min(mark.index, len(source.text)) if mark else 0, meaning)
