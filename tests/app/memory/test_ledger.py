"""The state file: ours and whole, or not touched."""

import os
import random
import sqlite3
from contextlib import closing, suppress
from datetime import date, timedelta

import pytest

from app.memory.errors import DamagedError, StateError
from app.memory.ledger import Ledger, _count
from app.memory.memory import DAYS_KEPT, DayPick, Recollection, Remembered
from app.memory.soundness import set_aside
from app.memory.tables import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION
from tests.some_links import NOW


@pytest.fixture
def path(tmp_path):
    return tmp_path / "links.sqlite"


def some_memories(links=200):
    return Remembered(
        {f"link{n:04d}": Recollection(n + 1, NOW + timedelta(seconds=n)) for n in range(links)},
        {NOW.date(): DayPick("link0001", "never opened here")},
    )


def written(path, *heaps):
    with closing(Ledger(path)) as ledger:
        for heap in heaps or [some_memories()]:
            ledger.add(heap)
        return ledger.read()


def read(path):
    with closing(Ledger(path)) as ledger:
        return ledger.read()


def execute(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_what_is_written_is_read_by_the_next_process(path):
    written(path)
    assert read(path) == some_memories()


def test_openings_add_up_and_the_latest_moments_stay(path):
    early, late = NOW, NOW + timedelta(days=1)
    total = written(
        path,
        Remembered({"a": Recollection(2, late), "b": Recollection(0, None, early)}),
        Remembered({"a": Recollection(3, early, early), "b": Recollection(1, late, late)}),
    )
    assert total.links == {"a": Recollection(5, late, early), "b": Recollection(1, late, late)}


def test_two_processes_may_count(path):
    with closing(Ledger(path)) as first, closing(Ledger(path)) as second:
        first.add(Remembered({"a": Recollection(2, NOW)}))
        second.add(Remembered({"a": Recollection(3, NOW)}))
    assert read(path).links["a"].opened == 5


def test_old_days_leave_the_file(path):
    days = {date.fromordinal(740_000 + n): DayPick("a", "") for n in range(DAYS_KEPT + 5)}
    written(path, Remembered({}, days))
    with closing(sqlite3.connect(path)) as connection:
        (count, first) = connection.execute("SELECT count(*), min(day) FROM day_pick").fetchone()
    assert (count, first) == (DAYS_KEPT, date.fromordinal(740_005).isoformat())


def test_nothing_but_ids_counts_and_moments_is_stored(path):
    written(path)
    with closing(sqlite3.connect(path)) as connection:
        columns = connection.execute(
            "SELECT m.name, i.name FROM sqlite_master m, pragma_table_info(m.name) i"
        ).fetchall()
    assert set(columns) == {
        ("recollection", "link_id"),
        ("recollection", "opened"),
        ("recollection", "last_opened"),
        ("recollection", "last_surfaced"),
        ("day_pick", "day"),
        ("day_pick", "link_id"),
        ("day_pick", "why"),
    }


def test_the_file_survives_what_may_follow_a_commit(path):
    with closing(Ledger(path)) as ledger:
        settings = [
            ledger._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "application_id", "user_version")
        ]
    assert settings == ["wal", 2, APPLICATION_ID, SCHEMA_VERSION]


