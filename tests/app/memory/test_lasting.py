"""The memory that lasts: through faults, restarts and kills."""

import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Condition, Event, Semaphore, Thread

import pytest

from app.memory import lasting
from app.memory.errors import StateError
from app.memory.lasting import COMMIT_EVERY_S, LastingMemory
from app.memory.ledger import Ledger
from app.memory.memory import DayPick, Recollection
from tests.some_links import NOW
from tests.waiting import PATIENCE_S, wait_until

HERE = Path(__file__).parent
LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
connection.execute("UPDATE recollection SET opened = opened")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "links.sqlite"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A busy machine may take longer over the last commit than a server has to end."""
    monkeypatch.setattr("app.memory.lasting.CLOSE_WITHIN_S", PATIENCE_S)


@pytest.fixture
def remember(path):
    """Open the memory of this test's file; each is closed in the end."""
    memories = []

    def remember():
        memories.append(LastingMemory(path, commit_every_s=0.01))
        return memories[-1]

    yield remember
    for memory in memories:
        memory.close()


def run(program, *arguments, **options):
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[2])}
    return subprocess.Popen(
        [sys.executable, *program, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        **options,
    )


def written(path):
    """What another reader of the file sees."""
    with closing(Ledger(path)) as ledger:
        return ledger.read()


def total(path):
    return sum(one.opened for one in written(path).links.values())


def beside(path):
    return sorted(file.name for file in path.parent.iterdir() if file != path)


# Ordinary days


def test_what_was_remembered_is_remembered_after_a_restart(remember):
    memory = remember()
    memory.opened("a", NOW)
    memory.surfaced("a", NOW + timedelta(hours=1))
    memory.keep_day_pick(NOW.date(), DayPick("a", "never opened here"))
    memory.close()
    again = remember()
    assert again.recall("a") == Recollection(1, NOW, NOW + timedelta(hours=1))
    assert again.day_pick(NOW.date()) == DayPick("a", "never opened here")


def test_counts_go_on_from_those_before(remember):
    for _ in range(3):
        memory = remember()
        memory.opened("a", NOW)
        memory.opened("a", NOW)
        memory.close()
    assert remember().recall("a").opened == 6


def test_counts_are_written_unasked(remember, path):
    memory = remember()
    memory.opened("a", NOW)
    with memory._changed:
        assert memory._changed.wait_for(
            lambda: memory._answered or not memory.unwritten, PATIENCE_S
        )
    assert memory.flush()
    assert written(path).links["a"].opened == 1


def test_commits_are_less_than_a_second_apart():
    assert COMMIT_EVERY_S <= 0.5


def test_closing_leaves_one_file(remember, path):
    memory = remember()
    memory.opened("a", NOW)
    memory.close()
    assert beside(path) == []


def test_counting_after_closing_is_no_error(remember):
    memory = remember()
    memory.close()
    memory.close()
    memory.opened("a", NOW)
    assert memory.recall("a").opened == 1
    assert not memory.flush()


def test_no_visitor_reaches_the_disk(remember, path):
    memory = remember()
    memory.opened("a", NOW, "203.0.113.77")
    memory.flush()
    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"203.0.113.77" not in content
    memory.close()
    assert b"203.0.113.77" not in path.read_bytes()


def test_many_threads_lose_no_count(remember):
    memory = remember()

    def count():
        for number in range(500):
            memory.opened(f"link{number % 7}", NOW)

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.flush()
    memory.close()
    again = remember()
    assert sum(again.recall(f"link{n}").opened for n in range(7)) == 2_000


# Faults


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"hello",
        lambda content: os.urandom(100) + content[100:],
        lambda content: content[:4096] + b"\xa5" * 4096 + content[8192:],
        lambda content: content[: len(content) // 2 + 7],
    ],
    ids=["nothing", "text", "header", "middle", "half"],
)
def test_a_damaged_file_is_set_aside_and_named(remember, path, caplog, damage):
    memory = remember()
    for number in range(200):
        memory.opened(f"link{number:04d}", NOW)
    memory.close()
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)

    memory = remember()
    assert memory.recall("link0000") == Recollection()
    memory.opened("link0000", NOW)
    assert memory.flush()
    assert path.with_name("links.sqlite.corrupt-1").read_bytes() == damaged
    assert "links.sqlite.corrupt-1" in caplog.text
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_file_that_breaks_while_open_is_written_anew_from_what_is_known(remember, path):
    memory = remember()
    memory.opened("a", NOW)
    assert memory.flush()
    path.write_bytes(b"")
    memory.opened("b", NOW)
    memory.flush()
    memory.close()
    assert set(written(path).links) == {"a", "b"}
    assert "links.sqlite.corrupt-1" in beside(path)


