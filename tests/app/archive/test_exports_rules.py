"""Every export, character by character: what each field becomes, and in which order."""

import csv
import io
import json

import pytest

from app.archive.exports.formats import (
    MEDIA_TYPES,
    ExportFormat,
    UnknownFormatError,
    export,
    format_named,
)
from app.archive.exports.xml_text import xml
from app.archive.file.load import parse

ARCHIVE = parse(
    b"- {title: 'A <b> & \"c\"', url: 'https://a.example/?x=1&y=2', author: 'Jo & Flo',"
    b" note: 'Why <not>?', tags: [one, 'a & b', /c], added: 2024-12-20}\n"
    b"- {title: Plain, url: 'https://b.example/', id: plain}\n",
    "x",
).archive
FIRST = ARCHIVE.links[0].id


def test_netscape_html():
    assert export(ARCHIVE, ExportFormat.HTML, title="M & <i>") == (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
        "<!-- An export of a link archive. Browsers import this file as bookmarks. -->\n"
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
        "<TITLE>M &amp; &lt;i&gt;</TITLE>\n<H1>M &amp; &lt;i&gt;</H1>\n<DL><p>\n"
        '    <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1734652800"'
        ' TAGS="one,a &amp; b,/c">A &lt;b&gt; &amp; &quot;c&quot;</A>\n'
        "    <DD>Why &lt;not&gt;?\n"
        '    <DT><A HREF="https://b.example/">Plain</A>\n'
        "</DL><p>\n"
    )


def test_opml():
    assert export(ARCHIVE, ExportFormat.OPML, title="M & <i>") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        "  <head>\n    <title>M &amp; &lt;i&gt;</title>\n  </head>\n  <body>\n"
        '    <outline type="link" text="A &lt;b&gt; &amp; &quot;c&quot;"'
        ' url="https://a.example/?x=1&amp;y=2" author="Jo &amp; Flo"'
        ' description="Why &lt;not&gt;?" category="one,a &amp; b,//c"'
        ' created="Fri, 20 Dec 2024 00:00:00 GMT"/>\n'
        '    <outline type="link" text="Plain" url="https://b.example/"/>\n'
        "  </body>\n</opml>\n"
    )


def test_json_feed():
    text = export(ARCHIVE, ExportFormat.JSON, title="M & é")
    assert json.loads(text) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "M & é",
        "items": [
            {
                "id": FIRST,
                "url": "https://a.example/?x=1&y=2",
                "title": 'A <b> & "c"',
                "content_text": "Why <not>?",
                "summary": "Why <not>?",
                "authors": [{"name": "Jo & Flo"}],
                "tags": ["one", "a & b", "/c"],
                "date_published": "2024-12-20T00:00:00Z",
            },
            {"id": "plain", "url": "https://b.example/", "title": "Plain", "content_text": "Plain"},
        ],
    }
    assert "é" in text
    assert len(text.splitlines()) == 4


def test_csv():
    text = export(ARCHIVE, ExportFormat.CSV)
    assert [*csv.reader(io.StringIO(text))] == [
        ["url", "title", "author", "note", "tags", "added"],
        [
            "https://a.example/?x=1&y=2",
            'A <b> & "c"',
            "Jo & Flo",
            "Why <not>?",
            "one,a & b,/c",
            "2024-12-20",
        ],
        ["https://b.example/", "Plain", "", "", "", ""],
    ]
    assert text.count("\r\n") == 3


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
    written = export(archive, ExportFormat.MARKDOWN, title="a --> b")
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


def markdown(**fields):
    told = {"title": "T", "url": "https://a.example/"} | fields
    archive = parse(json.dumps([told]).encode(), "x").archive
    return export(archive, ExportFormat.MARKDOWN).partition("-->\n\n")[2]


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('<a href="x">\'&', "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;"),
        ("a\tb\nc\rd", "a\tb\nc\rd"),
        ("\x00\x08\x0b\x1f\x7f", "\ufffd\ufffd\ufffd\ufffd\x7f"),
        ("\ud800\ufffe\uffff", "\ufffd\ufffd\ufffd"),
        ("\ud7ff\ue000\ufffd\U00010000\U0010ffff", "\ud7ff\ue000\ufffd\U00010000\U0010ffff"),
    ],
)
def test_xml_holds_only_what_it_may(text, written):
    assert xml(text) == written


def test_every_format_has_its_media_type():
    assert {str(form): kind for form, kind in MEDIA_TYPES.items()} == {
        "html": "text/html; charset=utf-8",
        "opml": "text/x-opml; charset=utf-8",
        "markdown": "text/markdown; charset=utf-8",
        "json": "application/feed+json",
        "csv": "text/csv; charset=utf-8",
    }


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((form.value, form) for form in ExportFormat),
        ("bookmarks", ExportFormat.HTML),
        ("json-feed", ExportFormat.JSON),
        ("jsonfeed", ExportFormat.JSON),
        ("md", ExportFormat.MARKDOWN),
        ("netscape", ExportFormat.HTML),
        (" CSV ", ExportFormat.CSV),
    ],
)
def test_a_format_has_its_names(name, form):
    assert format_named(name) is form


def test_an_unknown_format_is_cut_in_its_message():
    with pytest.raises(UnknownFormatError) as error:
        format_named("x" * 60)
    assert str(error.value) == (
        f"'{'x' * 40}' is no format; known are html, opml, markdown, json, csv"
    )


def test_a_document_without_a_title_is_a_link_archive():
    assert export(ARCHIVE, ExportFormat.MARKDOWN).startswith("<!-- Link archive -->\n")
