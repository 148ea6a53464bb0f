"""Leases: who holds which link, and until when.

One per holder (a connection, or a token over HTTP), two per address, ten
seconds without a move. Time comes in as monotonic seconds.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.drift.errors import AlreadyHoldingError, HeldError, NotHoldingError, TooManyHeldError

LEASE_S = 10.0
MOST_PER_ADDRESS = 2


@dataclass(slots=True)
class Lease:
    """One link in one hand.

    Attributes:
        link_id: The link.
        holder: Whoever may move it: a connection's key.
        address: Where the holder comes from.
        token: What an HTTP caller shows; not guessable.
        expires_s: Monotonic seconds.
    """

    link_id: str
    holder: object
    address: str
    expires_s: float
    token: str


class Leases:
    """All leases of a room.

    Args:
        new_token: Makes what an HTTP caller shows; must not be guessable.
    """

    def __init__(self, new_token: Callable[[], str]) -> None:
        self._new_token = new_token
        self._by_link: dict[str, Lease] = {}

    def __len__(self) -> int:
        return len(self._by_link)

    def grant(self, link_id: str, holder: object, address: str, now_s: float) -> Lease:
        """Give a link into a hand.

        Raises:
            AlreadyHoldingError: This holder has one.
            HeldError: Another has this one.
            TooManyHeldError: The address has two.
        """
        if self.of(holder):
            raise AlreadyHoldingError("you hold a link already; let it go first")
        self.require_free(link_id)
        if self._held_by(address) >= MOST_PER_ADDRESS:
            raise TooManyHeldError(f"your address holds {MOST_PER_ADDRESS} links already")
        lease = Lease(link_id, holder, address, now_s + LEASE_S, self._new_token())
        self._by_link[link_id] = lease
        return lease

    def of_holder(self, holder: object) -> Lease:
        """Find what a holder has in hand.

        Raises:
            NotHoldingError: Nothing.
        """
        for lease in self.of(holder):
            return lease
        raise NotHoldingError("you hold no link: grab one first, or its lease ran out")

    def of_token(self, link_id: str, token: str) -> Lease:
        """Find the lease of a link by its token.

        Raises:
            HeldError: Another token holds it.
            NotHoldingError: Nobody does.
        """
        lease = self._by_link.get(link_id)
        if lease is None:
            raise NotHoldingError("this lease has run out")
        if not secrets.compare_digest(lease.token.encode(), token.encode()):
            raise HeldError("another visitor holds this link")
        return lease

    def of(self, holder: object) -> list[Lease]:
        """List what a holder has in hand: one lease or none."""
        return [lease for lease in self._by_link.values() if lease.holder is holder]

    def require_free(self, link_id: str) -> None:
        """Check that nobody holds a link.

        Raises:
            HeldError: Somebody does.
        """
        if link_id in self._by_link:
            raise HeldError("another visitor holds this link")

    @staticmethod
    def renew(lease: Lease, now_s: float) -> None:
        """Count a move: the lease runs its full time again."""
        lease.expires_s = now_s + LEASE_S

    def end(self, lease: Lease) -> None:
        """Take a lease back."""
        del self._by_link[lease.link_id]

    def expired(self, now_s: float) -> list[Lease]:
        """List the leases that ran out and still stand."""
        return [lease for lease in self._by_link.values() if lease.expires_s <= now_s]

    @property
    def all(self) -> tuple[Lease, ...]:
        """Every lease that stands."""
        return tuple(self._by_link.values())

    @property
    def links(self) -> tuple[str, ...]:
        """Ids of all links in hand."""
        return tuple(self._by_link)

    def _held_by(self, address: str) -> int:
        return sum(lease.address == address for lease in self._by_link.values())
