"""The middleware by itself: what it lets pass, what it answers, what it adds."""

import asyncio
import json

import pytest

from app.web.gate import shields
from app.web.gate.headers import headers_for
from app.web.gate.limits import BODY_DEADLINE_S, LARGEST_BODY
from app.web.gate.shields import (
    AnswerHeaders,
    ApiCors,
    HeadAsGet,
    KnownHosts,
    SmallBodies,
)
from app.web.request import HEAD_MARK


class Route:
    """An application that notes down what reaches it and answers as it is told."""

    def __init__(self, status=200, headers=()):
        self.scopes = []
        self.bodies = []
        self._start = {"type": "http.response.start", "status": status, "headers": list(headers)}

    async def __call__(self, scope, receive, send):
        self.scopes.append(scope)
        if scope["type"] != "http":
            return
        message = await receive()
        self.bodies.append(message.get("body"))
        await send({**self._start, "headers": list(self._start["headers"])})
        await send({"type": "http.response.body", "body": b"answer"})


def ask(app, *messages, path="/", method="GET", headers=None, scheme="http", kind="http"):
    """Send one request through; returns its answer's status and headers, if any, and body."""
    given = {"host": "localhost"} | (headers or {})
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "scheme": scheme,
        "headers": [
            (name.encode(), one.encode())
            for name, value in given.items()
            for one in ([value] if isinstance(value, str) else value)
        ],
        "query_string": b"",
    }
    waiting = list(messages) or [{"type": "http.request", "body": b""}]
    sent = []

    async def receive():
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    if not sent:
        return None
    start = sent[0]
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(one.get("body", b"") for one in sent[1:])


# --- headers ----------------------------------------------------------------------

HSTS = "strict-transport-security"


def test_https_is_to_be_used_for_a_year_once_it_was():
    _, headers, _ = ask(AnswerHeaders(Route()), scheme="https")
    assert headers[HSTS] == "max-age=31536000"


def test_plain_http_promises_no_https():
    _, headers, _ = ask(AnswerHeaders(Route()))
    assert HSTS not in headers


@pytest.mark.parametrize("status", [200, 303, 404, 500])
def test_every_answer_carries_the_headers_of_its_path(status):
    for path in ("/", "/list", "/api/links", "/lucky", "/go/x", "/feed.xml"):
        _, headers, _ = ask(AnswerHeaders(Route(status)), path=path)
        assert headers == headers_for(path)


def test_a_header_a_route_has_set_stays():
    route = Route(headers=[(b"cache-control", b"public, max-age=60")])
    _, headers, _ = ask(AnswerHeaders(route))
    assert headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize("status", [400, 404])
def test_a_static_file_that_is_missing_is_not_kept_for_a_year(status):
    _, headers, _ = ask(AnswerHeaders(Route(status)), path="/static/x/nothing.js")
    assert headers == headers_for("/")


def test_a_static_file_that_is_there_is_kept_for_a_year():
    _, headers, _ = ask(AnswerHeaders(Route(304)), path="/static/x/main.js")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


def test_sockets_pass_the_headers_by():
    route = Route()
    assert ask(AnswerHeaders(route), kind="websocket") is None
    assert len(route.scopes) == 1


PAGES = ["/", "/list", "/l/x", "/docs", "/robots.txt", "/nothing"]
OPEN = ["/api/links", "/healthz", "/readyz", "/openapi.json", "/schema.json", "/feed.xml",
        "/links.opml", "/llms.txt"]  # fmt: skip
CHANCE = ["/lucky", "/go/x"]


@pytest.mark.parametrize("path", [*PAGES, *OPEN, *CHANCE, "/static/x/main.js"])
def test_no_answer_is_sniffed_told_on_or_given_a_sensor(path):
    headers = headers_for(path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in headers["permissions-policy"]


@pytest.mark.parametrize("path", [*PAGES, *CHANCE])
def test_a_page_loads_its_own_and_is_framed_by_nobody(path):
    headers = headers_for(path)
    directives = set(headers["content-security-policy"].split("; "))
    assert directives == {
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "font-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    }  # fmt: skip
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", OPEN)
def test_what_machines_ask_may_be_read_by_any_page_and_does_nothing(path):
    headers = headers_for(path)
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", CHANCE)
def test_a_redirect_is_neither_kept_nor_indexed(path):
    headers = headers_for(path)
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_asked_for_again(path):
    headers = headers_for(path)
    assert headers["cache-control"] == "no-cache"
    assert "x-robots-tag" not in headers


# --- hosts ------------------------------------------------------------------------


def known(host, *names):
    route = Route()
    status, _, body = ask(KnownHosts(route, names), headers={"host": host})
    assert (status == 200) is bool(route.scopes)
    if status != 200:
        assert json.loads(body)["field"] == "Host"
    return status


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1", "192.0.2.7:80", "[::1]:8000",
     "[2001:db8::7]"],
)  # fmt: skip
def test_localhost_and_bare_addresses_are_always_served(host):
    assert known(host) == 200


