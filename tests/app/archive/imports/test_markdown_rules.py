"""What stands around a link in Markdown, rule by rule."""

from datetime import date

import pytest

from app.archive.imports.bookmark import Bookmark
from app.archive.imports.markdown import (
    MAX_TITLE_BEFORE_URL_CHARS,
    read,
)

A = "https://a.example/"
B = "https://b.example/"
DAY = date(2024, 8, 11)


def found(text, name=""):
    return [*read(text, name)]


def tags(text):
    return [bookmark.tags for bookmark in read(text)]


def titles(text):
    return [bookmark.title for bookmark in read(text)]


def notes(text):
    return [bookmark.note for bookmark in read(text)]


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_has_one_to_six_marks(level):
    assert tags(f"{'#' * level} H\n\nsee {A} x") == [("H",)]


@pytest.mark.parametrize("line", ["####### H", "#H", "\\# H"])
def test_what_only_looks_like_a_heading_is_text(line):
    assert tags(f"{line}\n\nsee {A} x") == [()]


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("# H #", "H"),
        ("## H ##  ", "H"),
        ("# C#", "C#"),
        ("#\tH", "H"),
        ("> # H", "H"),
        ("# a *b*", "a b"),
    ],
)
def test_a_heading_is_named_without_its_marks(line, tag):
    assert tags(f"{line}\n\nsee {A} x") == [(tag,)]


@pytest.mark.parametrize("line", ["#", "# #", "##  ##"])
def test_a_heading_without_words_is_no_tag(line):
    assert tags(f"{line}\n\nsee {A} x") == [()]


def test_a_heading_ends_those_of_its_level_and_below():
    text = f"# A\n## B\n### C\nsee {A} 1\n## D\nsee {A} 2\n# E\nsee {A} 3\n### F\nsee {A} 4\n"
    assert tags(text) == [("A", "B", "C"), ("A", "D"), ("E",), ("E", "F")]


@pytest.mark.parametrize(
    ("rule", "told"),
    [("==", ("H",)), ("=====  ", ("H",)), ("--", ("A", "H")), ("----", ("A", "H"))],
)
def test_two_marks_below_a_line_make_it_a_heading(rule, told):
    assert tags(f"# A\n\nH\n{rule}\nsee {A} x") == [told]


@pytest.mark.parametrize("rule", ["=", "==-", "== x"])
def test_other_marks_below_a_line_make_it_none(rule):
    assert tags(f"# A\n\nH\n{rule}\nsee {A} x") == [("A",)]


def test_a_line_below_two_lines_or_an_item_makes_no_heading():
    assert tags(f"a\nb\n---\nsee {A} x") == [()]
    assert tags(f"- a\n---\n\nsee {A} x") == [()]


def test_the_nearest_dated_heading_is_the_day():
    text = f"# 2024-08-11\n## B\nsee {A} 1\n## 2024-08-12\nsee {A} 2\n# C\nsee {A} 3"
    assert [b.added for b in read(text)] == [DAY, date(2024, 8, 12), None]


def test_the_page_has_a_day_for_links_that_have_none():
    text = f"---\ndate: 2024-08-11\n---\nsee {A}\n# 2024-08-12\nsee {A}\n\n[r]: {B}"
    assert [b.added for b in read(text)] == [DAY, date(2024, 8, 12), DAY]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"---\ndate: 2024-08-11\n---\n{A}", DAY),
        (f"+++\nDate = '2024-08-11T10:00'\n+++\n{A}", DAY),
        (f'---\ntitle: x\ncreated:"2024-08-11"\n---\n{A}', DAY),
        (f"---\npublished : 11 August 2024\nx: y\n---\n{A}", DAY),
        (f"---\nupdated: 2024-08-11\n---\n{A}", None),
        (f"---\ntitle: x\n---\ndate: 2024-08-11\n\n{A}", None),
        (f"---\ndate: 2024-08-11\n+++\n{A}", None),
        (f"words\n+++\ndate: 2024-08-11\n+++\n{A}", None),
    ],
)
def test_front_matter_tells_the_day(text, day):
    assert found(text)[-1].added == day


def test_links_of_the_front_matter_are_none():
    assert [b.url for b in read(f"---\nhome: {B}\n---\n{A}")] == [A]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-08-11.md", DAY),
        ("a/b/2024-08-11-links.md", DAY),
        ("links-2024-08-11.md", None),
        ("2024-08-11/links.md", None),
        ("", None),
    ],
)
def test_a_file_name_may_begin_with_the_day(name, day):
    assert found(A, name)[0].added == day


def test_front_matter_goes_before_the_files_name():
    assert found(f"---\ndate: 2024-08-12\n---\n{A}", "2024-08-11.md")[0].added == date(2024, 8, 12)


