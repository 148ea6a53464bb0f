import json
from itertools import pairwise

import pytest

from app.drift.frame_log import FrameLog
from app.drift.publication import Publication
from app.drift.viewer import BinaryViewer, JsonViewer
from app.wire.client_messages import Opened, TextPoll
from app.wire.errors import MalformedError
from app.wire.frames import BinaryPoll, decode_frame, encode_poll, encode_records
from tests.worlds import make_world


class Room:
    """A world with its frame log, stepped by hand."""

    def __init__(self):
        self.world = make_world(count=3)
        self.log = FrameLog("0000abcd", self.publication(b""))
        self.now_s = 0.0

    def publication(self, records):
        world = self.world
        return Publication(world.tick, records, world.shadow_snapshot(), world.snapshot(), {})

    def tick(self, *, news):
        """Go on by one network tick, with a correction or without."""
        self.world.step()
        self.world.step()
        self.now_s += 1 / 30
        if news:
            self.world._bodies[0].position += (3.0, 0.0)
            self.world._batch.read(self.world._state)
        told = self.world.corrections()
        self.log.append(self.publication(encode_records(told)))

    def take(self, viewer):
        message = viewer.frame_due(self.log, self.now_s)
        return None if message is None else decode_frame(message.payload)


def quiet_room():
    room = Room()
    room.world._shadow._corrected_at[:] = 0  # no refresh falls into a short test
    return room


def binary_viewer():
    return BinaryViewer(connection=None, address="::1")


def test_the_first_frame_is_a_keyframe_at_once():
    room, viewer = quiet_room(), binary_viewer()
    assert room.take(viewer) is None, "nothing is sent unasked"
    viewer.poll(BinaryPoll(1, None), room.now_s)
    assert room.take(viewer).keyframe


def test_credit_bounds_the_frames_in_flight():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(3, None), 0)
    frames = []
    for _ in range(6):
        frames.append(room.take(viewer))
        room.tick(news=True)
    assert [frame is not None for frame in frames] == [True] * 3 + [False] * 3
    viewer.poll(BinaryPoll(3, frames[1].tick), room.now_s)
    assert room.take(viewer) is not None
    room.tick(news=True)
    assert room.take(viewer) is not None
    room.tick(news=True)
    assert room.take(viewer) is None


def test_deltas_continue_from_what_was_sent_last():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(8, None), 0)
    previous = room.take(viewer)
    for _ in range(5):
        room.tick(news=True)
        frame = room.take(viewer)
        assert not frame.keyframe
        assert frame.tick - frame.since == previous.tick
        previous = frame


def test_a_poll_without_news_is_parked_and_answered_in_the_end():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    first = room.take(viewer)
    viewer.poll(BinaryPoll(1, first.tick), room.now_s)
    frame, waited = None, 0
    while not frame:
        room.tick(news=False)
        waited += 1
        frame = room.take(viewer)
        assert waited < 300, "ten seconds, and no frame"
    assert 0.9 <= waited / 30 <= 1
    assert frame.blocks == ()
    assert frame.tick == room.world.tick


def test_a_parked_poll_is_answered_as_soon_as_there_is_news():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    viewer.poll(BinaryPoll(1, room.take(viewer).tick), 0)
    room.tick(news=False)
    assert room.take(viewer) is None
    room.tick(news=True)
    assert [block[1].tolist() for block in room.take(viewer).blocks] == [[0]]


def test_a_client_too_far_behind_gets_a_keyframe():
    """Hardly anything happened, so a delta would be short; but its first news is gone."""
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    last = room.take(viewer).tick
    room.tick(news=True)
    for _ in range(59):
        room.tick(news=False)
    room.tick(news=True)
    viewer.poll(BinaryPoll(1, last), room.now_s)
    assert room.take(viewer).keyframe


def test_a_client_just_in_reach_gets_a_delta():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    last = room.take(viewer).tick
    room.tick(news=True)
    for _ in range(59):
        room.tick(news=False)
    viewer.poll(BinaryPoll(1, last), room.now_s)
    frame = room.take(viewer)
    assert not frame.keyframe
    assert [slots.tolist() for _, slots, _ in frame.blocks] == [[0]]


def test_a_client_that_claims_the_future_gets_a_keyframe():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    room.take(viewer)
    viewer.poll(BinaryPoll(1, 4_000_000), 0)
    assert room.take(viewer).keyframe


def test_a_frame_is_made_once_for_all_who_ask_from_the_same_tick():
    room = quiet_room()
    viewers = [binary_viewer() for _ in range(5)]
    for viewer in viewers:
        viewer.poll(BinaryPoll(2, None), 0)
        viewer.frame_due(room.log, 0)
    room.tick(news=True)
    messages = {id(viewer.frame_due(room.log, room.now_s)) for viewer in viewers}
    assert len(messages) == 1


def test_json_credit_adds_up_to_eight_and_no_tick_comes_twice():
    room, ticks = quiet_room(), []
    viewer = JsonViewer(connection=None, address="::1")
    for _ in range(5):
        viewer.poll(TextPoll(credit=3), 0)
    for _ in range(12):
        for _again in range(2):
            message = viewer.frame_due(room.log, 0)
            if message:
                ticks.append(json.loads(message.payload)["tick"])
        room.tick(news=False)
    assert len(ticks) == len(set(ticks)) == 8


def test_a_client_that_asks_again_from_the_same_tick_gets_a_keyframe():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    first = room.take(viewer)
    viewer.poll(BinaryPoll(1, first.tick), 0)
    room.tick(news=True)
    assert room.take(viewer) is not None
    viewer.poll(BinaryPoll(1, first.tick), room.now_s)
    assert room.take(viewer).keyframe


