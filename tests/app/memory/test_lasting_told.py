"""What a memory that lasts says of itself, and what it answers before anything is written."""

import logging
from datetime import timedelta

import pytest

from app.memory.lasting import LastingMemory
from app.memory.memory import DayPick
from tests.some_links import NOW
from tests.waiting import PATIENCE_S


@pytest.fixture
def path(tmp_path):
    return tmp_path / "links.sqlite"


def refuse(*_):
    raise PermissionError(13, "Permission denied")


def test_trouble_is_told_once_when_it_begins_and_once_when_it_ends(path, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setattr("app.memory.ledger.create", refuse)
        memory = LastingMemory(path, commit_every_s=0.01)
        for link_id in "abc":
            memory.opened(link_id, NOW)
            assert not memory.flush(PATIENCE_S)
    assert memory.trouble == "[Errno 13] Permission denied"
    assert memory.flush(PATIENCE_S)
    memory.close()
    assert [record.message for record in caplog.records] == [
        f"the memory {path} cannot be written now (%s); counts are kept and written later"
        % "[Errno 13] Permission denied",
        f"the memory is written to {path} again",
    ]
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_trouble_that_comes_back_is_told_again(path, monkeypatch, caplog):
    memory = LastingMemory(path, commit_every_s=0.01)
    for link_id in "ab":
        with monkeypatch.context() as broken:
            broken.setattr("app.memory.ledger.Ledger.add", refuse)
            memory.opened(link_id, NOW)
            assert not memory.flush(PATIENCE_S)
        assert memory.flush(PATIENCE_S)
    memory.close()
    assert ["again" in record.message for record in caplog.records] == [False, True] * 2


def test_a_days_pick_is_told_before_it_is_written(path):
    memory = LastingMemory(path, commit_every_s=3_600)
    day = NOW.date()
    memory.keep_day_pick(day, DayPick("a", "first"))
    assert memory.day_pick(day) == DayPick("a", "first")
    memory.keep_day_pick(day + timedelta(days=1), DayPick("b", "second"))
    assert memory.day_pick(day + timedelta(days=1)) == DayPick("b", "second")
    assert memory.day_pick(day) == DayPick("a", "first")
    memory.close()


def test_what_is_counted_is_told_before_it_is_written(path, monkeypatch):
    monkeypatch.setattr("app.memory.ledger.Ledger.add", refuse)
    memory = LastingMemory(path, commit_every_s=3_600)
    memory.opened("a", NOW)
    memory.surfaced("a", NOW)
    recalled = memory.recall("a")
    assert (recalled.opened, recalled.last_opened, recalled.last_surfaced) == (1, NOW, NOW)
    monkeypatch.undo()
    memory.close()
