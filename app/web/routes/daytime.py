"""How long a day's answer holds."""

from datetime import datetime, time, timedelta

from app.memory.moments import utc

DAY = timedelta(days=1)


def seconds_left(now: datetime) -> int:
    """Count the whole seconds until midnight UTC, at least 0.

    Args:
        now: Aware moment.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    now = utc(now)
    midnight = datetime.combine(now.date() + DAY, time.min, now.tzinfo)
    return int((midnight - now).total_seconds())
