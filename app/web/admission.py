"""Who may open a socket, how many at once, and how much each may say."""

import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.websockets import WebSocket

BINARY, JSON = "link-drift.v1", "link-drift.json.v1"

MESSAGES_PER_S, BURST = 60.0, 120.0
MALFORMED_BURST, MALFORMED_PER_S = 20.0, 0.1


class RefusedError(Exception):
    """A handshake is refused.

    Attributes:
        status: The HTTP status to answer with.
    """

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Doors:
    """Counts sockets, in all and by address; a /64 of IPv6 counts as one."""

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
        key = subscriber(address)
        if self._inside.total() >= self._most:
            raise RefusedError(503, "the room is full")
        if self._inside[key] >= self._most_per_address:
            raise RefusedError(503, "too many sockets from this address")
        self._inside[key] += 1
        try:
            yield
        finally:
            self._inside[key] -= 1
            if not self._inside[key]:
                del self._inside[key]


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


def check_origin(websocket: WebSocket, subprotocol: str | None) -> None:
    """Keep other sites' pages out.

    A browser always sends Origin, so a socket without one is no page at all; the
    page's own subprotocol demands it nevertheless.

    Raises:
        RefusedError: The origin is not the server's own.
    """
    origins = websocket.headers.getlist("origin")
    if not origins and subprotocol != BINARY:
        return
    host = websocket.headers["host"].casefold()
    scheme = "https" if websocket.url.scheme == "wss" else "http"
    if [origin.casefold() for origin in origins] != [f"{scheme}://{host}"]:
        raise RefusedError(403, "the page of another origin may not open this socket")
