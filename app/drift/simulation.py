"""The simulation thread: the only place where a world steps.

Commands come in through one queue and are applied between steps; immutable
publications go out, one per network tick. The thread never sends, the event
loop never steps. With nobody watching and nothing asked for `PARK_AFTER_S`,
the thread parks and costs nothing.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from app.drift.commands import Command
from app.drift.frames import encode_records
from app.drift.pace import Metronome, NetworkRate
from physics.errors import WorldError
from physics.snapshot import Snapshot
from physics.spread import Spread
from physics.world import World

PARK_AFTER_S = 10.0
SLOWEST_BEAT_S = 0.1  # a stop request is seen this soon

log = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Publication:
    """What the thread says at a network tick.

    Attributes:
        tick: The tick of everything in it.
        records: The tick's corrections, encoded without their age; empty if none.
        shadow: What a client that missed nothing sees.
        truth: Where the bodies are.
        lit: Slot → tick until which it is lit.
        spreads: The spreads in force now or soon, by rising tick.
    """

    tick: int
    records: bytes
    shadow: Snapshot
    truth: Snapshot
    lit: dict[int, int]
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """Counters for readiness and metrics."""

    tick: int
    parked: bool
    network_hz: int
    dropped_steps: int
    respawned: int


class Simulation:
    """Runs a world on a thread of its own.

    Args:
        world: Owned by the thread from `start` on; nobody else may touch it.
        publish: Called on the thread with each publication; must return at once.
        fault: Called on the thread if it dies of a mistake of ours.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        world: World,
        publish: Callable[[Publication], None],
        fault: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._world = world
        self._publish = publish
        self._fault = fault
        self._clock = clock
        self._commands: queue.SimpleQueue[tuple[Command[Any], Future[Any]]] = queue.SimpleQueue()
        self._wake = threading.Event()
        self._stopping = False
        self._parked = False
        self._viewers = 0
        self._active_s = clock()
        self._metronome = Metronome(self._active_s)
        self._rate = NetworkRate()
        self._respawned = 0
        self._thread = threading.Thread(target=self._run, name="simulation", daemon=True)

    # --- called from other threads --------------------------------------------

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread and wait for it."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def submit(self, command: Command[Result]) -> Future[Result]:
        """Queue a command for the next step.

        Returns:
            What the command returns, or the world's error.
        """
        done: Future[Result] = Future()
        self._commands.put((command, done))
        self._stir()
        return done

    def watch(self, viewers: int) -> None:
        """Say how many viewers there are; with any, the thread does not park."""
        self._viewers = viewers
        self._stir()

    def stir(self) -> None:
        """Keep the world awake for another `PARK_AFTER_S`."""
        self._stir()

    def _stir(self) -> None:
        self._active_s = self._clock()
        self._wake.set()

    @property
    def health(self) -> Health:
        """Counters, each true at some recent instant."""
        return Health(
            tick=self._world.tick,
            parked=self._parked,
            network_hz=60 // self._rate.interval,
            dropped_steps=self._metronome.dropped,
            respawned=self._world.respawned,
        )

    def publication(self, records: bytes = b"") -> Publication:
        """Describe the present state; only the owning thread may ask, or anyone before `start`."""
        world = self._world
        return Publication(
            tick=world.tick,
            records=records,
            shadow=world.shadow_snapshot(),
            truth=world.snapshot(),
            lit=world.lit,
            spreads=world.spreads,
        )

    # --- the thread -----------------------------------------------------------

    def _run(self) -> None:
        try:
            self._live()
        except Exception:
            # A room that no longer moves must not go on looking alive.
            log.critical("the simulation stopped by a mistake", exc_info=True)
            self._fault()

    def _live(self) -> None:
        self._metronome.restart(self._clock())
        while not self._stopping:
            now_s = self._clock()
            if self._idle(now_s):
                self._park()
                continue
            deadline_s = self._metronome.deadline_s
            if now_s < deadline_s:
                time.sleep(min(deadline_s - now_s, SLOWEST_BEAT_S))
                continue
            self._rate.observe(now_s - deadline_s, now_s)
            for _ in range(self._metronome.due(now_s)):
                self._beat()

    def _beat(self) -> None:
        """One tick's life: commands, step, corrections, publication."""
        world = self._world
        self._apply_commands()
        world.step()
        if world.respawned != self._respawned:
            if self._respawned == 0:
                log.error("a body left the world and was put back; further ones are only counted")
            self._respawned = world.respawned
        if world.tick % self._rate.interval == 0:
            self._publish(self.publication(encode_records(world.corrections())))

    def _apply_commands(self) -> None:
        while True:
            try:
                command, done = self._commands.get_nowait()
            except queue.Empty:
                return
            if not done.set_running_or_notify_cancel():
                continue
            try:
                result = command.apply(self._world)
            except WorldError as error:
                log.debug("refused %s: %s", type(command).__name__, error)
                done.set_exception(error)
            else:
                done.set_result(result)

    def _idle(self, now_s: float) -> bool:
        quiet = self._viewers == 0 and now_s - self._active_s >= PARK_AFTER_S
        return quiet and self._commands.empty() and not self._world.held

    def _park(self) -> None:
        self._wake.clear()
        # A viewer may have come between the decision and the clear.
        if self._idle(self._clock()) and not self._stopping:
            self._parked = True
            self._wake.wait()
            self._parked = False
        self._metronome.restart(self._clock())
