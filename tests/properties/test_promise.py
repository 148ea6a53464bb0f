"""The shadow's promise, over a minute of play, as a client sees it."""

import math
import random

import numpy as np

from app.wire.frames import decode_frame, encode_delta, encode_keyframe, encode_records
from app.wire.reference_client import ReferenceClient
from physics.current import Current
from physics.shadow import ANGLE_TOLERANCE
from physics.spread import EVERY_TICKS, Spread
from tests.worlds import make_world

MINUTE_TICKS = 3600
PROMISE = 0.75  # world units


def play(world, dice, hands):
    """Let two visitors drag, fling and press lucky at random."""
    for hand in range(2):
        slot = hands.get(hand)
        if slot is None:
            if dice.random() < 0.05:
                slot = dice.randrange(100)
                if slot not in world.held:
                    body = world.state_of(slot)
                    world.tether(slot, body.x + dice.uniform(-40, 40), body.y)
                    hands[hand] = slot
        elif dice.random() < 0.03:
            world.fling(slot, dice.uniform(-2500, 2500), dice.uniform(-2500, 2500))
            hands[hand] = None
        else:
            body = world.state_of(slot)
            world.lead(slot, body.x + dice.uniform(-200, 200), body.y + dice.uniform(-120, 120))
    if dice.random() < 0.005:
        world.carry(dice.randrange(100), world.width / 2, world.height / 2)


def test_a_client_that_applies_only_frames_is_never_far_from_the_truth():
    world, dice, hands = make_world(count=100, seed=11), random.Random(5), {}
    follower = ReferenceClient(Current(world.modes, world.width, world.height))
    follower.apply(decode_frame(encode_keyframe(1, world.shadow_snapshot())))
    worst = worst_angle = 0.0
    blocks, since = [], 0
    told: tuple[Spread, ...] = ()
    changes = 0
    for _ in range(MINUTE_TICKS):
        play(world, dice, hands)
        world.step()
        if world.tick % 2:
            continue
        if world.spreads[-1:] != told:
            told = world.spreads[-1:]
            changes += 1
            follower.announce(told[-1])
        records = encode_records(world.corrections())
        if records:
            blocks.append((world.tick, records))
        # Some frames cover several network ticks, as for a client with a slow line.
        if dice.random() < 0.7:
            frame = decode_frame(encode_delta(1, world.tick, since, blocks))
            follower.apply(frame)
            blocks, since = [], world.tick
            truth = world.snapshot().state
            apart = np.hypot(*(follower.state[:2] - truth[:2]))
            worst = max(worst, float(apart.max()))
            worst_angle = max(worst_angle, float(np.abs(follower.state[2] - truth[2]).max()))
    assert math.isfinite(worst)
    assert 0 < worst <= PROMISE
    assert worst_angle <= ANGLE_TOLERANCE * 1.5
    assert world.respawned == 0
    assert changes == MINUTE_TICKS // EVERY_TICKS


def test_shadows_of_server_and_client_stay_one():
    """No rounding adds up: after ten minutes of calm both still agree."""
    world = make_world(count=60, seed=2)
    follower = ReferenceClient(Current(world.modes, world.width, world.height))
    follower.apply(decode_frame(encode_keyframe(1, world.shadow_snapshot())))
    told: tuple[Spread, ...] = ()
    for _ in range(10 * MINUTE_TICKS // 4):
        world.step()
        world.step()
        if world.spreads[-1:] != told:
            told = world.spreads[-1:]
            follower.announce(told[-1])
        records = encode_records(world.corrections())
        blocks = [(world.tick, records)] if records else []
        follower.apply(decode_frame(encode_delta(1, world.tick, world.tick - 2, blocks)))
    apart = follower.state - world.shadow_snapshot().state
    assert np.abs(apart[:2]).max() < 0.05
