"""What several commands share: files, widths, words."""

import os
import sys
from pathlib import Path

import pytest

from app.assets import BUNDLED_ARCHIVE
from app.cli import options
from app.settings import Settings


def test_a_width_that_is_not_known_is_a_hundred_columns(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert options.terminal_width() == 100


def test_the_file_is_links_yaml_unless_told():
    assert Path("links.yaml") == options.DEFAULT_FILE
    assert os.sep not in str(options.DEFAULT_FILE)


@pytest.mark.parametrize(("number", "told"), [(0, "0 links"), (1, "1 link"), (1234, "1,234 links")])
def test_things_are_counted_in_words(number, told):
    assert options.counted(number, "link") == told


def test_what_is_remembered_lies_beside_the_archive_unless_told():
    assert options.state_file(None, Path("mine/a.yaml")) == Path("mine/a.sqlite")
    assert options.state_file("b.sqlite", Path("mine/a.yaml")) == Path("b.sqlite")
    assert options.state_file(":memory:", Path("mine/a.yaml")) is None


def test_nothing_is_remembered_inside_an_installed_package(monkeypatch):
    monkeypatch.setattr("app.assets.IS_INSTALLED", True)
    assert options.state_file(None, BUNDLED_ARCHIVE) is None
    assert options.state_file(None, Path("a.yaml")) == Path("a.sqlite")


def test_the_bundled_archive_stands_in_where_none_is_here_and_none_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert options.archive_file(Settings()) == BUNDLED_ARCHIVE
    assert options.archive_file(Settings(archive=Path("a.yaml"))) == Path("a.yaml")
    Path("links.yaml").touch()
    assert options.archive_file(Settings()) == Path("links.yaml")
