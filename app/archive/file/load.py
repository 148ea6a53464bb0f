"""Reading the owner's file: either an archive with its warnings, or every problem at once.

An archive never comes from half a file: a file with any error, and one without
a single link, is refused whole, so that whoever holds a good one keeps it.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from app.archive import url as urls
from app.archive.errors import ArchiveError
from app.archive.file.entry import FIELDS, Entry, reasons
from app.archive.file.tree import MappingNode, Node, ScalarNode, SequenceNode, Source, compose
from app.archive.link import Archive, Link
from app.archive.problem import Problem, Severity

MAX_FILE_BYTES: Final = 1024 * 1024
MAX_SITE_TITLE_CHARS: Final = 100

_TOP_KEYS: Final = ("title", "links")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a good file holds.

    Attributes:
        archive: The links, at least one.
        warnings: What the owner may want to mend, in the order of the file.
        title: The site's name, where the file gives one.
        digest: Names the exact bytes that were read; not part of what is compared.
    """

    archive: Archive
    warnings: tuple[Problem, ...] = ()
    title: str | None = None
    digest: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Examined:
    """A good file with the places of its links, for whoever wants to add to it."""

    loaded: Loaded
    source: Source
    list: SequenceNode


def load(path: Path) -> Loaded:
    """Read the owner's file.

    Raises:
        ArchiveError: It cannot be read, or what it says is no archive.
    """
    reading = read(path)
    if isinstance(reading, OSError):
        raise unreadable(str(path), reading) from reading
    return parse(reading, str(path))


