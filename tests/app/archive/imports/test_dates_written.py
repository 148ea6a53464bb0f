"""Days as people write them, and the edges of what stamps are taken for."""

from datetime import date

import pytest

from app.archive.imports.dates import day_in_prose, day_of_stamp, day_of_text

DAY = date(2024, 8, 11)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("1", date(1970, 1, 1)),
        ("0.5", date(1970, 1, 1)),
        ("86399", date(1970, 1, 1)),
        ("86400", date(1970, 1, 2)),
        (" 1700000000 ", date(2023, 11, 14)),
        ("1700000000.9", date(2023, 11, 14)),
        # Milliseconds, of days before 2001 too: 12 digits.
        ("980000000000", date(2001, 1, 20)),
        ("946684800000", date(2000, 1, 1)),
        ("631152000000", date(1990, 1, 1)),
        ("100000000001", date(1973, 3, 3)),
        ("100000000000", date(5138, 11, 16)),  # the last that are seconds
        # Microseconds.
        ("631152000000000", date(1990, 1, 1)),
        ("100000000000001", date(1973, 3, 3)),
        ("100000000000000", date(5138, 11, 16)),
        # Chrome's, from 1601.
        ("12275625600000000", date(1990, 1, 1)),
        ("11644473600000001", date(1970, 1, 1)),
        ("10000000000000002", date(1917, 11, 21)),
        ("10000000000000000", date(2286, 11, 20)),
        ("99999999999999984", date(4769, 11, 16)),
        ("100000000000000000", None),
        ("-86400", None),
        ("1e3", date(1970, 1, 1)),
    ],
)
def test_a_stamp_is_taken_for_what_its_size_tells(stamp, day):
    assert day_of_stamp(stamp) == day


@pytest.mark.parametrize(
    "text",
    [
        "2024-08-11",
        "2024/8/11",
        "2024.08.11",
        "2024년 8월 11일",
        "2024 年 8 月 11 日",
        "2024年8月11日",
        "August 11, 2024",
        "AUGUST 11 2024",
        "Aug. 11th, 2024",
        "aug 11 2024",
        "11 August 2024",
        "11th Aug, 2024",
        "11. August 2024",
    ],
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("on ", " x")])
def test_a_written_day_is_found_with_what_stands_around_it(text, before, after):
    assert day_in_prose(before + text + after) == (DAY, before, after)


@pytest.mark.parametrize("text", ["August 2024", "Aug, 2024", "2024-08", "2024년 8월", "2024年8月"])
def test_a_month_is_its_first_day(text):
    assert day_in_prose(text) == (date(2024, 8, 1), "", "")


MONTHS = (
    "jan january feb february mar march apr april may jun june jul july aug august "
    "sep sept september oct october nov november dec december"
)
NUMBERS = [1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 9, 10, 10, 11, 11, 12, 12]


@pytest.mark.parametrize(("name", "number"), [*zip(MONTHS.split(), NUMBERS, strict=True)])
def test_every_month_has_its_names(name, number):
    assert day_in_prose(f"{name} 2, 2024")[0] == date(2024, number, 2)
    assert day_in_prose(f"2 {name.title()}. 2024")[0] == date(2024, number, 2)


@pytest.mark.parametrize("ordinal", ["1st", "2nd", "3rd", "4th"])
def test_ordinals_are_days(ordinal):
    assert day_in_prose(f"May {ordinal}, 2024")[0] == date(2024, 5, int(ordinal[0]))
    assert day_in_prose(f"{ordinal} May 2024")[0] == date(2024, 5, int(ordinal[0]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "12024-08-11",
        "2024-08-111",
        "2024-13-01",
        "2024-02-30",
        "2024-8",
        "2024-08-",
        "-2024-08",
        "1824-08-11",
        "3024-08-11",
        "Augustus 11, 2024",
        "August 11, 20245",
        "11 August 20245",
        "smarch 2024x",
        "August 32, 20",
    ],
)
def test_what_is_no_day_is_left_alone(text):
    assert day_in_prose(text) == (None, text, "")


def test_a_day_that_does_not_exist_does_not_hide_one_that_does():
    assert day_in_prose("2024-02-30 or 1 May 2024") == (date(2024, 5, 1), "2024-02-30 or ", "")


@pytest.mark.parametrize("year", [1900, 1999, 2000, 2999])
def test_years_from_1900_to_2999_are_years(year):
    assert day_in_prose(f"{year}-01-02")[0] == date(year, 1, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("  2024-08-11T23:59:59Z", DAY),
        ("2024-08-11 10:00", DAY),
        ("2024-08-111", None),
        ("2024-08-11-12", DAY),
        ("0001-01-01", date(1, 1, 1)),
        ("Sun, 11 Aug 2024 23:30:00 -0500", DAY),
        ("11 Aug 2024 10:00 +0900", DAY),
        ("August 11, 2024", DAY),
        ("posted August 11, 2024 at noon", DAY),
        (20240811, None),
    ],
)
def test_a_machines_date_is_the_day_that_was_written(text, day):
    assert day_of_text(text) == day
