"""What the readers of feeds and of JSON take for which field, and what they refuse."""

import json
from datetime import date

import pytest

from app.archive.imports import feed, json_feed, json_text, pinboard, xml
from app.archive.imports.bookmark import Bookmark, SourceError

A = "https://a.example/"
DAY = date(2024, 12, 20)


def refused(read, *arguments):
    with pytest.raises(SourceError) as error:
        list(read(*arguments))
    return str(error.value)


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


def test_what_is_not_json_is_told_with_its_place():
    assert refused(pinboard.read, "[\n1,") == "is not JSON: Expecting value at line 2, column 3"
    assert refused(pinboard.read, "[" * 100_000).startswith("is not JSON that can be read: ")


def test_the_first_text_with_something_in_it_is_taken():
    facts = {"a": " ", "b": 5, "c": " x ", "d": "y"}
    assert json_text.text_in(facts, "z", "a", "b", "c", "d") == "x"
    assert json_text.text_in(facts, "a") == ""


@pytest.mark.parametrize(
    ("value", "is_feed"),
    [
        ({"version": "https://jsonfeed.org/version/1"}, True),
        ({"version": 1}, False),
        ({}, False),
        (["jsonfeed.org"], False),
    ],
)
def test_a_json_feed_says_that_it_is_one(value, is_feed):
    assert json_feed.is_json_feed(value) is is_feed


def items(*found, **options):
    return [*json_feed.read(json.dumps({"items": found}), **options)]


def test_what_an_item_points_to_is_its_link():
    (found,) = items({"url": "https://b.example/", "external_url": A, "summary": "N"})
    assert (found.url, found.note) == (A, "N")
    (found,) = items({"url": A, "date_modified": "2024-12-20"})
    assert (found.url, found.added) == (A, DAY)
    (found,) = items({"date_modified": "2025-01-01", "date_published": "2024-12-20"})
    assert found.added == DAY


@pytest.mark.parametrize(
    ("people", "author"),
    [
        ({"authors": [{"name": "Jo"}, 5, {"url": "x"}, {"name": "Flo"}]}, "Jo, Flo"),
        ({"author": {"name": "Jo"}}, "Jo"),
        ({"authors": [], "author": {"name": "Jo"}}, "Jo"),
        ({"authors": {"name": "Jo"}}, ""),
        ({}, ""),
    ],
)
def test_an_items_authors_are_named(people, author):
    assert items({"url": A} | people)[0].author == author


@pytest.mark.parametrize("tags", ["x", None, {"x": 1}])
def test_tags_that_are_no_list_are_none(tags):
    assert items({"url": A, "tags": tags})[0].tags == ()


def test_links_inside_an_item_are_taken_when_they_lead_elsewhere():
    html = f"<a href='{A}'>A</a><a href='HTTPS://b.example/'>B</a><a href='/c'>C</a>"
    item = {"url": A, "content_html": html, "tags": ["t"], "date_published": "2024-12-20"}
    assert len(items(item)) == 1
    _, inside = items(item, links=True)
    assert inside == Bookmark("HTTPS://b.example/", "B", tags=("t",), added=DAY)


@pytest.mark.parametrize("text", ["[]", "{}", '{"items": {}}'])
def test_json_without_items_is_no_json_feed(text):
    assert refused(json_feed.read, text) == "is no JSON Feed: it has no list of 'items'"


def test_an_item_is_an_object():
    assert refused(json_feed.read, '{"items": [1]}') == "is no JSON Feed: an item is an object"


@pytest.mark.parametrize(
    ("value", "is_pins"),
    [
        ([], True),
        ([{"href": "x"}] * 2, True),
        ([{"href": "x"}, {"url": "x"}], False),
        ([{"href": "x"}, {"href": "x"}, 5], False),
        ([{"href": "x"}] * 3 + [5], True),  # the first three tell
        ({"href": "x"}, False),
        (["href"], False),
    ],
)
def test_pins_are_told_by_their_href(value, is_pins):
    assert pinboard.is_pinboard(value) is is_pins


def test_what_is_no_list_of_pins_is_refused():
    assert refused(pinboard.read, "{}") == (
        "is no Pinboard export: a list of bookmarks is expected"
    )
    assert refused(pinboard.read, "[1]") == (
        "is no Pinboard export: a bookmark is an object with 'href'"
    )
