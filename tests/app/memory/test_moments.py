"""A moment has a time zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.memory.errors import MomentError
from app.memory.moments import utc


def test_a_moment_of_any_zone_is_told_in_utc():
    there = datetime(2026, 3, 10, 1, tzinfo=timezone(timedelta(hours=2)))
    assert utc(there) == datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert utc(there).date() == datetime(2026, 3, 9, tzinfo=UTC).date()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(MomentError):
        utc(datetime(2026, 3, 10))  # noqa: DTZ001 - that is what is refused
