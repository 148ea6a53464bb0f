"""The file may do what it likes: what was last good stays."""

import asyncio
import os
from contextlib import aclosing
from errno import EACCES
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.file import watch
from app.archive.file.load import load, parse
from app.archive.file.watch import Broken, Follower, Reloaded, changes
from tests.waiting import PATIENCE_S

# The head of the real file: its comment and four links.
BUNDLED = b"\n  - ".join(
    (Path(__file__).parents[4] / "links.yaml").read_bytes().split(b"\n  - ")[:5]
)


def page(*titles):
    lines = [f"- {{title: {title}, url: 'https://{title}.example/'}}" for title in titles]
    return "\n".join(lines).encode()


def titles(loaded):
    return [link.title for link in loaded.archive]


@pytest.fixture
def follower():
    return Follower("links.yaml", parse(page("a", "b"), "links.yaml"))


def test_an_edit_is_told(follower):
    change = follower.judge(page("a", "c"))
    assert isinstance(change, Reloaded)
    assert titles(change.loaded) == titles(follower.loaded) == ["a", "c"]


def test_what_was_served_from_the_start_is_no_change(follower):
    assert follower.judge(page("a", "b")) is None


def test_an_edit_of_comments_is_no_change(follower):
    assert follower.judge(b"# hello\n" + page("a", "b")) is None


def test_a_broken_file_is_told_once_and_changes_nothing(follower):
    assert isinstance(follower.judge(b"links: ["), Broken)
    assert follower.judge(b"links: [") is None
    assert titles(follower.loaded) == ["a", "b"]
    assert follower.error is not None


def test_another_mistake_is_told_again(follower):
    follower.judge(b"links: [")
    assert isinstance(follower.judge(b"links: {"), Broken)


def test_an_unreadable_file_changes_nothing(follower):
    change = follower.judge(PermissionError(EACCES, "Permission denied"))
    assert isinstance(change, Broken)
    assert "Permission denied" in str(change.error)
    assert titles(follower.loaded) == ["a", "b"]


def test_mending_a_file_is_told_even_when_it_is_as_before(follower):
    follower.judge(b"")
    assert isinstance(follower.judge(page("a", "b")), Reloaded)
    assert follower.error is None


def test_a_file_cut_inside_a_link_keeps_the_last_good_archive():
    whole = parse(BUNDLED, "links.yaml")
    follower = Follower("links.yaml", whole)
    entries = {0}
    for place in range(1, len(BUNDLED)):
        if BUNDLED[place - 1 : place] == b"\n" and BUNDLED[place:].lstrip().startswith(b"- title"):
            entries.add(place)
    follower.judge(BUNDLED)
    for cut in range(1, len(BUNDLED)):
        if cut in entries or BUNDLED[cut:].strip() == b"":
            continue
        follower.judge(BUNDLED[:cut])
        assert follower.loaded == whole, cut
        assert follower.error is not None
    follower.judge(BUNDLED)
    assert follower.error is None


def test_the_last_links_may_be_taken_out():
    whole = parse(BUNDLED, "links.yaml")
    follower = Follower("links.yaml", whole)
    follower.judge(BUNDLED)
    follower.judge(BUNDLED[: BUNDLED.rindex(b"\n  - title") + 1])
    assert follower.error is None
    assert len(follower.loaded.archive) == len(whole.archive) - 1


def test_a_pipe_in_place_of_the_file_is_a_trouble_and_no_trap(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(BUNDLED)
    follower = Follower(str(path), parse(BUNDLED, str(path)))
    path.unlink()
    os.mkfifo(path)
    assert isinstance(watch._look(follower, path), watch.Broken)
    path.unlink()
    path.write_bytes(BUNDLED)
    assert isinstance(watch._look(follower, path), watch.Reloaded)


def test_a_file_cut_at_any_byte_never_empties_the_archive():
    whole = parse(BUNDLED, "links.yaml")
    follower = Follower("links.yaml", whole)
    for cut in range(len(BUNDLED)):
        follower.judge(BUNDLED[:cut])
        assert len(follower.loaded.archive) > 0
    follower.judge(BUNDLED)
    assert follower.loaded == whole


@given(st.lists(st.tuples(st.integers(0, len(BUNDLED)), st.binary(max_size=6)), min_size=1))
def test_no_mutation_of_the_file_empties_the_archive(edits):
    follower = Follower("links.yaml", parse(BUNDLED, "links.yaml"))
    text = BUNDLED
    for place, put in edits:
        text = text[:place] + put + text[place + len(put) :]
        follower.judge(text)
        assert len(follower.loaded.archive) > 0


async def told(stream, wanted, what):
    """Hear changes until one is wanted: a file half written may be told as broken before."""
    others = []
    try:
        async with asyncio.timeout(PATIENCE_S):
            async for change in stream:
                if wanted(change):
                    return
                others.append(change)
    except TimeoutError:
        pytest.fail(f"waited {PATIENCE_S} s in vain for {what}; told was {others}")


def test_real_files_are_followed_through_edit_rename_deletion_and_return(tmp_path, monkeypatch):
    """One pass over the disk: everything else is tested without it."""
    monkeypatch.setattr(watch, "LOOK_MS", 100)
    path = tmp_path / "links.yaml"
    path.write_bytes(page("a"))

    def rename():
        (tmp_path / "new").write_bytes(page("c"))
        (tmp_path / "new").replace(path)

    def shows(title):
        return lambda change: isinstance(change, Reloaded) and titles(change.loaded) == [title]

    def is_gone(change):
        return isinstance(change, Broken) and "No such file" in str(change.error)

    async def follow():
        stop = asyncio.Event()
        async with aclosing(changes(path, load(path), stop=stop)) as stream:
            path.write_bytes(page("b"))
            await told(stream, shows("b"), "an edit")
            rename()
            await told(stream, shows("c"), "a file put in its place")
            path.unlink()
            await told(stream, is_gone, "a deletion")
            path.write_bytes(page("d"))
            await told(stream, shows("d"), "its return")
            stop.set()
            with pytest.raises(StopAsyncIteration):
                await asyncio.wait_for(anext(stream), PATIENCE_S)

    asyncio.run(follow())
