"""What the routes work with: openings, luck, and another archive."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.archive.file.load import Loaded
from app.archive.link import Archive
from app.memory.memory import VolatileMemory
from app.settings import Settings
from app.web.gate.admission import Doors
from app.web.gate.buckets import AddressLimit
from app.web.site import Site, site_title
from tests.some_links import make_archive, make_link

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


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
        host=SimpleNamespace(room=Room(archive)),
        doors=Doors(9, 9),
        templates=None,
        static="/static/x",
        clock=Clock(),
    )


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
