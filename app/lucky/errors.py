"""What can be wrong with a wish for a link."""

from datetime import UTC, datetime


class LuckyError(Exception):
    """Root of this package's errors."""


class NothingToPickError(LuckyError, LookupError):
    """No link is left under these filters."""


class QuantityError(LuckyError, ValueError):
    """A number of picks outside its bounds."""


class MomentError(LuckyError, ValueError):
    """A moment without a time zone: its day cannot be told."""


def utc(moment: datetime) -> datetime:
    """Express an aware moment in UTC.

    Raises:
        MomentError: The moment names no time zone.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise MomentError(f"the moment {moment.isoformat()} has no time zone; use UTC")
    return moment.astimezone(UTC)
