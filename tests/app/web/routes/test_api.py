import json
import math
import re
import socket

import httpx
import pytest

from app.lucky.neglect import neglect
from app.memory.memory import Recollection, VolatileMemory
from app.web.gate.buckets import AddressLimit
from tests.servers import serving, serving_one
from tests.sockets import JsonClient
from tests.waiting import PATIENCE_S, wait_until

PROBLEM = "application/problem+json"


@pytest.fixture
def link(http):
    return http.get("/api/links?limit=1").json()["links"][0]


def is_problem(answer, status, field=None):
    body = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    if field:
        assert body["field"] == field
    return True


# --- links --------------------------------------------------------------------


def test_links_come_in_the_order_of_the_file(http):
    body = http.get("/api/links").json()
    assert body["total"] == len(body["links"]) == 101
    assert set(body["links"][0]) <= {
        "id", "url", "title", "host", "author", "note", "tags", "added",
    }  # fmt: skip
    assert len(body["links"][0]["id"]) == 8


def test_links_are_paged_and_filtered(http):
    page = http.get("/api/links?limit=3&offset=2").json()
    everything = http.get("/api/links").json()["links"]
    assert page == {"total": 101, "links": everything[2:5]}
    papers = http.get("/api/links?tag=PAPERS&q=all+you+need").json()
    assert [one["title"] for one in papers["links"]] == ["Attention Is All You Need"]
    assert http.get("/api/links?q=zzzzzz").json() == {"total": 0, "links": []}


def test_one_link(http, link):
    assert http.get(f"/api/links/{link['id']}").json() == link


@pytest.mark.parametrize(
    "path", ["/api/links/nowhere", "/go/nowhere", "/l/nowhere", "/api/links/" + "x" * 60]
)
def test_an_unknown_id_is_a_404_problem(http, path):
    assert is_problem(http.get(path), 404, "id")


@pytest.mark.parametrize("path", ["/api/random", "/api/links", "/lucky", "/list"])
def test_an_unknown_tag_is_a_404_problem(http, path):
    assert is_problem(http.get(path, params={"tag": "nowhere"}), 404, "tag")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/links?limit=0", "limit"),
        ("/api/links?limit=x", "limit"),
        ("/api/links?offset=-1", "offset"),
        ("/api/random?n=0", "n"),
        ("/api/random?n=101", "n"),
        ("/api/random?q=" + "x" * 201, "q"),
    ],
)
def test_bad_queries_name_their_field(http, path, field):
    assert is_problem(http.get(path), 422, field)


# --- picks --------------------------------------------------------------------


def test_random_is_one_small_answer(http):
    answer = http.get("/api/random")
    pick = answer.json()
    assert set(pick) == {"link", "why", "permalink"}
    assert pick["why"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"
    assert http.get(pick["permalink"]).status_code == 200


def test_several_picks_differ(http):
    picks = http.get("/api/random?n=100").json()["picks"]
    assert len({pick["link"]["id"] for pick in picks}) == 100


def test_a_seed_repeats_a_pick(http):
    first, second = (http.get("/api/random?seed=moon").json() for _ in range(2))
    assert first["link"] == second["link"]


def test_excluded_links_are_not_picked(http):
    every = [one["id"] for one in http.get("/api/links").json()["links"]]
    left = every[50]
    excluded = [one for one in every if one != left]
    for exclude in (excluded, [",".join(excluded)]):
        pick = http.get("/api/random", params={"exclude": exclude}).json()
        assert pick["link"]["id"] == left


def test_lucky_redirects_into_the_archive(http):
    urls = {one["url"] for one in http.get("/api/links").json()["links"]}
    for _ in range(5):
        answer = http.get("/lucky")
        assert answer.status_code == 303
        assert answer.headers["location"] in urls
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"


def test_post_lucky_moves_the_room(running, http):
    with JsonClient(running.socket_url) as viewer:
        pick = http.post("/api/lucky", json={"tag": "talks"}).json()
        assert "talks" in pick["link"]["tags"]
        assert viewer.wait_for("lit")["id"] == pick["link"]["id"]


def test_post_lucky_needs_no_body(http):
    assert http.post("/api/lucky").json()["link"]["id"]


# --- openings -----------------------------------------------------------------


@pytest.fixture
def memory(running, monkeypatch):
    """One that no test before has told anything."""
    memory = VolatileMemory()
    monkeypatch.setattr(running.site, "memory", memory)
    return memory


def test_go_redirects_and_counts(http, link, memory):
    for _ in range(2):  # once a minute
        answer = http.get(f"/go/{link['id']}")
        assert (answer.status_code, answer.headers["location"]) == (303, link["url"])
        assert memory.recall(link["id"]).opened == 1


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"Sec-Purpose": "prefetch"}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"X-Moz": "prefetch"}),
        ("GET", {"User-Agent": "Googlebot/2.1"}),
        ("HEAD", {}),
    ],
)
def test_looks_without_a_person_count_nothing(running, http, link, memory, method, headers):
    for path in (f"/go/{link['id']}", "/lucky"):
        assert http.request(method, path, headers=headers).status_code == 303
    assert {memory.recall(one.id) for one in running.site.archive} == {Recollection()}


