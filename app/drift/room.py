"""The room: one world, its viewers, and whose hand is where.

Everything here runs at once and waits for nothing. Messages and publications come
in, commands go out to whatever steps the world, messages go out to connections.
World, clock, epoch and tokens are handed in: `app.drift.host` runs a room on a
thread and an event loop, a test or a simulation by hand.
"""

import math
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from app.archive.link import Archive
from app.drift.commands import Carry, Command, Lead, Release, Repopulate, Tether
from app.drift.commands import Fling as FlingBody
from app.drift.errors import HeldError
from app.drift.frame_log import FrameLog
from app.drift.leases import Lease, Leases
from app.drift.looks import Looks
from app.drift.publication import Population, Publication
from app.drift.surroundings import surroundings_of, welcome_to
from app.drift.viewer import Viewer
from app.wire.client_messages import Fling, Grab, Move, TextPoll
from app.wire.frames import BinaryPoll
from app.wire.outgoing import Outgoing
from app.wire.server_messages import (
    ArchiveChanged,
    Held,
    Lit,
    Released,
    SpreadAnnounced,
    Surroundings,
)
from physics.snapshot import BodyState

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))  # successive picks come to rest apart

Result = TypeVar("Result")
HandMessage = TextPoll | BinaryPoll | Grab | Move | Fling


class Engine(Protocol):
    """Whatever steps the world: a thread, or a test."""

    def tell(self, command: Command[object]) -> None:
        """Apply a command before the next step; nobody waits for its result."""

    def ask(self, command: Command[Result]) -> Future[Result]:
        """Apply a command before the next step; its result comes where the room lives."""

    def watch(self, viewers: int) -> None:
        """Say how many viewers there are: with any, the world goes on."""

    def stir(self) -> None:
        """Keep the world awake for a while."""


