"""Whether a state file is ours and whole.

SQLite takes a file of no bytes for an empty database and finds nothing wrong with
it; so a file must also bear our application id and a schema version, which a new
one has from the moment it appears under its name. What is damaged is set aside,
never deleted; what is somebody else's is never touched.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.memory.errors import DamagedError, StateError
from app.memory.tables import APPLICATION_ID, SCHEMA_VERSION, SIDECARS, migrate

DATABASE_SUFFIXES = {"", ".db", ".sqlite", ".sqlite3", ".state"}


def look_at(path: Path) -> None:
    """Judge a file before SQLite touches it.

    Raises:
        StateError: It is a folder, or has none to be made in.
        DamagedError: It is empty.
    """
    if not path.parent.is_dir():
        raise StateError(f"the state file {path} cannot be made: there is no folder {path.parent}")
    if path.is_dir():
        raise StateError(f"the state file {path} is a folder")
    if path.exists() and path.stat().st_size == 0:
        raise DamagedError("it is empty")


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Check that a file is ours and whole, and bring it to our schema.

    Raises:
        StateError: It is another program's, or of a newer version.
        DamagedError: It is not whole.
        sqlite3.Error: See `damage_named`.
    """
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
        migrate(connection, version)


@contextmanager
def damage_named(path: Path) -> Iterator[None]:
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