def test_a_person_counts(running, http, link, memory):
    for path in (f"/go/{link['id']}", "/lucky"):
        http.get(path)
    known = [memory.recall(one.id) for one in running.site.archive]
    assert sum(one.opened for one in known) == 1
    assert sum(one.last_surfaced is not None for one in known) == 1


@pytest.mark.parametrize(
    "path", ["/", "/list", "/lucky", "/api/links", "/api/random", "/api/drift", "/healthz"]
)
def test_head_is_answered_like_get(http, path):
    answer = http.head(path)
    assert answer.status_code == http.get(path).status_code
    assert answer.content == b""


# --- hands --------------------------------------------------------------------


def state_of(http, number):
    return next(row for row in http.get("/api/drift").json()["bodies"] if row[0] == number)


def test_drag_leads_a_link_and_fling_lets_it_go(tmp_path):
    with (
        serving_one(tmp_path) as server,
        httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client,
    ):
        drag_and_fling(server, client)


def drag_and_fling(running, http):
    link = http.get("/api/links").json()["links"][0]
    _slot, x, y, *_ = state_of(http, 0)
    first = http.post(f"/api/links/{link['id']}/drag", json={"x": x, "y": y}).json()
    assert set(first) == {"id", "x", "y", "lease", "expires_ms"}
    assert first["expires_ms"] == 10_000
    way = 200 if x < running.site.room.width / 2 else -200
    on = {"x": x + way, "y": y, "lease": first["lease"]}
    moved = http.post(f"/api/links/{link['id']}/drag", json=on).json()
    assert moved["lease"] == first["lease"]
    wait_until(lambda: abs(state_of(http, 0)[1] - (x + way)) <= 20, "the link to follow the hand")
    flung = http.post(
        f"/api/links/{link['id']}/fling", json={"vx": 500, "vy": -20, "lease": first["lease"]}
    ).json()
    assert (flung["id"], flung["vx"], flung["vy"]) == (link["id"], 500, -20)
    stale = {"x": 1, "y": 1, "lease": first["lease"]}
    assert is_problem(http.post(f"/api/links/{link['id']}/drag", json=stale), 409, "lease")


def test_a_link_held_by_another_is_a_409(running, http):
    with JsonClient(running.socket_url) as other:
        link = other.welcome["links"][40]
        other.say(type="grab", id=link["id"], x=1, y=1)
        other.wait_for("held")
        at = f"/api/links/{link['id']}"
        assert is_problem(http.post(f"{at}/drag", json={"x": 1, "y": 1}), 409)
        assert is_problem(http.post(f"{at}/drag", json={"x": 1, "y": 1, "lease": "no"}), 409)
        assert is_problem(http.post(f"{at}/fling", json={"vx": 1, "vy": 1}), 409)


def test_anybody_may_fling_what_nobody_holds(http):
    link = http.get("/api/links?limit=1&offset=60").json()["links"][0]
    flung = http.post(f"/api/links/{link['id']}/fling", json={"vx": 300, "vy": 400}).json()
    assert math.hypot(flung["vx"], flung["vy"]) == pytest.approx(500)


