"""What holds and carries bodies, on a space of two."""

import numpy as np
import pymunk
import pytest

from physics.bodies import make_body
from physics.carrying import CARRY_TICKS, GLOW_TICKS
from physics.errors import TetherError
from physics.hands import Hands
from physics.pills import Pill

PILL = Pill(120.0, 33.0)
ROWS = {4: 0, 7: 1}


class Pool:
    """Two bodies in slots 4 and 7, and the hands on them."""

    def __init__(self):
        self.space = pymunk.Space()
        self.bodies = {}
        for slot, x in ((4, 100.0), (7, 600.0)):
            body, shape = make_body(PILL, x, 100.0)
            self.space.add(body, shape)
            self.bodies[slot] = body
        self.hands = Hands(self.space)

    def take(self, slot, tick=0):
        body = self.bodies[slot]
        self.hands.take(slot, body, PILL, body.position, tick=tick)

    def pulls(self, tick):
        """The accelerations that the hands add at a tick."""
        acceleration = np.zeros((3, 4))  # as wide as bodies and shadows together
        state = np.zeros((6, 2))
        self.hands.push(state, ROWS, tick, acceleration)
        return acceleration


@pytest.fixture
def pool():
    return Pool()


def test_a_body_is_held_once_and_by_its_slot(pool):
    pool.take(4)
    assert pool.hands.held == {4}
    with pytest.raises(TetherError, match="slot 4 is held already"):
        pool.take(4)
    pool.take(7)
    assert pool.hands.held == {4, 7}


def test_only_what_is_held_is_led_or_released(pool):
    for act in (lambda: pool.hands.lead(4, pymunk.Vec2d(0, 0)), lambda: pool.hands.release(4)):
        with pytest.raises(TetherError, match="nobody holds the body in slot 4"):
            act()


def test_a_release_takes_the_joint_out_of_the_space(pool):
    pool.take(4)
    assert len(pool.space.constraints) == 1
    pool.hands.release(4)
    assert not pool.space.constraints
    assert pool.hands.held == frozenset()


def test_letting_go_of_what_nobody_holds_is_nothing(pool):
    pool.hands.let_go(4)
    pool.take(4)
    pool.hands.let_go(4)
    pool.hands.let_go(4)
    assert not pool.space.constraints


def test_every_hand_is_moved_towards_its_target(pool):
    for slot in ROWS:
        pool.take(slot)
        pool.hands.lead(slot, pool.bodies[slot].position + pymunk.Vec2d(50.0, 0.0))
    before = {slot: body.position.x for slot, body in pool.bodies.items()}
    for _ in range(30):
        pool.hands.pull()
        pool.space.step(1 / 60)
    for slot, body in pool.bodies.items():
        assert body.position.x == pytest.approx(before[slot] + 50.0, abs=2.0)


def test_a_carried_body_is_pulled_until_its_time_is_over_and_lit_for_longer(pool):
    assert pool.hands.carry(7, pymunk.Vec2d(900.0, 100.0), tick=10) == 10 + GLOW_TICKS
    assert pool.pulls(10)[0, 1] > 0
    assert pool.pulls(10 + CARRY_TICKS - 1)[0, 1] > 0
    assert not pool.pulls(10 + CARRY_TICKS).any()
    assert pool.hands.lit == {7: 10 + GLOW_TICKS}
    pool.pulls(10 + GLOW_TICKS - 1)
    assert pool.hands.lit == {7: 10 + GLOW_TICKS}
    pool.pulls(10 + GLOW_TICKS)
    assert pool.hands.lit == {}


def test_a_pull_is_its_own_bodys_and_added_to_what_is_there(pool):
    pool.hands.carry(4, pymunk.Vec2d(900.0, 100.0), tick=0)
    acceleration = np.ones((3, 4))
    pool.hands.push(np.zeros((6, 2)), ROWS, 0, acceleration)
    assert (acceleration[:2, 0] > 1).all()
    assert (acceleration[:, 1:] == 1).all()
    assert acceleration[2, 0] == 1


def test_what_is_in_hand_is_lit_and_not_carried(pool):
    pool.take(4)
    assert pool.hands.carry(4, pymunk.Vec2d(900.0, 100.0), tick=5) == 5 + GLOW_TICKS
    assert not pool.pulls(5).any()
    assert pool.hands.lit == {4: 5 + GLOW_TICKS}


def test_a_hand_takes_over_from_a_carrying_and_leaves_its_light(pool):
    pool.hands.carry(4, pymunk.Vec2d(900.0, 100.0), tick=0)
    pool.take(4, tick=20)
    assert not pool.pulls(20).any()
    assert pool.hands.lit == {4: GLOW_TICKS}


def test_a_slot_whose_link_is_gone_is_forgotten_whole(pool):
    pool.hands.carry(4, pymunk.Vec2d(900.0, 100.0), tick=0)
    pool.take(4)
    pool.hands.forget(4)
    assert (pool.hands.held, pool.hands.lit) == (frozenset(), {})
    assert not pool.space.constraints
