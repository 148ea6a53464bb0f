"""Problems are printed where a person can see and mend them."""

import pytest

from app.archive.errors import ArchiveError
from app.archive.file.load import parse
from app.archive.problem import Problem, Severity
from app.archive.render import MAX_EXCERPT_COLUMNS, columns, count, first_columns, render


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
    text = printed("- {title: 'a\tb', url: 'ftp://a.example/'}")
    assert caret_under(text) == "'ftp://a.example/'"


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


def one(line, column, width, **options):
    problem = Problem(7, column, "", "is odd", width=width, excerpt=line)
    return render("f", [problem], **options).splitlines()


def test_a_place_in_colour_is_bold_and_its_severity_red_or_yellow():
    red = "\x1b[31m"
    assert one("abc", 2, 1, colour=True)[:3] == [
        f"\x1b[1mf:7:2\x1b[0m: {red}error\x1b[0m: is odd",
        "    7 | abc",
        f"      |  {red}^\x1b[0m",
    ]
    warning = Problem(0, 0, "", "is odd", Severity.WARNING)
    assert render("f", [warning], colour=True).splitlines()[0] == (
        "\x1b[1mf\x1b[0m: \x1b[33mwarning\x1b[0m: is odd"
    )


def test_a_line_that_just_fits_is_shown_whole():
    line = "b" * 40 + "M" + "a" * (MAX_EXCERPT_COLUMNS - 41)
    assert one(line, 41, 1)[1] == "    7 | " + line
    assert MAX_EXCERPT_COLUMNS == 96


def test_of_a_longer_line_a_little_before_the_mark_is_kept():
    line = "b" * 40 + "M" + "a" * (MAX_EXCERPT_COLUMNS - 40)
    assert one(line, 41, 1)[1] == f"    7 | …{'b' * 23}M{'a' * 56}"
    assert one(line + "a" * 16, 41, 1)[1:3] == [
        f"    7 | …{'b' * 23}M{'a' * 70}…",
        f"      | {' ' * 24}^",
    ]


def test_what_stands_before_the_mark_is_kept_whole_where_it_is_short():
    line = "b" * 24 + "M" + "a" * 100
    assert one(line, 25, 1)[1] == f"    7 | {'b' * 24}M{'a' * 70}…"


def test_a_mark_without_end_is_cut_to_the_terminal():
    assert one("b" * 10 + "M" * 200, 11, 200)[1:3] == [
        f"    7 | {'b' * 10}{'M' * 85}…",
        f"      | {' ' * 10}{'^' * 86}",
    ]


def test_after_a_mark_that_fills_the_line_nothing_is_shown():
    assert one("M" * 95 + "a" * 50, 1, 95)[1] == f"    7 | {'M' * 95}"
    assert one("M" * 94 + "a" * 50, 1, 94)[1] == f"    7 | {'M' * 94}a…"
    assert one("M" * 96 + "a" * 50, 1, 96)[1] == f"    7 | {'M' * 96}"


def test_wide_characters_count_twice_and_marks_upon_letters_not_at_all():
    assert columns("abc") == 3
    assert columns("日本") == 4
    assert columns("ｆ") == 2  # full width
    assert columns("e\u0301é") == 2
    assert first_columns("日本", 3) == "日"
    assert first_columns("日本", 4) == "日本"
    assert first_columns("e\u0301x", 1) == "e\u0301"
    assert first_columns("abc", 0) == ""


def test_a_long_line_of_wide_characters_is_cut_by_its_columns():
    line, caret = one("日" * 60 + "M" + "本" * 60, 61, 1)[1:3]
    assert line == f"    7 | …{'日' * 11}M{'本' * 35}…"
    assert caret.index("^") - len("      | ") == 23


def test_a_tab_is_a_space_and_what_hides_is_a_square():
    assert one("\tM\x1b", 2, 1)[1:3] == ["    7 |  M\u25a1", "      |  ^"]


def test_a_reason_cannot_move_the_cursor():
    assert render("f", [Problem(0, 0, "a\x1b", "b\tc")]).splitlines()[0] == "f: error: a\u25a1: b c"


def test_an_empty_mark_still_has_its_caret():
    assert one("", 1, 1)[1:3] == ["    7 |", "      | ^"]


def test_a_hundred_problems_are_shown_and_no_more():
    problem = Problem(0, 0, "", "is odd")
    assert render("f", [problem] * 100).splitlines()[-2:] == ["f: error: is odd", "f: 100 errors"]
    assert render("f", [problem] * 1200).splitlines()[-2:] == [
        "… and 1,100 more",
        "f: 1,200 errors",
    ]
    assert len(render("f", [problem] * 101).splitlines()) == 102


def test_one_is_counted_as_one():
    warning = Problem(1, 1, "", "x", Severity.WARNING)
    assert count([warning]) == "1 warning"
    assert count([Problem(1, 1, "", "x")] * 1000) == "1,000 errors"