def test_a_new_file_appears_whole_and_leaves_nothing_beside_it(path):
    Ledger(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_leftovers_of_a_file_that_is_gone_do_not_reach_the_new_one(path):
    with closing(Ledger(path)) as ledger:
        ledger.add(Remembered({"ghost": Recollection(1, NOW)}))
        wal = path.with_name(path.name + "-wal").read_bytes()
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(wal)
    path.with_name(path.name + ".new").write_bytes(b"a draft cut short")
    assert not read(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def overwrite(path, start, length, filler=b"\xa5"):
    content = bytearray(path.read_bytes())
    content[start : start + length] = filler * len(content[start : start + length])
    path.write_bytes(content)


def replace(path, old, new):
    path.write_bytes(path.read_bytes().replace(old, new))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.write_bytes(b""), "it is empty"),
        (lambda path: path.write_bytes(b"\0" * 8192), "not a database"),
        (lambda path: path.write_text("hello"), "not a database"),
        (lambda path: overwrite(path, 0, 100), "not a database"),
        (lambda path: overwrite(path, 16, 84), None),
        (lambda path: overwrite(path, 18, 2, b"\x09"), None),
        (lambda path: overwrite(path, 4096, 4096), None),
        (lambda path: path.write_bytes(path.read_bytes()[:5_000]), None),
        (lambda path: replace(path, b"link0003", b"zink0003"), "order"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), None),
        (lambda path: execute(path, "PRAGMA user_version = 0"), "header makes no sense"),
        (lambda path: execute(path, "PRAGMA application_id = 0"), "header makes no sense"),
        (lambda path: execute(path, "DROP TABLE day_pick"), "no such table"),
        (lambda path: execute(path, "DROP TABLE day_pick", "DROP TABLE recollection"), "no tables"),
        (lambda path: execute(path, "UPDATE recollection SET opened = 'x'"), "no whole number"),
        (lambda path: execute(path, "UPDATE recollection SET last_opened = 1e18"), None),
        (lambda path: execute(path, "UPDATE recollection SET last_surfaced = 'x'"), "no whole"),
        (
            lambda path: execute(
                path, "PRAGMA ignore_check_constraints = 1", "UPDATE recollection SET opened = -1"
            ),
            None,
        ),
        (lambda path: execute(path, "UPDATE day_pick SET day = 'someday'"), "makes no sense"),
        (lambda path: execute(path, "UPDATE day_pick SET why = x'00'"), "no text"),
    ],
)
def test_damage_is_found_and_named(path, damage, reason):
    written(path)
    damage(path)
    with pytest.raises(DamagedError, match=reason):
        read(path)


@pytest.mark.long
def test_whatever_is_overwritten_is_read_or_named_damaged(path):
    written(path)
    whole, dice = path.read_bytes(), random.Random(3)
    for _ in range(300):
        path.write_bytes(whole)
        overwrite(path, dice.randrange(len(whole)), dice.choice([1, 8, 300]), dice.randbytes(1))
        with suppress(DamagedError):
            assert len(read(path).links) <= 200


def test_another_programs_database_is_refused_and_left_alone(path):
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StateError, match="another program's database"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_text_named_by_mistake_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text("links: []\n")
    with pytest.raises(StateError, match=r"links\.yaml is not a database; name another file"):
        Ledger(path)
    assert path.read_text() == "links: []\n"


def test_a_newer_schema_is_refused_and_left_alone(path):
    written(path)
    execute(path, "PRAGMA user_version = 99")
    with pytest.raises(StateError, match="schema 99, from a newer Link Drift; this one knows 1"):
        Ledger(path)
    execute(path, f"PRAGMA user_version = {SCHEMA_VERSION}")
    assert read(path) == some_memories()


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(StateError, match="is a folder"):
        Ledger(tmp_path)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(StateError, match=r"there is no folder .*nowhere"):
        Ledger(tmp_path / "nowhere" / "links.sqlite")


def test_a_failed_batch_leaves_nothing_behind(path):
    with closing(Ledger(path)) as ledger:
        half = Remembered({"a": Recollection(1, NOW), "b": Recollection(-9, NOW)})
        with pytest.raises(DamagedError):
            ledger.add(half)
        assert not ledger.read()


def test_files_set_aside_take_the_next_free_name_and_their_sidecars(path):
    for content in (b"first", b"second"):
        path.write_bytes(content)
        path.with_name(path.name + "-wal").write_bytes(content + b" wal")
        set_aside(path)
    found = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert found == {
        "links.sqlite.corrupt-1": b"first",
        "links.sqlite.corrupt-1-wal": b"first wal",
        "links.sqlite.corrupt-2": b"second",
        "links.sqlite.corrupt-2-wal": b"second wal",
    }


def test_a_file_moved_replaced_or_emptied_is_not_in_place(path):
    with closing(Ledger(path)) as ledger:
        assert ledger.in_place()
        path.rename(path.with_name("elsewhere"))
        assert not ledger.in_place()
        path.write_bytes(b"another")
        assert not ledger.in_place()


def test_an_opening_does_not_erase_when_a_link_was_last_shown(path):
    later = NOW + timedelta(days=1)
    total = written(
        path,
        Remembered({"a": Recollection(0, None, NOW)}),
        Remembered({"a": Recollection(1, later)}),
    )
    assert total.links == {"a": Recollection(1, later, NOW)}
    assert read(path) == total


