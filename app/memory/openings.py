"""One opening per visitor, link and minute.

The table lives in this process only: a visitor's key never reaches a disk, and
is forgotten after a minute. It is bounded; when it is full the oldest entry
goes first, so that a flood of keys can at worst be counted, never fill memory.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=1)  # an opening counts again after this long
CAPACITY = 20_000  # entries, about 5 MB at most


class OpeningGate:
    """Tells fresh openings from repeated ones."""

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._counted: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counted)

    def admits(self, visitor: str, link_id: str, now: datetime) -> bool:
        """Admit an opening, unless this visitor's last one of this link is under a minute old.

        Args:
            visitor: An opaque key.
            link_id: The link opened.
            now: Aware moment. One earlier than the last admission, as after a
                corrected clock, is admitted.
        """
        self._forget(now)
        key = (visitor, link_id)
        last = self._counted.get(key)
        if last is not None and timedelta(0) <= now - last < PAUSE:
            return False
        self._counted[key] = now
        self._counted.move_to_end(key)
        if len(self._counted) > self._capacity:
            self._counted.popitem(last=False)
        return True

    def _forget(self, now: datetime) -> None:
        while self._counted:
            key, oldest = next(iter(self._counted.items()))
            if timedelta(0) <= now - oldest < PAUSE:
                return
            del self._counted[key]
