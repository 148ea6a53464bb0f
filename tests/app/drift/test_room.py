"""A whole room, driven by hand: two viewers, hands, reloads, time."""

import math

import pytest

from app.archive.errors import UnknownLinkError
from app.drift.errors import AlreadyHoldingError, HeldError, NotHoldingError, TooManyHeldError
from tests.rooms import StillRoom, archive_of, link

LEASE_S = 10.0


@pytest.fixture
def still():
    return StillRoom()


@pytest.fixture
def anna(still):
    return still.join("::1")


@pytest.fixture
def bert(still):
    return still.join("::2")


def kinds(viewer):
    return [text["type"] for text in viewer.connection.texts]


def quiet(*viewers):
    """Forget what was said so far."""
    for viewer in viewers:
        viewer.connection.texts.clear()


def spread(still, *link_ids, at=(300.0, 300.0)):
    for number, link_id in enumerate(link_ids):
        body = still.world._bodies[still.slot(link_id)]
        body.position = at[0] + 200 * number, at[1]
        still.world._space.reindex_shapes_for_body(body)


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


# --- hands --------------------------------------------------------------------


def test_a_grab_is_told_to_everyone_and_to_the_hand_as_its_own(still, anna, bert):
    still.grab(anna, "c")
    assert anna.connection.heard("held") == [{"type": "held", "id": "c", "by_me": True}]
    assert bert.connection.heard("held") == [{"type": "held", "id": "c", "by_me": False}]
    still.beat()
    assert still.world.held == {still.slot("c")}


def test_a_move_leads_the_link(still, anna):
    spread(still, "c")
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
    spread(still, "c")
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
    spread(still, "c")
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


# --- lucky --------------------------------------------------------------------


def test_a_pick_is_lit_for_everyone_until_its_tick(still, anna, bert):
    still.beat(4)
    quiet(anna, bert)
    still.room.carry("d")
    still.beat()
    said = [{"type": "lit", "id": "d", "until_tick": 4 + 12 * 60}]
    assert anna.connection.heard() == bert.connection.heard() == said


def test_a_pick_is_carried_towards_the_middle(still):
    spread(still, "d", at=(100.0, 100.0))
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


# --- the archive --------------------------------------------------------------


def test_a_reload_is_told_with_all_that_changed(still, anna):
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", "c", "x"))
    assert kinds(anna) == [], "the world takes it in between two steps"
    still.beat()
    (news,) = anna.connection.heard("archive")
    assert {one["id"]: one["slot"] for one in news["links"]} == {"a": 0, "c": 2, "x": 8}
    assert news["tick"] == 2
    assert set(news) == {"type", "tick", "world", "links", "current", "held", "lit", "trouble"}
    assert [one.id for one in still.room.archive] == ["a", "c", "x"]
    assert still.world.snapshot().slots.tolist() == [0, 2, 8]


def test_a_reload_tells_the_water_as_it_is_now(still, anna):
    many = [link(f"link{number}", "word " * 8) for number in range(80)]
    still.room.reload(archive_of(*many))
    still.beat()
    (news,) = anna.connection.heard("archive")
    world = still.world
    assert world.width > 1_500
    assert news["world"] == {"width": world.width, "height": world.height}
    assert (still.room.width, still.room.height) == (world.width, world.height)
    assert news["current"]["modes"][0][2] == world.modes[0].amplitude
    (welcome,) = still.join().connection.texts
    assert {key: welcome[key] for key in ("world", "current")} == {
        key: news[key] for key in ("world", "current")
    }


def test_after_a_reload_the_next_frame_is_a_whole_one(still):
    """Also for whoever was sent this very tick already: no delta takes a body away."""
    viewer = still.join(binary=True)
    still.poll(viewer, 8)
    still.room.fling("a", 2_000.0, 0.0)
    still.beat()
    assert viewer.connection.frames[-1].tick == still.world.tick
    before = len(viewer.connection.frames)
    still.room.reload(archive_of(*"abcdefg"))
    still.beat()
    first = viewer.connection.frames[before]
    assert first.keyframe
    assert first.blocks[0][1].tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_news_of_a_reload_comes_before_its_picture(still, anna):
    still.poll(anna, 8)
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", "x"))
    still.beat()
    # What was published at this very tick already is not sent a second time.
    assert kinds(anna)[0] == "archive"
    still.beat()
    assert kinds(anna).count("archive") == 1
    newest = anna.connection.heard("frame")[-1]
    assert [row[0] for row in newest["bodies"]] == [0, 8]


def test_a_held_link_that_leaves_is_released_first(still, anna):
    still.grab(anna, "c")
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", "b"))
    still.beat()
    assert kinds(anna) == ["released", "archive"]
    assert anna.connection.texts[1]["held"] == []
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)


def test_a_held_link_of_another_title_is_released_with_its_pill(still, anna, bert):
    """The world lets go of a body whose pill changes: nobody may go on holding it."""
    still.grab(anna, "c")
    still.beat()
    quiet(anna)
    still.room.reload(archive_of("a", link("c", "another and a longer title")))
    still.beat()
    assert kinds(anna) == ["released", "archive"]
    with pytest.raises(NotHoldingError):
        still.room.lease_of(anna)
    assert still.world.held == frozenset()
    still.grab(bert, "c")
    still.beat()
    assert still.world.held == {still.slot("c")}


def test_a_held_link_that_stays_stays_in_hand(still, anna):
    lease = still.grab(anna, "c")
    still.beat()
    still.room.reload(archive_of("c", "x"))
    still.beat()
    assert still.room.lease_of(anna) is lease
    assert still.world.held == {still.slot("c")}
    (news,) = anna.connection.heard("archive")
    assert news["held"] == ["c"]
    assert anna.connection.heard("released") == []


def test_two_reloads_in_one_step_end_with_the_second(still, anna):
    still.room.reload(archive_of("a", "x"))
    still.room.reload(archive_of("a", "y"))
    still.beat()
    assert [one.id for one in still.room.archive] == ["a", "y"]
    news = anna.connection.heard("archive")
    assert {one["id"]: one["slot"] for one in news[-1]["links"]} == {"a": 0, "y": 9}
    assert still.world.snapshot().slots.tolist() == [0, 9]


def test_a_broken_file_is_told_and_changes_nothing_else(still, anna):
    quiet(anna)
    still.room.report("line 3 is no link")
    (news,) = anna.connection.heard()
    assert (news["type"], news["trouble"]) == ("archive", "line 3 is no link")
    assert len(news["links"]) == 8
    (welcome,) = still.join().connection.texts
    assert welcome["trouble"] == "line 3 is no link"


def test_a_good_file_ends_the_trouble(still, anna):
    still.room.report("line 3 is no link")
    still.room.reload(archive_of("a"))
    still.beat()
    assert anna.connection.heard("archive")[-1]["trouble"] is None


def test_a_welcome_tells_neglect_as_of_now(still):
    still.neglect = 0.75
    (welcome,) = still.join().connection.texts
    assert welcome["links"][0]["neglect"] == 0.75
    assert welcome["links"][0]["font_px"] == 14.0, "its size was decided once"


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
