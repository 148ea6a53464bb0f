"""One tick's life: commands, a step, corrections, a publication.

Without a thread and without a clock: whoever calls `beat` decides when a tick is.
Commands may be submitted, and counters read, from any thread; everything else belongs
to the caller of `beat`.
"""

import logging
import queue
from concurrent.futures import Future
from typing import Any, TypeVar

from app.drift.commands import Command
from app.drift.publication import Publication, publication_of
from app.wire.frames import encode_records
from physics.errors import WorldError
from physics.world import World

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Stepper:
    """Applies commands to a world between its steps.

    Args:
        world: Nobody else may touch it from now on.

    Attributes:
        tick: The world's, after the last beat; may be read from any thread.
        respawned: How many bodies were lost to a fault and put back; likewise.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._commands: queue.SimpleQueue[tuple[Command[Any], Future[Any]]] = queue.SimpleQueue()
        self.tick = world.tick
        self.respawned = world.respawned

    def submit(self, command: Command[Result]) -> Future[Result]:
        """Queue a command for the next step.

        Returns:
            What the command returns, or the world's error.
        """
        done: Future[Result] = Future()
        self._commands.put((command, done))
        return done

    @property
    def is_quiet(self) -> bool:
        """Whether no command waits and no body is in hand."""
        return self._commands.empty() and not self._world.held

    def beat(self, interval: int) -> Publication | None:
        """Apply what was submitted, and step.

        Args:
            interval: Steps from one network tick to the next.

        Returns:
            What is to be told, at a network tick.
        """
        world = self._world
        self._apply_commands()
        world.step()
        if world.respawned != self.respawned == 0:
            log.error("a body left the world and was put back; further ones are only counted")
        self.tick, self.respawned = world.tick, world.respawned
        if world.tick % interval:
            return None
        return publication_of(world, encode_records(world.corrections()))

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
