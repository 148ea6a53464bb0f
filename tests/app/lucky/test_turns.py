"""The order of days: nobody forgotten, nobody twice, for ten years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.archive.link import Archive
from app.lucky.turns import rest_days, turns
from tests.some_links import make_archive, make_link

START, END = date(2024, 1, 1), date(2034, 1, 1)  # 3,654 daily picks


def waits(archive, since=START, until=END):
    """Days between any two showings of each link, and from the last one to the end."""
    shown, between = {}, {link.id: [] for link in archive}
    for turn in turns(archive, since, until):
        if turn.link.id in shown:
            between[turn.link.id].append((turn.day - shown[turn.link.id]).days)
        shown[turn.link.id] = turn.day
    open_ends = [
        (until - shown.get(link.id, max(since, link.added or since))).days for link in archive
    ]
    return [wait for of_one in between.values() for wait in of_one], open_ends


def test_over_ten_years_of_100_links_none_is_forgotten_for_300_days_nor_shown_twice_in_30():
    between, open_ends = waits(make_archive(100))
    assert len(between) == 3_654 - 100
    # Promised: 31 to 300. This order of this archive, exactly:
    assert (min(between), max(between), max(open_ends)) == (73, 125, 119)


def test_over_ten_years_an_archive_that_triples_forgets_and_repeats_none():
    grown = make_archive(180, lambda n: START + timedelta(days=30 * (n - 60)))
    between, open_ends = waits(grown)
    assert min(between) > 30
    assert max(between + open_ends) <= 300


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 30, 39, 40, 41])
def test_in_small_archives_a_link_rests_for_most_of_a_round(size):
    between, open_ends = waits(make_archive(size), until=date(2026, 1, 1))
    assert min(between) > rest_days(size)
    assert max(between + open_ends) <= 2.1 * size + 1


def test_the_order_is_the_same_from_wherever_it_is_read():
    archive = make_archive(50, lambda n: START + timedelta(days=9 * n))
    whole = list(turns(archive, START, date(2025, 6, 1)))
    assert whole[-40:] == list(turns(archive, whole[-40].day, date(2025, 6, 1)))


def test_a_link_added_later_changes_no_day_before():
    archive = make_archive(20)
    newcomer = make_link(99, added=date(2025, 6, 1))
    larger = Archive((newcomer, *archive.links))
    before = [turn.link for turn in turns(archive, START, date(2025, 6, 1))]
    assert [turn.link for turn in turns(larger, START, date(2025, 6, 1))] == before


def test_a_newcomer_is_shown_within_a_round_or_two():
    archive = Archive((make_link(99, added=date(2025, 6, 1)), *make_archive(20).links))
    shown = {turn.link.id for turn in turns(archive, date(2025, 6, 2), date(2025, 7, 14))}
    assert "link0099" in shown


def test_there_are_no_turns_before_there_was_a_link():
    archive = make_archive(5, lambda n: date(2026, 11, 18 + n))
    days = [turn.day for turn in turns(archive, date(2026, 10, 1), date(2026, 11, 21))]
    assert days == [date(2026, 11, day) for day in (18, 19, 20, 21)]


def test_there_is_a_turn_today_whatever_the_dates_say():
    archive = make_archive(5, lambda _: date(2036, 1, 1))
    assert [turn.day for turn in turns(archive, START, date(2026, 11, 21))] == [date(2026, 11, 21)]


@pytest.mark.parametrize(
    ("links", "days"), [(1, 0), (2, 1), (4, 3), (39, 29), (40, 30), (41, 30), (5_000, 30)]
)
def test_a_link_rests_30_days_or_three_quarters_of_a_round(links, days):
    assert rest_days(links) == days


def test_a_turn_names_the_others_in_the_order_they_are_due():
    archive = make_archive(12)
    every = list(turns(archive, START, START + timedelta(days=60)))
    for turn, following in pairwise(every):
        assert {turn.link.id, *turn.queue} == {link.id for link in archive}
        assert len(turn.queue) == 11
        assert turn.link.id not in turn.queue
        # Whoever has had no rest lets others go first.
        assert following.link.id in turn.queue[:9]


def test_the_order_of_this_archive_is_the_one_written_down():
    # Written down once: another formula would change every day that was told.
    shown = [turn.link.id for turn in turns(make_archive(9), START, START + timedelta(days=26))]
    assert "".join(link_id[-1] for link_id in shown) == "218076451238076452183074651"
