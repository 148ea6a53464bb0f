"""A whole room without a thread, a loop or a clock, for tests.

Time passes when a test says so; each beat is one step of the world, after the
commands that waited. Nothing else here knows how a room is put together.
"""

import json
from collections.abc import Iterable
from typing import Any

from app.archive.link import Archive, Link
from app.drift.frame_log import Message
from app.drift.frames import Frame, Poll, decode_frame
from app.drift.room import Room
from app.drift.viewer import BinaryViewer, JsonViewer
from physics.pills import Typeface
from physics.world import World

TYPEFACE = Typeface(dict.fromkeys("abcdefghijklmnopqrstuvwxyz ", 0.5))


def link(link_id: str, title: str | None = None) -> Link:
    """Make a link whose title is its id, unless told otherwise."""
    url = f"https://example.org/{link_id}"
    return Link(id=link_id, url=url, title=title or link_id, host="example.org")


def archive_of(*links: Link | str) -> Archive:
    """Make an archive of links, or of their ids."""
    return Archive(tuple(one if isinstance(one, Link) else link(one) for one in links))


class Shore:
    """Where messages of one viewer arrive."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.texts: list[dict[str, Any]] = []

    def write(self, message: Message) -> None:
        if isinstance(message.payload, bytes):
            self.frames.append(decode_frame(message.payload))
        else:
            self.texts.append(json.loads(message.payload))

    def heard(self, *kinds: str) -> list[dict[str, Any]]:
        """Take what was said so far, only these types if any are named."""
        taken = [text for text in self.texts if not kinds or text["type"] in kinds]
        self.texts = [text for text in self.texts if text not in taken]
        return taken


class StillRoom:
    """A room whose time is ours."""

    def __init__(self, links: Iterable[Link | str] = "abcdefgh", *, seed: int = 3) -> None:
        self.now_s = 100.0
        self.neglect = 0.0
        self.room = Room(
            archive_of(*links), lambda _link: self.neglect, TYPEFACE, seed=seed, clock=self.clock
        )
        self.room._on_loop = self._at_once  # type: ignore[method-assign]

    def clock(self) -> float:
        return self.now_s

    @staticmethod
    def _at_once(call: Any, *args: object) -> None:
        call(*args)

    @property
    def world(self) -> World:
        return self.room._simulation._world

    def beat(self, steps: int = 2, *, lasting_s: float = 0.0) -> None:
        """Step on; time passes before the first step."""
        self.now_s += lasting_s
        for _ in range(steps):
            self.room._simulation._beat()

    def join(self, address: str = "::1", *, binary: bool = False) -> BinaryViewer | JsonViewer:
        viewer = (BinaryViewer if binary else JsonViewer)(Shore(), address)
        self.room.join(viewer)
        return viewer

    def poll(
        self, viewer: BinaryViewer | JsonViewer, credit: int = 1, last: int | None = None
    ) -> None:
        if isinstance(viewer, BinaryViewer):
            viewer.poll(Poll(credit, last), self.now_s)
        else:
            viewer.poll(credit)
        self.room.serve(viewer)

    def grab(self, viewer: BinaryViewer | JsonViewer, link_id: str) -> Any:
        """Take a link in hand by its middle."""
        body = self.body(link_id)
        return self.room.grab(link_id, body.x, body.y, holder=viewer, address=viewer.address)

    def slot(self, link_id: str) -> int:
        return self.room._looks[link_id].slot

    def body(self, link_id: str) -> Any:
        return self.world.state_of(self.slot(link_id))

    def hand(self, link_id: str) -> tuple[float, float]:
        """Where a hand leads a link to."""
        return tuple(self.world._hands._tethers[self.slot(link_id)]._target)
