"""What the commands say and where, how they end, and what they leave alone."""

import io
import sys
from contextlib import suppress

import pytest
import typer

from app.archive.file import merge, save
from app.archive.file.load import load
from app.cli import archive as commands
from tests.archive_commands import GOOD


class Terminal(io.StringIO):
    """A terminal in place of a stream."""

    def isatty(self):
        return True


def many(tmp_path, count, padding=0):
    lines = [f"https://a.example/{number}/{'x' * padding}" for number in range(count)]
    (tmp_path / "many").write_text("\n".join(lines))
    return str(tmp_path / "many")


def test_links_and_tags_are_counted_in_words(run, archive):
    archive.write_text(GOOD + "  - title: Two\n    url: https://two.example/\n    tags: [b, c]\n")
    assert run("check").stdout == "links.yaml: 2 links, 3 tags, no problems\n"
    archive.write_text("- title: One\n  url: https://one.example/\n")
    assert run("check").stdout == "links.yaml: 1 link, 0 tags, no problems\n"


def test_warnings_are_said_on_standard_error_alone(run, archive):
    archive.write_text("- title: One\n  url: http://one.example/\n")
    result = run("check")
    assert result.stdout == ""
    assert result.stderr.startswith("links.yaml:2:8: warning: ")


def test_errors_are_said_on_standard_error_alone(run, archive):
    archive.write_text("- title: One\n")
    result = run("check")
    assert (result.stdout, result.exit_code) == ("", 1)


@pytest.mark.parametrize(
    ("stream", "variables", "coloured"),
    [
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"NO_COLOR": ""}, False),
        (io.StringIO, {}, False),
    ],
)
@pytest.mark.parametrize("text", ["links: [", "- {title: One, url: 'http://one.example/'}"])
def test_only_a_terminal_that_takes_colours_is_given_them(
    archive, monkeypatch, text, stream, variables, coloured
):
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    archive.write_text(text)
    monkeypatch.setattr(sys, "stderr", stream())
    with suppress(typer.Exit):
        commands.check(archive)
    assert ("\x1b[" in sys.stderr.getvalue()) is coloured


@pytest.mark.usefixtures("archive")
def test_the_account_of_an_import_is_on_standard_output(run, tmp_path):
    (tmp_path / "urls").write_text("https://a.example/\nhttps://one.example/\n")
    result = run("import", "urls")
    assert result.stderr == ""
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["added", "skipped", "added"]


@pytest.mark.usefixtures("archive")
def test_the_account_is_as_wide_as_the_terminal(run, tmp_path, monkeypatch):
    (tmp_path / "urls").write_text(f"https://a.example/{'x' * 300} {'t' * 299}\n")
    monkeypatch.setenv("COLUMNS", "60")
    narrow = run("import", "urls", "--dry-run").stdout.splitlines()[0]
    monkeypatch.setenv("COLUMNS", "160")
    wide = run("import", "urls", "--dry-run").stdout.splitlines()[0]
    assert 50 < len(narrow) <= 60
    assert 150 < len(wide) <= 160


def test_sources_are_read_in_their_order(run, archive, tmp_path):
    for name in "ba":
        (tmp_path / name).write_text(f"https://{name}.example/")
    run("import", "b", "a", "-", input="https://c.example/")
    assert [link.host for link in load(archive).archive][1:] == [
        "b.example",
        "a.example",
        "c.example",
    ]


def test_a_tag_for_all_may_be_repeated(run, archive, tmp_path):
    (tmp_path / "urls").write_text("https://a.example/")
    run("import", "urls", "--tag", "x", "--tag", "y")
    assert load(archive).archive.links[1].tags == ("x", "y")


FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>E</title>'
    '<link href="https://a.example/"/><content type="html">&lt;a href="https://b.example/"&gt;B'
    "&lt;/a&gt;</content></entry></feed>"
)


@pytest.mark.parametrize(("options", "count"), [([], 1), (["--links"], 2)])
def test_links_inside_a_feeds_entries_are_taken_when_asked_for(
    run, archive, tmp_path, options, count
):
    (tmp_path / "feed").write_text(FEED)
    run("import", "feed", *options)
    assert len(load(archive).archive) == 1 + count


def test_a_files_name_reaches_its_reader(run, archive, tmp_path):
    (tmp_path / "2023-01-05-links.md").write_text("[A](https://a.example/)")
    run("import", "2023-01-05-links.md")
    assert str(load(archive).archive.links[1].added) == "2023-01-05"


@pytest.mark.usefixtures("archive")
def test_a_mistake_in_standard_input_names_it(run):
    result = run("import", "-", input="")
    assert result.stderr == "error: standard input is empty\n"


def test_a_mistake_in_a_later_source_changes_nothing(run, archive, tmp_path):
    (tmp_path / "urls").write_text("https://a.example/")
    (tmp_path / "empty").write_text("")
    result = run("import", "urls", "empty")
    assert (result.exit_code, result.stdout) == (1, "")
    assert archive.read_text() == GOOD


def test_nothing_new_is_no_failure_and_writes_nothing(run, archive, tmp_path):
    (tmp_path / "urls").write_text("https://one.example/")
    before = archive.stat()
    result = run("import", "urls")
    assert result.exit_code == 0
    assert archive.stat().st_ino == before.st_ino


