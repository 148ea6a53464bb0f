"""JSON Feed, field by field."""

import json
from datetime import date

import pytest

from app.archive.imports import json_feed
from app.archive.imports.bookmark import Bookmark
from tests.refusing import refused

A = "https://a.example/"


DAY = date(2024, 12, 20)


def items(*found, **options):
    return [*json_feed.read(json.dumps({"items": found}), **options)]


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
