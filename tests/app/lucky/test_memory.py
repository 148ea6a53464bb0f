"""The memory that lasts as long as the process."""

from datetime import date, datetime, timedelta

import pytest

from app.lucky.errors import MomentError
from app.lucky.memory import DAYS_KEPT, DayPick, Recollection
from tests.app.lucky.some_links import NOW


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
    monkeypatch.setattr("app.lucky.memory.CAPACITY", 2)
    for link_id in "abca":
        memory.opened(link_id, NOW)
    assert [memory.recall(link_id).opened for link_id in "abc"] == [2, 1, 0]
