"""The tables of a state file, and how a file comes to have them."""

import sqlite3
from contextlib import closing
from pathlib import Path

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
SIDECARS = ("-wal", "-shm", "-journal")


def create(path: Path) -> None:
    """Make a new file that is whole as soon as it appears under its name.

    Raises:
        sqlite3.OperationalError, OSError: It cannot be written now.
    """
    # Left by a database that is gone, and poison to a new one: SQLite would replay it.
    for sidecar in SIDECARS:
        Path(f"{path}{sidecar}").unlink(missing_ok=True)
    # One name for all drafts, so that one left by a kill is cleared away by the next.
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            migrate(connection, 0)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the tables from a schema version to ours, all at once or not at all."""
    steps = "".join(MIGRATIONS[version:])
    connection.executescript(
        f"BEGIN IMMEDIATE; {steps} PRAGMA application_id = {APPLICATION_ID};"
        f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )
