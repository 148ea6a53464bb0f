"""Keeps a running site in step with the owner's file.

The last good archive is served whatever happens to the file; what is wrong with
it, and since when, is told on the terminal, at `/readyz`, and at the foot of the
pages.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.archive.errors import ArchiveError
from app.archive.file.load import Loaded
from app.archive.file.watch import Broken, changes
from app.archive.render import render
from app.web.site import Site

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the file.

    Attributes:
        since: When it was first seen so.
        error: Every problem in it.
    """

    since: datetime
    error: ArchiveError

    def __str__(self) -> str:
        first = self.error.first
        place = f", line {first.line}" if first.line else ""
        return (
            f"{Path(self.error.name).name}{place}: {first.reason}{self.error.more}, "
            f"since {self.since:%H:%M} UTC. The last good archive is shown."
        )


class Keeper:
    """Follows one file for one site.

    Attributes:
        path: The owner's file.
        trouble: What is wrong with it now, if anything.
        loaded_at: When the archive that is served was read.
    """

    def __init__(self, site: Site, path: Path, loaded: Loaded) -> None:
        self._site = site
        self._loaded = loaded
        self.path = path
        self.trouble: Trouble | None = None
        self.loaded_at = site.clock()

    async def keep(self, stop: asyncio.Event) -> None:
        """Follow the file until told to stop."""
        async for change in changes(self.path, self._loaded, stop=stop):
            if isinstance(change, Broken):
                self.found_broken(change.error)
            else:
                self.found_good(change.loaded)

    def found_broken(self, error: ArchiveError) -> None:
        """Go on with the last good archive, and say so."""
        since = self.trouble.since if self.trouble else self._site.clock()
        self.trouble = Trouble(since, error)
        log.error("%s", render(str(self.path), error.problems))
        log.error("the last good archive, of %d links, is still served", len(self._site.archive))
        self._site.room.report(str(self.trouble))

    def found_good(self, loaded: Loaded) -> None:
        """Float what the file now holds."""
        self.trouble = None
        self.loaded_at = self._site.clock()
        self._site.adopt(loaded)
        log.warning("%s: %d links", self.path, len(loaded.archive))