class Room:
    """One world and its viewers.

    Args:
        archive: What floats.
        looks: How it floats.
        engine: Steps the world.
        population: The world as it is now.
        epoch: Hex digits that name this life of the world.
        clock: Monotonic seconds.
        new_token: Makes what an HTTP caller shows of its lease; must not be guessable.
    """

    def __init__(
        self,
        archive: Archive,
        looks: Looks,
        engine: Engine,
        population: Population,
        *,
        epoch: str,
        clock: Callable[[], float],
        new_token: Callable[[], str],
    ) -> None:
        self.archive = archive
        self.epoch = epoch
        self._clock = clock
        self._looks = self._planned = looks
        self._engine = engine
        self._population = population
        self._log = FrameLog(epoch, population.now)
        self._leases = Leases(new_token)
        self._viewers: set[Viewer] = set()
        self._carried = 0
        self._trouble: str | None = None

    @property
    def width(self) -> float:
        """World units."""
        return self._population.width

    @property
    def height(self) -> float:
        """World units."""
        return self._population.height

    # --- watching -------------------------------------------------------------

    def join(self, viewer: Viewer) -> None:
        """Let a viewer in and welcome it."""
        self._viewers.add(viewer)
        self._engine.watch(len(self._viewers))
        viewer.connection.write(welcome_to(self._surroundings(), self.epoch).outgoing())

    def leave(self, viewer: Viewer) -> None:
        """Let a viewer out; what it holds is let go before the next step."""
        self._viewers.discard(viewer)
        self._engine.watch(len(self._viewers))
        for lease in self._leases.of(viewer):
            self.release(lease)

    def hear(self, viewer: Viewer, message: HandMessage) -> None:
        """Do what a viewer asks for, in its own name.

        Raises:
            UnknownLinkError: No such link.
            LeaseError: It, or the hand, is taken; or there is nothing in hand.
        """
        match message:
            case TextPoll() | BinaryPoll():
                viewer.poll(message, self._clock())
                self.serve(viewer)
            case Grab():
                self._grab(viewer, message)
            case Move():
                self.move(self.lease_of(viewer), message.x, message.y)
            case Fling(vx=None, vy=None):
                self.release(self.lease_of(viewer))
            case Fling():
                lease = self.lease_of(viewer)
                self.fling(lease.link_id, message.vx or 0.0, message.vy or 0.0, lease=lease)

    def _grab(self, viewer: Viewer, message: Grab) -> None:
        try:
            self.grab(message.id, message.x, message.y, holder=viewer, address=viewer.address)
        except HeldError:
            viewer.connection.write(Held(id=message.id, by_me=False).outgoing())
            raise

    def serve(self, viewer: Viewer) -> None:
        """Send the viewer the frame it is due, if any."""
        frame = viewer.frame_due(self._log, self._clock())
        if frame is not None:
            viewer.connection.write(frame)

    def snapshot(self) -> tuple[int, Outgoing]:
        """Return the newest tick and its JSON frame, and keep the world awake."""
        self._engine.stir()
        return self._log.newest.tick, self._log.snapshot()

    def publish(self, publication: Publication) -> None:
        """Take in what is new of the world, and pass it on to whoever asked."""
        if publication.spreads != self._log.newest.spreads:
            spread = publication.spreads[-1]
            self._tell(
                SpreadAnnounced(from_tick=spread.from_tick, strengths=spread.strengths).outgoing()
            )
        self._log.append(publication)
        for lease in self._leases.expired(self._clock()):
            self.release(lease)
        for viewer in tuple(self._viewers):
            self.serve(viewer)

    def _tell(self, message: Outgoing) -> None:
        for viewer in tuple(self._viewers):
            viewer.connection.write(message)

    def _surroundings(self) -> Surroundings:
        return surroundings_of(
            self.archive,
            self._looks,
            self._population,
            self._log.newest,
            self._leases.links,
            self._trouble,
        )

    # --- the archive ------------------------------------------------------------

    def reload(self, archive: Archive) -> None:
        """Float another archive: what stays keeps its place, the rest comes and goes."""
        self._trouble = None
        looks = self._planned = self._planned.followed_by(archive)
        self._engine.ask(Repopulate(looks.pills)).add_done_callback(
            lambda done: self._repopulated(archive, looks, done.result())
        )

    def report(self, trouble: str) -> None:
        """Tell everyone that the archive's file is broken and the last good one is shown."""
        self._trouble = trouble
        self._tell_archive()

    def _repopulated(self, archive: Archive, looks: Looks, population: Population) -> None:
        for lease in self._leases.all:
            # Its body is gone, or has another pill: the world has let go already.
            if lease.link_id not in looks or looks[lease.link_id] != self._looks[lease.link_id]:
                self._leases.end(lease)
                self._tell(Released(id=lease.link_id).outgoing())
        self.archive, self._looks, self._population = archive, looks, population
        self._log.restart(population.now)
        self._tell_archive()
        for viewer in tuple(self._viewers):
            viewer.start_over()
            self.serve(viewer)

    def _tell_archive(self) -> None:
        self._tell(ArchiveChanged(**dict(self._surroundings())).outgoing())

    # --- hands ----------------------------------------------------------------

    def grab(self, link_id: str, x: float, y: float, *, holder: object, address: str) -> Lease:
        """Give a link into a hand, by the point nearest to (x, y) world units.

        Raises:
            UnknownLinkError: No such link.
            LeaseError: It, or the hand, is taken.
        """
        slot = self._looks[link_id].slot
        lease = self._leases.grant(link_id, holder, address, self._clock())
        self._engine.tell(Tether(slot, x, y))
        mine = Held(id=link_id, by_me=True).outgoing()
        theirs = Held(id=link_id, by_me=False).outgoing()
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
        self._engine.tell(Lead(self._looks[lease.link_id].slot, x, y))
        return x, y

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
            self._tell(Released(id=link_id).outgoing())
        return self._engine.ask(FlingBody(slot, vx, vy))

    def carry(self, link_id: str) -> None:
        """Carry a picked link towards the middle of the world, lit for everyone."""
        slot = self._looks[link_id].slot
        self._carried += 1
        turn = self._carried * GOLDEN_ANGLE
        reach = self.height * 0.14
        x = self.width / 2 + reach * math.cos(turn) * 1.6
        y = self.height / 2 + reach * math.sin(turn)
        self._engine.ask(Carry(slot, x, y)).add_done_callback(
            lambda done: self._light(link_id, done)
        )

    def _light(self, link_id: str, done: Future[int]) -> None:
        # A body that left with a reload just before lights nothing.
        if done.exception() is None:
            self._tell(Lit(id=link_id, until_tick=done.result()).outgoing())

    def release(self, lease: Lease) -> None:
        """Let go without a velocity."""
        self._leases.end(lease)
        self._engine.tell(Release(self._looks[lease.link_id].slot))
        self._tell(Released(id=lease.link_id).outgoing())
