"""How a new state file comes to have its tables."""

import sqlite3
from contextlib import closing

import pytest

from app.memory import tables


@pytest.fixture
def path(tmp_path):
    return tmp_path / "links.sqlite"


def test_a_new_file_goes_through_every_schema_there_was(path, monkeypatch):
    steps = (*tables.MIGRATIONS, "CREATE TABLE second (n);", "CREATE TABLE third (n);")
    monkeypatch.setattr(tables, "MIGRATIONS", steps)
    tables.create(path)
    with closing(sqlite3.connect(path)) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert found >= {"recollection", "day_pick", "second", "third"}


def test_a_draft_that_cannot_be_made_says_why(path, monkeypatch):
    def refuse(*_, **__):
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        tables.create(path)


def test_a_migration_that_fails_halfway_changes_nothing(path, monkeypatch):
    tables.create(path)
    monkeypatch.setattr(tables, "MIGRATIONS", (*tables.MIGRATIONS, "CREATE TABLE second (n); no;"))
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            tables.migrate(connection, 1)
        connection.rollback()
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "second" not in found


def test_a_new_file_is_of_our_application_and_of_the_first_schema(path):
    tables.create(path)
    with closing(sqlite3.connect(path)) as connection:
        header = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
    assert header == [0x4C647266, 1]


def test_every_file_that_sqlite_keeps_beside_is_known():
    assert set(tables.SIDECARS) == {"-wal", "-shm", "-journal"}
