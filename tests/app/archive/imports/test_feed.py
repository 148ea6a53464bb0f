"""Atom and RSS, field by field."""

from datetime import date

import pytest

from app.archive.imports import feed, xml
from app.archive.imports.bookmark import Bookmark
from tests.refusing import refused

A = "https://a.example/"


DAY = date(2024, 12, 20)


def rss(item, head=""):
    return (
        f"<rss version='2.0'><channel><title>F</title>{head}<item>{item}</item></channel></rss>"
    ).encode()


@pytest.mark.parametrize(("length", "kept"), [(300, True), (301, False)])
def test_a_longer_summary_is_an_article_and_no_note(length, kept):
    text = "n" * length
    (found,) = feed.read(rss(f"<link>{A}</link><description>{text}</description>"))
    assert found.note == (text if kept else "")


def test_a_summary_that_repeats_the_title_is_no_note():
    (found,) = feed.read(rss(f"<title>T</title><link>{A}</link><description>T</description>"))
    assert (found.title, found.note) == ("T", "")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("jo@a.example (Jo Doe)", "Jo Doe"),
        ("Jo Doe (jo@a.example)", "Jo Doe"),
        ("Jo &lt;jo@a.example&gt;", "Jo"),
        ("jo@a.example", ""),
        ("Jo  Doe", "Jo Doe"),
        ("", ""),
    ],
)
def test_a_persons_address_is_left_out(author, name):
    (found,) = feed.read(rss(f"<link>{A}</link><author>{author}</author>"))
    assert found.author == name


def test_an_entry_without_an_author_has_the_feeds():
    head = "<managingEditor>jo@a.example (Jo)</managingEditor>"
    (found,) = feed.read(rss(f"<link>{A}</link>", head))
    assert found.author == "Jo"
    (found,) = feed.read(rss(f"<link>{A}</link><author>Flo</author>", head))
    assert found.author == "Flo"


def test_an_entry_without_a_link_is_no_bookmark_but_its_links_are():
    data = rss('<title>T</title><description>&lt;a href="https://b.example/"&gt;B</description>')
    assert [*feed.read(data)] == []
    assert [b.url for b in feed.read(data, links=True)] == ["https://b.example/"]


def test_a_published_day_goes_before_an_updated_one():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title>'
        f'<link href="{A}"/><updated>2025-01-01T00:00:00Z</updated>%s</entry></feed>'
    )
    (found,) = feed.read((atom % "<published>2024-12-20T00:00:00Z</published>").encode())
    assert found.added == DAY
    (found,) = feed.read((atom % "").encode())
    assert found.added == date(2025, 1, 1)


def test_a_category_is_called_by_its_label():
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title>'
        f'<link href="{A}"/><category term="t1" label="Label  one"/><category term="t2"/>'
        "<category/></entry></feed>"
    )
    (found,) = feed.read(data.encode())
    assert found.tags == ("Label one", "t2")


def test_links_inside_are_taken_once_they_lead_elsewhere():
    html = "".join(
        f'&lt;a href="{href}"&gt;x&lt;/a&gt;'
        for href in (
            f"{A}#part",
            "#top",
            "/local",
            "mailto:x@y",
            "HTTP://b.example/",
            "ftp://c.example/",
        )
    )
    data = rss(
        f"<title>T</title><link>{A}</link><category>c</category><description>{html}</description>"
        "<pubDate>Fri, 20 Dec 2024 10:00:00 GMT</pubDate>"
    )
    _, *inside = feed.read(data, links=True)
    assert inside == [
        Bookmark("https://a.example/local", "x", tags=("c",), added=DAY),
        Bookmark("HTTP://b.example/", "x", tags=("c",), added=DAY),
    ]


def test_what_is_no_feed_is_refused_with_the_reason():
    assert refused(feed.read, b"<html></html>") == "is no Atom or RSS feed"
    assert refused(feed.read, b"<rss").startswith("is not well-formed XML: ")


def test_an_empty_feed_is_a_feed():
    assert [*feed.read(b"<rss version='2.0'><channel><title>F</title></channel></rss>")] == []


@pytest.mark.parametrize("part", ["<!ENTITY", "<!DOCTYPE"])
def test_a_feed_that_is_broken_and_declares_something_is_refused(part):
    assert refused(feed.read, f"<rss version='2.0'>&&& {part} x".encode()) == xml.REFUSED
