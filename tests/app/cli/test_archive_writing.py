"""What `export` and `init` write, and what they leave alone."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from app.archive.file.load import load
from app.cli import archive as commands
from tests.archive_commands import GOOD


def test_an_export_is_written_as_it_is_made(run, archive, tmp_path):
    archive.write_text("title: Mine\n" + GOOD.replace("One", "Ünë"))
    printed = run("export", "markdown").stdout_bytes
    assert printed.startswith(b"<!-- Mine -->\n")
    assert "Ünë".encode() in printed
    result = run("export", "markdown", "-o", "links.md")
    assert (tmp_path / "links.md").read_bytes() == printed
    assert (result.stdout, result.stderr) == ("", "links.md: 1 link\n")


@pytest.mark.usefixtures("archive")
def test_an_archive_without_a_title_is_exported_under_a_plain_one(run):
    assert run("export", "markdown").stdout.startswith("<!-- Link archive -->\n")


def test_another_file_may_be_exported(run, tmp_path):
    (tmp_path / "other.yaml").write_text(GOOD.replace("One", "Other"))
    assert "Other" in run("export", "csv", "other.yaml").stdout


def test_a_broken_archive_is_not_exported(run, archive, tmp_path):
    archive.write_text("links: [")
    result = run("export", "csv", "-o", "links.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "links.yaml:1:9: error: " in result.stderr
    assert not (tmp_path / "links.csv").exists()


@pytest.mark.usefixtures("archive")
def test_why_an_export_could_not_be_written_is_told(run):
    assert run("export", "csv", "-o", "no/such.csv").stderr == (
        "error: no/such.csv cannot be written: No such file or directory\n"
    )


def test_init_dates_its_links_today_and_never_writes_twice(run, tmp_path):
    before = datetime.now(UTC).astimezone().date()
    assert run("init", "new.yaml").stdout == "new.yaml is ready: link-drift serve new.yaml\n"
    after = datetime.now(UTC).astimezone().date()
    assert before <= load(tmp_path / "new.yaml").archive.links[0].added <= after  # type: ignore[operator]
    (tmp_path / "new.yaml").write_text("mine")
    result = run("init", "new.yaml")
    assert result.stderr == "error: new.yaml is there already; it is left as it is\n"
    assert (tmp_path / "new.yaml").read_text() == "mine"


def test_why_init_could_not_write_is_told(run):
    assert run("init", "no/such.yaml").stderr == (
        "error: no/such.yaml cannot be written: No such file or directory\n"
    )


def test_the_commands_load_nothing_before_they_are_called():
    """Neither ``--help`` nor the other commands wait for what they do not use."""
    slow = {"pydantic", "ruamel", "feedparser", "idna", "defusedxml", "watchfiles"}
    script = (
        f"import sys, {commands.__name__}\n"
        f"print(sorted({slow} & {{name.partition('.')[0] for name in sys.modules}}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert told == "[]\n"
