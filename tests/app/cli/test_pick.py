"""Picking on the command line."""

import pytest
from typer.testing import CliRunner

from app.assets import BUNDLED_ARCHIVE
from app.cli.command_line import app
from app.memory.memory import VolatileMemory

GOOD = "links:\n  - title: Tides\n    url: https://tides.example/\n    tags: [sea]\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_pick_keeps_to_its_filters_and_repeats_under_a_seed(run):
    words = ("pick", str(BUNDLED_ARCHIVE), "--state", ":memory:", "-n", "5", "--tag", "papers")
    first, second = run(*words, "--seed", "moon"), run(*words, "--seed", "moon")
    assert first.output == second.output
    assert first.output.count("http") == 5


@pytest.mark.parametrize(
    "words", [("--tag", "nowhere"), ("--q", "zzzzzz"), ("-n", "0"), ("-n", "101")]
)
def test_a_pick_that_cannot_be_is_one_line(run, tmp_path, words):
    (tmp_path / "links.yaml").write_text(GOOD)
    result = run("pick", *words)
    assert result.exit_code == 1
    assert result.output.startswith("error: ")
    assert "Traceback" not in result.output


def test_picking_leaves_no_file_behind(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    run("pick")
    assert [path.name for path in tmp_path.iterdir()] == ["links.yaml"]


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--tag", "nowhere"), 1)])
def test_the_memory_is_closed_also_when_nothing_can_be_picked(
    run, tmp_path, monkeypatch, words, code
):
    closed = []

    class Closing(VolatileMemory):
        def close(self):
            closed.append(self)

    (tmp_path / "links.yaml").write_text(GOOD)
    monkeypatch.setattr("app.cli.pick.memory_for", lambda _state, _file: Closing())
    assert run("pick", *words).exit_code == code
    assert len(closed) == 1
