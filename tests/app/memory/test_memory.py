"""The memory that lasts as long as the process."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.memory.errors import MomentError
from app.memory.memory import CAPACITY, DAYS_KEPT, DayPick, Recollection, Remembered
from tests.some_links import NOW


def test_nothing_is_remembered_of_a_link_never_met(memory):
    assert memory.recall("stranger") == Recollection()


def test_openings_are_counted_with_the_last_moment_in_whole_seconds(memory):
    memory.opened("a", NOW)
    assert memory.opened("a", NOW + timedelta(days=1, microseconds=5))
    assert memory.recall("a") == Recollection(2, NOW + timedelta(days=1))


def test_a_clock_set_back_takes_no_moment_back(memory):
    memory.opened("a", NOW)
    memory.opened("a", NOW - timedelta(hours=1))
    memory.surfaced("a", NOW)
    memory.surfaced("a", NOW - timedelta(hours=1))
    assert memory.recall("a") == Recollection(2, NOW, NOW)


def test_a_visitor_counts_once_a_minute_and_link(memory):
    assert memory.opened("a", NOW, "visitor")
    assert not memory.opened("a", NOW + timedelta(seconds=59), "visitor")
    assert memory.opened("b", NOW, "visitor")
    assert memory.opened("a", NOW, "another")
    assert memory.recall("a") == Recollection(2, NOW)


def test_a_day_is_kept_to_its_pick(memory):
    memory.keep_day_pick(date(2026, 1, 1), DayPick("a", "why not"))
    assert memory.day_pick(date(2026, 1, 1)) == DayPick("a", "why not")
    assert memory.day_pick(date(2026, 1, 2)) is None


def test_the_oldest_days_are_forgotten(memory):
    for day in range(1, DAYS_KEPT + 2):
        memory.keep_day_pick(date.fromordinal(day), DayPick("a", ""))
    assert memory.day_pick(date.fromordinal(1)) is None
    assert memory.day_pick(date.fromordinal(2)) is not None


def test_a_moment_without_a_zone_is_refused(memory):
    with pytest.raises(MomentError):
        memory.opened("a", datetime(2026, 1, 1))  # noqa: DTZ001 - the point of it


def test_links_past_the_capacity_are_let_go(memory, monkeypatch):
    monkeypatch.setattr("app.memory.memory.CAPACITY", 2)
    for link_id in "abca":
        memory.opened(link_id, NOW)
    assert [memory.recall(link_id).opened for link_id in "abc"] == [2, 1, 0]


def test_without_a_visitor_every_call_counts(memory):
    assert memory.opened("a", NOW)
    assert memory.opened("a", NOW)
    assert memory.recall("a").opened == 2


def test_a_visitor_counts_again_after_a_minute(memory):
    assert memory.opened("a", NOW, "visitor")
    assert memory.opened("a", NOW + timedelta(seconds=60), "visitor")
    assert memory.recall("a") == Recollection(2, NOW + timedelta(seconds=60))


def test_what_was_shown_is_no_opening_and_is_dated_in_whole_seconds(memory):
    memory.surfaced("a", NOW + timedelta(microseconds=7))
    assert memory.recall("a") == Recollection(0, None, NOW)


def test_an_opening_leaves_the_last_showing_and_a_showing_the_last_opening(memory):
    later = NOW + timedelta(hours=1)
    memory.surfaced("a", NOW)
    memory.opened("a", later)
    assert memory.recall("a") == Recollection(1, later, NOW)
    memory.opened("b", NOW)
    memory.surfaced("b", later)
    assert memory.recall("b") == Recollection(1, NOW, later)


def test_moments_of_any_zone_are_remembered_in_utc(memory):
    tokyo = timezone(timedelta(hours=9))
    memory.opened("a", NOW.astimezone(tokyo))
    memory.surfaced("a", NOW.astimezone(tokyo))
    assert memory.recall("a") == Recollection(1, NOW, NOW)
    assert memory.recall("a").last_opened.tzinfo is UTC
    assert memory.recall("a").last_surfaced.tzinfo is UTC


def test_a_showing_without_a_zone_is_refused(memory):
    with pytest.raises(MomentError, match="no time zone; use UTC"):
        memory.surfaced("a", datetime(2026, 1, 1))  # noqa: DTZ001 - the point of it
    assert memory.recall("a") == Recollection()


def test_a_later_pick_takes_a_days_place(memory):
    memory.keep_day_pick(date(2026, 1, 1), DayPick("a", "first"))
    memory.keep_day_pick(date(2026, 1, 1), DayPick("b", "second"))
    assert memory.day_pick(date(2026, 1, 1)) == DayPick("b", "second")


def test_400_days_and_200_000_links_are_remembered():
    assert (DAYS_KEPT, CAPACITY) == (400, 200_000)


def test_a_memory_of_this_process_is_in_no_trouble_and_goes_on_after_its_end(memory):
    assert memory.trouble is None
    memory.close()
    assert memory.opened("a", NOW)


# What is remembered, as one heap


def heap(link_id="a", opened=1):
    return Remembered({link_id: Recollection(opened, NOW)}, {NOW.date(): DayPick(link_id, "")})


def test_a_heap_of_nothing_is_empty_and_one_of_days_alone_is_not():
    assert not Remembered()
    assert Remembered({}, {NOW.date(): DayPick("a", "")})
    assert Remembered({"a": Recollection()})


def test_heaps_add_up_and_the_days_of_the_later_stand():
    total = heap("a", 2)
    total.add(heap("a", 3))
    total.add(heap("b", 1))
    assert total.links == {"a": Recollection(5, NOW), "b": Recollection(1, NOW)}
    assert total.days == {NOW.date(): DayPick("b", "")}


def test_a_copy_of_a_heap_changes_alone():
    first = heap()
    second = first.copy()
    second.add(heap("b"))
    assert first == heap()
    first.keep(date(2020, 1, 1), DayPick("c", ""))
    assert date(2020, 1, 1) not in second.days
