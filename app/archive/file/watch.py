"""Following the owner's file while it is served.

The rule: what was last good stays until something better is read. `Follower`
holds it and judges each reading; `changes` is the thin shell that decides when
to read. File events make it quick, and a look at the file's stamp every two
seconds makes it sure: events are lost on network disks, when the folder itself
is replaced, and when only permissions change.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import Final

from watchfiles import awatch
from watchfiles._rust_notify import WatchfilesRustInternalError  # its only home

from app.archive.errors import ArchiveError
from app.archive.file.load import Loaded, digest, parse, read, unreadable
from app.archive.problem import Problem

LOOK_MS: Final = 2_000  # between looks at the file's stamp when no event comes
SETTLE_MS: Final = 50  # an editor's burst of writes is over after this silence
DEBOUNCE_MS: Final = 400  # but a file that never rests is read this often
SECOND_LOOK_S: Final = 0.25  # before a broken file is believed: it may be half written

_Stamp = tuple[int, int, int, int, int] | str


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The file changed and is good; what it holds is now served."""

    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Broken:
    """The file changed and is not good; what was served before still is."""

    error: ArchiveError


Change = Reloaded | Broken


class Follower:
    """Holds the last good archive and judges what is read after it.

    Attributes:
        loaded: The last good archive.
        error: What is wrong with the file now; None while it is good.
    """

    def __init__(self, name: str, loaded: Loaded) -> None:
        self.loaded = loaded
        self.error: ArchiveError | None = None
        self._name = name
        self._judged = loaded.digest
        self._good = b""  # the bytes of `loaded`, once they were seen

    def judge(self, reading: bytes | OSError) -> Change | None:
        """Take in what reading the file gave.

        Args:
            reading: The file's bytes, or why there are none.

        Returns:
            What is new, or None when it is what was judged last.
        """
        mark = str(reading) if isinstance(reading, OSError) else digest(reading)
        if mark == self.loaded.digest and isinstance(reading, bytes):
            self._good = reading
        if mark == self._judged:
            return None
        self._judged = mark
        try:
            loaded = self._parsed(reading)
        except ArchiveError as error:
            self.error = error
            return Broken(error)
        self._good = reading if isinstance(reading, bytes) else b""
        mended = self.error is not None
        self.error = None
        if loaded == self.loaded and not mended:
            return None  # a comment moved, or the file was only touched
        self.loaded = loaded
        return Reloaded(loaded)

    def _parsed(self, reading: bytes | OSError) -> Loaded:
        if isinstance(reading, OSError):
            raise unreadable(self._name, reading)
        if breaks_off(reading, self._good):
            raise ArchiveError(self._name, (_broken_off(reading),))
        return parse(reading, self._name)


def breaks_off(reading: bytes, good: bytes) -> bool:
    """Tell a file that was cut short from one whose last links were taken out.

    Half a file can be good YAML: a link without its tags, an address without its end.
    So what is the beginning of the last good file counts only up to a link's end.
    """
    if not good.startswith(reading) or len(reading) == len(good):
        return False
    if not reading.endswith(b"\n"):
        return True
    for line in good[len(reading) :].splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith(b"#"):
            return not stripped.startswith(b"- ")
    return False


def _broken_off(reading: bytes) -> Problem:
    line = reading.count(b"\n") + 1
    return Problem(line, 1, "", "the file breaks off here, in the middle of a link")


async def changes(
    path: Path, loaded: Loaded, *, stop: asyncio.Event | None = None
) -> AsyncGenerator[Change, None]:
    """Tell of every change of the file, until stopped.

    Reading and checking run in a thread: the event loop never waits for the disk.

    Args:
        path: The owner's file. It may vanish and come back.
        loaded: What is served now.
        stop: Ends the iteration when set.
    """
    follower = Follower(str(path), loaded)
    seen: _Stamp | None = None
    async with aclosing(_occasions(path, stop or asyncio.Event())) as occasions:
        async for told in occasions:
            stamp = _stamp(path)
            if stamp == seen and not told:
                continue
            seen = stamp
            change = await asyncio.to_thread(_look, follower, path)
            if isinstance(change, Broken):
                await asyncio.sleep(SECOND_LOOK_S)
                change = await asyncio.to_thread(_look, follower, path) or change
            if change is not None:
                yield change


def _look(follower: Follower, path: Path) -> Change | None:
    # Opening a pipe would wait for its other end, for ever.
    if path.exists() and not path.is_file():
        return follower.judge(OSError(EINVAL, "it is no regular file"))
    return follower.judge(read(path))


def _stamp(path: Path) -> _Stamp:
    """Everything about a file that changes when its content or its access does."""
    try:
        status = path.stat()
    except OSError as error:
        return str(error)
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)


def _folder(path: Path) -> Path:
    return path.absolute().parent


async def _occasions(path: Path, stop: asyncio.Event) -> AsyncGenerator[bool, None]:
    """Say when to look: True where the system told of a change, False by the clock.

    The folder is watched, not the file: a rename puts another file in its place.
    """
    folder = _folder(path)
    while not stop.is_set():
        yield False
        try:
            watched = folder.stat().st_ino
            events = awatch(
                folder,
                watch_filter=lambda _, changed: Path(changed).name == path.name,
                debounce=DEBOUNCE_MS,
                step=SETTLE_MS,
                stop_event=stop,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
                recursive=False,
            )
            async with aclosing(events):
                async for found in events:
                    yield bool(found)
                    if folder.stat().st_ino != watched:
                        break  # a watch on a folder that was replaced never fires again
        except (OSError, WatchfilesRustInternalError):
            # No folder to watch, or no watch left in the system: look by the clock.
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_MS / 1000)
