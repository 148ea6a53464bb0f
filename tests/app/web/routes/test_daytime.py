"""How long a day's answer holds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.memory.errors import MomentError
from app.web.routes.daytime import seconds_left


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2026, 3, 10, tzinfo=UTC), 86_400),
        (datetime(2026, 3, 10, 12, tzinfo=UTC), 43_200),
        (datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 10, 23, 59, 59, 500_000, tzinfo=UTC), 0),
        # Already the next day there, still this one here.
        (datetime(2026, 3, 11, 8, tzinfo=timezone(timedelta(hours=9))), 3_600),
    ],
)
def test_whole_seconds_are_left_until_midnight_utc(moment, seconds):
    assert seconds_left(moment) == seconds


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(MomentError):
        seconds_left(datetime(2026, 3, 10))  # noqa: DTZ001 - the point of it
