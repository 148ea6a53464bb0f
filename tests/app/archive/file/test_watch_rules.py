"""What is believed of the file: the last good one stays, a cut one is told, a look is cheap."""

import asyncio
import os
import threading
from contextlib import aclosing
from errno import EACCES, ENOENT

import pytest

from app.archive.file import watch
from app.archive.file.load import load, parse
from app.archive.file.watch import Broken, Follower, Reloaded, breaks_off, changes

TWO = b"- title: a\n  url: https://a.example/\n- title: b\n  url: https://b.example/\n"
ONE = TWO[: TWO.rindex(b"- ")]
BROKEN = b"links: ["


def titles(loaded):
    return [link.title for link in loaded.archive]


@pytest.fixture
def follower():
    return Follower("links.yaml", parse(TWO, "links.yaml"))


def test_nothing_is_wrong_at_the_start(follower):
    assert follower.error is None
    assert titles(follower.loaded) == ["a", "b"]


def test_the_name_of_the_file_is_told_with_its_error(follower):
    for reading in (BROKEN, OSError(EACCES, "Permission denied"), TWO[:-5]):
        follower.judge(TWO)
        assert follower.judge(reading).error.name == "links.yaml"


def test_what_is_told_is_what_is_held(follower):
    broken = follower.judge(BROKEN)
    assert broken.error is follower.error
    good = follower.judge(ONE + b"# and\n")
    assert good.loaded is follower.loaded


def test_the_same_trouble_of_the_system_is_told_once(follower):
    gone = OSError(ENOENT, "No such file")
    assert isinstance(follower.judge(gone), Broken)
    assert follower.judge(OSError(ENOENT, "No such file")) is None
    assert isinstance(follower.judge(OSError(EACCES, "Permission denied")), Broken)


def test_a_comment_that_mends_nothing_is_no_change_but_is_what_was_read_last(follower):
    other = b"# one\n" + TWO
    assert follower.judge(other) is None
    assert follower.judge(TWO) is None
    assert isinstance(follower.judge(other[:-1] + b"x\n"), Reloaded)


def test_a_comment_and_a_mended_file_are_a_change(follower):
    follower.judge(BROKEN)
    assert isinstance(follower.judge(b"# one\n" + TWO), Reloaded)
    assert follower.judge(TWO) is None


def test_a_warning_more_is_a_change(follower):
    assert isinstance(follower.judge(TWO + b"  tags: []\n"), Reloaded)
    assert follower.loaded.warnings


@pytest.mark.parametrize(
    "text",
    [
        b"title: Mine\nlinks:\n" + TWO,
        TWO[len(ONE) :] + ONE,
        TWO.replace(b"title: b", b"title: c"),
        TWO + b"  note: why\n",
        TWO + b"  id: mine\n",
    ],
)
def test_whatever_is_served_otherwise_is_a_change(follower, text):
    assert isinstance(follower.judge(text), Reloaded)


def test_a_file_cut_short_is_told_with_its_line(follower):
    follower.judge(TWO)
    change = follower.judge(TWO[: TWO.index(b"  url: https://b")])
    (problem,) = change.error.problems
    assert str(problem) == ("line 4, column 1: the file breaks off here, in the middle of a link")


def test_a_link_without_its_last_line_is_not_believed_though_it_is_good_yaml(follower):
    """Of two entries with tags, one line less is a good file that nobody wrote."""
    whole = TWO + b"  tags: [x]\n"
    follower.judge(whole)
    assert isinstance(follower.judge(TWO), Broken)
    assert follower.loaded.archive.links[-1].tags == ("x",)
    assert isinstance(follower.judge(whole), Reloaded), "it is mended, though as before"


def test_a_cut_is_measured_by_what_was_last_good(follower):
    follower.judge(TWO)
    longer = TWO + b"  tags: [x]\n"
    assert isinstance(follower.judge(longer), Reloaded)
    follower.judge(BROKEN)
    assert isinstance(follower.judge(TWO), Broken), "the last good file went further"
    assert isinstance(follower.judge(ONE), Reloaded), "a link's end is no cut"
    assert isinstance(follower.judge(TWO), Reloaded), "and now it went less far"


def test_what_was_served_from_the_start_counts_as_seen_only_when_it_is_read():
    whole = TWO + b"  tags: [x]\n"
    held = Follower("links.yaml", parse(whole, "links.yaml"))
    assert held.judge(whole) is None
    assert isinstance(held.judge(TWO), Broken)
    assert isinstance(held.judge(whole), Reloaded)
    assert isinstance(held.judge(TWO), Broken)


@pytest.mark.parametrize(
    ("reading", "good", "cut"),
    [
        (b"- a: b\n", b"- a: b\n- c: d\n", False),
        (b"- a: b\n", b"- a: b\n  - c: d\n", False),
        (b"- a: b\n", b"- a: b\n  c: d\n", True),
        (b"- a: b", b"- a: b\n- c: d\n", True),
        (b"- a: b\n-", b"- a: b\n- c: d\n", True),
        (b"- a: b\n", b"- a: b\n\n# c\n- d: e\n", False),
        (b"- a: b\n", b"- a: b\n\n# c\n  d: e\n", True),
        (b"- a: b\n", b"- a: b\n-c\n", True),
        (b"- a: b\n", b"- a: b\n# c\n\n", False),
        (b"- a: b\n", b"- a: b\n", False),
        (b"- a: b", b"- a: b", False),
        (b"- a: c\n", b"- a: b\n- c: d\n", False),
        (b"- a: c", b"- a: b\n", False),
        (b"- a: b\nmore", b"- a: b\n", False),
        (b"", b"- a: b\n", True),
        (b"x", b"", False),
    ],
)
def test_a_cut_file_is_told_from_one_whose_last_links_were_taken_out(reading, good, cut):
    assert breaks_off(reading, good) is cut


