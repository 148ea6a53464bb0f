"""What is fuzzed, and what must hold there, whatever the input.

A target takes bytes. It may refuse them with its own error and nothing else; what
it takes must keep the promises checked here. This is the one place that knows where
the parsers are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from app.archive import url as urls
from app.archive.errors import ArchiveError, SourceError, UnfitError, UrlError
from app.archive.file.load import parse as parse_archive
from app.archive.file.merge import Outcome, merge
from app.archive.imports.admit import admit
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.formats import FORMATS, detect, read
from app.archive.imports.import_format import ImportFormat
from app.archive.render import render
from app.wire.client_messages import read_client_message as parse_message
from app.wire.errors import MalformedError
from app.wire.frames import decode_frame, decode_poll, encode_poll
from tests.fuzz import seeds

__all__ = ["TARGETS", "Target", "parse_archive"]

MOST_MERGED = 50  # bookmarks of one source that are put into a file


@dataclass(frozen=True)
class Target:
    """One parser.

    Attributes:
        name: As the command line takes it.
        run: Parses, and checks what must hold; raises anything if it does not.
        seeds: Good input, to be spoiled.
        tokens: What the grammar is made of.
    """

    name: str
    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...]


def text_message(data: bytes) -> None:
    """Read a client's message; what was read, written out again, means the same."""
    try:
        message = parse_message(data)
    except MalformedError as error:
        assert str(error), "a refusal without a reason"
        return
    assert parse_message(message.model_dump_json(exclude_none=True)) == message
    assert parse_message(data.decode()) == message


def poll(data: bytes) -> None:
    """Read a binary poll; no two byte strings mean the same poll."""
    try:
        polled = decode_poll(data)
    except MalformedError:
        return
    assert encode_poll(polled) == data


def frame(data: bytes) -> None:
    """Read a frame as the reference client does; slots rise and every body has six numbers."""
    try:
        decoded = decode_frame(data)
    except MalformedError:
        return
    assert decoded.since >= 0
    for _, slots, state in decoded.blocks:
        assert state.shape == (6, len(slots))
        assert all(before < after for before, after in pairwise(slots))
        assert len(slots) == 0 or slots[0] >= 0


def archive(data: bytes) -> None:
    """Read the owner's file; every problem points into it and can be shown."""
    try:
        loaded = parse_archive(data, "links.yaml")
    except ArchiveError as error:
        problems = error.problems
    else:
        problems = loaded.warnings
        assert len({link.id for link in loaded.archive}) == len(loaded.archive)
        for link in loaded.archive:
            assert urls.parse(link.url).href == link.url
    lines = len(data.decode("utf-8-sig", errors="replace").splitlines()) + 1
    assert all(0 <= problem.line <= lines for problem in problems)
    assert "\x1b" not in render("links.yaml", problems)


def url(data: bytes) -> None:
    """Read an address; its written form is stable, safe in a header, and keeps its key."""
    text = data.decode(errors="replace")
    try:
        parsed = urls.parse(text)
    except UrlError:
        return
    href = parsed.href
    assert href.isascii()
    assert href.isprintable()
    assert " " not in href
    assert urls.parse(href) == parsed
    key = urls.normalise(text)
    assert urls.normalise(href) == key
    assert urls.normalise(key) == key
    assert urls.link_id(key) == urls.link_id(text)


def detection(data: bytes) -> None:
    """Tell a format, or say that it is none."""
    try:
        assert detect(data) in FORMATS
    except SourceError as error:
        assert str(error), "a refusal without a reason"


def reader(form: ImportFormat | None, data: bytes) -> None:
    """Read a source of links; whatever is found there can be written into a file, and back."""
    found: list[Bookmark] = []
    try:
        found.extend(read(data, name="2024-12-20-source.md", form=form, links=True))
    except SourceError as error:
        assert str(error), "a refusal without a reason"
    _admitted(found)
    merged = merge(None, found[:MOST_MERGED], name="links.yaml", tags=("import",))
    if merged.count(Outcome.ADDED):
        held = parse_archive(merged.text.encode(), "links.yaml").archive
        assert len(held) == merged.count(Outcome.ADDED)
        again = merge(merged.text.encode(), found[:MOST_MERGED], name="links.yaml")
        assert not again.changed, "a second import changed the file"


def _admitted(found: Iterable[Bookmark]) -> None:
    for bookmark in found:
        try:
            candidate = admit(bookmark)
        except UnfitError as error:
            assert str(error), "a refusal without a reason"
        else:
            assert urls.normalise(candidate.url) == candidate.key
            assert candidate.title


TARGETS = (
    Target("message", text_message, seeds.MESSAGES, seeds.JSON_TOKENS),
    Target("poll", poll, seeds.POLLS, seeds.BINARY_TOKENS),
    Target("frame", frame, seeds.FRAMES, seeds.BINARY_TOKENS),
    Target("archive", archive, seeds.ARCHIVES, seeds.YAML_TOKENS),
    Target("url", url, seeds.URLS, seeds.URL_TOKENS),
    Target("detect", detection, tuple(seeds.of_all_formats()), seeds.all_tokens()),
    *(
        Target(
            f"import-{form}",
            partial(reader, form),
            seeds.IMPORTS.get(form.name, ()),
            seeds.IMPORT_TOKENS.get(form.name, seeds.MARKUP_TOKENS),
        )
        for form in FORMATS
    ),
)