def test_hands_over_http_are_limited():
    with serving() as server, httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client:
        server.site.hands = AddressLimit(rate=0.001, burst=3)
        link = client.get("/api/links?limit=1").json()["links"][0]
        at = f"/api/links/{link['id']}/fling"
        statuses = [client.post(at, json={"vx": 1, "vy": 1}).status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert is_problem(client.post(at, json={"vx": 1, "vy": 1}), 429)


def test_what_curl_calls_a_form_is_json(http):
    answer = http.post(
        "/api/lucky",
        content='{"tag": "papers"}',
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert "papers" in answer.json()["link"]["tags"]


def test_a_body_that_does_not_come_is_a_408(monkeypatch):
    monkeypatch.setattr("app.web.gate.shields.BODY_DEADLINE_S", 0.2)
    with serving() as server:
        host, port = server.host.split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as raw:
            head = f"POST /api/lucky HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: 100"
            raw.sendall(head.encode() + b"\r\n\r\n{")
            assert raw.recv(100).startswith(b"HTTP/1.1 408")


def test_a_refused_host_is_answered_with_the_same_headers(http):
    answer = http.get("/", headers={"Host": "evil.example"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"


BAD_BODIES = [
    '{"x": NaN, "y": 1}',
    '{"x": Infinity, "y": 1}',
    '{"x": 1e308, "y": 1}',
    '{"x": "1", "y": 1}',
    '{"x": 1}',
    '{"x": 1, "y": 1, "z": 1}',
    '{"x": true, "y": 1}',
    "[1, 2]",
    "null",
    "",
    "{",
    '{"x": ' + "9" * 5000 + ', "y": 1}',
    '{"x": ' + "[" * 5000,
    '{"lease": {"a": 1}, "x": 1, "y": 1}',
    b"\xff\xfe",
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_bad_bodies_are_problems_and_change_nothing(http, link, body):
    headers = {"Content-Type": "application/json"}
    answer = http.post(f"/api/links/{link['id']}/drag", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert is_problem(answer, answer.status_code)
    for row in http.get("/api/drift").json()["bodies"]:
        assert all(map(math.isfinite, row))


def test_a_body_without_a_content_type_is_still_json(http, link):
    answer = http.post(f"/api/links/{link['id']}/fling", content='{"vx": 1, "vy": 1}')
    assert answer.status_code == 200


def test_a_body_too_large_is_a_413(http, link):
    at = f"/api/links/{link['id']}/fling"
    assert is_problem(http.post(at, content=b" " * 40_000), 413)
    chunks = (b" " * 1_000 for _ in range(40))
    assert is_problem(http.post(at, content=chunks), 413)


def test_other_methods_and_paths_are_problems(http):
    assert is_problem(http.post("/api/links"), 405)
    assert is_problem(http.get("/api/nothing"), 404)


# --- drift --------------------------------------------------------------------


def test_drift_is_a_snapshot_with_an_etag(http):
    answer = http.get("/api/drift")
    assert len(answer.json()["bodies"]) == 101
    etag = answer.headers["etag"]
    assert str(answer.json()["tick"]) in etag
    statuses = {http.get("/api/drift", headers={"If-None-Match": etag}).status_code for _ in "ab"}
    assert statuses <= {200, 304}


def test_an_unchanged_drift_is_a_304(running, http):
    running.site.host._simulation._stir()
    for _ in range(50):
        etag = http.get("/api/drift").headers["etag"]
        if http.get("/api/drift", headers={"If-None-Match": etag}).status_code == 304:
            return
    pytest.fail("no two polls fell within one network tick")


# --- shields ------------------------------------------------------------------


def test_a_host_we_do_not_go_by_is_a_400(http):
    assert is_problem(http.get("/healthz", headers={"Host": "evil.example"}), 400, "Host")
    for host in ("localhost.evil.example", "127.0.0.1:80@evil.com", "[::1]evil.com", "a b", "::1"):
        assert http.get("/healthz", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "[::1]:8000", "192.168.1.7"])
def test_hosts_we_go_by(http, host):
    assert http.get("/healthz", headers={"Host": host}).status_code == 200


def test_further_hosts_are_named_by_the_owner():
    with serving(allowed_hosts=["links.example"]) as server:
        answer = server.get("/healthz", headers={"Host": "Links.example"})
        assert answer.status_code == 200
        pick = server.get("/api/random", headers={"Host": "links.example"}).json()
        assert pick["permalink"].startswith("http://links.example/l/")


FORWARDED = {"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Proto": "https"}


def test_forged_forwarding_is_ignored(running, http, memory, link):
    answer = http.get("/api/random", headers=FORWARDED)
    assert answer.json()["permalink"].startswith(running.url)
    assert "strict-transport-security" not in answer.headers
    for number in range(3):
        http.get(f"/go/{link['id']}", headers=FORWARDED | {"X-Forwarded-For": f"9.9.9.{number}"})
    assert memory.recall(link["id"]).opened == 1


def test_a_trusted_proxy_is_believed():
    with serving(trusted_proxies=["127.0.0.1"]) as server:
        answer = httpx.get(server.url + "/api/random", headers=FORWARDED)
        assert answer.json()["permalink"].startswith(f"https://{server.host}/l/")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        link_id = answer.json()["link"]["id"]
        for visitor in ("9.9.9.1", "9.9.9.2", "9.9.9.2"):
            httpx.get(server.url + f"/go/{link_id}", headers={"X-Forwarded-For": visitor})
        assert server.site.memory.recall(link_id).opened == 2


def test_another_proxy_is_not():
    with serving(trusted_proxies=["192.0.2.1"]) as server:
        answer = httpx.get(server.url + "/api/random", headers=FORWARDED)
        assert answer.json()["permalink"].startswith(f"http://{server.host}/l/")
        assert "strict-transport-security" not in answer.headers


EXPECTED = {
    "/": ("frame-ancestors 'none'", "DENY", "same-origin", "no-cache"),
    "/list": ("frame-ancestors 'none'", "DENY", "same-origin", "no-cache"),
    "/api/links": ("default-src 'none'", "DENY", "cross-origin", None),
    "/api/random": ("default-src 'none'", "DENY", "cross-origin", "no-store"),
    "/api/links/x": ("default-src 'none'", "DENY", "cross-origin", "no-store"),
    "/nothing": ("frame-ancestors 'none'", "DENY", "same-origin", "no-cache"),
}


@pytest.mark.parametrize("path", EXPECTED)
def test_every_answer_carries_its_headers(http, path):
    answer = http.get(path)
    csp, frame, corp, cache = EXPECTED[path]
    assert csp in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == frame
    assert answer.headers["cross-origin-resource-policy"] == corp
    assert cache is None or answer.headers["cache-control"] == cache
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers
    assert "set-cookie" not in answer.headers
    allowed = answer.headers.get("access-control-allow-origin")
    assert allowed == ("*" if path.startswith("/api/") else None)


def test_scripts_of_other_pages_may_ask_the_api_and_nothing_else(http):
    ask = {"Origin": "https://blog.example", "Access-Control-Request-Method": "POST"}
    assert http.options("/api/lucky", headers=ask).status_code == 200
    assert "access-control-allow-origin" not in http.get("/", headers=ask).headers


def test_static_files_are_immutable_under_their_version(running, http):
    answer = http.get(f"{running.site.static}/fonts/literata-latin-400.woff2")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    missing = http.get(f"{running.site.static}/nothing.js")
    assert missing.status_code == 404
    assert "immutable" not in missing.headers["cache-control"]
    assert http.get(f"{running.site.static}/../../pyproject.toml").status_code == 404


def test_scripts_come_compressed_to_those_who_take_it(running, http):
    path = f"{running.site.static}/js/pages/playground.js"
    plain = http.get(path, headers={"Accept-Encoding": "identity"})
    small = http.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "br"
    assert small.headers["vary"] == "Accept-Encoding"
    assert small.headers["content-type"] == plain.headers["content-type"]
    assert small.text == plain.text
    assert int(small.headers["content-length"]) < len(plain.content) / 2


def test_the_page_without_its_font_is_at_most_64_kb(http):
    page = http.get("/", headers={"Accept-Encoding": "gzip, br"})
    parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    total = int(page.headers["content-length"])
    for part in parts:
        if not part.endswith(".woff2"):
            answer = http.get(part, headers={"Accept-Encoding": "gzip, br"})
            total += int(answer.headers["content-length"])
    assert len(parts) > 30
    assert total <= 64_000


def test_half_a_request_header_is_cut_off(monkeypatch):
    monkeypatch.setattr("app.web.server.transport.HEADER_DEADLINE_S", 0.2)
    with serving() as server:
        host, port = server.host.split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: localh")
            assert raw.recv(10) == b""


def test_no_address_or_query_is_logged(http, caplog, capfd):
    http.get("/api/links?q=secret-words")
    http.get("/nowhere?q=secret-words")
    printed = capfd.readouterr()
    for text in (caplog.text, printed.out, printed.err):
        assert "secret-words" not in text
        assert "127.0.0.1" not in text


# --- pages --------------------------------------------------------------------


def test_the_list_reads_without_scripts(http):
    text = http.get("/list").text
    for one in http.get("/api/links").json()["links"]:
        assert f"/go/{one['id']}" in text
    filtered = http.get("/list?q=attention&tag=").text
    assert "Attention Is All You Need" in filtered
    assert "Universal Paperclips" not in filtered


def test_the_page_holds_every_link_for_those_without_a_canvas(http):
    text = http.get("/").text
    assert text.count('href="/go/') == 101


def test_people_get_pages_and_scripts_get_problems(http):
    page = http.get("/l/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert is_problem(http.get("/l/nowhere"), 404)


def test_readiness_tells_how_the_simulation_fares(http):
    body = http.get("/readyz").json()
    assert body["links"] == 101
    assert body["simulation"]["network_hz"] == 30


def test_neglect_is_visible_in_the_welcome(running, anna_welcome):
    for one in anna_welcome["links"]:
        link = running.site.archive.get(one["id"])
        expected = neglect(link, running.site.memory.recall(link.id), running.site.clock())
        assert one["neglect"] == pytest.approx(expected, abs=0.01)
        assert 14 <= one["font_px"] <= 17.5


@pytest.fixture
def anna_welcome(running):
    with JsonClient(running.socket_url) as client:
        return json.loads(json.dumps(client.welcome))
