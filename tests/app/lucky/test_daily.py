"""The link of the day: one for everybody, whatever happens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.link import Archive
from app.lucky.daily import recent_days, today
from app.lucky.turns import DAY, turns
from app.memory.errors import MomentError
from app.memory.memory import DayPick, VolatileMemory
from tests.some_links import NOW, make_archive, make_link

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


@pytest.mark.long
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


# Days chosen out of their order, as when the feed asks for past ones after today


def forced(now, distance):
    """Keep the link whose turn a day is to another day; returns that link and what is chosen."""
    memory = VolatileMemory()
    day = now.date()
    (turn,) = turns(ARCHIVE, day, day)
    memory.keep_day_pick(day + distance * DAY, DayPick(turn.link.id, "kept"))
    return turn, today(ARCHIVE, memory, now).link


@pytest.mark.parametrize("distance", [-30, -1, 1, 30])
def test_no_day_repeats_one_kept_within_30_days_before_or_after(distance):
    turn, chosen = forced(NOW, distance)
    assert chosen.id == turn.queue[0], "the next in the order stands in"


@pytest.mark.parametrize("distance", [-31, 31])
def test_a_link_has_rested_after_30_days(distance):
    turn, chosen = forced(NOW, distance)
    assert chosen == turn.link


def test_where_every_link_rests_the_turn_stands(memory, now):
    archive = make_archive(2)
    (turn,) = turns(archive, now.date(), now.date())
    for distance, link in zip((-1, 1), archive.links, strict=True):
        memory.keep_day_pick(now.date() + distance * DAY, DayPick(link.id, ""))
    assert today(archive, memory, now).link == turn.link


def test_a_kept_day_keeps_its_reason(memory, now):
    memory.keep_day_pick(now.date(), DayPick(ARCHIVE.links[7].id, "as it was told"))
    pick = today(ARCHIVE, memory, now)
    assert (pick.link, pick.why) == (ARCHIVE.links[7], "as it was told")


def test_a_day_once_asked_for_is_kept(memory, now):
    pick = today(ARCHIVE, memory, now)
    assert memory.day_pick(now.date()) == DayPick(pick.link.id, pick.why)


def test_the_reason_is_what_the_memory_knew_then(memory, now):
    (turn,) = turns(ARCHIVE, now.date(), now.date())
    memory.opened(turn.link.id, now - timedelta(days=3))
    assert "opened" in today(ARCHIVE, memory, now).why
    assert "never" not in today(ARCHIVE, memory, now).why


def test_recent_days_are_as_many_as_asked_for_newest_first(memory, now):
    found = recent_days(ARCHIVE, memory, now, 3)
    assert [one.day for one in found] == [now.date() - n * DAY for n in range(3)]


def test_a_moment_without_a_zone_is_refused(memory, now):
    for ask in (today, lambda links, kept, at: recent_days(links, kept, at, 3)):
        with pytest.raises(MomentError):
            ask(ARCHIVE, memory, now.replace(tzinfo=None))
