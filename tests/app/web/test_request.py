"""What a request says of itself: whether anybody asks, from where, and how they reached us."""

from types import SimpleNamespace

import pytest
from starlette.requests import HTTPConnection, Request

from app.settings import Settings
from app.web.request import HEAD_MARK, address_of, base_url, is_idle_look, permalink
from tests.some_links import make_link

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def request(headers=None, *, client=("192.0.2.7", 999), scheme="http", settings=None, **more):
    given = {"host": "links.example:8000"} | (headers or {})
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "scheme": scheme,
        "server": ("127.0.0.1", 8000),
        "client": client,
        "app": SimpleNamespace(
            state=SimpleNamespace(site=SimpleNamespace(settings=settings or Settings()))
        ),
        "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
    }
    return Request(scope | more)


# --- is anybody there -----------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;anonymous-client-ip"},
        {"Sec-Purpose": "prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "SomeBOT"},
        {"User-Agent": "Some Crawler/1.0"},
        {"User-Agent": "Baiduspider"},
        {"User-Agent": "Yahoo! Slurp"},
        {"User-Agent": "Slackbot-LinkExpanding 1.0"},
        {"User-Agent": "BingPreview/1.0b"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "Something/1.0 (+https://some.example/about)"},
    ],
    ids=str,
)
def test_speculation_and_robots_are_no_person(headers):
    assert is_idle_look(request({"User-Agent": FIREFOX} | headers))


def test_a_head_is_no_person():
    assert is_idle_look(request({"User-Agent": FIREFOX}, **{HEAD_MARK: True}))


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": FIREFOX},
        {"User-Agent": "curl/8.14"},
        {"User-Agent": "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50)"},
        {"User-Agent": "Bottle/0.13"},
        {"Sec-Purpose": "navigate"},
        {"X-Moz": "nothing"},
        {},
    ],
    ids=str,
)
def test_people_and_their_scripts_are_taken_for_what_they_are(headers):
    assert not is_idle_look(request(headers))


# --- where from and where to ----------------------------------------------------


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_a_64_of_ipv6_is_one_address(host, address):
    assert address_of(request(client=(host, 1))) == address


def test_who_comes_from_nowhere_is_one_address_too():
    assert address_of(request(client=None)) == "unknown"


@pytest.mark.parametrize(
    ("scheme", "base"),
    [
        ("http", "http://links.example:8000"),
        ("https", "https://links.example:8000"),
        ("ws", "http://links.example:8000"),
        ("wss", "https://links.example:8000"),
    ],
)
def test_visitors_reach_the_server_as_they_did(scheme, base):
    scope = request(scheme=scheme).scope | {"type": "websocket" if "ws" in scheme else "http"}
    assert base_url(HTTPConnection(scope)) == base


@pytest.mark.parametrize("slash", ["", "/"])
def test_or_as_the_owner_says(slash):
    asked = request(settings=Settings(public_url=f"https://links.example{slash}"))
    assert base_url(asked) == "https://links.example"
    assert permalink(asked, make_link(1)) == "https://links.example/l/link0001"
