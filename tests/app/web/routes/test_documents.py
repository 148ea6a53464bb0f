import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest

from app.assets import BUNDLED_ARCHIVE
from app.memory.memory import Recollection, VolatileMemory

DOCUMENTS = {
    "/feed.xml": "application/atom+xml; charset=utf-8",
    "/links.opml": "text/x-opml; charset=utf-8",
    "/schema.json": "application/schema+json",
    "/llms.txt": "text/plain; charset=utf-8",
    "/openapi.json": "application/json",
}
LOOKS = [
    ("GET", {"Sec-Purpose": "prefetch"}),
    ("GET", {"Purpose": "prefetch"}),
    ("GET", {"X-Moz": "prefetch"}),
    ("GET", {"User-Agent": "Googlebot/2.1"}),
    ("HEAD", {}),
]


@pytest.fixture
def at(running, monkeypatch):
    """Set the site's clock."""

    def set_clock(*moment):
        monkeypatch.setattr(running.site, "clock", lambda: datetime(*moment, tzinfo=UTC))  # type: ignore[misc]

    return set_clock


def remembered(running):
    return {one.id: running.site.memory.recall(one.id) for one in running.site.archive}


# --- what every document has in common ------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS)
def test_documents_name_their_kind_and_may_be_read_by_any_page(http, path):
    answer = http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == DOCUMENTS[path]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", [*DOCUMENTS, "/api/today", "/docs"])
def test_head_is_answered_like_get(http, path):
    head, get = http.head(path), http.get(path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "cache-control"):
        assert head.headers.get(name) == get.headers.get(name)


