"""Routes that need no moving water, asked without a server.

The application is asked directly and never started: no thread, no socket, a fixed
clock, and a memory that knows nothing yet, for each test anew.
"""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from app.archive.file.load import load
from app.assets import BUNDLED_ARCHIVE
from app.main import create_app
from app.memory.memory import Recollection, VolatileMemory
from app.settings import Settings

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LOADED = load(BUNDLED_ARCHIVE)
LOOKS = [
    ("GET", {"Sec-Purpose": "prefetch"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ("GET", {"Purpose": "prefetch"}),
    ("GET", {"X-Moz": "prefetch"}),
    ("GET", {"User-Agent": "Googlebot/2.1"}),
    ("HEAD", {}),
]


@pytest.fixture
def memory():
    return VolatileMemory()


@pytest.fixture
def app(memory):
    settings = Settings(archive=BUNDLED_ARCHIVE, seed=1)
    return create_app(settings, LOADED, memory, lambda: NOON)


class Visitor:
    """Asks the application, and is answered with what it would send."""

    def __init__(self, app):
        self._way = httpx.ASGITransport(app, raise_app_exceptions=False)

    def request(self, method, path, **options):
        async def ask():
            async with httpx.AsyncClient(
                transport=self._way, base_url="http://localhost"
            ) as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())

    def get(self, path, **options):
        return self.request("GET", path, **options)


@pytest.fixture
def http(app):
    return Visitor(app)


def remembered(memory):
    """What is remembered of any link."""
    every = {link.id: memory.recall(link.id) for link in LOADED.archive}
    return {link_id: one for link_id, one in every.items() if one != Recollection()}


# --- what counts ------------------------------------------------------------------


@pytest.mark.parametrize(("method", "headers"), LOOKS, ids=str)
@pytest.mark.parametrize(
    ("path", "status"),
    [("/go/{id}", 303), ("/lucky", 303), ("/api/random", 200), ("/api/random?n=3", 200),
     ("/api/today", 200)],
)  # fmt: skip
def test_a_look_without_a_person_counts_nothing(http, memory, path, status, method, headers):
    at = path.format(id=LOADED.archive.links[0].id)
    assert http.request(method, at, headers=headers).status_code == status
    assert remembered(memory) == {}


def test_a_person_who_goes_to_a_link_opens_it(http, memory):
    link = LOADED.archive.links[0]
    answer = http.get(f"/go/{link.id}")
    assert (answer.status_code, answer.headers["location"]) == (303, link.url)
    assert remembered(memory) == {link.id: Recollection(1, NOON)}


def test_a_person_opens_a_link_once_a_minute(http, memory):
    link = LOADED.archive.links[0]
    for _ in range(3):
        assert http.get(f"/go/{link.id}").status_code == 303
    assert memory.recall(link.id).opened == 1


@pytest.mark.parametrize("path", ["/api/random", "/api/today"])
def test_a_pick_shown_to_a_person_has_surfaced(http, memory, path):
    link_id = http.get(path).json()["link"]["id"]
    assert remembered(memory) == {link_id: Recollection(last_surfaced=NOON)}


def test_a_person_sent_somewhere_has_been_shown_it(http, memory):
    url = http.get("/lucky").headers["location"]
    (link,) = [one for one in LOADED.archive if one.url == url]
    assert remembered(memory) == {link.id: Recollection(last_surfaced=NOON)}


def test_each_of_several_picks_has_surfaced(http, memory):
    picks = http.get("/api/random?n=7").json()["picks"]
    assert len(picks) == 7
    assert set(remembered(memory)) == {pick["link"]["id"] for pick in picks}


def test_a_seeded_pick_counts_nothing(http, memory):
    http.get("/api/random?seed=moon&n=5")
    assert remembered(memory) == {}


@pytest.mark.parametrize(
    "path", ["/", "/list", "/api/links", "/feed.xml", "/links.opml", "/llms.txt", "/docs"]
)
def test_reading_counts_nothing(http, memory, path):
    assert http.get(path).status_code == 200
    assert remembered(memory) == {}


def test_a_link_that_is_not_there_counts_nothing(http, memory):
    assert http.get("/go/nowhere").status_code == 404
    assert remembered(memory) == {}


# --- picks ------------------------------------------------------------------------


def test_one_pick_is_no_list_and_a_list_of_one_is_one(http):
    assert set(http.get("/api/random").json()) == {"link", "why", "permalink"}
    assert len(http.get("/api/random?n=1").json()["picks"]) == 1


@pytest.mark.parametrize(("n", "status"), [(0, 422), (1, 200), (100, 200), (101, 422)])
def test_from_one_to_a_hundred_are_picked(http, n, status):
    assert http.get(f"/api/random?n={n}").status_code == status


@pytest.mark.parametrize(("n", "status"), [(0, 422), (1, 200), (10, 200), (11, 422)])
def test_from_one_to_ten_are_related(http, n, status):
    assert http.get(f"/api/links/{LOADED.archive.links[0].id}/related?n={n}").status_code == status


@pytest.mark.parametrize(("limit", "status"), [(0, 422), (1, 200), (10_000, 200), (10_001, 422)])
def test_from_one_to_ten_thousand_are_listed(http, limit, status):
    assert http.get(f"/api/links?limit={limit}").status_code == status


@pytest.mark.parametrize("path", ["/api/random", "/lucky"])
def test_ids_to_exclude_come_repeated_or_with_commas(http, path):
    every = [link.id for link in LOADED.archive]
    left = LOADED.archive.get(every[50])
    excluded = [one for one in every if one != left.id]
    for exclude in (excluded, [",".join(excluded)], [",".join(excluded[:60]), *excluded[60:]]):
        answer = http.get(path, params={"exclude": exclude})
        at = answer.headers["location"] if path == "/lucky" else answer.json()["link"]["url"]
        assert at == left.url


def test_the_first_of_the_excluded_comes_back_when_all_are(http):
    every = [link.id for link in LOADED.archive][::-1]
    answer = http.get("/api/random", params={"exclude": ",".join(every)})
    assert answer.json()["link"]["id"] == every[0]


def test_no_more_than_300_parameters_exclude(http):
    assert http.get("/api/random", params={"exclude": ["x"] * 300}).status_code == 200
    assert http.get("/api/random", params={"exclude": ["x"] * 301}).status_code == 422


# --- problems ---------------------------------------------------------------------


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == "about:blank"
    assert body["status"] == answer.status_code
    return body["title"], body["status"], body.get("field"), body.get("code")


@pytest.mark.parametrize(
    "path", ["/api/links/nowhere", "/api/links/nowhere/related", "/go/nowhere"]
)
def test_an_unknown_link_is_a_404_that_says_so(http, path):
    assert problem(http.get(path)) == ("Not Found", 404, "id", "unknown_link")


@pytest.mark.parametrize("path", ["/api/links", "/api/random", "/lucky", "/list"])
def test_an_unknown_tag_is_a_404_that_says_so(http, path):
    answer = http.get(path, params={"tag": "nowhere"})
    assert problem(answer) == ("Not Found", 404, "tag", "unknown_tag")


@pytest.mark.parametrize("path", ["/api/random", "/lucky"])
def test_words_that_occur_nowhere_are_a_404_that_says_so(http, path):
    answer = http.get(path, params={"q": "zzzzzz"})
    assert problem(answer) == ("Not Found", 404, None, "nothing_to_pick")


def test_a_wrong_method_is_a_405_that_names_the_right_one(http):
    answer = http.request("POST", "/go/nowhere")
    assert problem(answer) == ("Method Not Allowed", 405, None, None)
    assert answer.headers["allow"] == "GET"


def test_every_wrong_field_is_named_and_none_repeated(http):
    body = http.get("/api/links?limit=0&offset=-1").json()
    assert [one["field"] for one in body["errors"]] == ["limit", "offset"]
    assert body["detail"].startswith("limit: ")


@pytest.mark.parametrize(("accept", "kind"), [("text/html", "text/html"), ("*/*", "application/")])
def test_a_mistake_of_ours_is_a_500_with_the_headers_of_every_answer(app, accept, kind):
    app.state.site.memory = None  # so that remembering fails
    answer = Visitor(app).get(f"/go/{LOADED.archive.links[0].id}", headers={"Accept": accept})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "NoneType" not in answer.text


def test_the_api_answers_in_problems_whatever_is_accepted(http):
    answer = http.get("/api/links/nowhere", headers={"Accept": "text/html"})
    assert problem(answer)[1] == 404


def test_a_form_left_empty_filters_nothing(http):
    assert http.get("/list?q=&tag=").text == http.get("/list").text


# --- health -----------------------------------------------------------------------


def test_a_memory_in_trouble_is_told_but_serves_on(http, monkeypatch):
    monkeypatch.setattr(VolatileMemory, "trouble", "database is locked")
    body = http.get("/readyz").json()
    assert (body["status"], body["memory"]) == ("degraded", {"trouble": "database is locked"})
    assert http.get("/healthz").text == "ok\n"


def test_a_server_that_lacks_nothing_is_ready(http):
    body = http.get("/readyz").json()
    assert (body["status"], body["memory"]) == ("ready", {"trouble": None})
    assert body["archive"]["problems"] == []
    assert body["archive"]["since"] is None


def test_readiness_names_the_file_and_not_where_it_lies(http):
    assert http.get("/readyz").json()["archive"]["file"] == BUNDLED_ARCHIVE.name