def test_a_delta_that_outgrows_a_keyframe_becomes_one():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    last = room.take(viewer).tick
    for _ in range(30):
        room.tick(news=True)
    viewer.poll(BinaryPoll(1, last), room.now_s)
    assert room.take(viewer).keyframe


def test_a_restart_of_the_log_gives_a_keyframe():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(4, None), 0)
    room.take(viewer)
    room.tick(news=True)
    room.take(viewer)
    room.log.restart(room.publication(b""))
    viewer.start_over()
    assert room.take(viewer).keyframe


def test_an_open_window_is_no_reason_to_start_over():
    """A poll repeated while frames may still come changes nothing."""
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(4, None), 0)
    first = room.take(viewer)
    room.tick(news=True)
    assert not room.take(viewer).keyframe
    for _ in range(3):
        viewer.poll(BinaryPoll(4, first.tick), room.now_s)
    room.tick(news=True)
    frame = room.take(viewer)
    assert not frame.keyframe
    assert frame.tick - frame.since == first.tick + 2


def test_a_full_window_answers_the_first_poll_from_a_tick_with_patience():
    """Asked for the first time from there: what is in flight may yet arrive."""
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(2, None), 0)
    first = room.take(viewer)
    for _ in range(2):
        room.tick(news=True)
        second = room.take(viewer)
    assert second is None
    viewer.poll(BinaryPoll(1, first.tick), room.now_s)
    room.tick(news=True)
    assert room.take(viewer) is None


def test_a_repeated_poll_does_not_put_off_its_answer():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(2, None), 0)
    first = room.take(viewer)
    answered = None
    for waited in range(1, 40):
        viewer.poll(BinaryPoll(2, first.tick), room.now_s)
        room.tick(news=False)
        if room.take(viewer):
            answered = waited / 30
            break
    assert answered is not None
    assert answered <= 1


def test_a_wait_begins_when_the_window_opens():
    """And not when the frame before was sent."""
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    first = room.take(viewer)
    for _ in range(45):
        room.tick(news=False)
    viewer.poll(BinaryPoll(1, first.tick), room.now_s)
    assert room.take(viewer) is None


def test_a_wait_begins_anew_with_every_frame():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(8, None), 0)
    room.take(viewer)
    sent = []
    for tick in range(1, 91):
        room.tick(news=False)
        if room.take(viewer):
            sent.append(tick)
    assert len(sent) == 3
    assert all(28 <= later - earlier <= 30 for earlier, later in pairwise(sent))


def test_no_tick_is_sent_twice():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(8, None), 0)
    assert room.take(viewer) is not None
    room.now_s += 30
    assert room.take(viewer) is None


def test_asking_for_everything_empties_the_window():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    room.take(viewer)
    room.tick(news=True)
    assert room.take(viewer) is None
    viewer.poll(BinaryPoll(1, None), room.now_s)
    assert room.take(viewer).keyframe


def test_a_claimed_future_empties_the_window_too():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(2, None), 0)
    room.take(viewer)
    room.tick(news=True)
    newest = room.take(viewer).tick
    viewer.poll(BinaryPoll(1, newest + 1), room.now_s)
    assert room.take(viewer).keyframe


def test_the_newest_tick_may_be_claimed():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    newest = room.take(viewer).tick
    viewer.poll(BinaryPoll(1, newest), room.now_s)
    room.tick(news=True)
    assert not room.take(viewer).keyframe


def test_a_later_poll_sets_the_credit_and_does_not_add_to_it():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(4, None), 0)
    newest = room.take(viewer).tick
    viewer.poll(BinaryPoll(2, newest), room.now_s)
    taken = 0
    for _ in range(6):
        room.tick(news=True)
        taken += room.take(viewer) is not None
    assert taken == 2


def test_starting_over_leaves_the_window_as_it_is():
    room, viewer = quiet_room(), binary_viewer()
    viewer.poll(BinaryPoll(1, None), 0)
    first = room.take(viewer).tick
    viewer.start_over()
    room.tick(news=True)
    assert room.take(viewer) is None
    viewer.poll(BinaryPoll(1, first), room.now_s)
    assert room.take(viewer).keyframe


def test_json_is_sent_nothing_unasked_and_goes_on_after_a_change_of_bodies():
    room, viewer = quiet_room(), JsonViewer(connection=None, address="::1")
    assert viewer.frame_due(room.log, 0) is None
    viewer.poll(TextPoll(credit=2), 0)
    assert viewer.frame_due(room.log, 0) is not None
    viewer.start_over()
    assert viewer.frame_due(room.log, 0) is None, "no tick twice"
    room.tick(news=False)
    assert viewer.frame_due(room.log, 0) is not None


def test_a_viewer_keeps_its_connection_and_address():
    for kind in (BinaryViewer, JsonViewer):
        viewer = kind(connection="line", address="::7")
        assert (viewer.connection, viewer.address) == ("line", "::7")  # type: ignore[comparison-overlap]


def test_each_viewer_reads_its_own_dialect():
    binary, text = binary_viewer(), JsonViewer(connection=None, address="::1")
    poll = encode_poll(BinaryPoll(2, 7))
    assert binary.read(poll) == BinaryPoll(2, 7)
    assert text.read('{"type":"poll","credit":2}') == TextPoll(credit=2)
    assert text.read(b'{"type":"poll"}') == TextPoll(credit=1)
    for viewer in (binary, text):
        assert viewer.read('{"type":"opened","id":"a"}') == Opened(id="a")
    with pytest.raises(MalformedError):
        text.read(poll)
    with pytest.raises(MalformedError):
        binary.read(b'{"type":"poll"}')
    with pytest.raises(MalformedError, match="binary") as caught:
        binary.read('{"type":"poll"}')
    assert caught.value.field == "type"
