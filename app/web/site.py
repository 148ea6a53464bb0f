"""What the routes work with: one instance for each application."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request
from fastapi.templating import Jinja2Templates
from starlette.requests import HTTPConnection

from app.archive.link import Archive, Link
from app.archive.load import Loaded
from app.drift.room import Room
from app.lucky.memory import Memory
from app.lucky.picking import Pick, pick
from app.settings import Settings
from app.web.admission import Doors, subscriber
from app.web.limits import AddressLimit

CARRIES_PER_S, CARRIES_BURST = 1.0, 12.0  # links an address may have carried forward
HANDS_PER_S, HANDS_BURST = 60.0, 120.0  # drags and flings of an address, as over a socket
DEFAULT_TITLE = "Link Drift"
# Agents that follow links to index or preview them, not to read.
_ROBOT = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|\+https?://")
HEAD_MARK = "link_drift.head"  # in the scope of a HEAD request, which routes see as GET


@dataclass
class Site:
    """The archive, its memory and its room, with what the pages need."""

    settings: Settings
    title: str
    memory: Memory
    room: Room
    doors: Doors
    templates: Jinja2Templates
    static: str
    clock: Callable[[], datetime]
    hands: AddressLimit = field(default_factory=lambda: AddressLimit(HANDS_PER_S, HANDS_BURST))
    _carries: AddressLimit = field(
        default_factory=lambda: AddressLimit(CARRIES_PER_S, CARRIES_BURST)
    )
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def archive(self) -> Archive:
        """The links that float now."""
        return self.room.archive

    def adopt(self, loaded: Loaded) -> None:
        """Serve another archive from now on."""
        self.title = site_title(self.settings, loaded)
        self.room.reload(loaded.archive)

    def pick(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        exclude: list[str] | None = None,
        n: int = 1,
        seed: str | None = None,
    ) -> list[Pick]:
        """Pick links from the present archive, now."""
        return pick(
            self.archive,
            self.memory,
            self.clock(),
            tag=tag,
            q=q,
            exclude=exclude or [],
            n=n,
            seed=seed,
        )

    def carry(self, tag: str | None, exclude: list[str], address: str) -> Pick:
        """Pick a link, remember that it surfaced, and carry it forward for everyone.

        Whoever asks too often still gets picks; the water stays calm for the others.
        """
        chosen = self.pick(tag=tag, exclude=exclude)[0]
        self.memory.surfaced(chosen.link.id, self.clock())
        if self._carries.take(address, time.monotonic()):
            self.room.carry(chosen.link.id)
        return chosen

    def opened(self, link: Link, address: str) -> None:
        """Count an opening, once a minute for each visitor."""
        # Salted by the process and never stored: no address can be told from it.
        visitor = hashlib.blake2b(address.encode(), key=self._salt, digest_size=8).hexdigest()
        self.memory.opened(link.id, self.clock(), visitor)

    def address_of(self, connection: HTTPConnection) -> str:
        """Name where a request comes from, as limits count it: a /64 of IPv6 is one."""
        return subscriber(connection.client.host) if connection.client else "unknown"

    def base_url(self, connection: HTTPConnection) -> str:
        """Tell how visitors reach this server: scheme and host, without a final slash."""
        if self.settings.public_url is not None:
            return self.settings.public_url.rstrip("/")
        scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
        return f"{scheme}://{connection.url.netloc}"

    def permalink(self, connection: HTTPConnection, link: Link) -> str:
        """Tell where a link can be shown to somebody else."""
        return f"{self.base_url(connection)}/l/{link.id}"


def site_title(settings: Settings, loaded: Loaded) -> str:
    """Name the site: by setting, by the file, or as the project."""
    return settings.title or loaded.title or DEFAULT_TITLE


def site_of(request: HTTPConnection) -> Site:
    """Find the site that a request or socket belongs to."""
    site: Site = request.app.state.site
    return site


def is_idle_look(request: Request) -> bool:
    """Tell a request that no person is behind yet: HEAD, a speculative load, a robot."""
    purpose = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    agent = request.headers.get("user-agent", "").casefold()
    return (
        HEAD_MARK in request.scope
        or "prefetch" in purpose
        or "prerender" in purpose
        or request.headers.get("x-moz") == "prefetch"
        or _ROBOT.search(agent) is not None
    )
