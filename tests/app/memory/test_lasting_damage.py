"""A file that turns out to be broken as it is written."""

from contextlib import closing

from app.memory.errors import DamagedError
from app.memory.lasting import LastingMemory
from app.memory.ledger import Ledger
from tests.some_links import NOW


def test_a_file_found_broken_while_writing_is_opened_anew_and_set_aside(tmp_path, monkeypatch):
    path = tmp_path / "links.sqlite"
    memory = LastingMemory(path, commit_every_s=0.01)
    memory.opened("a", NOW)
    assert memory.flush()
    add = Ledger.add

    def broken(_ledger, _taken):
        monkeypatch.setattr(Ledger, "add", add)
        with path.open("r+b") as file:  # the same file still, unlike one put in its place
            file.write(b"\xff" * path.stat().st_size)
        raise DamagedError("database disk image is malformed")

    monkeypatch.setattr(Ledger, "add", broken)
    memory.opened("b", NOW)
    memory.flush()
    assert memory.flush()
    memory.close()
    assert path.with_name("links.sqlite.corrupt-1").exists()
    with closing(Ledger(path)) as ledger:
        assert set(ledger.read().links) == {"a", "b"}
