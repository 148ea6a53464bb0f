"""What is kept ready to send, and what is no longer."""

import json

import numpy as np
import pytest

from app.drift.frame_log import FrameLog, body_rows
from app.drift.publication import Publication
from app.wire.frames import decode_frame, encode_records
from app.wire.outgoing import Outgoing
from app.wire.server_messages import Released
from physics.shadow import Corrections
from physics.snapshot import Snapshot

KEPT_TICKS = 120  # two seconds: what PROTOCOL.md promises a slow client
BODIES = 40


def snapshot(tick, fill=0.0):
    return Snapshot(tick, np.arange(BODIES), np.full((6, BODIES), float(fill)))


def publication(tick, *, moved=(), fill=0.0):
    """A network tick at which these slots left their shadows."""
    slots = np.array(moved, dtype=np.int64)
    told = Corrections(tick, slots, np.full((6, len(moved)), 160, dtype=np.int64))
    return Publication(tick, encode_records(told), snapshot(tick, fill), snapshot(tick, -fill), {})


def log_with(news, until):
    """A log of two-tick publications up to ``until``; ``news``: tick → slots."""
    log = FrameLog("9f02c1d4", publication(0))
    for tick in range(2, until + 2, 2):
        log.append(publication(tick, moved=news.get(tick, ())))
    return log


def told(log, since):
    """What a delta tells: tick → slots; None where there is none."""
    message = log.delta(since)
    if message is None:
        return None
    frame = decode_frame(message.payload)
    assert (frame.keyframe, frame.tick, frame.since) == (
        False,
        log.newest.tick,
        log.newest.tick - since,
    )
    return {tick: slots.tolist() for tick, slots, _ in frame.blocks}


def test_a_delta_tells_what_happened_after_the_tick_asked_from_and_nothing_before():
    log = log_with({4: [1], 6: [2], 10: [3, 4]}, until=12)
    assert told(log, 2) == {4: [1], 6: [2], 10: [3, 4]}
    assert told(log, 4) == {6: [2], 10: [3, 4]}
    assert told(log, 10) == told(log, 12) == {}


def test_with_sparse_news_a_client_more_than_two_seconds_behind_gets_no_delta():
    """A delta from there would lack the news that is no longer kept."""
    log = log_with({10: [1], 190: [2]}, until=200)
    assert told(log, 8) is None
    assert told(log, 200 - KEPT_TICKS - 2) is None


def test_a_client_two_seconds_behind_still_gets_a_delta():
    log = log_with({82: [1], 190: [2]}, until=200)
    assert told(log, 200 - KEPT_TICKS) == {82: [1], 190: [2]}


def test_what_is_older_than_two_seconds_is_let_go():
    log = log_with({tick: [1] for tick in range(2, 1_002, 2)}, until=1_000)
    assert len(log._blocks) == KEPT_TICKS // 2


def test_nothing_leads_to_the_state_a_log_begins_with():
    log = FrameLog("9f02c1d4", publication(500))
    log.append(publication(502, moved=[1]))
    assert told(log, 498) is None
    assert told(log, 500) == {502: [1]}


def test_no_delta_leads_from_the_future():
    log = log_with({}, until=20)
    assert told(log, 20) == {}
    assert told(log, 21) is None


def test_a_delta_longer_than_a_keyframe_is_none():
    news = {tick: range(BODIES) for tick in range(2, 12, 2)}
    log = log_with(news, until=10)
    assert told(log, 0) is None
    assert told(log, 8) is not None


@pytest.mark.parametrize("tick", [10, 12, 13])
def test_there_is_news_only_after_the_tick_asked_from(tick):
    log = log_with({4: [1], 12: [2]}, until=20)
    assert log.news_since(tick) is (tick < 12)


def test_a_log_without_news_has_none():
    assert not log_with({}, until=20).news_since(0)


def test_a_keyframe_is_the_newest_shadow():
    log = log_with({}, until=2)
    log.keyframe()
    log.append(publication(4, fill=7))
    frame = decode_frame(log.keyframe().payload)
    assert (frame.keyframe, frame.mark, frame.tick) == (True, 0xC1D4, 4)
    ((_, slots, state),) = frame.blocks
    assert slots.tolist() == list(range(BODIES))
    assert (state == 7).all()


def test_a_snapshot_is_the_newest_truth():
    log = log_with({}, until=2)
    log.snapshot()
    log.append(publication(4, fill=7))
    frame = json.loads(log.snapshot().payload)
    assert (frame["type"], frame["epoch"], frame["tick"]) == ("frame", "9f02c1d4", 4)
    assert frame["bodies"][3] == [3, -7, -7, -7, -7, -7, -7]


@pytest.mark.parametrize("kind", ["keyframe", "snapshot"])
def test_a_restart_forgets_the_pictures_of_before(kind):
    """Bodies came or went at the very tick that was pictured already."""
    log = log_with({}, until=4)
    before = getattr(log, kind)().payload
    log.restart(publication(4, fill=9))
    after = getattr(log, kind)().payload
    assert after != before
    assert str(after) == str(getattr(FrameLog("9f02c1d4", publication(4, fill=9)), kind)().payload)


def test_a_restart_forgets_the_deltas_of_before():
    log = log_with({4: [1]}, until=4)
    assert told(log, 4) == {}
    log.restart(publication(6))
    assert told(log, 2) is None
    assert told(log, 4) is None
    assert not log.news_since(0)
    log.append(publication(8, moved=[2]))
    assert told(log, 6) == {8: [2]}


def test_each_frame_is_made_once():
    log = log_with({4: [1]}, until=6)
    assert log.keyframe() is log.keyframe()
    assert log.snapshot() is log.snapshot()
    assert log.delta(2) is log.delta(2)
    assert log.delta(2) is not log.delta(4)


def test_the_next_publication_makes_every_frame_anew():
    log = log_with({4: [1]}, until=6)
    before = log.delta(2)
    log.append(publication(8))
    assert log.delta(2) is not before
    assert told(log, 2) == {4: [1]}


def test_the_newest_is_what_was_taken_in_last():
    log = log_with({}, until=6)
    newest = publication(8)
    log.append(newest)
    assert log.newest is newest


def test_a_text_goes_out_as_one_unmasked_text_frame():
    assert Outgoing("hé").wire == b"\x81\x03h\xc3\xa9"


def test_bytes_go_out_as_one_unmasked_binary_frame():
    assert Outgoing(b"\x00\xff").wire == b"\x82\x02\x00\xff"
    long = Outgoing(bytes(300)).wire
    assert long[:4] == b"\x82\x7e\x01\x2c"


def test_a_wire_form_is_made_once():
    message = Outgoing("x")
    assert message.wire is message.wire


def test_texts_are_compact_and_keep_their_letters():
    assert Released(id="책").outgoing().payload == '{"type":"released","id":"책"}'


def test_rows_are_rounded_to_ten_thousandths():
    state = np.array([[1.23456], [-2.00004], [0.99996], [5], [1e-9], [3.14159265]])
    rows = body_rows(Snapshot(1, np.array([12]), state))
    assert rows == ((12, 1.2346, -2.0, 1.0, 5.0, 0.0, 3.1416),)
    assert isinstance(rows[0][0], int)