@pytest.mark.parametrize("path", [*DOCUMENTS, "/api/today", "/docs"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_documents_are_only_for_reading(http, path, method):
    answer = http.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == "GET"


# --- today ----------------------------------------------------------------------


def test_today_is_the_same_for_everybody_until_midnight(http, at):
    at(2030, 5, 1)
    first = http.get("/api/today")
    at(2030, 5, 1, 23, 59, 59)
    assert http.get("/api/today").content == first.content
    at(2030, 5, 2)
    assert http.get("/api/today").json()["link"] != first.json()["link"]


def test_today_is_a_pick(http):
    pick = http.get("/api/today").json()
    assert set(pick) == {"link", "why", "permalink"}
    assert http.get(pick["permalink"]).status_code == 200


def test_what_is_opened_today_does_not_change_the_day(http, at):
    at(2030, 5, 3, 9)
    first = http.get("/api/today")
    http.get(f"/go/{first.json()['link']['id']}")
    assert http.get("/api/today").content == first.content


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [((2030, 5, 4, 0, 0, 0), 86_400), ((2030, 5, 4, 23, 59, 30), 30)],
)
def test_today_may_be_kept_until_midnight(http, at, moment, seconds):
    at(*moment)
    assert http.get("/api/today").headers["cache-control"] == f"public, max-age={seconds}"


def test_today_is_surfaced_to_whoever_asks(running, http, at):
    at(2030, 5, 5, 12)
    link_id = http.get("/api/today").json()["link"]["id"]
    surfaced = running.site.memory.recall(link_id).last_surfaced
    assert surfaced == datetime(2030, 5, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(("method", "headers"), LOOKS)
@pytest.mark.parametrize("path", ["/api/today", "/feed.xml", "/api/random", "/links.opml"])
def test_looks_without_a_person_surface_nothing(running, http, monkeypatch, path, method, headers):
    monkeypatch.setattr(running.site, "memory", VolatileMemory())
    assert http.request(method, path, headers=headers).status_code == 200
    assert set(remembered(running).values()) == {Recollection()}


# --- feed -----------------------------------------------------------------------


def test_the_feed_holds_the_days_of_a_month_and_today_first(http, at):
    at(2030, 7, 31, 12)
    found = feedparser.parse(http.get("/feed.xml").content)
    assert not found.bozo
    assert len(found.entries) == 30
    assert found.entries[0].link == http.get("/api/today").json()["link"]["url"]
    assert found.entries[0].updated == "2030-07-31T00:00:00Z"


def test_the_feed_is_the_same_bytes_all_day(http, at):
    at(2030, 8, 1, 0, 0, 1)
    first = http.get("/feed.xml")
    for one in http.get("/api/links?limit=5").json()["links"]:
        http.get(f"/go/{one['id']}")
    http.get("/api/random?n=50")
    at(2030, 8, 1, 23, 59, 59)
    last = http.get("/feed.xml")
    assert last.content == first.content
    assert last.headers["etag"] == first.headers["etag"]
    at(2030, 8, 2)
    assert http.get("/feed.xml").headers["etag"] != first.headers["etag"]


def test_a_kept_feed_is_never_older_than_an_hour_or_the_day(http, at):
    at(2030, 8, 3, 12)
    assert http.get("/feed.xml").headers["cache-control"] == "public, max-age=3600"
    at(2030, 8, 3, 23, 50)
    assert http.get("/feed.xml").headers["cache-control"] == "public, max-age=600"


# --- related --------------------------------------------------------------------


def test_related_links_come_with_their_reasons(running, http):
    for one in running.site.archive.links[:20]:
        found = http.get(f"/api/links/{one.id}/related").json()["related"]
        assert 1 <= len(found) <= 3
        for footnote in found:
            assert set(footnote) == {"link", "why"}
            assert footnote["why"]
            assert footnote["link"]["id"] != one.id
            assert footnote["link"] == http.get(f"/api/links/{footnote['link']['id']}").json()


def test_as_many_are_related_as_are_asked_for(running, http):
    path = f"/api/links/{running.site.archive.links[0].id}/related"
    many = http.get(f"{path}?n=10").json()["related"]
    assert len(many) == 10
    assert len({one["link"]["id"] for one in many}) == 10
    assert len(http.get(f"{path}?n=1").json()["related"]) == 1


@pytest.mark.parametrize("n", ["0", "11", "-1", "x", "1.5", ""])
def test_a_number_out_of_bounds_is_named(running, http, n):
    path = f"/api/links/{running.site.archive.links[0].id}/related"
    answer = http.get(path, params={"n": n})
    assert (answer.status_code, answer.json()["field"]) == (422, "n")


def test_nothing_is_related_to_nowhere(http):
    answer = http.get("/api/links/nowhere/related")
    assert (answer.status_code, answer.json()["field"]) == (404, "id")


# --- the archive in other forms -------------------------------------------------


def test_the_outline_holds_every_link(running, http):
    outlines = ET.fromstring(http.get("/links.opml").content).findall("./body/outline")
    assert [one.get("url") for one in outlines] == [one.url for one in running.site.archive]


def test_the_schema_is_the_committed_one(http):
    assert http.get("/schema.json").content == (BUNDLED_ARCHIVE.parent / "schema.json").read_bytes()


# --- for machines that read -----------------------------------------------------


def test_every_address_in_llms_txt_answers(running, http):
    text = http.get("/llms.txt").text
    addresses = re.findall(r"\]\((.*?)\)", text)
    assert len(addresses) >= 8
    assert all(one.startswith(running.url) for one in addresses)
    assert {http.get(one).status_code for one in addresses} == {200}
    assert f"{running.url}/docs" in addresses


def test_llms_txt_says_how_much_there_is(running, http):
    assert f"{len(running.site.archive)} links" in http.get("/llms.txt").text


def test_crawlers_are_kept_off_what_counts(http):
    text = http.get("/robots.txt").text
    for path in ("/go/", "/lucky", "/api/"):
        assert f"Disallow: {path}\n" in text


def test_a_request_for_another_host_name_gets_its_own_addresses(http):
    headers = {"Host": "localhost:1234"}
    assert "http://localhost:1234/api/random" in http.get("/llms.txt", headers=headers).text
    assert (
        b'href="http://localhost:1234/feed.xml"' in http.get("/feed.xml", headers=headers).content
    )
