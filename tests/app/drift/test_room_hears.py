"""What a viewer says, and what the room does about it in that viewer's name."""

import math

import pytest

from app.drift.errors import AlreadyHoldingError, HeldError, NotHoldingError
from app.drift.publication import population_of
from app.wire.client_messages import Fling, Grab, Move

PARK_S = 0.95
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def grab(still, viewer, link_id, x=200.0, y=150.0):
    still.room.hear(viewer, Grab(id=link_id, x=x, y=y))


def test_a_grab_that_is_heard_is_the_viewers_own_and_at_its_point(still, anna, bert):
    body = still.body("c")
    grab(still, anna, "c", body.x + 1, body.y - 2)
    assert anna.connection.heard("held") == [{"type": "held", "id": "c", "by_me": True}]
    assert bert.connection.heard("held") == [{"type": "held", "id": "c", "by_me": False}]
    lease = still.room.lease_of(anna)
    assert (lease.link_id, lease.holder, lease.address) == ("c", anna, "::1")
    still.beat()
    assert still.hand("c") == pytest.approx((body.x + 1, body.y - 2))


def test_a_grab_of_what_another_holds_is_answered_with_whose_it_is(still, anna, bert):
    grab(still, anna, "c")
    anna.connection.texts.clear()
    bert.connection.texts.clear()
    with pytest.raises(HeldError):
        grab(still, bert, "c")
    assert bert.connection.texts == [{"type": "held", "id": "c", "by_me": False}]
    assert anna.connection.texts == []
    assert still.room.lease_of(anna).link_id == "c"


def test_a_second_grab_of_the_same_hand_is_refused_without_a_word(still, anna):
    grab(still, anna, "c")
    anna.connection.texts.clear()
    with pytest.raises(AlreadyHoldingError):
        grab(still, anna, "d")
    assert anna.connection.texts == []


def test_a_move_that_is_heard_leads_what_the_viewer_holds(still, anna, bert):
    grab(still, anna, "c")
    grab(still, bert, "d")
    still.room.hear(bert, Move(x=310.0, y=320.0))
    still.room.hear(anna, Move(x=420.0, y=330.0))
    still.beat()
    assert still.hand("c") == (420.0, 330.0)
    assert still.hand("d") == (310.0, 320.0)


def test_a_fling_without_a_velocity_lets_go_and_pushes_nothing(still, anna, bert):
    grab(still, anna, "c")
    grab(still, bert, "d")
    still.beat()
    anna.connection.texts.clear()
    before = still.body("c")
    still.room.hear(anna, Fling())
    assert anna.connection.texts == [{"type": "released", "id": "c"}]
    still.engine.stepper._apply_commands()
    assert still.body("c") == before
    assert still.world.held == {still.slot("d")}


@pytest.mark.parametrize(
    ("said", "velocity"),
    [
        (Fling(vx=300.0, vy=-200.0), (300.0, -200.0)),
        (Fling(vx=300.0), (300.0, 0.0)),
        (Fling(vy=-200.0), (0.0, -200.0)),
        (Fling(vx=0.0, vy=0.0), (0.0, 0.0)),
    ],
)
def test_a_fling_that_is_heard_sends_what_the_viewer_holds(still, anna, bert, said, velocity):
    grab(still, anna, "c")
    grab(still, bert, "d")
    still.beat()
    bert.connection.texts.clear()
    still.room.hear(anna, said)
    assert bert.connection.texts == [{"type": "released", "id": "c"}]
    still.engine.stepper._apply_commands()
    body = still.body("c")
    assert (body.vx, body.vy) == velocity
    assert still.world.held == {still.slot("d")}
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)


@pytest.mark.parametrize("said", [Move(x=1.0, y=1.0), Fling(), Fling(vx=1.0, vy=1.0)])
def test_an_empty_hand_moves_and_flings_nothing(still, anna, bert, said):
    grab(still, bert, "c")
    with pytest.raises(NotHoldingError):
        still.room.hear(anna, said)
    assert still.room.lease_of(bert).link_id == "c"


def test_a_poll_without_news_waits_from_when_it_was_heard(still):
    viewer = still.join(binary=True)
    still.poll(viewer)
    assert len(viewer.connection.frames) == 1
    still.world._shadow._corrected_at[:] = 0  # no refresh falls into a short test
    still.now_s += 5.0
    still.poll(viewer, last=0)
    still.beat(2, lasting_s=PARK_S - 0.01)
    assert len(viewer.connection.frames) == 1
    still.beat(2, lasting_s=0.02)
    assert [frame.tick for frame in viewer.connection.frames] == [0, 4]


def test_the_first_pick_is_carried_by_one_golden_angle(still):
    still.room.carry("c")
    still.beat()
    aim = still.world._hands._carryings[still.slot("c")]
    reach = 720 * 0.14
    assert (aim.x, aim.y) == pytest.approx(
        (640 + reach * 1.6 * math.cos(GOLDEN_ANGLE), 360 + reach * math.sin(GOLDEN_ANGLE))
    )


def test_a_world_told_from_the_beginning_has_no_corrections(still):
    assert population_of(still.world).now.records == b""