def test_a_new_file_of_refused_links_is_not_made(run, tmp_path):
    (tmp_path / "urls").write_text("javascript:x\nftp://a.example/\n")
    result = run("import", "urls", "--from", "urls")
    assert result.exit_code == 1
    assert result.stderr == "error: no link was found to import\n"
    assert not (tmp_path / "links.yaml").exists()


def test_refused_links_are_no_failure_for_a_file_that_is_there(run, archive, tmp_path):
    (tmp_path / "urls").write_text("javascript:x\n")
    assert run("import", "urls", "--from", "urls").exit_code == 0
    assert archive.read_text() == GOOD


def test_a_dry_run_of_a_new_file_makes_none(run, tmp_path):
    (tmp_path / "urls").write_text("https://a.example/")
    result = run("import", "urls", "--dry-run")
    assert result.exit_code == 0
    assert result.stderr == "dry run: links.yaml is as it was\n"
    assert not (tmp_path / "links.yaml").exists()


def test_a_broken_archive_shows_its_problems_first(run, archive, tmp_path):
    archive.write_text("links: [")
    (tmp_path / "urls").write_text("https://a.example/")
    result = run("import", "urls")
    assert result.stderr.startswith("links.yaml:1:9: error: ")
    assert result.stderr.endswith(
        "error: the archive itself is broken; mend it first, nothing was changed\n"
    )


def test_an_archive_that_cannot_be_added_to_is_left_as_it_is(run, archive, tmp_path, monkeypatch):
    (tmp_path / "urls").write_text("https://a.example/")
    monkeypatch.setattr(merge, "applied", lambda text, _edits: text + "- [")
    result = run("import", "urls")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: links.yaml is written in a way")
    assert archive.read_text() == GOOD


def test_an_archive_that_cannot_be_read_is_one_line(run, tmp_path):
    (tmp_path / "urls").write_text("https://a.example/")
    result = run("import", "urls", "--into", ".")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert "Is a directory" in result.stderr


def test_an_archive_that_was_edited_meanwhile_is_left_as_it_is(run, archive, tmp_path, monkeypatch):
    (tmp_path / "urls").write_text("https://a.example/")
    mine = GOOD + "# mine\n"
    real = merge.merge

    def slow(*arguments, **options):
        archive.write_text(mine)
        return real(*arguments, **options)

    monkeypatch.setattr(merge, "merge", slow)
    result = run("import", "urls")
    assert result.exit_code == 1
    assert result.stderr == "error: links.yaml was changed meanwhile; nothing was written\n"
    assert archive.read_text() == mine


def test_a_disk_that_is_full_is_one_line(run, archive, tmp_path, monkeypatch):
    (tmp_path / "urls").write_text("https://a.example/")

    def refuse(*_arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(save.os, "fsync", refuse)  # type: ignore[attr-defined]
        result = run("import", "urls")
    assert result.exit_code == 1
    assert result.stderr == "error: links.yaml cannot be written: No space left on device\n"
    assert archive.read_text() == GOOD


def test_a_refusal_for_size_says_what_to_do(run, archive, tmp_path):
    source = many(tmp_path, 6000, 150)
    result = run("import", source)
    assert result.stderr == (
        "error: links.yaml is larger than 1 MiB with them, the most that is served; "
        "nothing was written. Import less, or into another file (--into), "
        "or insist with --oversize\n"
    )
    assert archive.read_text() == GOOD


def test_an_insisting_owner_is_warned(run, archive, tmp_path):
    source = many(tmp_path, 6000, 150)
    result = run("import", source, "--oversize")
    assert result.stderr == (
        "warning: links.yaml is larger than 1 MiB with them, the most that is served; "
        "take links out before you serve it\n"
    )
    assert archive.stat().st_size > 1024 * 1024


@pytest.mark.parametrize(("count", "shown"), [(4_999, False), (5_000, True)])
def test_progress_is_shown_from_five_thousand_bookmarks(
    archive, monkeypatch, tmp_path, count, shown
):
    monkeypatch.setattr(sys, "stderr", Terminal())
    commands.import_links([many(tmp_path, count)], into=archive, dry_run=True)
    assert (" of 5,000" in sys.stderr.getvalue()) is shown


def test_progress_is_shown_to_a_terminal_only(archive, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    commands.import_links([many(tmp_path, 5_000)], into=archive, dry_run=True)
    assert " of 5,000" not in sys.stderr.getvalue()


def test_a_bar_fills_in_place_and_ends_its_line(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    commands._bar(1000, 3000)
    commands._bar(3000, 3000)
    assert sys.stderr.getvalue() == (
        f"\r[{'#' * 10}{'.' * 20}] 1,000 of 3,000\r[{'#' * 30}] 3,000 of 3,000\n"
    )
    commands._bar(0, 0)


def test_a_bookmark_is_held_once_while_it_is_merged():
    """A hundred thousand of them need not be held twice."""
    found = commands.deque(["a", "b", "c"])  # type: ignore[attr-defined]
    drained = commands._drained(found)
    assert next(drained) == "a"  # type: ignore[comparison-overlap]
    assert [*found] == ["b", "c"]
    assert [*drained] == ["b", "c"]  # type: ignore[comparison-overlap]