def followed(path, steps, monkeypatch, *, second_look=lambda: None):
    """Follow a file through steps, each an act and whether the system tells of it.

    Returns:
        What was told, and how often the file was read in each step.
    """
    looks = []
    look = watch._look

    def counted(held, file):
        looks.append(file)
        return look(held, file)

    async def occasions(_path, _stop):
        for act, told in steps:
            act()
            looks.append(None)
            yield told

    async def pause(delay_s):
        assert delay_s == watch.SECOND_LOOK_S == 0.25
        second_look()

    monkeypatch.setattr(watch, "_look", counted)
    monkeypatch.setattr(watch, "_occasions", occasions)
    real = asyncio.sleep
    monkeypatch.setattr(watch.asyncio, "sleep", lambda s: pause(s) if s else real(0))  # type: ignore[attr-defined]

    async def follow():
        return [change async for change in changes(path, parse(TWO, str(path)))]

    told = asyncio.run(follow())
    counts = []
    for file in looks:
        if file is None:
            counts.append(0)
        else:
            counts[-1] += 1
    return told, counts


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "links.yaml"
    file.write_bytes(TWO)
    return file


def nothing():
    pass


def test_a_file_that_was_not_touched_is_not_read_again_unless_the_system_tells(path, monkeypatch):
    told, reads = followed(
        path, [(nothing, False), (nothing, False), (nothing, True), (nothing, False)], monkeypatch
    )
    assert told == []
    assert reads == [1, 0, 1, 0]


def test_a_change_of_the_stamp_is_seen_without_an_event(path, monkeypatch):
    told, _ = followed(
        path, [(nothing, False), (lambda: path.write_bytes(ONE), False)], monkeypatch
    )
    assert [titles(change.loaded) for change in told] == [["a"]]


def test_what_was_edited_before_anybody_looked_is_seen_at_the_first_look(path, monkeypatch):
    path.write_bytes(ONE)
    told, _ = followed(path, [(nothing, False)], monkeypatch)
    assert [type(change) for change in told] == [Reloaded]


def test_a_half_written_file_gets_a_second_look_before_it_is_believed(path, monkeypatch):
    told, reads = followed(
        path,
        [(lambda: path.write_bytes(BROKEN), True)],
        monkeypatch,
        second_look=lambda: path.write_bytes(ONE),
    )
    assert [type(change) for change in told] == [Reloaded]
    assert reads == [2]


def test_a_file_that_stays_broken_is_told_after_the_second_look(path, monkeypatch):
    told, reads = followed(path, [(lambda: path.write_bytes(BROKEN), True)], monkeypatch)
    assert [type(change) for change in told] == [Broken]
    assert reads == [2]


def test_a_good_file_needs_one_look(path, monkeypatch):
    _, reads = followed(path, [(lambda: path.write_bytes(ONE), True)], monkeypatch)
    assert reads == [1]


def test_a_file_that_vanishes_and_comes_back_is_told_twice(path, monkeypatch):
    told, _ = followed(
        path, [(path.unlink, False), (lambda: path.write_bytes(TWO), False)], monkeypatch
    )
    assert [type(change) for change in told] == [Broken, Reloaded]
    assert "No such file" in str(told[0].error)
    assert str(path) in str(told[0].error)


def test_the_stamp_knows_content_size_rights_and_the_file_itself(path):
    stamps = {watch._stamp(path)}
    path.chmod(0o600)
    stamps.add(watch._stamp(path))
    os.utime(path, ns=(1, 1))
    stamps.add(watch._stamp(path))
    path.write_bytes(ONE)
    os.utime(path, ns=(1, 1))
    stamps.add(watch._stamp(path))
    (path.parent / "other").write_bytes(ONE)
    os.utime(path.parent / "other", ns=(1, 1))
    (path.parent / "other").replace(path)
    stamps.add(watch._stamp(path))
    path.unlink()
    stamps.add(watch._stamp(path))
    assert len(stamps) == 6


def test_every_part_of_the_stamp_comes_from_the_file(path):
    status = path.stat()
    assert watch._stamp(path) == (
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_mode,
    )
    assert "No such file" in watch._stamp(path.parent / "nowhere")


def test_a_folder_in_place_of_the_file_is_a_trouble(path):
    held = Follower("links.yaml", load(path))
    path.unlink()
    path.mkdir()
    change = watch._look(held, path)
    assert "it is no regular file" in str(change.error)


def test_the_file_is_read_beside_the_event_loop(path, monkeypatch):
    threads = []
    monkeypatch.setattr(watch, "_look", lambda *_: threads.append(threading.current_thread()))

    async def occasions(_path, _stop):
        yield True

    monkeypatch.setattr(watch, "_occasions", occasions)

    async def follow():
        return [change async for change in changes(path, parse(TWO, str(path)))]

    assert asyncio.run(follow()) == []
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_whoever_stops_following_leaves_no_watch_behind(path, monkeypatch):
    closed = []

    async def occasions(_path, _stop):
        try:
            yield True
            yield True
        finally:
            closed.append(True)

    monkeypatch.setattr(watch, "_occasions", occasions)
    path.write_bytes(ONE)

    async def follow():
        async with aclosing(changes(path, parse(TWO, str(path)))) as stream:
            assert isinstance(await anext(stream), Reloaded)
        return [*closed]

    assert asyncio.run(follow()) == [True]
