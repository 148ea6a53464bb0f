"""Markdown, as it is written: nothing but text where text is meant."""

import json

import pytest

from app.archive.exports.formats import export, export_format
from app.archive.file.load import parse


def markdown(**fields):
    told = {"title": "T", "url": "https://a.example/"} | fields
    archive = parse(json.dumps([told]).encode(), "x").archive
    return export(archive, export_format("markdown")).partition("-->\n\n")[2]


def test_markdown_stands_by_first_tag_then_day_and_what_has_none_comes_first():
    text = "\n".join(
        f"- {{title: {title}, url: 'https://{title}.example/'{more}}}".lower()
        for title, more in [
            ("a", ", tags: [x, y]"),
            ("b", ", added: 2024-01-02"),
            ("c", ", tags: [y]"),
            ("d", ", tags: [x], added: 2024-01-03"),
            ("e", ", tags: [x], added: 2024-01-02"),
            ("f", ""),
            ("g", ", tags: [x]"),
        ]
    )
    archive = parse(text.encode(), "x").archive
    written = export(archive, export_format("markdown"), title="a --> b")
    assert [line.partition("]")[0] for line in written.splitlines() if line] == [
        "<!-- a  b -->",
        "- [f",
        "## 2024-01-02",
        "- [b",
        "# x",
        "- [a",
        "- [g",
        "## 2024-01-02",
        "- [e",
        "## 2024-01-03",
        "- [d",
        "# y",
        "- [c",
    ]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"\`*_{}[]<>&#|~", r"\\\`\*\_\{\}\[\]\<\>\&\#\|\~"),
        ("https://b.example", r"https\://b.example"),
        ("HTTP://b", r"HTTP\://b"),
        ("http: x", "http: x"),
        ("1. x", r"1\. x"),
        ("1) x", r"1\) x"),
        ("1234567890. x", "1234567890. x"),
        ("x 1. y", "x 1. y"),
        ("- x", "&#45; x"),
        ("+x", "&#43;x"),
        ("= x", "&#61; x"),
        (") x", "&#41; x"),
        (": x", "&#58; x"),
    ],
)
def test_a_text_is_nothing_but_text(title, written):
    assert markdown(title=title) == f"- [{written}](<https://a.example/>)\n"


def test_a_url_stands_in_angle_brackets():
    assert markdown(url="https://a.example/?a=<&b=>") == (
        "- [T](<https://a.example/?a=%3C&amp;b=%3E>)\n"
    )


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Jo Doe", "Jo Doe"),
        ("jo doe", "*jo doe*"),
        ("Jo, Doe", "*Jo, Doe*"),
        ("Jo_Doe", r"Jo\_Doe"),
    ],
)
def test_an_author_who_would_not_be_taken_for_one_is_set_off(author, written):
    assert markdown(author=author) == f"- [T](<https://a.example/>) by {written}\n"


def test_a_tag_that_reads_as_a_day_dates_nothing():
    assert markdown(tags=["May 2024"]).startswith("# May &#50;&#48;&#50;&#52;\n")
    assert markdown(tags=["2024"]).startswith("# 2024\n")
    assert markdown(tags=["a#b"]).startswith("# a\\#b\n")
