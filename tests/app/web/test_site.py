"""What the routes work with: who asks, from where, and whether anybody does."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from starlette.requests import HTTPConnection, Request

from app.archive.link import Archive
from app.archive.load import Loaded
from app.lucky.memory import VolatileMemory
from app.settings import Settings
from app.web.admission import Doors
from app.web.limits import AddressLimit
from app.web.site import HEAD_MARK, Site, is_idle_look, site_title
from tests.app.lucky.some_links import make_archive, make_link

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Room:
    """Notes down what it is asked to do."""

    def __init__(self, archive):
        self.archive = archive
        self.carried = []

    def carry(self, link_id):
        self.carried.append(link_id)

    def reload(self, archive):
        self.archive = archive


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def site():
    archive = make_archive(5)
    return Site(
        settings=Settings(),
        title="Links",
        memory=VolatileMemory(),
        room=Room(archive),
        doors=Doors(9, 9),
        templates=None,
        static="/static/x",
        clock=Clock(),
    )


def request(headers=None, *, client=("192.0.2.7", 999), scheme="http", **more):
    given = {"host": "links.example:8000"} | (headers or {})
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "scheme": scheme,
        "server": ("127.0.0.1", 8000),
        "client": client,
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


# --- openings -------------------------------------------------------------------


def opened(site, *openings):
    """Count openings at (address, seconds after noon); tells how many counted."""
    link = site.archive.links[0]
    for address, seconds in openings:
        site.clock.now = NOON + timedelta(seconds=seconds)
        site.opened(link, address)
    return site.memory.recall(link.id).opened


def test_an_address_counts_once_a_minute(site):
    assert opened(site, ("192.0.2.7", 0), ("192.0.2.7", 59)) == 1
    assert opened(site, ("192.0.2.7", 60)) == 2


def test_two_addresses_count_each(site):
    assert opened(site, ("192.0.2.7", 0), ("192.0.2.8", 0)) == 2


def test_an_opening_is_dated_by_the_sites_clock(site):
    opened(site, ("192.0.2.7", 30))
    (link, *_) = site.archive
    assert site.memory.recall(link.id).last_opened == NOON + timedelta(seconds=30)


def test_a_visitors_address_is_not_what_the_memory_is_told(site):
    told = []
    site.memory = SimpleNamespace(opened=lambda *call: told.append(call))
    site.opened(make_link(1), "192.0.2.7")
    ((_, _, visitor),) = told
    assert "192.0.2.7" not in visitor


def test_two_processes_name_one_visitor_differently(site):
    told = []
    site.memory = SimpleNamespace(opened=lambda *call: told.append(call[2]))
    site.opened(make_link(1), "192.0.2.7")
    site._salt = b"another process"
    site.opened(make_link(1), "192.0.2.7")
    assert len(set(told)) == 2


# --- luck -----------------------------------------------------------------------


def test_a_lucky_pick_is_remembered_and_carried_forward(site):
    chosen = site.carry(None, [], "192.0.2.7")
    assert site.room.carried == [chosen.link.id]
    assert site.memory.recall(chosen.link.id).last_surfaced == NOON


def test_whoever_asks_too_often_gets_picks_and_leaves_the_water_calm(site):
    site._carries = AddressLimit(rate=1e-9, burst=2)
    picks = [site.carry(None, [], "192.0.2.7").link.id for _ in range(5)]
    assert site.room.carried == picks[:2]
    assert all(site.memory.recall(link_id).last_surfaced == NOON for link_id in picks)
    other = site.carry(None, [], "192.0.2.8")
    assert site.room.carried == [*picks[:2], other.link.id]


def test_a_lucky_pick_keeps_to_its_exclusions(site):
    site.room.archive = archive = make_archive(200)
    exclude = [link.id for link in archive.links[1:]]
    assert site.carry(None, exclude, "a").link == archive.links[0]


def test_a_lucky_pick_keeps_to_its_tag(site):
    tagged = make_link(999, tags=("rare",))
    site.room.archive = Archive((*make_archive(200).links, tagged))
    assert site.carry("rare", [], "a").link == tagged


# --- where from and where to ----------------------------------------------------


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_a_64_of_ipv6_is_one_address(site, host, address):
    assert site.address_of(request(client=(host, 1))) == address


def test_who_comes_from_nowhere_is_one_address_too(site):
    assert site.address_of(request(client=None)) == "unknown"


@pytest.mark.parametrize(
    ("scheme", "base"),
    [
        ("http", "http://links.example:8000"),
        ("https", "https://links.example:8000"),
        ("ws", "http://links.example:8000"),
        ("wss", "https://links.example:8000"),
    ],
)
def test_visitors_reach_the_server_as_they_did(site, scheme, base):
    scope = request(scheme=scheme).scope | {"type": "websocket" if "ws" in scheme else "http"}
    assert site.base_url(HTTPConnection(scope)) == base


@pytest.mark.parametrize("slash", ["", "/"])
def test_or_as_the_owner_says(site, slash):
    site.settings = Settings(public_url=f"https://links.example{slash}")
    assert site.base_url(request()) == "https://links.example"
    assert site.permalink(request(), make_link(1)) == "https://links.example/l/link0001"


# --- the archive ----------------------------------------------------------------


def test_another_archive_is_floated_under_its_own_title(site):
    archive = make_archive(2)
    site.adopt(Loaded(archive, title="Other links"))
    assert site.archive is archive
    assert site.title == "Other links"


@pytest.mark.parametrize(
    ("setting", "file", "title"),
    [("Set", "Filed", "Set"), (None, "Filed", "Filed"), (None, None, "Link Drift")],
)
def test_a_site_is_named_by_setting_by_file_or_as_the_project(setting, file, title):
    assert site_title(Settings(title=setting), Loaded(make_archive(1), title=file)) == title
