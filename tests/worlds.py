"""Small worlds for tests."""

import random
from typing import Any

import pymunk

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


def body_of(world: World, slot: int) -> pymunk.Body:
    """Reach for Chipmunk's own body, as no caller may."""
    return world._bodies[slot]


def put(world: World, slot: int, **state: Any) -> None:
    """Set what a fault or a crowd might: position, velocity, angle, angular_velocity."""
    body = body_of(world, slot)
    for name, value in state.items():
        setattr(body, name, value)
    world._space.reindex_shapes_for_body(body)
    world._batch.read(world._state)


def lone(pill: Pill | None = None, *, seed: int = 7) -> World:
    """Float one pill: nothing touches it but walls and hands."""
    return World({0: pill or Pill(200.0, 33.0)}, seed=seed)


def widen(world: World, width: float, height: float) -> None:
    """Flood a larger water, whatever floats in it."""
    world._basin.flood(width, height)
