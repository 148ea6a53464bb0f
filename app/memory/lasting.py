"""The memory that lasts: answers from a copy in the process, writes behind its back.

Nobody who counts ever waits for the disk. What is new is noted twice under one
lock: in the copy, and in a heap of what is still to be written, which one thread
takes and writes, at once when it is idle, then at most every half second. The heap
holds sums by link, not events, so it is bounded by the number of links however long
a disk stays full or a file locked; whatever could not be written goes back onto it.
"""

import logging
import sqlite3
from datetime import date
from pathlib import Path
from threading import Condition, Thread

from app.memory.errors import DamagedError, StateError
from app.memory.ledger import Ledger
from app.memory.memory import DayPick, Recollection, Remembered, VolatileMemory
from app.memory.soundness import set_aside

COMMIT_EVERY_S = 0.5  # with the commit itself, a kill loses less than a second
RETRY_AT_MOST_S = 10.0  # between attempts while the file cannot be written
CLOSE_WITHIN_S = 1.5  # leaves room in the three seconds a server has to end

log = logging.getLogger(__name__)


class LastingMemory(VolatileMemory):
    """A memory in a file. See `app.memory.memory.Memory`."""

    def __init__(self, path: Path, *, commit_every_s: float = COMMIT_EVERY_S) -> None:
        """Open a state file, or make a new one, and start to write behind.

        A damaged file is set aside and named in the log. One that cannot be read or
        written now is tried again until it can; meanwhile counting goes on.

        Args:
            path: The file.
            commit_every_s: Seconds between commits, at least.

        Raises:
            StateError: The file is not ours to use; the owner must decide.
        """
        super().__init__()
        self.path = path
        self._commit_every_s = commit_every_s
        self._unwritten = Remembered()
        self._ledger: Ledger | None = None
        self._trouble: str | None = None
        self._asked = self._answered = 0  # flushes
        self._closing = self._ended = False
        self._changed = Condition(self._lock)
        try:
            self._open()
        except (sqlite3.Error, DamagedError, OSError) as error:
            self._report(error)
        self._thread = Thread(target=self._write_behind, name="memory", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> str | None:
        """Why nothing is being written, or ``None`` while all is well."""
        return self._trouble

    @property
    def unwritten(self) -> int:
        """How many links and days are still to be written."""
        return len(self._unwritten.links) + len(self._unwritten.days)

    def flush(self, timeout_s: float | None = None) -> bool:
        """Wait until an attempt was made to write all that is counted so far.

        Returns:
            Whether it is written.
        """
        with self._changed:
            self._asked += 1
            ticket = self._asked
            self._changed.notify_all()
            tried = self._changed.wait_for(
                lambda: self._answered >= ticket or self._ended, timeout_s
            )
            return tried and not self._unwritten

    def close(self) -> None:
        """Write what is left and close the file; counting may go on, but nothing lasts."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(CLOSE_WITHIN_S)
        if self._unwritten or self._thread.is_alive():
            log.error("the last counts could not be written to %s", self.path)

    def _note(self, link_id: str, more: Recollection) -> None:
        super()._note(link_id, more)
        self._unwritten.note(link_id, more)
        self._changed.notify_all()

    def _keep(self, day: date, pick: DayPick) -> None:
        super()._keep(day, pick)
        self._unwritten.keep(day, pick)
        self._changed.notify_all()

    # Everything below runs on the writing thread, but for the first opening.

    def _write_behind(self) -> None:
        pause_s = self._commit_every_s
        last = False
        while not last:
            with self._changed:
                self._changed.wait_for(self._has_work)
                asked, last = self._asked, self._closing
            written = self._write()
            pause_s = self._commit_every_s if written else min(2 * pause_s, RETRY_AT_MOST_S)
            with self._changed:
                self._answered = asked
                self._changed.notify_all()
                self._changed.wait_for(self._is_hurried, pause_s)
        if self._ledger is not None:
            self._ledger.close()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _has_work(self) -> bool:
        return bool(self._unwritten) or self._ledger is None or self._is_hurried()

    def _is_hurried(self) -> bool:
        return self._closing or self._asked > self._answered

    def _write(self) -> bool:
        """Write what there is; on failure keep it.

        Returns:
            Whether everything taken is written.
        """
        taken = Remembered()
        try:
            ledger = self._open()
            with self._lock:
                taken, self._unwritten = self._unwritten, taken
            if taken:
                ledger.add(taken)
        except (sqlite3.Error, DamagedError, StateError, OSError) as error:
            with self._lock:
                taken.add(self._unwritten)
                self._unwritten = taken
            # A broken file is looked at again, and set aside, when it is opened next.
            if isinstance(error, DamagedError):
                self._abandon()
            self._report(error)
            return False
        if self._trouble is not None:
            self._trouble = None
            log.warning("the memory is written to %s again", self.path)
        return True

    def _open(self) -> Ledger:
        """Open the file unless it is open, and bring file and copy together."""
        if self._ledger is not None and self._ledger.in_place():
            return self._ledger
        self._abandon()
        try:
            ledger, stored = _load(self.path)
        except DamagedError as error:
            aside = set_aside(self.path)
            log.error(  # noqa: TRY400 - the owner needs the name, not the traceback
                "the memory %s was damaged (%s); it is kept as %s, and a new one begun",
                self.path, error, aside.name,
            )  # fmt: skip
            ledger, stored = _load(self.path)
        with self._lock:
            if ledger.is_new:
                # What a file held that broke or vanished under us is still known here.
                self._unwritten = self._known.copy()
            else:
                stored.add(self._unwritten)
                self._known = stored
        self._ledger = ledger
        return ledger

    def _abandon(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def _report(self, error: Exception) -> None:
        """Say that nothing can be written: once, until it can."""
        if self._trouble is None:
            log.warning(
                "the memory %s cannot be written now (%s); counts are kept and written later",
                self.path,
                error,
            )
        self._trouble = str(error)


def _load(path: Path) -> tuple[Ledger, Remembered]:
    ledger = Ledger(path)
    try:
        return ledger, ledger.read()
    except BaseException:
        ledger.close()
        raise
