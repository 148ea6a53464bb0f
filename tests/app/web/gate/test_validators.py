import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request

from app.web.gate.validators import TagPerCoding, conditional, has_current
from app.web.server.static_files import _takes_brotli

KEPT = ["/api/links", "/api/links?tag=papers", "/api/today", "/feed.xml", "/links.opml",
        "/schema.json", "/llms.txt", "/openapi.json"]  # fmt: skip


@pytest.mark.parametrize("path", KEPT)
def test_who_has_an_answer_is_told_that_it_still_holds(http, path):
    first = http.get(path)
    etag = first.headers["etag"]
    assert etag.startswith('"')
    assert etag.endswith('"')
    again = http.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "content-type" not in again.headers


def test_the_drift_that_still_holds_is_told_as_it_would_be_sent(http):
    answer = http.get("/api/drift")
    unchanged = http.get("/api/drift", headers={"If-None-Match": "*"})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"].startswith('"')
    assert answer.headers["cache-control"] == unchanged.headers["cache-control"] == "no-cache"


def test_one_link_is_kept_too(http):
    link_id = http.get("/api/links?limit=1").json()["links"][0]["id"]
    answer = http.get(f"/api/links/{link_id}")
    assert answer.headers["cache-control"] == "no-cache"
    headers = {"If-None-Match": answer.headers["etag"]}
    assert http.get(f"/api/links/{link_id}", headers=headers).status_code == 304


@pytest.mark.parametrize("named", ["*", "W/{}", '"other", {}', '"other",W/{}'])  # fmt: skip
def test_every_form_of_if_none_match_is_understood(http, named):
    etag = http.get("/api/links").headers["etag"]
    headers = {"If-None-Match": named.format(etag)}
    assert http.get("/api/links", headers=headers).status_code == 304


@pytest.mark.parametrize("named", ['"other"', "", '"'])
def test_another_tag_gets_the_answer(http, named):
    assert http.get("/api/links", headers={"If-None-Match": named}).status_code == 200


def test_other_answers_have_other_tags(http):
    paths = ["/api/links", "/api/links?limit=3", "/api/links?offset=1", "/api/links?tag=papers"]
    assert len({http.get(path).headers["etag"] for path in paths}) == len(paths)


