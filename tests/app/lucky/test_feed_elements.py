"""The feed's very elements, as a reader of feeds finds them."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from app.lucky.feed import feed
from app.memory.memory import VolatileMemory
from tests.some_links import make_archive

ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def root_of(base_url="https://links.example"):
    archive = make_archive(3, lambda _: date(2024, 1, 1))
    return ET.fromstring(feed(archive, VolatileMemory(), NOON, base_url=base_url, title="Ann's"))


def links(element):
    return [link.attrib for link in element.findall(ATOM + "link")]


def test_it_is_told_by_whom_it_is_and_where():
    root = root_of()
    assert [child.tag.removeprefix(ATOM) for child in root][:6] == [
        *("id", "title", "updated", "author", "link", "link")
    ]
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Ann's"
    assert links(root) == [
        {
            "rel": "self",
            "type": "application/atom+xml",
            "href": "https://links.example/feed.xml",
        },
        {"rel": "alternate", "type": "text/html", "href": "https://links.example/"},
    ]


def test_an_entry_is_dated_at_midnight_and_leads_by_way_of_the_site():
    entry = root_of().find(ATOM + "entry")
    assert entry.findtext(ATOM + "updated") == "2026-11-21T00:00:00Z"
    by_way = [link for link in links(entry) if link["rel"] == "via"]
    (via,) = by_way
    assert via["type"] == "text/html"
    assert via["href"].startswith("https://links.example/l/")


@pytest.mark.parametrize("base_url", ["https://links.example/X", "https://links.example/X/"])
def test_only_a_slash_is_taken_off_the_sites_address(base_url):
    assert links(root_of(base_url))[1]["href"] == "https://links.example/X/"


def test_a_site_without_a_host_is_at_home():
    assert root_of("").findtext(ATOM + "id") == "tag:localhost,2024-01-01:daily"
