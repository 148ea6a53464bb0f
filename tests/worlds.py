"""Small worlds for tests."""

import random

from physics.pills import Pill
from physics.world import World


def make_world(count: int = 12, seed: int = 7) -> World:
    """Float ``count`` pills of assorted widths."""
    dice = random.Random(seed)
    return World({slot: Pill(dice.uniform(80, 300), 33.0) for slot in range(count)}, seed=seed)


def advance(world: World, steps: int) -> None:
    """Step on, correcting shadows at every second step as a room does."""
    for _ in range(steps):
        world.step()
        if world.tick % 2 == 0:
            world.corrections()


def admit(world: World, slot: int, pill: Pill) -> None:
    """Let one more pill in."""
    world.repopulate({**world._pills, slot: pill})


def dismiss(world: World, *slots: int) -> None:
    """Take bodies out."""
    world.repopulate({slot: pill for slot, pill in world._pills.items() if slot not in slots})
