"""Reasons: true, varied, and the same for a day."""

from datetime import date, datetime, timedelta

import pytest

from app.archive.link import Archive
from app.lucky.memory import NOTHING_REMEMBERED, Recollection
from app.lucky.reasons import Eldest, eldest, why
from tests.app.lucky.some_links import NOW, make_archive, make_link

YOUNG = Eldest(None, "")


def words(recollection=NOTHING_REMEMBERED, added=None, oldest=YOUNG, now=NOW):
    """Every reason that is given to some link with these facts."""
    links = (make_link(number, added=added) for number in range(60))
    return {why(link, recollection, now, oldest) for link in links}


def opened(days, times=1, surfaced_days=None):
    surfaced = None if surfaced_days is None else NOW - timedelta(days=surfaced_days)
    return Recollection(times, NOW - timedelta(days=days), surfaced)


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (None, {"never opened here"}),
        (date(2026, 12, 1), {"never opened here"}),
        (date(2026, 11, 21), {"added today, never opened here"}),
        (date(2026, 11, 20), {"added yesterday, never opened here"}),
        (
            date(2026, 11, 16),
            {"new here: added 5 days ago, not opened yet", "added 5 days ago, never opened here"},
        ),
        (
            date(2025, 10, 5),
            {
                "never opened here, adrift 412 days",
                "adrift 412 days, never opened here",
                "here since October 2025, never opened",
            },
        ),
    ],
)
def test_a_link_never_opened(added, expected):
    assert words(added=added) == expected


@pytest.mark.parametrize(
    ("recollection", "expected"),
    [
        (opened(0), {"opened earlier today"}),
        (opened(1), {"last opened yesterday"}),
        (opened(4), {"last opened on Tuesday"}),
        (opened(20), {"last opened 20 days ago"}),
        (
            opened(250, times=2),
            {"last opened in March", "adrift 250 days since it was last opened"},
        ),
        (
            opened(1_250),
            {
                "last opened in June 2023",
                "adrift 1,250 days since it was last opened",
                "opened once, 1,250 days ago",
            },
        ),
    ],
)
def test_a_link_opened_before(recollection, expected):
    assert words(recollection, added=date(2020, 1, 1)) == expected


def test_an_opening_of_yesterday_evening_was_yesterday():
    now = datetime.combine(NOW.date(), datetime.min.time(), NOW.tzinfo)
    assert words(Recollection(1, now - timedelta(seconds=1)), now=now) == {"last opened yesterday"}


def test_a_pick_nobody_followed_is_mentioned():
    assert "it came up in August, and nobody followed it" in words(opened(400, surfaced_days=100))


def test_a_pick_that_was_followed_is_not_held_against_it():
    assert not any("nobody" in reason for reason in words(opened(100, surfaced_days=100)))


def test_the_oldest_link_is_said_to_be_the_oldest():
    archive = make_archive(3, lambda n: date(2015 + n, 1, 1))
    expected = {"nothing else here is older", "never opened here, and nothing else here is older"}
    assert expected <= words(added=date(2015, 1, 1), oldest=eldest(archive))


def test_no_link_but_the_oldest_is_said_to_be_the_oldest():
    archive = make_archive(3, lambda n: date(2015 + n, 1, 1))
    assert not any("older" in reason for reason in words(added=NOW.date(), oldest=eldest(archive)))


def test_among_undated_links_only_the_dates_are_compared():
    archive = Archive((make_link(0), make_link(1, added=NOW.date()), make_link(2, added=date.min)))
    assert eldest(archive) == Eldest(date.min, "nothing here bears an older date")


def test_links_of_one_date_have_no_oldest():
    assert eldest(make_archive(3, lambda _: date(2015, 1, 1))).added is None


def test_the_words_hold_still_for_a_day():
    link = make_link(1, added=date(2020, 1, 1))
    morning = NOW.replace(hour=0)
    assert (
        len({why(link, NOTHING_REMEMBERED, morning.replace(hour=h), YOUNG) for h in range(24)}) == 1
    )
