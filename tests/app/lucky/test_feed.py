"""The feed: Atom, the same bytes all day, and safe for every title."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.link import Archive
from app.lucky.daily import recent_days, today
from app.lucky.feed import feed
from app.memory.memory import VolatileMemory
from tests.some_links import NOW, make_archive, make_link

ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = make_archive(60, lambda n: date(2020, 1, 1) + timedelta(days=40 * n))


def write(archive=ARCHIVE, memory=None, now=NOW, base_url="https://links.example:8000/"):
    return feed(archive, memory or VolatileMemory(), now, base_url=base_url, title="Ann's links")


def parse(document):
    return ET.fromstring(document)


def texts(document, name):
    return [element.text for element in parse(document).iter(ATOM + name)]


def test_it_holds_the_last_30_daily_picks_newest_first(memory):
    entries = parse(write(memory=memory)).findall(ATOM + "entry")
    picks = [today(ARCHIVE, memory, NOW - timedelta(days=days)).link for days in range(30)]
    assert [entry.findtext(ATOM + "title") for entry in entries] == [one.title for one in picks]
    links = [entry.find(ATOM + "link[@rel='alternate']").get("href") for entry in entries]
    assert links == [one.url for one in picks]


@given(st.integers(0, 86_399))
def test_its_bytes_are_the_same_all_day(second):
    midnight = datetime(2026, 11, 21, tzinfo=UTC)
    assert write(now=midnight + timedelta(seconds=second)) == write(now=midnight)


def test_openings_do_not_change_its_bytes(memory):
    before = write(memory=memory)
    for link in ARCHIVE:
        memory.opened(link.id, NOW)
        memory.surfaced(link.id, NOW)
    assert write(memory=memory) == before
    assert write() == before, "nor does a restart without memory"


def test_it_changes_the_next_day_by_one_entry(memory):
    before = texts(write(memory=memory), "id")
    after = texts(write(memory=memory, now=NOW + timedelta(days=1)), "id")
    assert after[0] == before[0]
    assert after[2:] == before[1:-1]


def test_an_edit_changes_no_day_that_was_told(memory):
    before = texts(write(memory=memory), "id")
    edited = Archive((make_link(999), *ARCHIVE.links[7:]))
    gone = {f":{link.id}" for link in ARCHIVE.links[:7]}
    after = texts(write(edited, memory), "id")
    kept = [one for one in before if not any(one.endswith(end) for end in gone)]
    assert [one for one in after if one.split(",")[1][:10] != "2026-11-21"] == [
        one for one in kept if one.split(",")[1][:10] != "2026-11-21"
    ]


def test_ids_are_tag_uris_and_different():
    ids = texts(write(), "id")
    assert ids[0] == "tag:links.example,2024-01-01:daily"
    assert ids[1].startswith("tag:links.example,2026-11-21:daily:link")
    assert len(set(ids)) == 31


@pytest.mark.parametrize("slash", ["", "/"])
def test_it_names_itself_and_the_site(slash):
    root = parse(write(base_url=f"https://links.example{slash}"))
    links = {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}
    assert links == {
        "self": "https://links.example/feed.xml",
        "alternate": "https://links.example/",
    }


def test_it_says_when_it_changed_and_who_writes():
    root = parse(write())
    assert root.findtext(ATOM + "updated") == "2026-11-21T00:00:00Z"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Ann's links"
    assert root.findtext(f"{ATOM}entry/{ATOM}updated") == "2026-11-21T00:00:00Z"


def test_an_entry_says_what_the_archive_knows():
    link = make_link(
        1, author="Ted Chiang", note="On lossy words.", tags=("writings",), added=date(2024, 1, 2)
    )
    entry = parse(write(Archive((link,)))).find(ATOM + "entry")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ted Chiang"
    assert entry.find(ATOM + "category").get("term") == "writings"
    assert entry.find(ATOM + "link[@rel='via']").get("href").endswith("/l/link0001")
    assert entry.findtext(ATOM + "summary") == (
        "On lossy words.\nBy Ted Chiang, at host1.example, in the archive since 2024-01-02."
    )


@given(st.text(st.characters(codec=None), min_size=1))
def test_any_title_makes_a_document_that_can_be_read(title):
    link = make_link(1, title=title, note=title, author=title, tags=(title,))
    assert len(texts(write(Archive((link,))), "entry")) == 30


def test_markup_in_a_title_stays_text():
    link = make_link(1, title="<script>alert(1)</script> & ]]>")
    assert set(texts(write(Archive((link,))), "title")[1:]) == {link.title}


def test_days_whose_link_is_gone_are_left_out_but_for_today(memory):
    before = recent_days(ARCHIVE, memory, NOW, 30)
    gone = {before[0].pick.link, before[9].pick.link}
    smaller = Archive(tuple(link for link in ARCHIVE if link not in gone))
    after = recent_days(smaller, memory, NOW, 30)
    assert after[1:] == before[1:9] + before[10:]
    assert after[0].day == before[0].day
    assert after[0].pick.link not in gone


def test_an_ipv6_address_still_gives_ids():
    assert texts(write(base_url="http://[::1]:8000"), "id")[0] == "tag:--1,2024-01-01:daily"


def test_it_holds_30_days():
    assert len(texts(write(), "entry")) == 30


def test_a_link_without_author_note_and_date_says_where_it_is():
    entry = parse(write(Archive((make_link(1),)))).find(ATOM + "entry")
    assert entry.findtext(ATOM + "summary") == "At host1.example."
    assert entry.find(ATOM + "author") is None
    assert entry.find(ATOM + "category") is None


def test_an_id_that_needs_it_is_quoted():
    entry = parse(write(Archive((make_link(1, id="a/b c"),)))).find(ATOM + "entry")
    assert entry.findtext(ATOM + "id").endswith(":daily:a%2Fb%20c")
    assert entry.find(ATOM + "link[@rel='via']").get("href") == (
        "https://links.example:8000/l/a%2Fb%20c"
    )


def test_what_xml_cannot_hold_is_replaced():
    link = make_link(1, title="a\0b\ud800c\ufffed\te", author="x\x07y")
    entry = parse(write(Archive((link,)))).find(ATOM + "entry")
    assert entry.findtext(ATOM + "title") == "a\ufffdb\ufffdc\ufffdd\te"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "x\ufffdy"


def test_it_is_utf8_and_says_so():
    document = write(Archive((make_link(1, title="Ümläut"),)))
    assert document.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n")
    assert "Ümläut".encode() in document
    assert document.endswith(b"</feed>\n")


def test_the_day_is_told_by_utc():
    eastern = datetime.fromisoformat("2026-11-22T08:30:00+09:00")
    assert parse(write(now=eastern)).findtext(ATOM + "updated") == "2026-11-21T00:00:00Z"


def test_its_title_is_the_sites():
    assert parse(write()).findtext(ATOM + "title") == "Ann's links: a link a day"
