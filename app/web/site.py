"""What the routes work with: one instance for each application."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi.templating import Jinja2Templates

from app.archive.file.load import Loaded
from app.archive.link import Archive, Link
from app.drift.host import RoomHost
from app.drift.room import Room
from app.lucky.picking import Pick, pick
from app.memory.memory import Memory
from app.settings import Settings
from app.web.gate.admission import Doors
from app.web.gate.buckets import AddressLimit
from app.web.gate.limits import CARRIES_BURST, CARRIES_PER_S, HANDS_BURST, HANDS_PER_S

DEFAULT_TITLE = "Link Drift"


@dataclass
class Site:
    """The archive, its memory and its room, with what the pages need."""

    settings: Settings
    title: str
    memory: Memory
    host: RoomHost
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
    def room(self) -> Room:
        """Where they float."""
        return self.host.room

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


def site_title(settings: Settings, loaded: Loaded) -> str:
    """Name the site: by setting, by the file, or as the project."""
    return settings.title or loaded.title or DEFAULT_TITLE