@pytest.mark.parametrize("vanish", [Path.unlink, lambda path: path.rename(f"{path}.bak")])
def test_a_file_that_vanishes_is_written_anew_from_what_is_known(remember, path, vanish):
    memory = remember()
    memory.opened("a", NOW)
    assert memory.flush()
    vanish(path)
    memory.opened("b", NOW)
    assert memory.flush()
    memory.close()
    assert set(written(path).links) == {"a", "b"}


def test_a_file_put_in_its_place_is_taken_over(remember, path, tmp_path):
    other = tmp_path / "other.sqlite"
    elsewhere = LastingMemory(other)
    elsewhere.opened("a", NOW)
    elsewhere.close()
    memory = remember()
    memory.opened("b", NOW)
    assert memory.flush()
    other.replace(path)
    memory.opened("c", NOW)
    assert memory.flush()
    assert {link: memory.recall(link).opened for link in "abc"} == {"a": 1, "b": 0, "c": 1}


@pytest.mark.long
def test_while_another_process_locks_the_file_counting_goes_on(remember, path, caplog):
    memory = remember()
    memory.opened("a", NOW)
    memory.close()
    with run(["-c", LOCKER], path) as locker:
        assert locker.stdout.readline() == b"locked\n"
        memory = remember()
        memory.opened("a", NOW)
        assert not memory.flush()
        assert memory.recall("a").opened == 1
        assert "locked" in memory.trouble
        locker.stdin.close()
    assert memory.flush()
    assert memory.trouble is None
    assert memory.recall("a").opened == 2
    memory.close()
    assert written(path).links["a"].opened == 2
    said = [record.message for record in caplog.records]
    assert len(said) == 2, "once when it begins, once when it ends"


def test_while_the_disk_is_full_counting_goes_on_and_is_bounded(remember, path):
    memory = remember()
    memory.opened("a", NOW)
    assert memory.flush()
    memory._ledger._connection.execute("PRAGMA max_page_count = 1")
    for _ in range(5):
        for number in range(300):
            memory.opened(f"link{number:04d}", NOW)
        assert not memory.flush()
        assert 0 < memory.unwritten <= 300
    assert "full" in memory.trouble
    memory._ledger._connection.execute("PRAGMA max_page_count = 100000")
    assert memory.flush()
    memory.close()
    assert written(path).links["link0299"].opened == 5


@pytest.mark.long
def test_a_write_error_of_the_system_is_survived(path):
    # The limit makes the kernel refuse writes past 40,000 bytes, as a failing disk would.
    program = """
import resource, sys
from pathlib import Path
from tests.some_links import NOW
from app.memory import lasting
from app.memory.lasting import LastingMemory
memory = LastingMemory(Path(sys.argv[1]))
memory.opened("first", NOW)
assert memory.flush()
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.RLIM_INFINITY))
for number in range(5_000):
    memory.opened(f"link{number}", NOW)
assert not memory.flush() and memory.trouble
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert memory.flush() and not memory.trouble
memory.close()
"""
    with run(["-c", program], path) as process:
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(written(path).links) == 5_001


def test_a_folder_that_cannot_be_written_is_survived(tmp_path, monkeypatch, caplog):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.memory.ledger.create", refuse)
    memory = LastingMemory(tmp_path / "links.sqlite", commit_every_s=0.01)
    memory.opened("a", NOW)
    assert not memory.flush()
    monkeypatch.undo()
    assert memory.flush()
    memory.close()
    assert written(tmp_path / "links.sqlite").links["a"].opened == 1
    assert "Permission denied" in caplog.text


def test_what_cannot_be_written_in_the_end_is_said(remember, caplog):
    memory = remember()
    memory.opened("a", NOW)
    assert memory.flush()
    memory._ledger._connection.execute("PRAGMA max_page_count = 1")
    for number in range(300):
        memory.opened(f"link{number:04d}", NOW)
    memory.close()
    assert "the last counts could not be written" in caplog.text


def test_a_file_that_is_not_ours_stops_the_start(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StateError):
        LastingMemory(path)


# When it writes, without waiting for it


@pytest.fixture
def pauses(monkeypatch):
    """The pauses a memory asks for; none of them is taken."""
    asked = []

    class Hurried(Condition):
        def wait_for(self, predicate, timeout=None):
            if timeout is None or timeout == PATIENCE_S:
                return super().wait_for(predicate, PATIENCE_S)
            asked.append(timeout)
            return predicate()

    monkeypatch.setattr(lasting, "Condition", Hurried)
    return asked


def test_after_a_commit_it_rests_for_half_a_second(pauses, path):
    memory = LastingMemory(path)
    for _ in range(3):
        memory.opened("a", NOW)
        assert memory.flush(PATIENCE_S)
    memory.close()
    assert len(pauses) >= 3
    assert set(pauses) == {0.5}


def test_while_it_cannot_write_it_tries_ever_more_seldom_but_at_least_every_10_s(
    pauses, path, monkeypatch
):
    attempts = Semaphore(0)

    def refuse(*_):
        attempts.release()
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.memory.ledger.create", refuse)
    memory = LastingMemory(path)
    for _ in range(9):
        assert attempts.acquire(timeout=PATIENCE_S)
    monkeypatch.undo()
    memory.opened("a", NOW)
    assert memory.flush(PATIENCE_S)
    memory.close()
    assert pauses[:6] == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    assert pauses[-1] == 0.5, "once it can write it is as quick as before"


