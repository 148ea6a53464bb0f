"""The file in which a memory lasts: one small SQLite database."""

import sqlite3
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from app.memory.errors import DamagedError
from app.memory.memory import DAYS_KEPT, DayPick, Recollection, Remembered
from app.memory.soundness import damage_named, look_at, verify
from app.memory.tables import create

BUSY_S = 0.5  # how long to wait for another process's lock before trying again later


class Ledger:
    """An open state file. Used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open a state file, or make a new one.

        Args:
            path: The file; its folder exists.

        Raises:
            StateError: It is a folder, has none, is somebody else's file, or was
                written by a newer version.
            DamagedError: It is not whole.
            sqlite3.OperationalError, OSError: It cannot be read or written now.
        """
        self.path = path
        self.is_new = not path.exists()
        look_at(path)
        if self.is_new:
            create(path)
        self._identity = _identity(path)
        self._log = Path(f"{path}-wal")
        self._log_identity: tuple[int, int] | None = None
        self._connection = _connect(path)
        try:
            with damage_named(path):
                verify(self._connection, path)
                self._connection.execute("PRAGMA journal_mode = WAL")
                # A commit outlives a power cut; one or two a second cost nothing.
                self._connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            self.close()
            raise

    def read(self) -> Remembered:
        """Read everything.

        Raises:
            DamagedError: A row makes no sense.
            sqlite3.OperationalError: It cannot be read now.
        """
        remembered = Remembered()
        with damage_named(self.path):
            rows = self._connection.execute(
                "SELECT link_id, opened, last_opened, last_surfaced FROM recollection"
            ).fetchall()
            days = self._connection.execute("SELECT day, link_id, why FROM day_pick").fetchall()
        try:
            for link_id, opened, last_opened, last_surfaced in rows:
                recollection = Recollection(
                    _count(opened), _moment(last_opened), _moment(last_surfaced)
                )
                remembered.note(_text(link_id), recollection)
            for day, link_id, why in days:
                remembered.keep(date.fromisoformat(day), DayPick(_text(link_id), _text(why)))
        except (TypeError, ValueError, OverflowError, OSError) as error:
            raise DamagedError(f"a row makes no sense: {error}") from error
        return remembered

    def add(self, more: Remembered) -> None:
        """Add to what is written, all of it or nothing.

        Openings are added, not overwritten: another process may count, too.

        Raises:
            DamagedError: The file turned out to be broken.
            sqlite3.OperationalError: It cannot be written now.
        """
        connection = self._connection
        with damage_named(self.path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    """
                    INSERT INTO recollection VALUES (?, ?, ?, ?)
                    ON CONFLICT (link_id) DO UPDATE SET
                        opened = opened + excluded.opened,
                        last_opened = max(ifnull(last_opened, excluded.last_opened),
                                          ifnull(excluded.last_opened, last_opened)),
                        last_surfaced = max(ifnull(last_surfaced, excluded.last_surfaced),
                                            ifnull(excluded.last_surfaced, last_surfaced))
                    """,
                    [
                        (
                            link_id,
                            one.opened,
                            _seconds(one.last_opened),
                            _seconds(one.last_surfaced),
                        )
                        for link_id, one in more.links.items()
                    ],
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO day_pick VALUES (?, ?, ?)",
                    [(day.isoformat(), pick.link_id, pick.why) for day, pick in more.days.items()],
                )
                connection.execute(
                    "DELETE FROM day_pick WHERE day NOT IN"
                    " (SELECT day FROM day_pick ORDER BY day DESC LIMIT ?)",
                    (DAYS_KEPT,),
                )
                connection.execute("COMMIT")
                with suppress(OSError):
                    self._log_identity = _identity(self._log)
            except sqlite3.Error:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def in_place(self) -> bool:
        """Tell whether the file opened still bears its name: not moved, replaced or emptied."""
        # Its status only: to open and close it would drop SQLite's own locks on it.
        with suppress(OSError):
            return _identity(self.path) == self._identity and self.path.stat().st_size > 0
        return False

    def close(self) -> None:
        """Close the file; what was added stays."""
        in_place = self.in_place()
        with suppress(sqlite3.Error):
            self._connection.close()
        if not in_place and self._log_identity is not None:
            # SQLite leaves the log of a file that went away, and would replay it into
            # whatever file comes next under this name.
            with suppress(OSError):
                if _identity(self._log) == self._log_identity:
                    self._log.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    # Opened by one thread and used by another, never by both at a time.
    return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: object) -> datetime | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(_whole(seconds), UTC)


def _count(value: object) -> int:
    count = _whole(value)
    if count < 0:
        raise ValueError(f"{count} openings")
    return count


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r:.40} is no whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value
