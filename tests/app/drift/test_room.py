"""A whole room, driven by hand: two viewers who watch, luck, and the spread."""

import math

import pytest

from tests.rooms import archive_of, kinds, quiet, set_apart

# --- watching -----------------------------------------------------------------


def test_a_welcome_comes_first_and_once(still):
    anna = still.join()
    assert kinds(anna) == ["welcome"]
    still.beat()
    still.join()
    assert kinds(anna) == ["welcome"]


def test_a_welcome_tells_all_that_a_client_needs_to_run_by_itself(still):
    still.beat(6)
    (welcome,) = still.join().connection.texts
    world = still.world
    assert welcome["tick"] == 6
    assert welcome["step_hz"] == 60
    assert welcome["epoch"] == "0123abcd"
    assert welcome["world"] == {"width": world.width, "height": world.height}
    assert welcome["current"]["pull"] == 0.35
    assert welcome["current"]["modes"] == [
        [mode.m, mode.n, mode.amplitude, mode.rate, mode.phase] for mode in world.modes
    ]
    assert welcome["upright"] == {"stiffness": 6.0, "damping": 3.0}
    assert welcome["quanta"] == {
        "position": 1 / 16,
        "angle": 1 / 256,
        "velocity": 1 / 4,
        "spin": 1 / 64,
    }
    assert [one["slot"] for one in welcome["links"]] == list(range(8))
    assert (welcome["held"], welcome["lit"], welcome["trouble"]) == ([], [], None)


def test_a_welcome_tells_what_is_held_and_lit(still, anna):
    still.grab(anna, "c")
    still.room.carry("d")
    still.beat()
    (welcome,) = still.join().connection.texts
    assert welcome["held"] == ["c"]
    assert welcome["lit"] == [{"id": "d", "until_tick": 12 * 60}]


def test_a_light_that_is_out_is_not_told(still):
    still.room.carry("d")
    still.beat(12 * 60)
    (welcome,) = still.join().connection.texts
    assert welcome["lit"] == []


def test_a_poll_is_answered_at_once_and_later_ones_as_the_world_goes_on(still, anna):
    still.poll(anna, credit=3)
    assert kinds(anna) == ["welcome", "frame"]
    still.beat(6)
    assert [text["tick"] for text in anna.connection.heard("frame")] == [0, 2, 4]


def test_both_kinds_of_viewer_are_served_from_one_world(still):
    binary, text = still.join(binary=True), still.join()
    still.poll(binary, 8)
    still.poll(text, 8)
    still.beat(20)
    assert binary.connection.frames[0].keyframe
    ticks = [frame["tick"] for frame in text.connection.heard("frame")]
    assert ticks == [0, 2, 4, 6, 8, 10, 12, 14]
    assert binary.connection.frames[0].tick == 0


def test_whoever_left_hears_nothing_more(still, anna, bert):
    still.poll(anna, 8)
    still.room.leave(anna)
    quiet(anna)
    still.grab(bert, "a")
    still.beat(6)
    assert kinds(anna) == []


def test_leaving_twice_is_leaving(still, anna):
    still.room.leave(anna)
    still.room.leave(anna)


def test_a_snapshot_is_the_newest_tick(still):
    still.beat(8)
    tick, message = still.room.snapshot()
    assert tick == 8
    assert f'"tick":{tick}' in message.payload


def test_someone_watching_or_asking_keeps_the_world_awake(still):
    still.room.snapshot()
    assert still.engine.stirred == 1
    anna, bert = still.join(), still.join()
    assert still.engine.viewers == 2
    still.room.leave(anna)
    still.room.leave(bert)
    assert still.engine.viewers == 0


# --- lucky --------------------------------------------------------------------


def test_a_pick_is_lit_for_everyone_until_its_tick(still, anna, bert):
    still.beat(4)
    quiet(anna, bert)
    still.room.carry("d")
    still.beat()
    said = [{"type": "lit", "id": "d", "until_tick": 4 + 12 * 60}]
    assert anna.connection.heard() == bert.connection.heard() == said


def test_a_pick_is_carried_towards_the_middle(still):
    set_apart(still, "d", at=(100.0, 100.0))
    still.room.carry("d")
    still.beat(5 * 60)
    body, room = still.body("d"), still.room
    assert abs(body.x - room.width / 2) < room.height * 0.3
    assert abs(body.y - room.height / 2) < room.height * 0.2


def aims(still, count):
    """Where successive picks are carried to, from the middle, in shares of the height."""
    for _ in range(count):
        still.room.carry("d")
        still.beat(1)
        carrying = still.world._hands._carryings[still.slot("d")]
        room = still.room
        yield (
            (carrying.x - room.width / 2) / room.height,
            (carrying.y - room.height / 2) / room.height,
        )


def test_successive_picks_come_to_rest_apart(still):
    """On an ellipse around the middle, each a golden angle further."""
    places = list(aims(still, 5))
    for x, y in places:
        assert math.hypot(x / 1.6, y) == pytest.approx(0.14)
    nearest = min(math.dist(a, b) for n, a in enumerate(places) for b in places[:n])
    assert nearest > 0.05
    turns = [math.atan2(y, x / 1.6) for x, y in places]
    step = math.remainder(turns[1] - turns[0], math.tau)
    assert step == pytest.approx(math.pi * (3 - math.sqrt(5)), abs=1e-6)


def test_a_pick_that_left_with_a_reload_lights_nothing(still, anna, caplog):
    still.room.reload(archive_of("a", "b"))
    still.room.carry("d")
    quiet(anna)
    still.beat()
    assert "lit" not in kinds(anna)
    assert not caplog.records, "nor does it make a fuss"


# --- the spread ---------------------------------------------------------------


def test_a_spread_is_told_once_to_everyone_and_before_the_frame_of_its_tick(still, anna, bert):
    still.beat(598)
    quiet(anna, bert)
    still.poll(anna, credit=2)
    still.beat(2)
    assert kinds(bert) == ["spread"]
    assert kinds(anna)[-2:] == ["spread", "frame"]
    (told,) = bert.connection.heard("spread")
    spread = still.world.spreads[-1]
    assert told["from_tick"] == spread.from_tick == 720
    assert told["strengths"] == [list(row) for row in spread.strengths]
    still.beat(100)
    assert kinds(bert) == []


def test_a_welcome_lists_the_spreads_of_now_and_soon(still):
    still.beat(1202)
    (welcome,) = still.join().connection.texts
    assert [one["from_tick"] for one in welcome["current"]["spreads"]] == [720, 1320]


def test_water_of_another_size_tells_that_it_has_no_spread(still, anna):
    still.beat(600)
    quiet(anna)
    still.room.reload(archive_of(*(f"many{n}" for n in range(400))))
    still.beat()
    (told,) = anna.connection.heard("archive")
    assert told["current"]["spreads"] == []
    still.beat(8)
    assert anna.connection.heard("spread") == []
