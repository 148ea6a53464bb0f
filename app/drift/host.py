"""The host of a room: its thread and its loop.

The loop never steps, the thread never sends. Publications and results come from the
thread with `call_soon_threadsafe`, in the order in which they were made; commands go
the other way through the stepper's queue.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from app.archive.link import Archive, Link
from app.drift.commands import Command
from app.drift.looks import Looks
from app.drift.publication import Publication, population_of
from app.drift.room import Room
from app.drift.simulation import Health, Simulation
from physics.pills import Typeface
from physics.world import World

Result = TypeVar("Result")


class RoomHost:
    """Steps a room's world on a thread of its own, and lives on the event loop.

    Attributes:
        room: What the host is for.
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
        looks = Looks(archive, neglect, typeface)
        world = World(looks.pills, seed=seed)
        population = population_of(world)
        self._simulation = Simulation(world, self._hand_over, self._faulted, clock)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.on_fault: Callable[[], None] = lambda: None
        self.room = Room(
            archive,
            looks,
            self,
            population,
            epoch=secrets.token_hex(4),
            clock=clock,
            new_token=lambda: secrets.token_urlsafe(12),
        )

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

    # --- the room's engine ------------------------------------------------------

    def tell(self, command: Command[object]) -> None:
        """Queue a command whose result nobody waits for."""
        self._simulation.submit(command)

    def ask(self, command: Command[Result]) -> Future[Result]:
        """Queue a command; its result comes on the loop, after what was published before."""
        answer: Future[Result] = Future()
        self._simulation.submit(command).add_done_callback(
            lambda done: self._on_loop(_settle, answer, done)
        )
        return answer

    def watch(self, viewers: int) -> None:
        """Say how many viewers there are: with any, the thread does not park."""
        self._simulation.watch(viewers)

    def stir(self) -> None:
        """Keep the world awake for a while."""
        self._simulation.stir()

    # --- called on the thread ---------------------------------------------------

    def _hand_over(self, publication: Publication) -> None:
        self._on_loop(self.room.publish, publication)

    def _faulted(self) -> None:
        self._on_loop(self.on_fault)

    def _on_loop(self, call: Callable[..., None], *args: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call, *args)


def _settle(answer: Future[Result], done: Future[Result]) -> None:
    """Pass a result on, unless whoever waited for it gave up."""
    if not answer.set_running_or_notify_cancel():
        return
    error = done.exception()
    if error is None:
        answer.set_result(done.result())
    else:
        answer.set_exception(error)
