"""A whole room, driven by hand: what hands may do in it."""

import math

import pytest

from app.archive.errors import UnknownLinkError
from app.drift.errors import AlreadyHoldingError, HeldError, NotHoldingError, TooManyHeldError
from tests.rooms import kinds, quiet, set_apart

LEASE_S = 10.0


# --- hands --------------------------------------------------------------------


def test_a_grab_is_told_to_everyone_and_to_the_hand_as_its_own(still, anna, bert):
    still.grab(anna, "c")
    assert anna.connection.heard("held") == [{"type": "held", "id": "c", "by_me": True}]
    assert bert.connection.heard("held") == [{"type": "held", "id": "c", "by_me": False}]
    still.beat()
    assert still.world.held == {still.slot("c")}


def test_a_move_leads_the_link(still, anna):
    set_apart(still, "c")
    lease = still.grab(anna, "c")
    assert still.room.move(lease, 420.0, 330.0) == (420.0, 330.0)
    still.beat(90)
    body = still.body("c")
    assert math.dist((body.x, body.y), (420, 330)) < 3


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ((1_000.0, 300.0), (1_000.0, 300.0)),
        ((9_000.0, 300.0), (1_280.0, 300.0)),
        ((300.0, 9_000.0), (300.0, 720.0)),
        ((-5.0, 300.0), (0.0, 300.0)),
        ((300.0, -5.0), (300.0, 0.0)),
        ((1_100.0, 719.0), (1_100.0, 719.0)),
    ],
)
def test_a_move_is_answered_by_where_the_hand_is(still, anna, asked, led):
    """The water is wider than high: x may pass what would be too far for y."""
    assert (still.room.width, still.room.height) == (1_280, 720)
    lease = still.grab(anna, "c")
    assert still.room.move(lease, *asked) == led
    still.beat()
    assert still.hand("c") == led


def test_an_idle_hold_is_released_after_ten_seconds(still, anna, bert):
    still.grab(anna, "c")
    still.beat(lasting_s=LEASE_S - 0.01)
    assert still.world.held
    quiet(anna, bert)
    still.beat(lasting_s=0.01)
    assert anna.connection.heard() == [{"type": "released", "id": "c"}]
    assert bert.connection.heard() == [{"type": "released", "id": "c"}]
    still.beat()
    assert still.world.held == frozenset()
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)
    still.grab(bert, "c")


def test_every_move_holds_a_link_for_ten_seconds_more(still, anna):
    lease = still.grab(anna, "c")
    for _ in range(4):
        still.beat(lasting_s=6.0)
        still.room.move(lease, 300, 300)
    still.beat(lasting_s=LEASE_S - 0.01)
    assert still.room.lease_of(anna) is lease
    still.beat(lasting_s=0.01)
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)


def test_only_the_idle_hold_is_released(still, anna, bert):
    still.grab(anna, "c")
    still.beat(lasting_s=6.0)
    still.grab(bert, "d")
    still.beat(lasting_s=6.0)
    still.beat()
    assert still.world.held == {still.slot("d")}


def test_a_held_link_is_refused_to_others_and_stays_in_hand(still, anna, bert):
    lease = still.grab(anna, "c")
    with pytest.raises(HeldError):
        still.grab(bert, "c")
    with pytest.raises(HeldError):
        still.room.fling("c", 1.0, 1.0)
    assert still.room.lease_of(anna) is lease


def test_a_hand_takes_one_link_and_an_address_two(still, anna):
    other, third = still.join("::1"), still.join("::1")
    still.grab(anna, "a")
    with pytest.raises(AlreadyHoldingError):
        still.grab(anna, "b")
    still.grab(other, "b")
    with pytest.raises(TooManyHeldError):
        still.grab(third, "c")
    still.beat()
    assert still.world.held == {still.slot("a"), still.slot("b")}


def test_an_unknown_link_is_refused_before_anything_happens(still, anna):
    quiet(anna)
    for call in (
        lambda: still.room.grab("x", 1, 1, holder=anna, address="::1"),
        lambda: still.room.fling("x", 1, 1),
        lambda: still.room.carry("x"),
        lambda: still.room.lease_shown("x", "token"),
    ):
        with pytest.raises(UnknownLinkError):
            call()
    assert kinds(anna) == []
    assert still.room._leases.all == ()


def test_a_release_lets_go_without_a_velocity(still, anna, bert):
    set_apart(still, "c")
    lease = still.grab(anna, "c")
    still.beat(30)
    quiet(anna, bert)
    still.room.release(lease)
    assert anna.connection.heard() == bert.connection.heard() == [{"type": "released", "id": "c"}]
    still.beat()
    body = still.body("c")
    assert still.world.held == frozenset()
    assert math.hypot(body.vx, body.vy) < 30


def test_a_fling_lets_go_with_its_velocity_and_is_told(still, anna, bert):
    set_apart(still, "c")
    lease = still.grab(anna, "c")
    still.beat()
    quiet(anna, bert)
    done = still.room.fling("c", 500.0, -200.0, lease=lease)
    assert anna.connection.heard() == bert.connection.heard() == [{"type": "released", "id": "c"}]
    still.beat()
    assert (done.result(0).vx, done.result(0).vy) == (500.0, -200.0)
    assert still.world.held == frozenset()
    assert still.body("c").vx > 400
    still.grab(bert, "c")


def test_a_fling_needs_no_hold_of_a_free_link(still, anna):
    quiet(anna)
    done = still.room.fling("c", 300.0, 0.0)
    still.beat()
    assert done.result(0).vx == 300.0
    assert kinds(anna) == [], "nothing was held, nothing is released"


def test_whoever_leaves_lets_go(still, anna, bert):
    still.grab(anna, "c")
    quiet(bert)
    still.room.leave(anna)
    assert bert.connection.heard() == [{"type": "released", "id": "c"}]
    still.beat()
    assert still.world.held == frozenset()


def test_a_lease_is_shown_by_its_token_alone(still):
    hand = object()
    lease = still.room.grab("c", 1, 1, holder=hand, address="::1")
    assert still.room.lease_shown("c", lease.token) is lease
    with pytest.raises(HeldError):
        still.room.lease_shown("c", "x" * 16)
    with pytest.raises(NotHoldingError):
        still.room.lease_shown("d", lease.token)
