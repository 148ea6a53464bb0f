"""The link of the day: one for everybody, whatever happens."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.archive.link import Archive
from app.lucky.daily import today
from app.lucky.memory import VolatileMemory
from tests.app.lucky.some_links import NOW, make_archive, make_link

ARCHIVE = make_archive(60, lambda n: date(2020, 1, 1) + timedelta(days=40 * n))


def day_after(days):
    return NOW + timedelta(days=days)


@given(st.integers(0, 86_399))
def test_a_day_has_one_pick_in_every_process(second):
    midnight = datetime(2026, 3, 1, tzinfo=UTC)
    now, noon = midnight + timedelta(seconds=second), midnight.replace(hour=12)
    assert today(ARCHIVE, VolatileMemory(), now) == today(ARCHIVE, VolatileMemory(), noon)


def test_the_day_turns_at_midnight_utc(memory):
    eastern = datetime.fromisoformat("2026-03-02T08:30:00+09:00")
    assert (
        today(ARCHIVE, memory, eastern).link
        == today(ARCHIVE, VolatileMemory(), datetime(2026, 3, 1, 23, 59, tzinfo=UTC)).link
    )
    assert (
        today(ARCHIVE, memory, eastern + timedelta(minutes=30)).link
        != today(ARCHIVE, memory, eastern).link
    )


def test_opening_it_changes_neither_the_pick_nor_its_reason(memory, now):
    before = today(ARCHIVE, memory, now)
    memory.opened(before.link.id, now)
    memory.surfaced(before.link.id, now)
    assert today(ARCHIVE, memory, now) == before


def test_opening_others_changes_no_day_to_come(memory, now):
    for link in ARCHIVE:
        memory.opened(link.id, now)
    for days in range(30):
        fresh = today(ARCHIVE, VolatileMemory(), day_after(days))
        assert today(ARCHIVE, memory, day_after(days)).link == fresh.link


def test_a_link_added_today_changes_nothing_today_even_without_memory(now):
    newcomer = make_link(99, added=now.date())
    larger = Archive((newcomer, *ARCHIVE.links))
    assert today(larger, VolatileMemory(), now).link == today(ARCHIVE, VolatileMemory(), now).link


def test_any_edit_leaves_the_day_as_it_was_while_its_link_is_there(memory, now):
    chosen = today(ARCHIVE, memory, now).link
    smaller = Archive((chosen, *ARCHIVE.links[:5]))
    assert today(smaller, memory, now).link == chosen


def test_a_day_whose_link_was_removed_gets_another_and_keeps_it(memory, now):
    chosen = today(ARCHIVE, memory, now).link
    smaller = Archive(tuple(link for link in ARCHIVE if link != chosen))
    second = today(smaller, memory, now).link
    assert second != chosen
    assert today(ARCHIVE, memory, now).link == second


def test_removing_links_repeats_none_within_30_days(memory):
    links, shown = list(ARCHIVE.links), {}
    for days in range(400):
        if days % 20 == 0:
            links[days // 20] = make_link(1000 + days)
        link = today(Archive(tuple(links)), memory, day_after(days)).link
        assert days - shown.get(link.id, -999) > 30
        shown[link.id] = days


def test_an_archive_begun_today_has_a_pick_today(memory, now):
    assert today(make_archive(3, lambda _: now.date()), memory, now).why


def test_a_clock_before_the_first_day_still_gets_a_pick(memory):
    assert today(ARCHIVE, memory, datetime(1970, 1, 1, tzinfo=UTC)).why


def test_one_link_is_the_link_of_every_day(memory):
    archive = make_archive(1)
    assert {today(archive, memory, day_after(days)).link for days in range(9)} == {archive.links[0]}
