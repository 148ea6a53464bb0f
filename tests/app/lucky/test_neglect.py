"""Neglect: the formula's promises."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lucky.neglect import FLOOR, adrift_days, neglect, weight
from app.memory.errors import MomentError
from app.memory.memory import NOTHING_REMEMBERED, Recollection
from tests.some_links import NOW, make_link

DATES = st.one_of(st.none(), st.dates())
MOMENTS = st.datetimes(timezones=st.just(UTC))
RECOLLECTIONS = st.builds(
    Recollection, opened=st.integers(0, 10**9), last_opened=st.one_of(st.none(), MOMENTS)
)


@given(DATES, RECOLLECTIONS, MOMENTS)
def test_neglect_is_from_0_to_1_and_every_weight_above_0(added, recollection, now):
    link = make_link(1, added=added)
    assert 0.0 <= neglect(link, recollection, now) < 1.0
    assert FLOOR <= weight(link, recollection, now) <= 1.0


def test_a_link_just_opened_is_not_neglected():
    link = make_link(1, added=date(2010, 1, 1))
    assert neglect(link, Recollection(1, NOW), NOW) == 0.0


@given(st.integers(0, 5_000), st.integers(1, 500), st.integers(1, 50))
def test_the_longer_adrift_the_more_neglected(days, more, opened):
    link = make_link(1)
    earlier = Recollection(opened, NOW - timedelta(days=days + more))
    later = Recollection(opened, NOW - timedelta(days=days))
    assert neglect(link, earlier, NOW) > neglect(link, later, NOW)


@given(st.integers(1, 5_000), st.integers(1, 1_000), st.integers(1, 1_000))
def test_the_oftener_opened_the_less_neglected(days, opened, more):
    link, last = make_link(1), NOW - timedelta(days=days)
    often, seldom = Recollection(opened + more, last), Recollection(opened, last)
    assert neglect(link, often, NOW) < neglect(link, seldom, NOW)


@pytest.mark.parametrize(("opened", "days"), [(0, 120), (1, 240), (3, 360), (7, 480)])
def test_each_doubling_of_the_openings_adds_120_days_of_patience(opened, days):
    since = NOW - timedelta(days=days)
    assert neglect(make_link(1), Recollection(opened, since), NOW) == pytest.approx(0.5)


def test_a_link_nobody_dated_counts_as_a_year_old():
    undated = neglect(make_link(1), NOTHING_REMEMBERED, NOW)
    midnight = datetime(2026, 11, 21, tzinfo=UTC)
    assert undated == neglect(make_link(1, added=date(2025, 11, 21)), NOTHING_REMEMBERED, midnight)


def test_a_date_in_the_future_counts_as_today():
    assert neglect(make_link(1, added=date(2030, 1, 1)), NOTHING_REMEMBERED, NOW) == 0.0


def test_a_link_opened_this_second_is_twenty_times_less_likely_not_never():
    assert weight(make_link(1), Recollection(1, NOW), NOW) == pytest.approx(0.05)
    assert FLOOR == 0.05


@pytest.mark.parametrize(("days", "expected"), [(120, 0.525), (360, 0.7625)])
def test_a_weight_rises_with_neglect_from_its_floor_to_1(days, expected):
    midnight = datetime(2026, 11, 21, tzinfo=UTC)
    added = (midnight - timedelta(days=days)).date()
    assert weight(make_link(1, added=added), NOTHING_REMEMBERED, midnight) == pytest.approx(
        expected
    )


def test_the_last_opening_counts_and_not_the_day_it_was_added():
    link = make_link(1, added=date(2010, 1, 1))
    assert adrift_days(link, Recollection(1, NOW - timedelta(days=3)), NOW) == 3.0


def test_a_day_adrift_has_24_hours_and_begins_at_midnight_utc():
    link = make_link(1, added=date(2026, 11, 20))
    assert adrift_days(link, NOTHING_REMEMBERED, NOW) == 1.5


def test_of_a_link_neither_dated_nor_opened_no_days_are_known():
    assert adrift_days(make_link(1), NOTHING_REMEMBERED, NOW) is None


def test_an_opening_in_the_future_is_no_days_ago():
    assert adrift_days(make_link(1), Recollection(1, NOW + timedelta(days=2)), NOW) == 0.0


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(MomentError):
        neglect(make_link(1, added=date(2020, 1, 1)), NOTHING_REMEMBERED, NOW.replace(tzinfo=None))
