"""Days' picks that could not be written at once."""

import sqlite3
from contextlib import closing
from datetime import date

from app.memory.lasting import LastingMemory
from app.memory.ledger import Ledger
from app.memory.memory import DayPick

DAY = date(2026, 5, 4)


def test_a_day_kept_anew_while_it_could_not_be_written_keeps_the_newer_pick(tmp_path, monkeypatch):
    path = tmp_path / "links.sqlite"
    memory = LastingMemory(path, commit_every_s=0.01)
    assert memory.flush()
    add = Ledger.add

    def full(_ledger, _taken):
        monkeypatch.setattr(Ledger, "add", add)
        memory.keep_day_pick(DAY, DayPick("newer", "because"))
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Ledger, "add", full)
    memory.keep_day_pick(DAY, DayPick("older", "because"))
    memory.flush()
    memory.flush()
    memory.close()
    with closing(Ledger(path)) as ledger:
        assert ledger.read().days == {DAY: DayPick("newer", "because")}
