"""Which commands there are, and that they go together."""

import re
from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from app.cli.command_line import app

COMMANDS = ("serve", "check", "import", "export", "pick", "schema", "init")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output
    listed = run("--help").output
    assert command in listed


def test_init_check_and_pick_follow_each_other(run):
    assert run("init").exit_code == 0
    assert run("check").exit_code == 0
    picked = run("pick")
    assert picked.exit_code == 0
    assert re.search(r"^https?://", picked.output.splitlines()[-1])


def test_there_are_these_commands_and_no_others():
    assert sorted(typer.main.get_command(app).commands) == sorted(COMMANDS)  # type: ignore[attr-defined]


def test_the_version_is_told(run):
    assert run("--version").output == f"link-drift {version('link-drift')}\n"
