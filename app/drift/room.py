"""The room: one world, its viewers, and whose hand is where.

Lives on the event loop; everything here runs without waiting. The simulation
thread hands publications over with `call_soon_threadsafe`, commands go the
other way through its queue.
"""

import asyncio
import math
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future

from app.archive.link import Archive, Link
from app.drift.commands import Carry, Fling, Lead, Population, Release, Repopulate, Tether
from app.drift.frame_log import FrameLog, Message, text_message
from app.drift.leases import Lease, Leases
from app.drift.looks import Looks
from app.drift.simulation import Health, Publication, Simulation
from app.drift.viewer import Viewer
from physics.current import STEP_HZ
from physics.flight import DAMPING, PULL, STIFFNESS
from physics.pills import Typeface
from physics.shadow import QUANTA
from physics.snapshot import BodyState
from physics.spread import Spread
from physics.world import World


def _spread(spread: Spread) -> dict[str, object]:
    return {"from_tick": spread.from_tick, "strengths": spread.strengths}


GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))  # successive picks come to rest apart


class Room:
    """One world and its viewers.

    Attributes:
        on_fault: Called when the simulation died; whoever serves the room should end.

    Args:
        archive: What floats.
        neglect: 0 just opened … 1 long forgotten, as of now; its size in the water is
            decided once, its ink whenever a viewer comes.
        typeface: The page's.
        seed: Decides the current and the first places.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        archive: Archive,
        neglect: Callable[[Link], float],
        typeface: Typeface,
        *,
        seed: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.archive = archive
        self.epoch = secrets.token_hex(4)
        self._clock = clock
        self._looks = self._planned = Looks(archive, neglect, typeface)
        world = World(self._looks.pills, seed=seed)
        self._modes = world.modes
        self.width, self.height = world.width, world.height
        self._simulation = Simulation(world, self._hand_over, self._faulted, clock)
        self._log = FrameLog(self.epoch, self._simulation.publication())
        self._leases = Leases()
        self._viewers: set[Viewer] = set()
        self._carried = 0
        self._trouble: str | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.on_fault: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Start the thread; publications arrive on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._simulation.start()

    def stop(self) -> None:
        """Stop the thread. Viewers are the server's to close."""
        self._simulation.stop()

    @property
    def health(self) -> Health:
        """Counters of the simulation thread."""
        return self._simulation.health

    # --- watching -------------------------------------------------------------

    def join(self, viewer: Viewer) -> None:
        """Let a viewer in and welcome it."""
        self._viewers.add(viewer)
        self._simulation.watch(len(self._viewers))
        viewer.connection.write(self._welcome())

    def leave(self, viewer: Viewer) -> None:
        """Let a viewer out; what it holds is let go before the next step."""
        self._viewers.discard(viewer)
        self._simulation.watch(len(self._viewers))
        for lease in self._leases.of(viewer):
            self._end(lease)

    def serve(self, viewer: Viewer) -> None:
        """Send the viewer the frame it is due, if any."""
        frame = viewer.frame_due(self._log, self._clock())
        if frame is not None:
            viewer.connection.write(frame)

    def snapshot(self) -> tuple[int, Message]:
        """Return the newest tick and its JSON frame, and keep the world awake."""
        self._simulation.stir()
        return self._log.newest.tick, self._log.snapshot()

    def _hand_over(self, publication: Publication) -> None:
        """Pass a publication from the thread to the loop."""
        self._on_loop(self._published, publication)

    def _faulted(self) -> None:
        self._on_loop(self.on_fault)

    def _on_loop(self, call: Callable[..., None], *args: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call, *args)

    def _published(self, publication: Publication) -> None:
        if publication.spreads != self._log.newest.spreads:
            newest = publication.spreads[-1]
            self._tell(text_message(type="spread", **_spread(newest)))
        self._log.append(publication)
        for lease in self._leases.expired(self._clock()):
            self._end(lease)
        for viewer in tuple(self._viewers):
            self.serve(viewer)

    def _tell(self, message: Message) -> None:
        for viewer in tuple(self._viewers):
            viewer.connection.write(message)

    def _welcome(self) -> Message:
        return text_message(
            type="welcome",
            epoch=self.epoch,
            step_hz=STEP_HZ,
            upright={"stiffness": STIFFNESS, "damping": DAMPING},
            quanta={
                "position": QUANTA.position,
                "angle": QUANTA.angle,
                "velocity": QUANTA.velocity,
                "spin": QUANTA.spin,
            },
            **self._scene(),
        )

    def _scene(self) -> dict[str, object]:
        """What a welcome and the news of another archive have in common."""
        newest = self._log.newest
        return {
            "tick": newest.tick,
            "world": {"width": self.width, "height": self.height},
            "links": [self._looks.describe(link) for link in self.archive],
            "current": {
                "pull": PULL,
                "modes": [[m.m, m.n, m.amplitude, m.rate, m.phase] for m in self._modes],
                "spreads": [_spread(spread) for spread in newest.spreads],
            },
            "held": list(self._leases.links),
            "lit": [
                {"id": self._looks.id_in(slot), "until_tick": until}
                for slot, until in newest.lit.items()
                if until > newest.tick
            ],
            "trouble": self._trouble,
        }

    # --- the archive ------------------------------------------------------------

    def reload(self, archive: Archive) -> None:
        """Float another archive: what stays keeps its place, the rest comes and goes."""
        self._trouble = None
        looks = self._planned = self._planned.followed_by(archive)
        self._simulation.submit(Repopulate(looks.pills)).add_done_callback(
            lambda done: self._on_loop(self._repopulated, archive, looks, done.result())
        )

    def report(self, trouble: str) -> None:
        """Tell everyone that the archive's file is broken and the last good one is shown."""
        self._trouble = trouble
        self._tell(text_message(type="archive", **self._scene()))

    def _repopulated(self, archive: Archive, looks: Looks, now: Population) -> None:
        for lease in self._leases.all:
            # Its body is gone, or has another pill: the world has let go already.
            if lease.link_id not in looks or looks[lease.link_id] != self._looks[lease.link_id]:
                self._leases.end(lease)
                self._tell(text_message(type="released", id=lease.link_id))
        self.archive, self._looks, self._modes = archive, looks, now.modes
        self.width, self.height = now.width, now.height
        self._log.restart(
            Publication(now.truth.tick, b"", now.shadow, now.truth, now.lit, now.spreads)
        )
        self._tell(text_message(type="archive", **self._scene()))
        for viewer in tuple(self._viewers):
            viewer.start_over()
            self.serve(viewer)

    # --- hands ----------------------------------------------------------------

    def grab(self, link_id: str, x: float, y: float, *, holder: object, address: str) -> Lease:
        """Give a link into a hand, by the point nearest to (x, y) world units.

        Raises:
            UnknownLinkError: No such link.
            LeaseError: It, or the hand, is taken.
        """
        slot = self._looks[link_id].slot
        lease = self._leases.grant(link_id, holder, address, self._clock())
        self._simulation.submit(Tether(slot, x, y))
        mine = text_message(type="held", id=link_id, by_me=True)
        theirs = text_message(type="held", id=link_id, by_me=False)
        for viewer in tuple(self._viewers):
            viewer.connection.write(mine if viewer is holder else theirs)
        return lease

    def lease_of(self, holder: object) -> Lease:
        """Find what a holder has in hand; raises `NotHoldingError`."""
        return self._leases.of_holder(holder)

    def lease_shown(self, link_id: str, token: str) -> Lease:
        """Find a link's lease by the token its holder shows.

        Raises:
            UnknownLinkError: No such link.
            LeaseError: Another holds it, or nobody.
        """
        self._looks[link_id]  # an unknown link is told before a lease that ran out
        return self._leases.of_token(link_id, token)

    def move(self, lease: Lease, x: float, y: float) -> tuple[float, float]:
        """Lead the held link towards (x, y), world units.

        Returns:
            Where the hand is: (x, y) clamped to the world.
        """
        self._leases.renew(lease, self._clock())
        x, y = min(max(x, 0.0), self.width), min(max(y, 0.0), self.height)
        self._simulation.submit(Lead(self._looks[lease.link_id].slot, x, y))
        return x, y

    def release(self, lease: Lease) -> None:
        """Let go without a velocity."""
        self._end(lease)

    def fling(
        self, link_id: str, vx: float, vy: float, *, lease: Lease | None = None
    ) -> Future[BodyState]:
        """Give a link a velocity, units / s, letting go of it.

        Args:
            link_id: Which.
            vx: To the right.
            vy: Down.
            lease: The flinger's own hold, if any.

        Returns:
            The body as it leaves.

        Raises:
            UnknownLinkError: No such link.
            LeaseError: Another holds it.
        """
        slot = self._looks[link_id].slot
        if lease is None:
            self._leases.require_free(link_id)
        else:
            self._leases.end(lease)
            self._tell(text_message(type="released", id=link_id))
        return self._simulation.submit(Fling(slot, vx, vy))

    def carry(self, link_id: str) -> None:
        """Carry a picked link towards the middle of the world, lit for everyone."""
        slot = self._looks[link_id].slot
        self._carried += 1
        turn = self._carried * GOLDEN_ANGLE
        reach = self.height * 0.14
        x = self.width / 2 + reach * math.cos(turn) * 1.6
        y = self.height / 2 + reach * math.sin(turn)
        self._simulation.submit(Carry(slot, x, y)).add_done_callback(
            lambda done: self._on_loop(self._lit, link_id, done)
        )

    def _lit(self, link_id: str, done: Future[int]) -> None:
        # A body that left with a reload just before lights nothing.
        if done.exception() is None:
            self._tell(text_message(type="lit", id=link_id, until_tick=done.result()))

    def _end(self, lease: Lease) -> None:
        self._leases.end(lease)
        self._simulation.submit(Release(self._looks[lease.link_id].slot))
        self._tell(text_message(type="released", id=lease.link_id))