def test_a_showing_does_not_erase_when_a_link_was_last_opened(path):
    later = NOW + timedelta(days=1)
    total = written(
        path,
        Remembered({"a": Recollection(1, NOW)}),
        Remembered({"a": Recollection(0, None, later)}),
    )
    assert total.links == {"a": Recollection(1, NOW, later)}
    assert read(path) == total


def test_an_earlier_moment_takes_no_later_ones_place(path):
    later = NOW + timedelta(days=1)
    total = written(
        path,
        Remembered({"a": Recollection(1, later, later)}),
        Remembered({"a": Recollection(1, NOW, NOW)}),
    )
    assert total.links == {"a": Recollection(2, later, later)}


def test_a_later_pick_takes_a_days_place(path):
    day = NOW.date()
    total = written(
        path,
        Remembered({}, {day: DayPick("a", "first")}),
        Remembered({}, {day: DayPick("b", "second")}),
    )
    assert total.days == {day: DayPick("b", "second")}


def test_after_a_failed_batch_the_next_is_written(path):
    with closing(Ledger(path)) as ledger:
        with pytest.raises(DamagedError):
            ledger.add(Remembered({"a": Recollection(-9, NOW)}))
        ledger.add(Remembered({"b": Recollection(1, NOW)}))
    assert set(read(path).links) == {"b"}


def test_a_lock_is_waited_for_half_a_second(path):
    with closing(Ledger(path)) as ledger:
        (waits_ms,) = ledger._connection.execute("PRAGMA busy_timeout").fetchone()
    assert waits_ms == 500


def test_a_file_emptied_in_its_place_is_not_in_place(path):
    with closing(Ledger(path)) as ledger:
        os.truncate(path, 0)
        assert not ledger.in_place()


def test_a_file_that_is_new_says_so(path):
    for is_new in (True, False):
        with closing(Ledger(path)) as ledger:
            assert ledger.is_new is is_new


def log_of(path):
    return path.with_name(f"{path.name}-wal")


def test_the_log_of_a_file_that_went_away_goes_with_it(path):
    with closing(Ledger(path)) as ledger:
        ledger.add(some_memories())
        assert log_of(path).exists()
        path.unlink()
    assert not log_of(path).exists()


def test_the_log_of_another_file_under_this_name_is_left_alone(path):
    with closing(Ledger(path)) as ledger:
        ledger.add(some_memories())
        path.unlink()
        log_of(path).unlink()
        log_of(path).write_bytes(b"somebody else's")
    assert log_of(path).read_bytes() == b"somebody else's"


def test_a_draft_that_fails_leaves_nothing_behind(path, monkeypatch):
    def fail(*_):
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr("app.memory.tables.migrate", fail)
    with pytest.raises(sqlite3.OperationalError):
        Ledger(path)
    assert list(path.parent.iterdir()) == []


def test_a_file_of_an_older_schema_is_brought_to_ours(path, monkeypatch):
    written(path)
    older = Ledger(path)
    older.close()
    monkeypatch.setattr("app.memory.tables.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE more (n);"))
    monkeypatch.setattr("app.memory.tables.SCHEMA_VERSION", 2)
    monkeypatch.setattr("app.memory.soundness.SCHEMA_VERSION", 2)
    assert read(path) == some_memories()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM more").fetchone() == (0,)


@pytest.mark.parametrize("suffix", ["", ".db", ".sqlite", ".SQLITE3", ".state"])
def test_a_text_under_a_databases_name_is_a_broken_file(tmp_path, suffix):
    path = tmp_path / f"links{suffix}"
    path.write_text("links: []\n" * 20)
    with pytest.raises(DamagedError, match="not a database"):
        Ledger(path)


def test_bytes_under_another_name_are_a_broken_file(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"links\0" * 200)
    with pytest.raises(DamagedError, match="not a database"):
        Ledger(path)


def test_a_locked_file_is_not_taken_for_a_broken_one(path):
    written(path)
    with closing(Ledger(path)) as ledger, closing(sqlite3.connect(path)) as other:
        ledger._connection.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            ledger.add(some_memories())
        other.rollback()
        ledger.add(Remembered({"link0000": Recollection(1, NOW)}))
        assert ledger.read().links["link0000"].opened == 2


@pytest.mark.parametrize("count", [-1, -9])
def test_fewer_openings_than_none_make_no_sense(count):
    with pytest.raises(ValueError, match=f"{count} openings"):
        _count(count)
    assert _count(0) == 0
