"""The simulation thread: the only place where a world steps.

Commands come in through the stepper's queue and are applied between steps;
immutable publications go out, one per network tick. The thread never sends, the event
loop never steps. With nobody watching and nothing asked for `PARK_AFTER_S`,
the thread parks and costs nothing.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from app.drift.commands import Command
from app.drift.pace import Metronome, NetworkRate
from app.drift.publication import Publication
from app.drift.stepper import Stepper
from physics.current import STEP_HZ
from physics.world import World

PARK_AFTER_S = 10.0
SLOWEST_BEAT_S = 0.1  # a stop request is seen this soon

log = logging.getLogger(__name__)
Result = TypeVar("Result")


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
        self._stepper = Stepper(world)
        self._publish = publish
        self._fault = fault
        self._clock = clock
        self._wake = threading.Event()
        self._stopping = False
        self._parked = False
        self._viewers = 0
        self._active_s = clock()
        self._metronome = Metronome(self._active_s)
        self._rate = NetworkRate()
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
        done = self._stepper.submit(command)
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
            tick=self._stepper.tick,
            parked=self._parked,
            network_hz=STEP_HZ // self._rate.interval,
            dropped_steps=self._metronome.dropped,
            respawned=self._stepper.respawned,
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
                publication = self._stepper.beat(self._rate.interval)
                if publication is not None:
                    self._publish(publication)

    def _idle(self, now_s: float) -> bool:
        quiet = self._viewers == 0 and now_s - self._active_s >= PARK_AFTER_S
        return quiet and self._stepper.is_quiet

    def _park(self) -> None:
        self._wake.clear()
        # A viewer may have come between the decision and the clear.
        if self._idle(self._clock()) and not self._stopping:
            self._parked = True
            self._wake.wait()
            self._parked = False
        self._metronome.restart(self._clock())
