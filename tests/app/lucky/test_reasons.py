"""Reasons: true, varied, and the same for a day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.archive.link import Archive
from app.lucky.reasons import Eldest, eldest, why
from app.memory.errors import MomentError
from app.memory.memory import NOTHING_REMEMBERED, Recollection
from tests.some_links import NOW, make_archive, make_link

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


@pytest.mark.parametrize(
    ("days", "first_word"), [(2, "new"), (13, "new"), (14, "never"), (15, "never")]
)
def test_a_link_is_new_for_two_weeks(days, first_word):
    said = words(added=NOW.date() - timedelta(days=days))
    assert any(reason.startswith(first_word) for reason in said)
    assert any(reason.startswith("new") for reason in said) is (first_word == "new")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (2, "last opened on Thursday"),
        (6, "last opened on Sunday"),
        (7, "last opened 7 days ago"),
        (29, "last opened 29 days ago"),
        (30, "last opened in October"),
    ],
)
def test_an_opening_is_told_by_weekday_then_days_then_month(days, expected):
    said = words(opened(days))
    assert expected in said
    assert any(reason.startswith("adrift") for reason in said) is (days >= 30)
    assert any(reason.startswith("opened once") for reason in said) is (days >= 30)


def test_a_clock_set_back_tells_of_today():
    assert words(opened(-3)) == {"opened earlier today"}


def test_an_opening_is_told_by_its_day_in_utc():
    tokyo = timezone(timedelta(hours=9))
    last = datetime(2026, 11, 20, 23, 0, tzinfo=UTC).astimezone(tokyo)
    assert words(Recollection(1, last)) == {"last opened yesterday"}


@pytest.mark.parametrize(
    ("added", "month"),
    [(date(2025, 12, 1), "December"), (date(2025, 11, 30), "November 2025")],
)
def test_a_month_has_its_year_from_a_year_ago_on(added, month):
    assert f"here since {month}, never opened" in words(added=added)


@pytest.mark.parametrize(("days", "is_told"), [(29, False), (30, True)])
def test_a_pick_nobody_followed_is_told_after_a_month(days, is_told):
    said = words(opened(400, surfaced_days=days))
    assert any("nobody followed it" in reason for reason in said) is is_told


def test_a_pick_nobody_followed_is_told_of_a_link_never_opened_too():
    said = words(Recollection(0, None, NOW - timedelta(days=40)))
    assert "it came up in October, and nobody followed it" in said


def test_a_pick_nobody_followed_is_told_by_its_month_in_utc():
    tokyo = timezone(timedelta(hours=9))
    shown = datetime(2026, 9, 30, 23, 0, tzinfo=UTC).astimezone(tokyo)
    assert "it came up in September, and nobody followed it" in words(Recollection(0, None, shown))


def test_the_oldest_link_once_opened_is_not_said_to_be_unopened():
    oldest = Eldest(date(2015, 1, 1), "nothing else here is older")
    said = words(opened(3), added=date(2015, 1, 1), oldest=oldest)
    assert said == {"last opened on Wednesday", "nothing else here is older"}


def test_undated_links_are_not_the_oldest():
    assert words(oldest=Eldest(None, "nothing else here is older")) == {"never opened here"}


def test_every_reason_of_a_link_has_its_chance():
    by_link = Counter(
        why(make_link(number, added=date(2020, 1, 1)), NOTHING_REMEMBERED, NOW, YOUNG)
        for number in range(600)
    )
    # Three reasons, 200 each, with a deviation of 12.
    assert len(by_link) == 3
    assert min(by_link.values()) > 130


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(MomentError):
        why(make_link(1), NOTHING_REMEMBERED, NOW.replace(tzinfo=None), YOUNG)
