"""What is written reads back as what was meant, and as a text in any YAML."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.file.emit import block_entry, fields, flow, flow_entry, quoted, scalar
from app.archive.file.tree import Source, compose
from app.archive.imports.admit import Candidate


def candidate(**given):
    facts: dict[str, Any] = {"key": "k", "url": "https://a.example/", "title": "T"}
    facts |= {"author": None, "note": None, "tags": [], "added": None}
    return Candidate(**facts | given)


FULL = candidate(author="Jo", note="Why", tags=["a", "b: c"], added=date(2024, 1, 2))


@pytest.mark.parametrize(
    "text",
    ["word", "Ted Chiang", "two words.", "a-b", "what?", "É", "日本", "a/b+c&d~e;f!"],
)
def test_what_is_a_text_in_any_yaml_stays_plain(text):
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "inf", "nan"],
        *["Y", "NO", "On", "TRUE", "Null", "NaN"],
        "1984",
        "1e3",
        "2024-01-02",
        "~",
        "-",
        "- a",
        "a: b",
        "a #b",
        "a, b",
        "[a",
        "a]",
        "{a",
        "a}",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a",
        '"a',
        "?",
        "a ",
        " a",
        "a:",
        "a-",
        "_a",
        "",
        ".a",
        "a\tb",
        "a=",
        "a\\b",
        "a\u2028b",
    ],
)
def test_what_some_yaml_takes_for_something_else_is_quoted(text):
    assert scalar(text) == quoted(text)
    assert scalar(text).startswith('"')


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('a "b" \\', '"a \\"b\\" \\\\"'),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("é日\U0001f30a", '"é日\U0001f30a"'),
        ("\x7f", '"\\u007f"'),
        ("\x80\x9f", '"\\u0080\\u009f"'),
        ("\u2028\u2029", '"\\u2028\\u2029"'),
        ("\ufeff\ufffe\uffff", '"\\ufeff\\ufffe\\uffff"'),
        ("~\xa0", '"~\xa0"'),
    ],
)
def test_quotes_escape_what_yaml_may_not_hold(text, written):
    assert quoted(text) == written


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_reads_back(text):
    for write in (quoted, scalar):
        root, problems = compose(Source(write(text)))
        assert problems == []
        assert root.text == text
        assert not root.is_null


def test_tags_stand_on_one_line():
    assert flow(["a", "b: c", "no"]) == '[a, "b: c", "no"]'
    assert flow(["a", "b"], quoted) == '["a", "b"]'
    assert flow([]) == "[]"


def test_fields_are_written_in_the_order_of_the_file_and_only_where_known():
    assert [*fields(FULL).items()] == [
        ("title", '"T"'),
        ("url", "https://a.example/"),
        ("author", "Jo"),
        ("note", '"Why"'),
        ("tags", '[a, "b: c"]'),
        ("added", "2024-01-02"),
    ]
    assert [*fields(candidate())] == ["title", "url"]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/x,y:z", "https://a.example/x,y:z"),
        ("https://a.example/x:", '"https://a.example/x:"'),
        ("https://a.example/x,", '"https://a.example/x,"'),
        ("https://a.example/#x", "https://a.example/#x"),
    ],
)
def test_a_url_is_quoted_only_where_its_end_would_be_taken_for_yaml(url, written):
    assert fields(candidate(url=url))["url"] == written


def test_an_entry_in_lines_begins_with_a_dash_and_ends_without_a_break():
    assert block_entry(candidate(author="Jo"), 2, "\n") == (
        '  - title: "T"\n    url: https://a.example/\n    author: Jo'
    )
    assert block_entry(candidate(), 0, "\r\n") == '- title: "T"\r\n  url: https://a.example/'


def test_an_entry_in_braces_is_json():
    written = flow_entry(FULL)
    assert json.loads(written) == {
        "title": "T",
        "url": "https://a.example/",
        "author": "Jo",
        "note": "Why",
        "added": "2024-01-02",
        "tags": ["a", "b: c"],
    }
    assert "\n" not in written
    assert flow_entry(candidate()) == '{"title": "T", "url": "https://a.example/"}'