def test_a_compressed_answer_has_a_tag_of_its_own(http):
    plain = http.get("/api/links", headers={"Accept-Encoding": "identity"})
    packed = http.get("/api/links", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content
    assert plain.headers["etag"] != packed.headers["etag"]
    for one in (plain, packed):
        etag = one.headers["etag"]
        again = http.get("/api/links", headers={"If-None-Match": etag})
        assert (again.status_code, again.headers["etag"]) == (304, etag)
        assert "Accept-Encoding" in again.headers["vary"]


def test_head_tells_the_same_tag_as_get(http):
    head, get = http.head("/api/links"), http.get("/api/links")
    assert head.headers["etag"] == get.headers["etag"]
    assert head.content == b""


def test_errors_are_never_kept(http):
    answer = http.get("/api/links?tag=nowhere", headers={"If-None-Match": "*"})
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_chance_is_never_kept(http):
    for path in ("/api/random", "/lucky"):
        answer = http.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code < 304
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_scripts_of_other_pages_may_see_the_tag(http):
    answer = http.get("/api/links", headers={"Origin": "https://blog.example"})
    assert "ETag" in answer.headers["access-control-expose-headers"]
    ask = {
        "Origin": "https://blog.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    assert http.options("/api/links", headers=ask).status_code == 200


def test_static_files_keep_the_tags_they_have(running, http):
    path = f"{running.site.static}/icon.svg"
    plain = {"Accept-Encoding": "identity"}
    etag = http.get(path, headers=plain).headers["etag"]
    assert http.get(path, headers=plain | {"If-None-Match": etag}).status_code == 304


def test_a_strong_tag_never_names_compressed_bytes(running, http):
    path = f"{running.site.static}/icon.svg"
    small = http.get(path, headers={"Accept-Encoding": "br"})
    assert small.headers["content-encoding"] == "br"
    assert "etag" not in small.headers
    assert "accept-ranges" not in small.headers


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("BR", "br"), ("gzip, br;q=0.5", "br"), ("br;q=0.0", None), ("br;q=0", None), ("*", None)],
)
def test_brotli_is_for_those_who_take_it(running, http, accepted, coding):
    answer = http.get(f"{running.site.static}/icon.svg", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == coding


# --- without a server -------------------------------------------------------------


def asking(*tags):
    headers = [(b"if-none-match", tag.encode()) for tag in tags]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize(
    ("tags", "has"),
    [
        ((), False),
        (('"a"',), True),
        (('"b"',), False),
        (('W/"a"',), True),
        (('"b", "a"',), True),
        (('"b"', '"a"'), True),
        (("*",), True),
        (("a",), False),
    ],
)
def test_who_names_the_tag_in_any_way_has_it(tags, has):
    assert has_current(asking(*tags), '"a"') is has


def test_an_unchanged_answer_has_no_body_and_the_same_headers():
    first = conditional(asking(), b"body", "text/plain", "no-store")
    again = conditional(asking(first.headers["etag"]), b"body", "text/plain", "no-store")
    assert (first.status_code, first.body) == (200, b"body")
    assert (again.status_code, again.body) == (304, b"")
    for answer in (first, again):
        assert answer.headers["etag"] == first.headers["etag"]
        assert answer.headers["cache-control"] == "no-store"


def test_other_bytes_have_another_tag():
    tags = {conditional(asking(), body, "text/plain").headers["etag"] for body in (b"a", b"b")}
    assert len(tags) == 2


def passed(*, asked=None, status=200, etag='"x"', coding=None):
    """Pass one answer through; returns what the route was asked and what came out."""
    seen = []
    headers = [(b"etag", etag.encode())] if etag else []
    headers += [(b"content-encoding", coding.encode())] if coding else []

    async def route(scope, _receive, send):
        seen.extend(value for name, value in scope["headers"] if name == b"if-none-match")
        await send({"type": "http.response.start", "status": status, "headers": headers})

    sent = []

    async def send(message):
        sent.append(message)

    given = [] if asked is None else [(b"if-none-match", asked.encode())]
    asyncio.run(TagPerCoding(route)({"type": "http", "headers": given}, None, send))
    return seen, {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_a_compressed_answers_tag_is_marked_and_no_others():
    assert passed(coding="gzip")[1]["etag"] == '"x-gzip"'
    assert passed(coding="br")[1]["etag"] == '"x"'
    assert passed()[1]["etag"] == '"x"'
    assert passed(coding="gzip", etag='W/"x"')[1]["etag"] == 'W/"x"'
    assert "etag" not in passed(coding="gzip", etag=None)[1]


def test_the_mark_is_taken_off_what_is_asked_and_put_on_the_answer_again():
    asked, answer = passed(asked='"x-gzip"', status=304)
    assert asked == [b'"x"']
    assert answer["etag"] == '"x-gzip"'
    assert answer["vary"] == "Accept-Encoding"


def test_an_unmarked_tag_is_answered_unmarked():
    asked, answer = passed(asked='"x"', status=304)
    assert asked == [b'"x"']
    assert answer["etag"] == '"x"'
    assert answer["vary"] == "Accept-Encoding"


def test_a_whole_answer_varies_by_nothing_here():
    assert "vary" not in passed()[1]


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("", False),
        ("gzip", False),
        ("br", True),
        ("gzip , BR", True),
        ("br;q=1", True),
        ("br;q=0.01", True),
        ("br;q=0", False),
        ("br;q=0.000", False),
        ("brotli", False),
    ],
)
def test_brotli_is_sent_to_who_names_it(accepted, takes):
    assert _takes_brotli(Headers({"accept-encoding": accepted})) is takes
