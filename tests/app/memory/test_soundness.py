"""Whether a state file is ours and whole: what the header and the first bytes tell."""

import os
import sqlite3
from contextlib import closing

import pytest

from app.memory import soundness
from app.memory.errors import DamagedError, StateError
from app.memory.ledger import Ledger
from app.memory.memory import Recollection, Remembered
from app.memory.tables import APPLICATION_ID
from tests.some_links import NOW

WRITE_FORMAT = 18  # the byte of SQLite's header that says which versions may write


@pytest.fixture
def path(tmp_path):
    return tmp_path / "links.sqlite"


def one_opening():
    return Remembered({"a": Recollection(1, NOW)})


def written(path, write_format):
    """A file whose header bears another format version to write in."""
    with closing(Ledger(path)) as ledger:
        ledger.add(one_opening())
    content = bytearray(path.read_bytes())
    content[WRITE_FORMAT] = write_format
    path.write_bytes(content)


def open_and_add(path):
    with closing(Ledger(path)) as ledger:
        ledger.add(one_opening())


def test_a_header_from_the_future_that_is_ours_to_write_is_damage(path):
    written(path, 9)
    with pytest.raises(DamagedError, match="readonly"):
        open_and_add(path)


def test_a_file_that_we_may_only_read_is_whole(path, monkeypatch):
    written(path, 9)
    asked = []
    monkeypatch.setattr(os, "access", lambda file, mode: asked.append((file, mode)))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        open_and_add(path)
    assert set(asked) == {(path, os.W_OK)}


@pytest.mark.parametrize(
    ("nul_at", "error"), [(4095, DamagedError), (4096, StateError), (9_000, StateError)]
)
def test_the_first_4096_bytes_decide_whether_a_file_is_a_text(tmp_path, nul_at, error):
    path = tmp_path / "links.yaml"
    content = bytearray(b"links: []\n" * 1_000)
    content[nul_at] = 0
    path.write_bytes(content)
    with pytest.raises(error, match="not a database"):
        Ledger(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("suffix", [".yaml", ".txt", ".json"])
def test_other_names_are_no_databases(suffix):
    assert suffix not in soundness.DATABASE_SUFFIXES


def test_a_text_that_is_no_unicode_is_damage(path):
    written(path, 2)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO day_pick VALUES ('2026-01-01', 'a', CAST(x'ff' AS TEXT))")
    with pytest.raises(DamagedError, match="decode"), closing(Ledger(path)) as ledger:
        ledger.read()


def test_a_database_without_tables_is_damage(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with pytest.raises(DamagedError, match=r"^it holds no tables$"):
        Ledger(path)
