"""The state file: ours and whole, or not touched."""

import random
import sqlite3
from contextlib import closing, suppress
from datetime import date, timedelta

import pytest

from app.lucky.ledger import Ledger
from app.lucky.memory import DAYS_KEPT, DayPick, Recollection, Remembered
from app.lucky.schema import APPLICATION_ID, SCHEMA_VERSION
from app.lucky.soundness import DamagedError, StateError, set_aside
from tests.app.lucky.some_links import NOW


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
        (lambda path: execute(path, "UPDATE day_pick SET day = 'someday'"), "makes no sense"),
        (lambda path: execute(path, "UPDATE day_pick SET why = x'00'"), "no text"),
    ],
)
def test_damage_is_found_and_named(path, damage, reason):
    written(path)
    damage(path)
    with pytest.raises(DamagedError, match=reason):
        read(path)


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