@pytest.mark.parametrize("host", ["links.example", "Links.Example:443", "links.example."])
def test_a_name_the_owner_gave_is_served_in_any_form(host):
    assert known(host, "LINKS.example") == 200
    assert known(host) == 400


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "links.example.evil.example", "evil-links.example", "a b", "::1",
     "[::1", "[evil.example]", "127.0.0.1.evil.example", "links.example:port",
     "links.example:123456", "links.example@evil.example", "256.0.0.1", "links.example.."],
)  # fmt: skip
def test_any_other_host_is_a_400_that_names_the_field(host):
    assert known(host, "links.example") == 400


def test_a_request_that_names_two_hosts_or_none_is_a_400():
    assert known(["localhost", "localhost"]) == 400
    assert known([]) == 400


def test_a_server_starts_and_ends_whatever_its_host():
    route = Route()
    ask(KnownHosts(route, []), kind="lifespan", headers={"host": "evil.example"})
    assert len(route.scopes) == 1


# --- bodies -----------------------------------------------------------------------


def part(body, *, more=False):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_is_read_whole_before_the_route_sees_it():
    route = Route()
    status, *_ = ask(
        SmallBodies(route), part(b"one ", more=True), part(b"two ", more=True), part(b"three"),
        method="POST",
    )  # fmt: skip
    assert (status, route.bodies) == (200, [b"one two three"])


@pytest.mark.parametrize(("size", "status"), [(32 * 1024, 200), (32 * 1024 + 1, 413)])
def test_a_body_of_32_kib_is_taken_and_no_longer_one(size, status):
    route = Route()
    answer = ask(SmallBodies(route), part(b"x" * size), method="POST")
    assert answer[0] == status
    assert len(route.bodies) == (status == 200)
    assert LARGEST_BODY == 32 * 1024


def test_of_a_body_too_long_no_more_is_read_than_shows_it():
    # What follows never comes: to wait for it would be to read on.
    flood = [part(b"x" * LARGEST_BODY, more=True), part(b"x", more=True)]
    assert ask(SmallBodies(Route()), *flood, method="POST")[0] == 413


def test_a_body_that_does_not_come_in_time_is_a_408(monkeypatch):
    assert BODY_DEADLINE_S == 10.0
    monkeypatch.setattr(shields, "BODY_DEADLINE_S", 0.0)
    route = Route()
    assert ask(SmallBodies(route), part(b"x", more=True), method="POST")[0] == 408
    assert route.scopes == []


def test_a_client_that_leaves_halfway_is_answered_nothing():
    route = Route()
    left = [part(b"x", more=True), {"type": "http.disconnect"}]
    assert ask(SmallBodies(route), *left, method="POST") is None
    assert route.scopes == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_request_without_a_body_is_passed_on_unread(method):
    route = Route()
    flood = part(b"x" * (LARGEST_BODY + 1))
    assert ask(SmallBodies(route), flood, method=method)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_body_is_taken_for_json(method):
    route = Route()
    sent = {"content-type": "text/plain", "accept": "*/*"}
    ask(SmallBodies(route), part(b"{}"), method=method, headers=sent)
    (scope,) = route.scopes
    kinds = [value for name, value in scope["headers"] if name == b"content-type"]
    assert kinds == [b"application/json"]
    assert (b"accept", b"*/*") in scope["headers"]


def test_a_body_is_seen_once_and_then_the_client_is_heard():
    heard = []

    async def route(_scope, receive, _send):
        heard.extend([await receive(), await receive()])

    ask(SmallBodies(route), part(b"{}"), {"type": "http.disconnect"}, method="POST")
    assert [one["type"] for one in heard] == ["http.request", "http.disconnect"]
    assert heard[0]["more_body"] is False


# --- methods and origins ------------------------------------------------------------


def test_head_is_passed_on_as_a_marked_get():
    route = Route()
    ask(HeadAsGet(route), method="HEAD")
    assert route.scopes[0]["method"] == "GET"
    assert route.scopes[0][HEAD_MARK] is True


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_other_methods_pass_unmarked(method):
    route = Route()
    ask(HeadAsGet(route), method=method)
    assert route.scopes[0]["method"] == method
    assert HEAD_MARK not in route.scopes[0]


PREFLIGHT = {
    "origin": "https://blog.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
}


def test_any_page_may_ask_the_api():
    status, headers, _ = ask(
        ApiCors(Route()), method="OPTIONS", path="/api/lucky", headers=PREFLIGHT
    )
    assert status == 200
    assert headers["access-control-allow-origin"] == "*"
    assert "POST" in headers["access-control-allow-methods"]
    assert "content-type" in headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in headers
    get = {"origin": "https://blog.example"}
    _, headers, _ = ask(ApiCors(Route()), path="/api/links", headers=get)
    assert headers["access-control-expose-headers"] == "ETag"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_page_may_ask_for_no_other_method(method):
    asked = PREFLIGHT | {"access-control-request-method": method}
    assert ask(ApiCors(Route()), method="OPTIONS", path="/api/x", headers=asked)[0] == 400


@pytest.mark.parametrize("path", ["/", "/lucky", "/api", "/apix/"])
def test_other_pages_are_told_nothing_outside_the_api(path):
    route = Route()
    _, headers, _ = ask(ApiCors(route), method="OPTIONS", path=path, headers=PREFLIGHT)
    assert len(route.scopes) == 1
    assert not [name for name in headers if name.startswith("access-control")]
