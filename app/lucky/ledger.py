"""The file in which a memory lasts: one small SQLite database.

A file is opened only after it has proved to be ours and whole. SQLite itself
takes a file of no bytes for an empty database, and finds nothing wrong with it;
so a file must also bear our application id and a schema version, which a new one
has from the moment it appears under its name. What is damaged is set aside, never
deleted; what is somebody else's is never touched.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from app.lucky.errors import LuckyError
from app.lucky.memory import DAYS_KEPT, DayPick, Recollection, Remembered

APPLICATION_ID = 0x4C647266  # "Ldrf"
MIGRATIONS = (
    # Moments are whole seconds since 1970, UTC; days are ISO dates.
    """
    CREATE TABLE recollection (
        link_id TEXT PRIMARY KEY,
        opened INTEGER NOT NULL CHECK (opened >= 0),
        last_opened INTEGER,
        last_surfaced INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE day_pick (
        day TEXT PRIMARY KEY,
        link_id TEXT NOT NULL,
        why TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)
SCHEMA_VERSION = len(MIGRATIONS)
BUSY_S = 0.5  # how long to wait for another process's lock before trying again later
SIDECARS = ("-wal", "-shm", "-journal")
DATABASE_SUFFIXES = {"", ".db", ".sqlite", ".sqlite3", ".state"}


class StateError(LuckyError):
    """The state file cannot be used, and the owner must decide."""


class DamagedError(LuckyError):
    """The state file is broken; it can be set aside."""


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
        if self.is_new:
            _create(path)
        else:
            _look_at(path)
        self._identity = _identity(path)
        self._log = Path(f"{path}-wal")
        self._log_identity: tuple[int, int] | None = None
        self._connection = _connect(path)
        try:
            with _damage_named(path):
                _verify(self._connection, path)
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
        with _damage_named(self.path):
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
        with _damage_named(self.path):
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


def set_aside(path: Path) -> Path:
    """Rename a damaged file, with what SQLite keeps beside it.

    Returns:
        The first free name of ``NAME.corrupt-1``, ``NAME.corrupt-2``, …

    Raises:
        OSError: The folder cannot be written to.
    """
    number = 1
    while (aside := path.with_name(f"{path.name}.corrupt-{number}")).exists():
        number += 1
    path.rename(aside)
    # After the database: should we be killed in between, a new one clears these away.
    for sidecar in SIDECARS:
        with suppress(FileNotFoundError):
            Path(f"{path}{sidecar}").rename(f"{aside}{sidecar}")
    return aside


def _create(path: Path) -> None:
    """Make a new file that is whole as soon as it appears under its name."""
    if not path.parent.is_dir():
        raise StateError(f"the state file {path} cannot be made: there is no folder {path.parent}")
    # Left by a database that is gone, and poison to a new one: SQLite would replay it.
    for sidecar in SIDECARS:
        Path(f"{path}{sidecar}").unlink(missing_ok=True)
    draft = path.with_name(f"{path.name}.new-{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            _migrate(connection, 0)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    steps = "".join(MIGRATIONS[version:])
    connection.executescript(
        f"BEGIN IMMEDIATE; {steps} PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def _look_at(path: Path) -> None:
    """Judge a file before SQLite touches it."""
    if path.is_dir():
        raise StateError(f"the state file {path} is a folder")
    if path.stat().st_size == 0:
        raise DamagedError("it is empty")


def _connect(path: Path) -> sqlite3.Connection:
    # Opened by one thread and used by another, never by both at a time.
    return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)


def _verify(connection: sqlite3.Connection, path: Path) -> None:
    """Check that a file is ours and whole, and bring it to our schema."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        raise DamagedError("it holds no tables")
    if application_id != APPLICATION_ID and "recollection" not in tables:
        raise StateError(f"the state file {path} is another program's database; name another file")
    if version > SCHEMA_VERSION and application_id == APPLICATION_ID:
        raise StateError(
            f"the state file {path} has schema {version}, from a newer Link Drift;"
            f" this one knows {SCHEMA_VERSION}"
        )
    if application_id != APPLICATION_ID or version < 1:
        raise DamagedError("its header makes no sense")
    # The thorough check: the file is small, and the quick one skips the indexes.
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedError(str(verdict))
    if version < SCHEMA_VERSION:
        _migrate(connection, version)


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """Tell a broken file, which will not mend, from one that is locked or full."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if _is_broken(error, path):
            raise DamagedError(str(error)) from error
        raise
    except sqlite3.DatabaseError as error:
        if _code(error) == sqlite3.SQLITE_NOTADB and _is_text(path):
            raise StateError(
                f"the state file {path} is not a database; name another file"
            ) from error
        raise DamagedError(str(error)) from error
    except UnicodeDecodeError as error:
        raise DamagedError(f"a text makes no sense: {error}") from error


def _code(error: sqlite3.Error) -> int:
    """Tell SQLite's kind of error; what Python raises by itself has none: bytes it cannot read."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return int(code) & 0xFF  # the low byte is the kind, the rest its variety


def _is_broken(error: sqlite3.OperationalError, path: Path) -> bool:
    code = _code(error)
    # SQLITE_ERROR: a table or column that must be there is not.
    if code in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT}:
        return True
    # A header with a format version from the future: SQLite then only reads.
    return code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK)


def _is_text(path: Path) -> bool:
    """Tell whether this is more likely a slip, as ``--state links.yaml``, than a broken file."""
    if path.suffix.lower() in DATABASE_SUFFIXES:
        return False
    with path.open("rb") as file:
        return b"\0" not in file.read(4096)


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
