"""Days, as machines write them."""

from datetime import date

import pytest

from app.archive.imports.dates import day_of_stamp, day_of_text


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("1700000000", date(2023, 11, 14)),
        (1700000000, date(2023, 11, 14)),
        ("1700000000000", date(2023, 11, 14)),
        ("1700000000000000", date(2023, 11, 14)),
        ("13344473600000000", date(2023, 11, 14)),
        ("0", None),
        ("-1", None),
        ("", None),
        (None, None),
        ("nan", None),
        ("inf", None),
        ("1e300", None),
        ("soon", None),
    ],
)
def test_stamps(stamp, day):
    assert day_of_stamp(stamp) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-20", date(2024, 12, 20)),
        ("2024-12-20T23:30:00-05:00", date(2024, 12, 20)),
        ("Fri, 20 Dec 2024 10:00:00 GMT", date(2024, 12, 20)),
        ("20 Dec 2024", date(2024, 12, 20)),
        ("2024-02-30", None),
        ("", None),
        (None, None),
        ("soon", None),
    ],
)
def test_written_days(text, day):
    assert day_of_text(text) == day
