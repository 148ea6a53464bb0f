"""A whole room without a thread, a loop or a clock, for tests.

Time passes when a test says so; each beat is one step of the world, after the
commands that waited. Nothing else here knows how a room is put together.
"""

import json
from collections.abc import Iterable
from concurrent.futures import Future
from itertools import count
from typing import Any

from app.archive.link import Archive, Link
from app.drift.commands import Command
from app.drift.looks import Looks
from app.drift.pace import INTERVALS
from app.drift.publication import population_of
from app.drift.room import Room
from app.drift.stepper import Stepper
from app.drift.viewer import BinaryViewer, JsonViewer
from app.wire.client_messages import TextPoll
from app.wire.frames import BinaryPoll, Frame, decode_frame
from app.wire.outgoing import Outgoing
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

    def write(self, message: Outgoing) -> None:
        if isinstance(message.payload, bytes):
            self.frames.append(decode_frame(message.payload))
        else:
            self.texts.append(json.loads(message.payload))

    def heard(self, *kinds: str) -> list[dict[str, Any]]:
        """Take what was said so far, only these types if any are named."""
        taken = [text for text in self.texts if not kinds or text["type"] in kinds]
        self.texts = [text for text in self.texts if text not in taken]
        return taken


class HandEngine:
    """Steps a world when a test says so; see `app.drift.room.Engine`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stepper = Stepper(world)
        self.viewers = 0
        self.stirred = 0

    def tell(self, command: Command[object]) -> None:
        self.stepper.submit(command)

    def ask(self, command: Command[Any]) -> Future[Any]:
        return self.stepper.submit(command)

    def watch(self, viewers: int) -> None:
        self.viewers = viewers

    def stir(self) -> None:
        self.stirred += 1


class StillRoom:
    """A room whose time is ours."""

    def __init__(self, links: Iterable[Link | str] = "abcdefgh", *, seed: int = 3) -> None:
        self.now_s = 100.0
        self.neglect = 0.0
        archive = archive_of(*links)
        looks = Looks(archive, lambda _link: self.neglect, TYPEFACE)
        self.world = World(looks.pills, seed=seed)
        self.engine = HandEngine(self.world)
        tokens = count()
        self.room = Room(
            archive,
            looks,
            self.engine,
            population_of(self.world),
            epoch="0123abcd",
            clock=self.clock,
            new_token=lambda: f"token {next(tokens)}",
        )

    def clock(self) -> float:
        return self.now_s

    def beat(self, steps: int = 2, *, lasting_s: float = 0.0) -> None:
        """Step on; time passes before the first step."""
        self.now_s += lasting_s
        for _ in range(steps):
            publication = self.engine.stepper.beat(INTERVALS[0])
            if publication is not None:
                self.room.publish(publication)

    def join(self, address: str = "::1", *, binary: bool = False) -> BinaryViewer | JsonViewer:
        viewer = (BinaryViewer if binary else JsonViewer)(Shore(), address)
        self.room.join(viewer)
        return viewer

    def poll(
        self, viewer: BinaryViewer | JsonViewer, credit: int = 1, last: int | None = None
    ) -> None:
        binary = isinstance(viewer, BinaryViewer)
        self.room.hear(viewer, BinaryPoll(credit, last) if binary else TextPoll(credit=credit))

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
        x, y = self.world._hands._tethers[self.slot(link_id)]._target
        return x, y


def kinds(viewer: Any) -> list[str]:
    """The types of all texts that a viewer was sent since it was last `quiet`."""
    return [text["type"] for text in viewer.connection.texts]


def quiet(*viewers: Any) -> None:
    """Forget what was said so far."""
    for viewer in viewers:
        viewer.connection.texts.clear()


def set_apart(still: StillRoom, *link_ids: str, at: tuple[float, float] = (300.0, 300.0)) -> None:
    """Put links side by side, clear of each other."""
    for number, link_id in enumerate(link_ids):
        body = still.world._bodies[still.slot(link_id)]
        body.position = at[0] + 200 * number, at[1]
        still.world._space.reindex_shapes_for_body(body)
