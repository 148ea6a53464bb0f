"""The owner's file is replaced whole or not at all."""

import stat

import pytest

from app.archive.save import FileChangedError, replace_file


def test_a_new_file_is_written(tmp_path):
    replace_file(tmp_path / "links.yaml", "new", expected=None)
    assert (tmp_path / "links.yaml").read_text() == "new"


def test_access_rights_stay(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, "new", expected=b"old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_to_the_file_stays_a_link(tmp_path):
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "links.yaml").symlink_to("real.yaml")
    replace_file(tmp_path / "links.yaml", "new", expected=b"old")
    assert (tmp_path / "links.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "new"


@pytest.mark.parametrize("expected", [b"older", None])
def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path, expected):
    (tmp_path / "links.yaml").write_text("edited")
    with pytest.raises(FileChangedError):
        replace_file(tmp_path / "links.yaml", "new", expected=expected)
    assert (tmp_path / "links.yaml").read_text() == "edited"


def test_nothing_is_left_behind_when_writing_fails(tmp_path, monkeypatch):
    def refuse(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "links.yaml", "new", expected=None)
    assert list(tmp_path.iterdir()) == []
