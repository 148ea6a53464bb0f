import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

import httpx
import pytest
from typer.testing import CliRunner

from app.assets import BUNDLED_ARCHIVE
from app.cli.command_line import app

START_S = 60
GOOD = "links:\n  - title: Tides\n    url: https://tides.example/\n    tags: [sea]\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_check_exits_with_1_on_errors(run, tmp_path):
    (tmp_path / "links.yaml").write_text("links:\n  - title: no url\n")
    result = run("check")
    assert result.exit_code == 1
    assert result.output.startswith("links.yaml:2:5: error: links[0].url: is missing\n")
    assert result.output.endswith("links.yaml: 1 error\n")


def test_check_of_a_missing_file_never_takes_another_one(run):
    """Serving falls back to the bundled archive; what looks after a file must not."""
    result = run("check")
    assert result.exit_code == 1
    assert result.output.startswith("links.yaml: error: cannot be read: No such file")


def test_what_is_exported_is_imported_again(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    assert run("export", "html", "--output", "marks.html").exit_code == 0
    result = run("import", "marks.html", "--into", "new.yaml")
    assert result.exit_code == 0
    assert result.output.endswith("added 1, merged 0, skipped 0\n")
    assert run("check", "new.yaml").output == "new.yaml: 1 link, 1 tag, no problems\n"


def test_schema_prints_what_an_editor_reads(run):
    told = json.loads(run("schema").output)
    assert told["title"] == "Link Drift archive"


def test_init_never_writes_over_a_file(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    assert run("init").exit_code == 1
    assert (tmp_path / "links.yaml").read_text() == GOOD


@pytest.mark.parametrize(
    ("content", "reason"), [("links: []\n", "link"), ("{", "yaml"), (None, "No such file")]
)
def test_serving_a_file_that_is_no_archive_says_why_and_ends(run, tmp_path, content, reason):
    path = tmp_path / "mine.yaml"
    if content is not None:
        path.write_text(content)
    result = run("serve", str(path), "--port", "0")
    assert result.exit_code == 1
    assert reason.casefold() in result.output.casefold()
    assert "Traceback" not in result.output


def test_serving_with_a_state_that_is_not_ours_says_so(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    result = run("serve", "--port", "0", "--state", str(tmp_path))
    assert result.exit_code == 1
    assert result.output.startswith("error: ")


def start(tmp_path, *words):
    server = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", str(tmp_path / "links.yaml"), *words],
        cwd=BUNDLED_ARCHIVE.parent,
        env={**os.environ, "LINK_DRIFT_PORT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    line = server.stdout.readline()
    assert "1 link of" in line
    return server, re.search(r"http://\S+", line).group()


def end(server):
    server.send_signal(signal.SIGTERM)
    _out, err = server.communicate(timeout=START_S)
    return err


def test_openings_survive_a_restart_beside_the_file(tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    server, url = start(tmp_path)
    link = httpx.get(url + "/api/links").json()["links"][0]
    httpx.get(f"{url}/go/{link['id']}")
    assert end(server) == ""
    server, url = start(tmp_path)
    why = httpx.get(url + "/api/random").json()["why"]
    assert end(server) == ""
    assert (tmp_path / "links.sqlite").exists()
    assert "never" not in why
    with sqlite3.connect(tmp_path / "links.sqlite") as base:
        tables = [row[0] for row in base.execute("select name from sqlite_master")]
        dump = "\n".join(base.iterdump())
    base.close()
    assert tables
    assert "127.0.0.1" not in dump


def test_a_termination_ends_within_three_seconds(tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    server, _url = start(tmp_path, "--state", ":memory:")
    began_s = time.monotonic()
    end(server)
    assert time.monotonic() - began_s < START_S / 4
    assert not (tmp_path / "links.sqlite").exists()


def test_a_port_in_use_is_one_clear_line(tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    server, url = start(tmp_path)
    try:
        second = subprocess.run(
            [sys.executable, "-m", "app.cli", "serve", "--port", url.rpartition(":")[2]],
            cwd=BUNDLED_ARCHIVE.parent,
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
        )
        assert second.returncode != 0
        assert "address already in use" in second.stderr
        assert "Traceback" not in second.stderr
    finally:
        end(server)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("LINK_DRIFT_PORT", "abc"), ("LINK_DRIFT_PORT", "99999"), ("LINK_DRIFT_PUBLIC_URL", "x")],
)
def test_a_setting_that_cannot_be_is_one_line(run, tmp_path, monkeypatch, variable, value):
    (tmp_path / "links.yaml").write_text(GOOD)
    monkeypatch.setenv(variable, value)
    result = run("serve")
    assert result.exit_code == 1
    assert result.output.startswith(f"error: {variable} is {value!r}: ")
    assert len(result.output.splitlines()) == 1


def test_a_bad_port_names_its_option(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    assert "--port is 99999" in run("serve", "--port", "99999").output


def test_an_archive_named_in_the_environment_is_never_replaced(run, monkeypatch):
    monkeypatch.setenv("LINK_DRIFT_ARCHIVE", "/nowhere/links.yaml")
    for command in ("serve", "pick"):
        result = run(command)
        assert result.exit_code == 1
        assert "/nowhere/links.yaml" in result.output


def test_one_archive_is_merged_into_another(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    (tmp_path / "other.yaml").write_text(
        "links:\n  - title: Ants\n    url: https://ants.example/\n"
        "    author: Jane\n    tags: [six]\n"
    )
    assert run("import", "other.yaml").exit_code == 0
    assert (tmp_path / "links.yaml").read_text() == GOOD + (
        '  - title: "Ants"\n    url: https://ants.example/\n    author: Jane\n    tags: [six]\n'
    )


def test_an_archive_with_errors_is_merged_into_none(run, tmp_path):
    (tmp_path / "links.yaml").write_text(GOOD)
    broken = tmp_path / "broken.yaml"
    broken.write_text("links:\n  - title: Ants\n    url: ftp://ants.example/\n")
    result = run("import", "broken.yaml")
    assert result.exit_code == 1
    assert "is an archive with errors" in result.output
    assert (tmp_path / "links.yaml").read_text() == GOOD
