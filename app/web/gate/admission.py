"""Who may open a socket, how many at once, and how much each may say."""

import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.websockets import WebSocket

from app.wire.subprotocols import BINARY, JSON


class RefusedError(Exception):
    """A handshake is refused.

    Attributes:
        status: The HTTP status to answer with.
    """

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Doors:
    """Counts sockets, in all and by address."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self._most = most
        self._most_per_address = most_per_address
        self._inside: Counter[str] = Counter()

    @contextmanager
    def enter(self, address: str) -> Iterator[None]:
        """Hold a place for as long as the context lasts.

        Raises:
            RefusedError: The server, or the address, has as many as it may.
        """
        if self._inside.total() >= self._most:
            raise RefusedError(503, "the room is full")
        if self._inside[address] >= self._most_per_address:
            raise RefusedError(503, "too many sockets from this address")
        self._inside[address] += 1
        try:
            yield
        finally:
            self._inside[address] -= 1
            if not self._inside[address]:
                del self._inside[address]


def subscriber(address: str) -> str:
    """Name the line an address belongs to: itself, or its /64 for IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def choose_subprotocol(websocket: WebSocket) -> str | None:
    """Agree on a subprotocol; None when the client names none.

    Raises:
        RefusedError: It names only ones that are not spoken here.
    """
    offered = websocket.scope["subprotocols"]
    for name in offered:
        if name in (BINARY, JSON):
            return str(name)
    if offered:
        raise RefusedError(400, f"subprotocols spoken here: {BINARY}, {JSON}")
    return None


def check_origin(websocket: WebSocket, subprotocol: str | None, base_url: str) -> None:
    """Keep other sites' pages out.

    A browser always sends Origin, so a socket without one is no page at all; the
    page's own subprotocol demands it nevertheless.

    Args:
        websocket: Before it is accepted.
        subprotocol: As agreed.
        base_url: How visitors reach this server: the only origin.

    Raises:
        RefusedError: The origin is not the server's own.
    """
    origins = websocket.headers.getlist("origin")
    if not origins and subprotocol != BINARY:
        return
    if [origin.casefold() for origin in origins] != [base_url.casefold()]:
        raise RefusedError(403, "the page of another origin may not open this socket")
