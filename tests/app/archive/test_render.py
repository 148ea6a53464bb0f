"""Problems are printed where a person can see and mend them."""

import pytest

from app.archive.load import parse
from app.archive.problem import ArchiveError, Problem, Severity
from app.archive.render import MAX_EXCERPT_COLUMNS, count, render


def printed(text, **options):
    with pytest.raises(ArchiveError) as error:
        parse(text.encode(), "links.yaml")
    return render("links.yaml", error.value.problems, **options)


def caret_under(text):
    """What the caret points at, by screen columns of plain text."""
    _, line, caret, *_ = text.splitlines()
    start = caret.index("^")
    return line[start : start + caret.count("^")]


def test_a_problem_names_its_place_and_shows_its_line():
    assert printed("- title: A\n  url: ftp://a.example/\n") == (
        "links.yaml:2:8: error: [0].url: uses the scheme ftp; only http and https are links here\n"
        "    2 |   url: ftp://a.example/\n"
        "      |        ^^^^^^^^^^^^^^^^\n"
        "links.yaml: 1 error"
    )


def test_a_problem_of_the_whole_file_has_no_line():
    assert printed("") == (
        "links.yaml: error: is empty; an archive has at least one link\nlinks.yaml: 1 error"
    )


def test_no_problems_print_nothing():
    assert render("links.yaml", ()) == ""


def test_a_caret_stands_under_wide_characters():
    text = printed("- {title: 日本語, url: 'x'}")
    _, line, caret, _ = text.splitlines()
    before = line[: line.index("'x'")]
    assert caret.index("^") == len(before) + 3  # three characters of two cells


def test_a_caret_stands_after_a_tab():
    text = printed("-\ttitle: A\n\turl: 'ftp://a.example/'")
    assert "^" in text


def test_what_would_move_the_cursor_is_replaced():
    text = printed("- title: \x1b[2J\x07")
    assert "\x1b" not in text
    assert "\x07" not in text


@pytest.mark.parametrize("before", [0, 10, 500])
@pytest.mark.parametrize("after", [0, 10, 500])
def test_a_long_line_is_cut_around_its_caret(before, after):
    line = "b" * before + "MARKED" + "a" * after
    problem = Problem(7, before + 1, "", "is odd", width=6, excerpt=line)
    text = render("f", [problem])
    assert caret_under(text) == "MARKED"
    assert len(text.splitlines()[1]) <= MAX_EXCERPT_COLUMNS + len("    7 | ")


def test_a_mark_wider_than_the_terminal_is_cut():
    problem = Problem(7, 1, "", "is odd", width=500, excerpt="x" * 500)
    assert all(len(row) < 120 for row in render("f", [problem]).splitlines())


def test_colour_is_only_there_when_asked_for():
    assert "\x1b[31m" in printed("links: 5", colour=True)
    assert "\x1b" not in printed("links: 5")


def test_more_problems_than_a_screen_holds_are_counted():
    text = printed("- {}\n" * 30, limit=5)
    assert "… and 55 more" in text
    assert text.endswith("links.yaml: 60 errors")


def test_problems_are_counted_in_words():
    problems = [Problem(1, 1, "", "x"), *[Problem(1, 1, "", "x", Severity.WARNING)] * 2]
    assert count(problems) == "1 error, 2 warnings"
    assert count([]) == "no problems"
