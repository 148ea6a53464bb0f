import numpy as np
import pytest

from app.wire.frames import decode_frame, encode_delta, encode_keyframe, encode_records
from app.wire.reference_client import ReferenceClient
from physics.current import Current
from physics.shadow import Corrections
from physics.snapshot import Snapshot
from tests.worlds import make_world


@pytest.fixture
def world():
    return make_world(count=4)


@pytest.fixture
def follower(world):
    one = ReferenceClient(Current(world.modes, world.width, world.height))
    one.apply(decode_frame(encode_keyframe(1, world.shadow_snapshot())))
    return one


def delta(tick, since_tick, *told):
    return decode_frame(
        encode_delta(1, tick, since_tick, [(one.tick, encode_records(one)) for one in told])
    )


def test_it_shows_nothing_before_the_first_keyframe(world):
    follower = ReferenceClient(Current(world.modes, world.width, world.height))
    assert follower.tick is None
    assert follower.slots.size == follower.state.size == 0


def test_a_keyframe_replaces_everything(follower):
    state = np.arange(12.0).reshape(6, 2)
    follower.apply(decode_frame(encode_keyframe(1, Snapshot(90, np.array([7, 9]), state))))
    assert follower.tick == 90
    assert follower.slots.tolist() == [7, 9]
    assert (follower.state == state).all()


def test_it_flies_by_itself_between_records(world, follower):
    for _ in range(30):
        world.step()
    follower.apply(delta(30, 0))
    assert follower.tick == 30
    assert np.abs(follower.state - world.shadow_snapshot().state).max() < 1e-2


def test_a_record_holds_from_its_own_tick(world, follower):
    """It is set at tick 10 and flown on to 30: as far as one set at 10 and asked at once."""
    told = Corrections(10, np.array([2]), np.array([[6400], [3200], [0], [400], [0], [0]]))
    other = ReferenceClient(Current(world.modes, world.width, world.height))
    other.apply(decode_frame(encode_keyframe(1, world.shadow_snapshot())))
    follower.apply(delta(30, 0, told))
    other.apply(delta(10, 0, told))
    assert other.state[:, 2].tolist() == [400, 200, 0, 100, 0, 0]
    other.apply(delta(30, 10))
    assert (follower.state == other.state).all()
    assert follower.state[0, 2] > 420


def test_of_two_records_of_one_body_the_later_holds(follower):
    told = [Corrections(tick, np.array([1]), np.full((6, 1), 16 * tick)) for tick in (4, 6)]
    follower.apply(delta(6, 0, *told))
    assert follower.state[0, 1] == 6


def test_newcomers_are_taken_in_in_slot_order(follower):
    told = Corrections(2, np.array([1, 3, 9]), np.full((6, 3), 160, dtype=np.int64))
    follower.slots = np.array([0, 1, 4, 5])
    before = follower.state[:, 2].copy()
    follower.apply(delta(2, 0, told))
    assert follower.slots.tolist() == [0, 1, 3, 4, 5, 9]
    assert follower.state[0, [1, 2, 5]].tolist() == [10, 10, 10]
    assert np.abs(follower.state[:2, 3] - before[:2]).max() < 5


def test_a_frame_that_is_missing_is_noticed(follower):
    with pytest.raises(AssertionError, match="missing"):
        follower.apply(delta(8, 4))
