"""Help that names the formats there are, and loads them for nothing else."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from app.archive.exports import formats as exports
from app.archive.imports import formats as imports
from app.cli.command_line import app


@pytest.mark.parametrize(
    ("command", "formats"), [("import", imports.FORMATS), ("export", exports.FORMATS)]
)
def test_the_formats_in_the_help_are_the_formats_there_are(command, formats):
    told = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "400"}).stdout
    assert ", ".join(form.name for form in formats) + "." in told


def test_a_list_of_commands_loads_no_reader_and_no_writer():
    program = """
import sys
from app.cli.command_line import app
try:
    app(["--help"])
except SystemExit:
    print(*sys.modules)
"""
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "app.cli.archive" in loaded
    assert not [name for name in loaded if name.startswith("app.archive")]


def test_most_imports_do_without_the_reader_of_feeds_that_is_slow_to_load():
    program = "import sys, app.archive.imports.formats; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "app.archive.imports.feed" in loaded
    assert "feedparser" not in loaded
