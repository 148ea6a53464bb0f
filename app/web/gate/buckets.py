"""How often somebody may do something. Time comes in as monotonic seconds."""

from collections import OrderedDict

from app.web.gate.limits import MOST_ADDRESSES


class TokenBucket:
    """Lets ``rate`` through a second, and bursts of ``burst``; time comes in as seconds."""

    def __init__(self, rate: float, burst: float, now_s: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at_s = now_s

    def take(self, now_s: float) -> bool:
        """Take one token, if there is one."""
        self._left = min(self._burst, self._left + (now_s - self._at_s) * self._rate)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True


class AddressLimit:
    """A token bucket for each address.

    Args:
        rate: Tokens a second.
        burst: Tokens at most.
    """

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, address: str, now_s: float) -> bool:
        """Take one of the address's tokens, if there is one."""
        bucket = self._buckets.pop(address, None) or TokenBucket(self._rate, self._burst, now_s)
        self._buckets[address] = bucket
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket.take(now_s)
