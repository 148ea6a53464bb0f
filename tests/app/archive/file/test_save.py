"""The owner's file is replaced whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from app.archive.errors import FileChangedError
from app.archive.file.save import replace_file


@pytest.fixture
def path(tmp_path):
    """A file of the owner's that holds ``old``."""
    file = tmp_path / "links.yaml"
    file.write_text("old")
    return file


def names(folder):
    return [file.name for file in folder.iterdir()]


def test_a_new_file_is_written(tmp_path):
    replace_file(tmp_path / "links.yaml", "new", expected=None)
    assert (tmp_path / "links.yaml").read_text() == "new"


def test_a_new_file_may_be_read_by_all_and_written_by_its_owner(tmp_path):
    replace_file(tmp_path / "links.yaml", "new", expected=None)
    assert stat.S_IMODE((tmp_path / "links.yaml").stat().st_mode) == 0o644


def test_texts_are_written_in_utf_8_with_their_own_line_ends(path):
    replace_file(path, "é\r\n日\n", expected=b"old")
    assert path.read_bytes() == "é\r\n日\n".encode()


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o444, 0o777])
def test_access_rights_stay(path, mode):
    path.chmod(mode)
    replace_file(path, "new", expected=b"old")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_link_to_the_file_stays_a_link(tmp_path):
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "links.yaml").symlink_to("real.yaml")
    replace_file(tmp_path / "links.yaml", "new", expected=b"old")
    assert (tmp_path / "links.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "new"


@pytest.mark.parametrize("expected", [b"older", None, b""])
def test_a_file_that_changed_meanwhile_is_left_alone(path, expected):
    with pytest.raises(FileChangedError, match=r"links\.yaml was changed meanwhile"):
        replace_file(path, "new", expected=expected)
    assert path.read_text() == "old"
    assert names(path.parent) == ["links.yaml"]


@pytest.mark.parametrize("expected", [b"old", b""])
def test_a_file_that_vanished_meanwhile_is_not_brought_back(tmp_path, expected):
    with pytest.raises(FileChangedError):
        replace_file(tmp_path / "links.yaml", "new", expected=expected)
    assert names(tmp_path) == []


def test_what_cannot_be_read_is_not_written_over(tmp_path):
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path, "new", expected=None)
    assert names(tmp_path) == []


def test_a_reader_finds_the_old_file_until_the_whole_new_one_takes_its_place(path, monkeypatch):
    """The new text is on the disk, with its rights, in the same folder, before the rename."""
    path.chmod(0o640)
    steps = []
    sync, rename = os.fsync, Path.replace

    def synced(handle):
        steps.append(("sync", os.fstat(handle).st_size, path.read_text()))
        sync(handle)

    def renamed(self, target):
        mode = stat.S_IMODE(self.stat().st_mode)
        steps.append(("rename", self.read_text(), mode, path.read_text()))
        assert self.parent == target.parent == path.parent
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    replace_file(path, "brand new", expected=b"old")
    assert steps == [("sync", 9, "old"), ("rename", "brand new", 0o640, "old")]
    assert path.read_text() == "brand new"


def test_the_half_written_file_is_hidden_and_lies_beside_the_real_one(tmp_path, monkeypatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "links.yaml").write_text("old")
    (tmp_path / "shown.yaml").symlink_to("real/links.yaml")
    seen = []
    sync = os.fsync

    def look(handle):
        seen.extend(sorted(names(tmp_path / "real")))
        sync(handle)

    monkeypatch.setattr(os, "fsync", look)
    replace_file(tmp_path / "shown.yaml", "new", expected=b"old")
    hidden, shown = seen
    assert hidden.startswith(".links.yaml.")
    assert shown == "links.yaml"
    assert names(tmp_path / "real") == ["links.yaml"]


def refusing(error):
    def refuse(*_arguments):
        raise error

    return refuse


@pytest.mark.parametrize(
    "step", [(os, "fsync"), (Path, "chmod"), (Path, "replace")], ids=["sync", "rights", "rename"]
)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(path, monkeypatch, step, error):
    with monkeypatch.context() as patch:
        patch.setattr(*step, refusing(error))
        with pytest.raises(type(error)) as raised:
            replace_file(path, "new", expected=b"old")
    assert raised.value is error
    assert path.read_text() == "old"
    assert names(path.parent) == ["links.yaml"]


def test_a_failure_is_told_even_when_its_remains_cannot_be_removed(path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refusing(OSError(28, "No space left on device")))
        patch.setattr(Path, "unlink", refusing(OSError(30, "Read-only file system")))
        with pytest.raises(OSError, match="No space"):
            replace_file(path, "new", expected=b"old")
    assert path.read_text() == "old"
