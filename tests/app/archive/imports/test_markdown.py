"""Markdown: what stands around a link describes it."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.imports.markdown import read

A = "https://a.example/"
B = "https://b.example/"


def only(text, name=""):
    (bookmark,) = read(text, name)
    return bookmark


def urls(text):
    return [bookmark.url for bookmark in read(text)]


@pytest.mark.parametrize(
    ("text", "url", "title"),
    [
        (f"[T]({A})", A, "T"),
        (f'[T]({A} "hint")', A, "T"),
        (f"[T](<{A}>)", A, "T"),
        ("[T](https://a.example/x_(y))", "https://a.example/x_(y)", "T"),
        (f"[T][r]\n\n[r]: {A}", A, "T"),
        (f"[T][]\n\n[t]: {A}", A, "T"),
        (f"[T]\n\n[T]: <{A}> 'hint'", A, "T"),
        (f"<{A}>", A, ""),
        (f"see {A}.", A, ""),
        (f"({A})", A, ""),
        ("https://a.example/x_(y)", "https://a.example/x_(y)", ""),
        (f"[*two* `words` \\[x\\] &amp; __more__]({A})", A, "two words [x] & more"),
        (f"[snake_case]({A})", A, "snake_case"),
        (f"[![a picture](p.png)]({A})", A, "a picture"),
        (f"> quoted [T]({A})", A, "T"),
        (f"| a | [T]({A}) |", A, "T"),
        (f"- [x] [T]({A})", A, "T"),
        (f"1. [T]({A})", A, "T"),
        (f'<a href="{A}">T</a>', A, "T"),
        (f"[a\nb]({A})", A, "a b"),
    ],
)
def test_every_kind_of_link_is_found(text, url, title):
    bookmark = only(text)
    assert (bookmark.url, bookmark.title) == (url, title)


@pytest.mark.parametrize(
    "text",
    [
        f"```\n[T]({A})\n```",
        f"~~~\n{A}\n~~~",
        f"`[T]({A})`",
        f"![T]({A})",
        f"<!-- [T]({A}) -->",
        "[top](#top)",
        "[not a link]",
        f"\\[T]({A.replace('https', 'x')})",
    ],
)
def test_what_is_no_link_is_left_alone(text):
    assert urls(text) == []


def test_headings_around_a_link_are_its_tags():
    text = f"# Reading\n## Talks\n- [T]({A})\n## Papers\n- [U]({B})\n"
    assert [bookmark.tags for bookmark in read(text)] == [
        ("Reading", "Talks"),
        ("Reading", "Papers"),
    ]


def test_underlined_headings_are_headings():
    text = f"Reading\n=======\n\nTalks\n-----\n[T]({A})"
    assert only(text).tags == ("Reading", "Talks")


@pytest.mark.parametrize(
    ("heading", "day", "tags"),
    [
        ("2024-08-11", date(2024, 8, 11), ()),
        ("2024/8/11", date(2024, 8, 11), ()),
        ("2024.08.11", date(2024, 8, 11), ()),
        ("August 11, 2024", date(2024, 8, 11), ()),
        ("Sunday, 11th August 2024", date(2024, 8, 11), ()),
        ("11 Aug 2024", date(2024, 8, 11), ()),
        ("**2024-08-11**", date(2024, 8, 11), ()),
        ("2024년 8월 11일", date(2024, 8, 11), ()),
        ("August 2024", date(2024, 8, 1), ()),
        ("2024-08", date(2024, 8, 1), ()),
        ("Links (2024-08-11)", date(2024, 8, 11), ("Links",)),
        ("2024-08-11: links", date(2024, 8, 11), ("links",)),
        ("2024-13-45", None, ("2024-13-45",)),
        ("The 2024-08-11 incident", None, ("The 2024-08-11 incident",)),
        ("Monday", None, ("Monday",)),
    ],
)
def test_a_date_in_a_heading_is_the_day(heading, day, tags):
    bookmark = only(f"## {heading}\n- [T]({A})")
    assert (bookmark.added, bookmark.tags) == (day, tags)


def test_a_days_heading_holds_for_the_headings_below_it_only():
    text = f"## 2024-08-11\n### Talks\n- [T]({A})\n## Later\n- [U]({B})"
    assert [bookmark.added for bookmark in read(text)] == [date(2024, 8, 11), None]


def test_front_matter_dates_the_whole_page():
    text = f"---\ntitle: x\ndate: 2023-01-05 10:00\n---\n[T]({A})"
    assert only(text).added == date(2023, 1, 5)


def test_a_file_name_may_carry_the_day():
    assert only(f"[T]({A})", "posts/2023-01-05-links.md").added == date(2023, 1, 5)


@pytest.mark.parametrize("link", [A, f"<{A}>", f"- {A}"])
def test_a_reading_logs_heading_is_the_title(link):
    text = f"# Papers\n## 2024-08-11\n### Attention Is All You Need\n\n{link}\n\nA note."
    bookmark = only(text)
    assert bookmark.title == "Attention Is All You Need"
    assert bookmark.tags == ("Papers",)
    assert bookmark.added == date(2024, 8, 11)


def test_a_heading_that_dates_and_names_a_paper_does_both():
    bookmark = only(f"### 2024-08-11: Attention Is All You Need\n{A}")
    assert (bookmark.title, bookmark.added) == ("Attention Is All You Need", date(2024, 8, 11))


def test_a_heading_over_many_urls_is_a_tag():
    found = list(read(f"## Talks\n{A}\n{B}\n"))
    assert [(b.title, b.tags) for b in found] == [("", ("Talks",)), ("", ("Talks",))]


def test_a_heading_that_is_a_link_is_no_tag():
    found = list(read(f"## [T]({A})\nand [U]({B})"))
    assert [(b.title, b.tags) for b in found] == [("T", ()), ("U", ())]


@pytest.mark.parametrize(
    ("tail", "author"),
    [
        (" by Ted Chiang", "Ted Chiang"),
        (", by Ted Chiang.", "Ted Chiang"),
        (" — by Ted Chiang — a story", "Ted Chiang"),
        (" (by Ted Chiang)", "Ted Chiang"),
        (" By J. R. R. Tolkien", "J. R. R. Tolkien"),
        (" by qntm", "qntm"),
        (" by *the lighthouse keeper*", "the lighthouse keeper"),
        (" by [Ted Chiang](https://ted.example)", "Ted Chiang"),
        (" by far the best of them", ""),
        (" nearby", ""),
        ("", ""),
    ],
)
def test_by_names_the_author(tail, author):
    assert next(read(f"- [T]({A}){tail}")).author == author


def test_the_authors_own_page_is_no_link_of_the_list():
    assert urls(f"- [T]({A}) by [Ted]({B})") == [A]


@pytest.mark.parametrize(
    "item",
    ["- [T]({A}) by Ted — It is short.", "- [T]({A}): It is short.", "- [T]({A})\n  It is short."],
)
def test_what_follows_in_a_list_is_the_note(item):
    assert only(item.replace("{A}", A)).note == "It is short."


def test_prose_around_a_link_is_no_note():
    assert only(f"I read [T]({A}) and liked it.").note == ""
    assert only(f"- I read [T]({A}) and liked it.").note == ""


def test_text_before_a_bare_url_in_a_list_is_its_title():
    assert only(f"- Attention: {A}").title == "Attention"


def test_definitions_nobody_uses_are_links_too():
    assert only(f"[The story]: {A}").title == "the story"


@given(st.text("[]()<>`*_\\!#-> \nab:/.\"'", max_size=120))
def test_any_text_is_read_without_a_crash(text):
    for bookmark in read(text + f"\n\n[end]({A})"):
        assert isinstance(bookmark.url, str)


@pytest.mark.parametrize(
    "piece", ["[", "[x](", "`", "<a ", "![", "](", "*", "<!--", "\\", "[x]:", "> "]
)
def test_reading_is_not_quadratic_in_what_is_never_closed(piece):
    began_s = time.process_time()
    for _ in read(piece * (200_000 // len(piece))):
        pass
    assert time.process_time() - began_s < 5
