import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drift.frames import (
    NO_TICK,
    FrameError,
    Poll,
    decode_frame,
    decode_poll,
    encode_delta,
    encode_keyframe,
    encode_poll,
    encode_records,
)
from physics.shadow import Corrections
from physics.snapshot import Snapshot

coordinate = st.integers(0, 2**28)
signed = st.integers(-(2**20), 2**20)
record = st.tuples(coordinate, coordinate, signed, signed, signed, signed)


@st.composite
def corrections(draw, tick):
    records = draw(st.dictionaries(st.integers(0, 5_000), record, max_size=30))
    slots = np.array(sorted(records), dtype=np.int64)
    rows = [records[slot] for slot in sorted(records)]
    return Corrections(tick, slots, np.array(rows, dtype=np.int64).reshape(-1, 6).T)


@given(st.data())
def test_deltas_round_trip(data):
    told = [data.draw(corrections(tick)) for tick in (1_000_002, 1_000_004, 1_000_008)]
    blocks = [(one.tick, encode_records(one)) for one in told if len(one)]
    frame = decode_frame(encode_delta(0xBEEF, 1_000_008, 1_000_000, blocks))
    assert (frame.keyframe, frame.mark, frame.tick, frame.since) == (False, 0xBEEF, 1_000_008, 8)
    assert [block[0] for block in frame.blocks] == [one.tick for one in told if len(one)]
    for (_tick, slots, state), one in zip(frame.blocks, filter(len, told), strict=True):
        assert (slots == one.slots).all()
        assert (state == one.states).all()


@given(st.dictionaries(st.integers(0, 5_000), st.tuples(*[st.floats(-1e5, 1e5, width=32)] * 6)))
def test_keyframes_round_trip(bodies):
    slots = np.array(sorted(bodies), dtype=np.int64)
    state = np.array([bodies[slot] for slot in sorted(bodies)], dtype=float).reshape(-1, 6).T
    frame = decode_frame(encode_keyframe(7, Snapshot(99, slots.copy(), state.copy())))
    assert (frame.keyframe, frame.mark, frame.tick) == (True, 7, 99)
    ((tick, seen, values),) = frame.blocks
    assert tick == 99
    assert (seen == slots).all()
    assert (values == state).all()


def test_the_bytes_are_those_of_the_grammar():
    """One record written out by hand from PROTOCOL.md."""
    told = Corrections(12, np.array([3]), np.array([[300], [5], [-1], [64], [-65], [0]]))
    payload = encode_delta(0x0102, 14, 10, [(12, encode_records(told))])
    header = (2, 0x02, 0x01, 14, 0, 0, 0, 4)  # kind, epoch, tick, since
    block = (2, 1)  # age, count
    record = (3, 0xAC, 0x02, 5, 1, 0x80, 0x01, 0x81, 0x01, 0)
    assert payload == bytes((*header, *block, *record))


def test_no_corrections_need_no_bytes():
    nothing = Corrections(2, np.empty(0, dtype=np.int64), np.empty((6, 0), dtype=np.int64))
    assert encode_records(nothing) == b""


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_an_error(junk):
    try:
        frame = decode_frame(junk)
    except FrameError:
        return
    assert frame.tick >= 0


@given(st.binary(max_size=12))
def test_any_bytes_are_a_poll_or_an_error(junk):
    try:
        poll = decode_poll(junk)
    except FrameError:
        return
    assert encode_poll(poll) == junk


@pytest.mark.parametrize(
    "message", [b"", b"\x01", b"\x02\x01\0\0\0\0", b"\x01\0\0\0\0\0", b"\x01\x09\0\0\0\0", b"x" * 7]
)
def test_bad_polls_are_named(message):
    with pytest.raises(FrameError):
        decode_poll(message)


def test_a_poll_can_ask_for_everything():
    assert decode_poll(b"\x01\x03" + NO_TICK.to_bytes(4, "little")) == Poll(3, None)


def test_a_frame_cut_anywhere_is_an_error():
    told = Corrections(12, np.array([3]), np.array([[300], [5], [-1], [64], [-65], [0]]))
    whole = encode_delta(1, 12, 10, [(12, encode_records(told))])
    # The header alone is a frame: nothing left its shadow.
    for length in range(9, len(whole)):
        with pytest.raises(FrameError):
            decode_frame(whole[:length])