def test_a_flush_is_not_waited_for_longer_than_asked(remember, monkeypatch):
    may_write = Event()
    add = Ledger.add

    def add_later(ledger, more):
        assert may_write.wait(PATIENCE_S)
        add(ledger, more)

    monkeypatch.setattr(Ledger, "add", add_later)
    memory = remember()
    memory.opened("a", NOW)
    assert not memory.flush(0.0)
    may_write.set()
    assert memory.flush(PATIENCE_S)


# Its end


def test_closing_ends_the_thread_and_the_file(remember):
    memory = remember()
    memory.close()
    assert not memory._thread.is_alive()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        memory._ledger._connection.execute("SELECT 1")


def test_closing_writes_what_is_left_without_the_rest_between_commits(path):
    memory = LastingMemory(path, commit_every_s=3_600)
    for link_id in "abc":
        memory.opened(link_id, NOW)
        memory.surfaced(link_id, NOW)
    memory.close()
    assert written(path).links == dict.fromkeys("abc", Recollection(1, NOW, NOW))


def test_closing_is_silent_when_all_is_written(remember, caplog):
    memory = remember()
    memory.opened("a", NOW)
    memory.close()
    assert caplog.records == []


# Other files in its place


def test_another_programs_file_put_in_its_place_is_left_alone_and_told(remember, path, caplog):
    memory = remember()
    memory.opened("a", NOW)
    assert memory.flush()
    foreign = path.with_name("foreign")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = foreign.read_bytes()
    foreign.replace(path)
    memory.opened("a", NOW)
    assert not memory.flush()
    assert "another program's database" in memory.trouble
    assert memory.recall("a").opened == 2
    memory.close()
    assert path.read_bytes() == before
    assert "cannot be written now" in caplog.text


def test_what_is_unwritten_counts_links_and_days(remember, monkeypatch):
    memory = remember()
    assert memory.flush()
    monkeypatch.setattr(Ledger, "in_place", lambda _: False)
    monkeypatch.setattr(lasting, "_load", refused)
    for link_id in "aab":
        memory.opened(link_id, NOW)
    memory.keep_day_pick(NOW.date(), DayPick("a", ""))
    assert not memory.flush()
    assert memory.unwritten == 3
    assert memory.trouble == "no"
    monkeypatch.undo()
    assert memory.flush()
    assert memory.unwritten == 0


def refused(_path):
    raise sqlite3.OperationalError("no")


# Kills


def kill_while_counting(path, *, flush_every, lines):
    """Kill a counting process after so many lines; return what it said."""
    process = run([str(HERE / "counting_process.py")], path, 100_000, flush_every, 0)
    with process:
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said.extend(process.stdout.read().splitlines())
    assert process.returncode == -signal.SIGKILL
    return [line.split() for line in said]


@pytest.mark.long
def test_20_kills_lose_nothing_that_was_flushed_and_break_nothing(path):
    dice = random.Random(11)
    before = 0
    for _ in range(20):
        said = kill_while_counting(path, flush_every=7, lines=dice.randrange(1, 120))
        flushed = [int(words[1]) for words in said if words[0] == b"flushed"]
        counted = [int(words[1]) for words in said if words[0] == b"counted"]
        found = total(path)
        # One more may have been counted than it lived to say.
        assert max(flushed, default=0) <= found - before <= max(counted) + 1
        assert not [name for name in beside(path) if "corrupt" in name]
        before = found


def test_a_kill_loses_nothing_that_was_written_unasked(path):
    with run([str(HERE / "counting_process.py")], path, 1_000_000, 0, 0) as process:
        assert process.stdout.readline().startswith(b"counted")
        drain = Thread(target=process.stdout.read)
        drain.start()
        for _ in range(3):
            seen = total(path)
            wait_until(lambda seen=seen: total(path) > seen, "a commit that nobody asked for")  # type: ignore[misc]
        process.kill()
        drain.join()
    assert process.returncode == -signal.SIGKILL
    assert total(path) > seen


def test_between_commits_there_is_half_a_second_at_most(path, monkeypatch):
    """What a kill may lose: the pauses are asked for, however long the machine makes them."""
    pauses = []

    class Told(Condition):
        def wait_for(self, predicate, timeout=None):
            if timeout is not None:
                pauses.append(timeout)
            return super().wait_for(predicate, timeout)

    monkeypatch.setattr("app.memory.lasting.Condition", Told)
    with closing(LastingMemory(path)) as memory:
        for _ in range(4):
            memory.opened("a", NOW)
            assert memory.flush()
    assert len(pauses) >= 4
    assert set(pauses) == {COMMIT_EVERY_S}
