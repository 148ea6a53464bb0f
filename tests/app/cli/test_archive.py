"""The commands: what they print, where, and how they end."""

import io
import sys

import pytest

from app.archive.exports import formats as exports
from app.archive.file.load import load
from app.archive.schema import schema_text
from app.cli import archive as commands
from tests.archive_commands import GOOD

BOOKMARKS = '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="https://two.example/">Two</A></DL>'


def test_check_of_a_good_file(run, archive):
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == "links.yaml: 1 link, 1 tag, no problems\n"
    assert archive.read_text() == GOOD


def test_check_of_a_broken_file_ends_with_1(run, archive):
    archive.write_text("- title: One\n  url: ftp://one.example/\n")
    result = run("check", "links.yaml")
    assert result.exit_code == 1
    assert "links.yaml:2:8: error: [0].url: uses the scheme ftp" in result.stderr
    assert "1 error" in result.stderr


def test_check_prints_warnings_and_ends_well(run, archive):
    archive.write_text("- title: One\n  url: http://one.example/\n  tag: x\n")
    result = run("check")
    assert result.exit_code == 0
    assert "2 warnings" in result.stderr
    assert "did you mean 'tags'" in result.stderr


def test_check_of_a_missing_file(run):
    result = run("check", "nowhere.yaml")
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_import_adds(run, archive, tmp_path):
    (tmp_path / "bookmarks.html").write_text(BOOKMARKS)
    result = run("import", "bookmarks.html", "--tag", "found")
    assert result.exit_code == 0
    assert "added 1, merged 0, skipped 0" in result.stdout
    assert [link.title for link in load(archive).archive] == ["One", "Two"]
    assert load(archive).archive.links[1].tags == ("found",)


def test_a_dry_run_changes_nothing(run, archive, tmp_path):
    (tmp_path / "bookmarks.html").write_text(BOOKMARKS)
    result = run("import", "bookmarks.html", "--dry-run")
    assert "added 1" in result.stdout
    assert "dry run" in result.stderr
    assert archive.read_text() == GOOD


def test_import_reads_standard_input_into_a_new_file(run, tmp_path):
    result = run("import", "-", "--into", "new.yaml", input="https://two.example/\n")
    assert result.exit_code == 0
    assert len(load(tmp_path / "new.yaml").archive) == 1


def test_import_takes_many_sources_and_a_named_format(run, archive, tmp_path):
    (tmp_path / "a.txt").write_text("# note\nhttps://a.example/")
    (tmp_path / "b.txt").write_text("# note\nhttps://b.example/")
    assert run("import", "a.txt", "b.txt", "--from", "urls").exit_code == 0
    assert [link.tags for link in load(archive).archive] == [("a",), (), ()]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["import", "nowhere.html"], "nowhere.html cannot be read: No such file"),
        (["import", "."], ". cannot be read: Is a directory"),
        (["import", "empty"], "empty is empty"),
        (["import", "empty", "--from", "delicious"], "'delicious' is no format"),
        (["import", "bomb"], "bomb declares a DTD"),
        (["import", "none"], "no link was found"),
        (["import", "urls", "--into", "no/such/folder.yaml"], "cannot be written: No such file"),
        (["export", "pdf"], "'pdf' is no format"),
        (["export", "csv", "-o", "no/such/folder.csv"], "cannot be written"),
        (["init"], "is there already"),
        (["init", "no/such/folder.yaml"], "cannot be written"),
    ],
)
def test_mistakes_are_told_in_one_line_and_change_nothing(
    run, archive, tmp_path, arguments, reason
):
    (tmp_path / "empty").write_text("")
    (tmp_path / "none").write_text("[]")
    (tmp_path / "urls").write_text("https://a.example/")
    (tmp_path / "bomb").write_text('<!DOCTYPE x [<!ENTITY a "b">]><opml>&a;</opml>')
    result = run(*arguments)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert result.stderr.startswith("error: ")
    assert archive.read_text() == GOOD


def test_a_broken_archive_is_not_imported_into(run, archive, tmp_path):
    archive.write_text("links: [")
    (tmp_path / "urls").write_text("https://a.example/")
    result = run("import", "urls")
    assert result.exit_code == 1
    assert "mend it first" in result.stderr
    assert archive.read_text() == "links: ["


@pytest.fixture
def many(tmp_path):
    lines = [f"https://a.example/{number}/{'x' * 150}" for number in range(6000)]
    (tmp_path / "many").write_text("\n".join(lines))


@pytest.mark.usefixtures("many")
def test_an_archive_is_not_made_too_large_to_be_served(run, archive):
    result = run("import", "many")
    assert result.exit_code == 1
    assert "larger than 1 MiB" in result.stderr
    assert archive.read_text() == GOOD


@pytest.mark.usefixtures("many")
def test_a_new_file_may_be_large_and_says_so(run, tmp_path):
    result = run("import", "many", "--into", "new.yaml")
    assert result.exit_code == 0
    assert "warning: new.yaml is larger than 1 MiB" in result.stderr
    assert (tmp_path / "new.yaml").stat().st_size > 1024 * 1024


@pytest.mark.usefixtures("many")
def test_the_owner_may_insist(run, archive):
    assert run("import", "many", "--oversize").exit_code == 0
    assert archive.stat().st_size > 1024 * 1024


@pytest.mark.usefixtures("many")
def test_a_terminal_is_shown_progress(archive, monkeypatch, capsys, tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    commands.import_links([str(tmp_path / "many")], into=archive, oversize=True)
    assert "6,000 of 6,000" in sys.stderr.getvalue()
    assert "added 6,000" in capsys.readouterr().out


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("form", exports.FORMATS, ids=str)
def test_export_prints(run, form):
    assert "https://one.example/" in run("export", form.name).stdout


@pytest.mark.usefixtures("archive")
def test_export_writes_a_file(run, tmp_path):
    assert run("export", "opml", "--output", "links.opml").exit_code == 0
    assert "https://one.example/" in (tmp_path / "links.opml").read_text()


def test_schema_prints_the_schema(run):
    assert run("schema").stdout == schema_text()


def test_init_writes_an_archive_that_is_in_order(run, tmp_path):
    result = run("init")
    assert result.exit_code == 0
    assert "link-drift serve links.yaml" in result.stdout
    assert load(tmp_path / "links.yaml").warnings == ()


@pytest.mark.parametrize("command", ["check", "import", "export", "schema", "init"])
def test_every_command_explains_itself(run, command):
    assert len(run(command, "--help").stdout.splitlines()) > 5
