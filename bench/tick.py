"""What a whole tick costs beside Chipmunk's own step, as a ratio within one run.

A tick is everything the simulation thread does: forces, step, states, guard,
shadows, and at every second one corrections, their encoding and both snapshots.
"""

import random
import statistics
import time
from collections.abc import Callable

from app.wire.frames import encode_records
from physics.current import STEP_S
from physics.pills import Pill
from physics.world import World

ROUNDS, BATCH = 60, 10  # alternating batches, so that a noisy machine is noisy for both


def whole_ticks(world: World) -> None:
    for _ in range(BATCH):
        world.step()
        if world.tick % 2 == 0:
            encode_records(world.corrections())
            world.snapshot()
            world.shadow_snapshot()


def bare_steps(world: World) -> None:
    for _ in range(BATCH):
        world._space.step(STEP_S)


def seconds(action: Callable[[World], None], world: World) -> float:
    began = time.perf_counter()
    action(world)
    return (time.perf_counter() - began) / BATCH


def main() -> None:
    for count in (100, 1_000, 5_000):
        dice = random.Random(1)
        world = World({slot: Pill(dice.uniform(120, 330), 37.0) for slot in range(count)}, seed=3)
        whole_ticks(world)
        pairs = [(seconds(whole_ticks, world), seconds(bare_steps, world)) for _ in range(ROUNDS)]
        whole, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(
            f"{count:5} bodies: tick {whole * 1e3:6.3f} ms, bare step {bare * 1e3:6.3f} ms, "
            f"ratio {whole / bare:.2f}"
        )


if __name__ == "__main__":
    main()