def test_a_heading_is_the_title_of_a_bare_url_right_after_it_alone():
    assert titles(f"# H\n{A}") == ["H"]
    assert titles(f"# H\n\nwords\n\n{A}") == [""]
    assert titles(f"# H\nsee {A}") == [""]
    assert titles(f"# H\n[T]({A})") == ["T"]
    assert titles(f"# H\n{A}\n\n{B}") == ["H", ""]
    assert tags(f"# H\n{A}\n\n{B}") == [(), ()]
    assert titles(f"# G\n# H\n{A}") == ["H"]


def test_a_heading_that_links_within_the_page_may_be_a_title_too():
    assert titles(f"# [H](#h)\n{A}") == ["H"]


def test_a_weekday_beside_a_date_names_nothing():
    for heading in ("Sunday, 2024-08-11", "2024-08-11 (Sun)", "Wed 2024-08-11", "thurs 2024-08-11"):
        assert (found(f"# {heading}\n- [T]({A})")[0].tags) == (), heading


def test_an_author_may_be_a_link():
    (bookmark,) = found(f"- [T]({A}), by *[jo doe]({B})*")
    assert (bookmark.url, bookmark.author) == (A, "jo doe")
    assert [b.url for b in read(f"- [T]({A}) and by [Jo]({B})")] == [A, B]
    assert [b.url for b in read(f"- [T]({A}) by {B}")] == [A, B]


def test_a_note_is_an_items_rest_and_only_where_it_has_one_link():
    assert notes(f"- [T]({A}) — *a* note") == ["a note"]
    assert notes(f"- [T]({A}) by Jo Doe, a note") == ["a note"]
    assert notes(f"[T]({A}) — no note") == [""]
    assert notes(f"- [T]({A}) and [U]({B}) — no note") == ["", ""]
    assert notes(f"- Title: {A} a note") == ["a note"]
    assert notes(f"- see [T]({A}) no note") == [""]


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "123456789)", "- [ ]", "- [x]", "- [X]"])
def test_items_have_marks(mark):
    assert notes(f"{mark} [T]({A}) note") == ["note"]


@pytest.mark.parametrize("mark", ["1234567890.", "-x", "- [y]", "a."])
def test_other_marks_are_words(mark):
    assert notes(f"{mark} [T]({A}) note") == [""]


def test_an_item_ends_with_the_next_and_with_an_empty_line():
    assert notes(f"- [T]({A}) one\n- [U]({B}) two") == ["one", "two"]
    assert notes(f"- [T]({A}) one\n\nno") == ["one"]
    assert notes(f"- [T]({A})\n  one\n  two\n| no") == ["one two"]


def test_text_before_a_bare_url_names_it_in_an_item_of_its_own():
    assert MAX_TITLE_BEFORE_URL_CHARS == 150
    assert titles(f"- *T* ({A})") == ["T"]
    assert titles(f"- {'t' * 150}: {A}") == ["t" * 150]
    assert titles(f"- {'t' * 151}: {A}") == [""]
    assert titles(f"T: {A}") == [""]
    assert titles(f"- T: {A} {B}") == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{B}\n```\n{A}",
        f"```py\n{B}\n```\n{A}",
        f"~~~~\n```\n~~~\n{B}\n~~~~\n{A}",
        f"```\n``` x\n{B}\n```\n{A}",
        f"> ```\n> {B}\n> ```\n{A}",
        f"```\n# {B}\n- {B}\n[r]: {B}\n````\n{A}",
        f"<!-- {B} -->{A}",
        f"{A}\n<!-- {B}",
        f"<!-- a --><!-- {B} -->{A}",
    ],
)
def test_code_and_comments_hold_no_links(text):
    assert [b.url for b in read(text)] == [A]


def test_a_fence_that_is_never_closed_goes_to_the_end():
    assert found(f"```\n{A}") == []


def test_links_within_the_page_are_none():
    assert [b.url for b in read(f"[T](#top) [U]({A})")] == [A]


def test_definitions_nobody_used_come_last_once_and_named():
    text = f"[Story One]: <{A}>\n[1]: {B}\n[story  one]: x\n[used]: y\n[^n]: z\n\n[T][used]"
    assert found(text) == [
        Bookmark("y", "T"),
        Bookmark(A, "story one"),
        Bookmark(B, ""),
    ]


def test_a_definition_is_no_text():
    assert titles(f"# H\n[r]: {B}\n{A}") == ["H", "r"]


def test_a_table_is_read_line_by_line():
    assert [b.title for b in read(f"| [T]({A}) |\n|---|\n| [U]({B}) |")] == ["T", "U"]
