"""What one viewer is told over four minutes of calm water, for several seeds, in virtual time.

A whole room of the bundled archive without thread, loop or socket: a viewer of the
binary protocol polls again with each frame, at once unless told otherwise: the longer
a round trip, the more news travel in one frame, and the fewer bytes. Counted is every byte
that the server would write to its socket, frame headers and text messages included,
the welcome and the first keyframe apart. The viewer's picture is held to the truth at
every frame.
"""

import argparse
import json
import sys
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

import numpy as np

from app import assets
from app.archive.file.load import load
from app.archive.link import Archive
from app.drift.commands import Command
from app.drift.looks import Looks
from app.drift.publication import population_of
from app.drift.room import Room
from app.drift.stepper import Stepper
from app.drift.typeface import load_typeface
from app.drift.viewer import BinaryViewer
from app.lucky.neglect import neglect
from app.memory.memory import VolatileMemory
from app.wire.frames import BinaryPoll, decode_frame
from app.wire.outgoing import Outgoing
from app.wire.reference_client import ReferenceClient
from physics.current import STEP_S
from physics.world import World

MINUTES = 4
AS_OF = datetime(2026, 12, 1, tzinfo=UTC)  # decides how large the unopened links are
INTERVAL = 2  # steps between network ticks
BUDGET = 5.0  # bytes a body and second
PROMISE = 0.75  # world units


class ByHand:
    """Steps a world when it is told to."""

    def __init__(self, world: World) -> None:
        self.stepper = Stepper(world)

    def tell(self, command: Command[object]) -> None:
        self.stepper.submit(command)

    def ask(self, command: Command[Any]) -> Future[Any]:
        return self.stepper.submit(command)

    def watch(self, viewers: int) -> None:
        pass

    def stir(self) -> None:
        pass


class Line:
    """The viewer's end: counts, and keeps the picture."""

    def __init__(self) -> None:
        self.bytes = 0
        self.client: ReferenceClient | None = None
        self.arrived = False

    def write(self, message: Outgoing) -> None:
        self.bytes += len(message.wire)
        if isinstance(message.payload, bytes):
            assert self.client is not None
            self.client.apply(decode_frame(message.payload))
            self.arrived = True
        elif self.client is None:
            self.client = ReferenceClient.welcomed(json.loads(message.payload))
        else:
            self.client.hear(json.loads(message.payload))


def watch(
    seed: int, minutes: int, round_trip_ticks: int, looks: Looks, archive: Archive
) -> tuple[float, float]:
    """Returns bytes a body and second, and the worst distance from the truth at a frame."""
    world = World(looks.pills, seed=seed)
    engine, line = ByHand(world), Line()
    room = Room(
        archive,
        looks,
        engine,
        population_of(world),
        epoch="00000000",
        clock=lambda: world.tick * STEP_S,
        new_token=str,
    )
    viewer = BinaryViewer(line, "::1")
    room.join(viewer)
    room.hear(viewer, BinaryPoll(2, None))
    line.bytes, line.arrived = 0, False
    worst, poll_at = 0.0, round_trip_ticks
    client = line.client
    assert client is not None
    while world.tick < minutes * 3600:
        publication = engine.stepper.beat(INTERVAL)
        if publication is not None:
            room.publish(publication)
        if line.arrived:
            line.arrived = False
            poll_at = world.tick + round_trip_ticks
            if client.tick == world.tick:
                apart = client.state[:2] - world.snapshot().state[:2]
                worst = max(worst, float(np.hypot(*apart).max()))
        if world.tick == poll_at:
            room.hear(viewer, BinaryPoll(2, client.tick))
    return line.bytes / len(looks.pills) / (minutes * 60), worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5, 6])
    parser.add_argument("--minutes", type=int, default=MINUTES)
    parser.add_argument("--round-trip-ticks", type=int, default=0, help="of 1/60 s")
    options = parser.parse_args()
    archive = load(assets.BUNDLED_ARCHIVE).archive
    nothing = VolatileMemory().recall("")
    typeface = load_typeface(assets.FONT)
    looks = Looks(archive, lambda link: neglect(link, nothing, AS_OF), typeface)
    told = []
    for seed in options.seeds:
        cost, worst = watch(seed, options.minutes, options.round_trip_ticks, looks, archive)
        told.append((cost, worst))
        print(
            f"seed {seed}: {cost:.2f} B a body and second, never more than {worst:.3f} units off",
            flush=True,
        )
    dearest, furthest = (max(column) for column in zip(*told, strict=True))
    print(f"worst: {dearest:.2f} B (budget {BUDGET}), {furthest:.3f} units (promise {PROMISE})")
    if dearest > BUDGET or furthest > PROMISE:
        sys.exit("over budget")


if __name__ == "__main__":
    main()
