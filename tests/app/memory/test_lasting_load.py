"""A file that opens, and cannot be read."""

import sqlite3

import pytest

from app.memory import lasting
from app.memory.ledger import Ledger


def test_a_file_that_cannot_be_read_is_not_left_open(tmp_path, monkeypatch):
    closed = []

    def locked(_ledger):
        raise sqlite3.OperationalError("database is locked")

    def close(ledger, really=Ledger.close):
        closed.append(ledger.path)
        really(ledger)

    monkeypatch.setattr(Ledger, "read", locked)
    monkeypatch.setattr(Ledger, "close", close)
    path = tmp_path / "links.sqlite"
    with pytest.raises(sqlite3.OperationalError):
        lasting._load(path)
    assert closed == [path]
