"""When the file is looked at.

The system's events and the clock are stood in for, so that each rule is seen by
itself and nothing waits.
"""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest
from watchfiles._rust_notify import WatchfilesRustInternalError

from app.archive.file import watch
from app.archive.file.load import load
from app.archive.file.watch import changes

TEXT = b"- title: a\n  url: https://a.example/\n"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "links.yaml"
    file.write_bytes(TEXT)
    return file


class System:
    """Stands in for the system's events; `rounds` are what each watch tells, in turn."""

    def __init__(self, *rounds):
        self.rounds = list(rounds)
        self.watches = []
        self.closed = 0

    def awatch(self, *folders, **options):
        self.watches.append((folders, options))
        return self._tell(self.rounds.pop(0))

    async def _tell(self, steps):
        try:
            for step in steps:
                if isinstance(step, BaseException):
                    raise step
                yield step() if callable(step) else step
        finally:
            self.closed += 1


def occasions(path, system, monkeypatch, *, most=50):
    """Every occasion until the rounds have run out, or `most` of them."""
    stop = asyncio.Event()
    waits = []

    async def wait(waited, limit_s):
        waited.close()
        waits.append(limit_s)
        if not system.rounds:
            stop.set()
            return
        raise TimeoutError

    monkeypatch.setattr(watch, "awatch", system.awatch)
    monkeypatch.setattr(watch.asyncio, "wait_for", wait)  # type: ignore[attr-defined]

    async def collect():
        found = []
        async with aclosing(watch._occasions(path, stop)) as stream:
            async for told in stream:
                found.append(told)
                if not system.rounds and system.closed == len(system.watches):
                    stop.set()
                if len(found) >= most:
                    break
        return found

    return asyncio.run(collect()), waits


def test_the_first_look_is_without_an_event_and_events_are_told_from_silence(path, monkeypatch):
    system = System([{("modified", str(path))}, set(), {("added", str(path))}])
    found, waits = occasions(path, system, monkeypatch, most=4)
    assert found == [False, True, False, True]
    assert waits == []


def test_the_folder_is_watched_for_events_of_the_file_alone(path, monkeypatch):
    system = System([set()])
    occasions(path, system, monkeypatch, most=2)
    ((folder,), options) = system.watches[0]
    assert folder == path.parent
    wanted = options["watch_filter"]
    assert wanted("any", str(path))
    assert wanted("any", "/elsewhere/links.yaml"), "the folder may be known by another name"
    assert not wanted("any", str(path.parent / "links.yaml.swp"))
    assert not wanted("any", str(path / "inside"))
    assert not options["recursive"]


def test_silence_is_told_every_two_seconds_and_bursts_are_gathered(path, monkeypatch):
    system = System([set()])
    occasions(path, system, monkeypatch, most=2)
    options = system.watches[0][1]
    assert options["yield_on_timeout"]
    assert (options["rust_timeout"], options["step"], options["debounce"]) == (2_000, 50, 400)
    assert isinstance(options["stop_event"], asyncio.Event)


def test_a_folder_that_was_replaced_is_watched_anew(path, monkeypatch):
    """A watch on the old one never fires again: it must be given up at once."""
    folder = path.parent / "inner"
    folder.mkdir()
    file = folder / "links.yaml"

    def replace():
        folder.rename(path.parent / "old")
        folder.mkdir()
        file.write_bytes(TEXT)
        return set()

    system = System([set(), replace, {1}, {1}], [set(), set()])
    found, _ = occasions(file, system, monkeypatch, most=6)
    assert len(system.watches) == 2
    assert system.closed == 2
    assert found == [False, False, False, False, False, False]


def test_a_folder_that_stays_is_watched_once(path, monkeypatch):
    system = System([set()] + [{1}] * 10)
    occasions(path, system, monkeypatch, most=10)
    assert len(system.watches) == 1


@pytest.mark.parametrize(
    "error", [OSError(28, "inotify watch limit reached"), WatchfilesRustInternalError("no watch")]
)
def test_without_a_watch_the_clock_tells_when_to_look(path, monkeypatch, error):
    system = System([error], [error], [set()])
    found, waits = occasions(path, system, monkeypatch, most=4)
    assert found == [False, False, False, False]
    assert waits == [watch.LOOK_MS / 1000] * 2
    assert watch.LOOK_MS == 2_000


def test_without_a_folder_the_clock_tells_when_to_look(path, monkeypatch):
    system = System([])
    found, waits = occasions(path.parent / "nowhere" / "links.yaml", system, monkeypatch, most=3)
    assert found == [False, False, False]
    assert system.watches == []
    assert waits == [2.0, 2.0]


def test_another_error_is_not_taken_for_a_lost_watch(path, monkeypatch):
    with pytest.raises(ZeroDivisionError):
        occasions(path, System([ZeroDivisionError()]), monkeypatch)


def test_what_is_stopped_ends(path):
    async def follow():
        stop = asyncio.Event()
        stop.set()
        return [change async for change in changes(path, load(path), stop=stop)]

    assert asyncio.run(follow()) == []


def test_a_file_named_without_its_folder_is_watched_where_it_lies(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    assert watch._folder(Path("links.yaml")) == path.parent