def read(path: Path) -> bytes | OSError:
    """Read no more of a file than tells whether it is too large, or say why it cannot be."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return error


def digest(text: bytes) -> str:
    """Name the exact bytes of a file."""
    return sha256(text).hexdigest()


def unreadable(name: str, error: OSError) -> ArchiveError:
    """Say that the system would not give the file out."""
    return ArchiveError(
        name, (_whole(f"cannot be read: {error.strerror or type(error).__name__}"),)
    )


def parse(text: bytes, name: str) -> Loaded:
    """Make an archive of a file's bytes.

    Args:
        text: YAML in UTF-8, at most `MAX_FILE_BYTES`.
        name: What to call the file in messages.

    Raises:
        ArchiveError: Anything is wrong with it; all problems are told at once.
    """
    return examine(text, name).loaded


def examine(text: bytes, name: str) -> Examined:
    """Make an archive of a file's bytes, and keep where everything stands.

    Raises:
        ArchiveError: As `parse`.
    """
    if len(text) > MAX_FILE_BYTES:
        raise ArchiveError(name, (_whole("is larger than 1 MiB, the most an archive may take"),))
    try:
        source = Source(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArchiveError(name, (_undecodable(text, error),)) from error
    root, problems = compose(source)
    reader = _Reader(source, problems)
    reader.read(root)
    found = tuple(sorted(reader.problems, key=lambda problem: (problem.line, problem.column)))
    if any(problem.severity is Severity.ERROR for problem in found) or reader.list is None:
        raise ArchiveError(name, found)
    loaded = Loaded(Archive(tuple(reader.links)), found, reader.title, digest(text))
    return Examined(loaded, source, reader.list)


def _whole(reason: str) -> Problem:
    return Problem(0, 0, "", reason)


def _undecodable(text: bytes, error: UnicodeDecodeError) -> Problem:
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _whole("is written in UTF-16; save it as UTF-8")
    # Counted in what was left when the byte order mark was taken off.
    before = Source(error.object[: error.start].decode())
    byte = error.object[error.start]
    return before.problem(
        len(before.text), f"the byte 0x{byte:02X} is not UTF-8; save the file as UTF-8"
    )


class _Reader:
    """Walks the tree, collecting links and problems."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.links: list[Link] = []
        self.title: str | None = None
        self.list: SequenceNode | None = None
        self.problems = problems
        self._source = source
        self._broken = bool(problems)
        self._lines_by_key: dict[str, int] = {}
        self._lines_by_id: dict[str, int] = {}

    def read(self, root: Node | None) -> None:
        """Take in the whole file."""
        if root is None or (isinstance(root, ScalarNode) and root.is_null):
            if not self._broken:
                self.problems.append(_whole("is empty; an archive has at least one link"))
            return
        if isinstance(root, SequenceNode):
            self._read_links(root, "")
        elif isinstance(root, MappingNode):
            self._read_top(root)
        else:
            self._tell(root, "", "must be a list of links, or a mapping with the key 'links'")

    def _read_top(self, root: MappingNode) -> None:
        self._warn_of_unknown(root, "", _TOP_KEYS)
        if "title" in root.pairs:
            self._read_title(root.pairs["title"][1])
        if "links" in root.pairs:
            key, links = root.pairs["links"]
            if isinstance(links, SequenceNode):
                self._read_links(links, "links")
            elif isinstance(links, ScalarNode) and links.is_null:
                self._tell(key, "links", "is empty; an archive has at least one link")
            else:
                self._tell(links, "links", "must be a list, each link beginning with a dash")
        elif root.closed:
            self._tell(root, "", "has no key 'links', the list of the archive's links")

    def _read_title(self, node: Node) -> None:
        if not isinstance(node, ScalarNode):
            self._tell(node, "title", "must be a text")
        elif len(title := " ".join(node.text.split())) > MAX_SITE_TITLE_CHARS:
            reason = f"has {len(title):,} characters; at most {MAX_SITE_TITLE_CHARS} are taken"
            self._tell(node, "title", reason)
        elif not node.is_null:
            self.title = title or None

    def _read_links(self, nodes: SequenceNode, path: str) -> None:
        self.list = nodes
        for position, node in enumerate(nodes.items):
            if isinstance(node, ScalarNode) or node.closed:  # else the file broke off inside it
                self._read_link(node, f"{path}[{position}]")
        if nodes.closed and not nodes.items:
            self._tell(nodes, path, "is empty; an archive has at least one link")

    def _read_link(self, node: Node, path: str) -> None:
        if not isinstance(node, MappingNode):
            self._tell(node, path, "must be a link with the keys 'title' and 'url'")
            return
        self._warn_of_unknown(node, path, FIELDS)
        self._warn_of_empty_tags(node, path)
        try:
            entry = Entry.model_validate(_plain(node))
        except ValidationError as error:
            for location, reason in reasons(error):
                self._tell(_at(node, location), _joined(path, location), reason)
            return
        self._keep(entry, node, path)

    def _keep(self, entry: Entry, node: MappingNode, path: str) -> None:
        place = node.pairs["url"][1]
        line = self._source.line_of(place.start)
        key = urls.normalise(entry.url)
        if (first := self._lines_by_key.get(key)) is not None:
            reason = f"is the same link as on line {first}; the first one is kept"
            self._tell(place, f"{path}.url", reason, Severity.WARNING)
            return
        self._lines_by_key[key] = line
        link = entry.link()
        if (first := self._lines_by_id.get(link.id)) is not None:
            where = node.pairs["id"][1] if entry.id else place
            reason = f"the id {link.id!r} is taken by the link on line {first}; give one its own id"
            self._tell(where, f"{path}.id", reason)
            return
        self._lines_by_id[link.id] = line
        if link.url.startswith("http:"):
            reason = "is not encrypted; write https:// if the site offers it"
            self._tell(place, f"{path}.url", reason, Severity.WARNING)
        self.links.append(link)

    def _warn_of_unknown(self, node: MappingNode, path: str, known: tuple[str, ...]) -> None:
        for name, (key, _) in node.pairs.items():
            if name in known:
                continue
            near = get_close_matches(name.casefold(), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            reason = f"the key {name[:40]!r} is not known; {hint}"
            self._tell(key, path, reason, Severity.WARNING)

    def _warn_of_empty_tags(self, node: MappingNode, path: str) -> None:
        key, tags = node.pairs.get("tags", (None, None))
        if key is None or tags is None:
            return
        if (isinstance(tags, ScalarNode) and tags.is_null) or (
            isinstance(tags, SequenceNode) and not tags.items
        ):
            self._tell(key, f"{path}.tags", "is empty; leave the key out", Severity.WARNING)
        if isinstance(tags, SequenceNode):
            for position, tag in enumerate(tags.items):
                if isinstance(tag, ScalarNode) and (tag.is_null or not tag.text.strip()):
                    place = f"{path}.tags[{position}]"
                    self._tell(tag, place, "is an empty tag and is left out", Severity.WARNING)

    def _tell(
        self, node: Node, path: str, reason: str, severity: Severity = Severity.ERROR
    ) -> None:
        end = node.end if isinstance(node, ScalarNode) else None
        self.problems.append(
            self._source.problem(node.start, reason, end=end, path=path, severity=severity)
        )


def _plain(node: Node) -> object:
    """Turn a node into the lists, mappings and texts it stands for."""
    if isinstance(node, ScalarNode):
        return None if node.is_null else node.text
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {
        name: plain
        for name, (_, value) in node.pairs.items()
        # A key without a value says as little as no key.
        if (plain := _plain(value)) is not None
    }


def _at(node: Node, location: tuple[str | int, ...]) -> Node:
    """Find the node a validation error speaks of, or the nearest one around it."""
    for part in location:
        if isinstance(part, int) and isinstance(node, SequenceNode) and part < len(node.items):
            node = node.items[part]
        elif isinstance(part, str) and isinstance(node, MappingNode) and part in node.pairs:
            node = node.pairs[part][1]
        else:
            break
    return node


def _joined(path: str, location: tuple[str | int, ...]) -> str:
    steps = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return (path + "".join(steps)).removeprefix(".")
