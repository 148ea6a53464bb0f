"""Moments: everything that is remembered happened at an aware one, and is kept in UTC."""

from datetime import UTC, datetime

from app.memory.errors import MomentError


def utc(moment: datetime) -> datetime:
    """Express an aware moment in UTC.

    Raises:
        MomentError: The moment names no time zone.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise MomentError(f"the moment {moment.isoformat()} has no time zone; use UTC")
    return moment.astimezone(UTC)
