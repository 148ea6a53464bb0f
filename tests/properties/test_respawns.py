"""Hands alone put no body out of the world, however they fling it about."""

import math
import random

import pytest

from physics.world import FLING_SPEED
from tests.worlds import make_world

HANDS, BODIES, TICKS = 8, 40, 1300
SLOW_WALLS = 60  # ticks on the way to one wall: time to reach a hand's top speed


def play(world, dice):
    """Eight hands drag by any point of a pill, wall to wall, and fling anywhere."""
    holding = {}
    for tick in range(TICKS):
        for hand in range(HANDS):
            slot = holding.get(hand)
            if slot is None:
                slot = dice.randrange(BODIES)
                if dice.random() < 0.1 and slot not in world.held:
                    body = world.state_of(slot)
                    world.tether(slot, body.x + dice.uniform(-150, 150), body.y)
                    holding[hand] = slot
            elif dice.random() < 0.01:
                turn = dice.uniform(0, math.tau)
                world.fling(slot, FLING_SPEED * math.cos(turn), FLING_SPEED * math.sin(turn))
                del holding[hand]
            elif tick % SLOW_WALLS == 0:
                x = dice.choice((0, world.width / 2, world.width))
                world.lead(slot, x, dice.choice((0, world.height / 2, world.height)))
        world.step()
        world.corrections()
        yield


@pytest.mark.parametrize("seed", range(4))
def test_eight_hands_flinging_into_walls_and_crowds_lose_no_body(seed):
    world = make_world(count=BODIES, seed=seed)
    for _ in play(world, random.Random(seed)):
        assert world.respawned == 0, f"a body was lost at tick {world.tick}"
