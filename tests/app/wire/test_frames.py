import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wire.errors import MalformedError
from app.wire.frames import (
    BinaryPoll,
    decode_frame,
    decode_poll,
    encode_delta,
    encode_keyframe,
    encode_poll,
    encode_records,
    epoch_mark,
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
    except MalformedError:
        return
    assert frame.tick >= 0


@given(st.binary(max_size=12))
def test_any_bytes_are_a_poll_or_an_error(junk):
    try:
        poll = decode_poll(junk)
    except MalformedError:
        return
    assert encode_poll(poll) == junk


@pytest.mark.parametrize(
    "message", [b"", b"\x01", b"\x02\x01\0\0\0\0", b"\x01\0\0\0\0\0", b"\x01\x09\0\0\0\0", b"x" * 7]
)
def test_bad_polls_are_named(message):
    with pytest.raises(MalformedError):
        decode_poll(message)


def test_a_poll_can_ask_for_everything():
    assert decode_poll(b"\x01\x03" + b"\xff\xff\xff\xff") == BinaryPoll(3, None)


def test_a_frame_cut_anywhere_is_an_error():
    told = Corrections(12, np.array([3]), np.array([[300], [5], [-1], [64], [-65], [0]]))
    whole = encode_delta(1, 12, 10, [(12, encode_records(told))])
    # The header alone is a frame: nothing left its shadow.
    for length in range(9, len(whole)):
        with pytest.raises(MalformedError):
            decode_frame(whole[:length])


@pytest.mark.parametrize("credit", [1, 8])
def test_a_poll_asks_for_one_to_eight_frames(credit):
    assert decode_poll(bytes((1, credit, 5, 0, 0, 0))) == BinaryPoll(credit, 5)


def test_a_poll_is_written_as_the_grammar_has_it():
    assert encode_poll(BinaryPoll(3, 0x01020304)) == bytes((1, 3, 4, 3, 2, 1))
    assert encode_poll(BinaryPoll(8, None)) == bytes((1, 8, 255, 255, 255, 255))


def test_a_mark_is_the_last_four_digits_of_the_epoch():
    assert epoch_mark("9f02c1d4") == 0xC1D4


def test_the_bytes_of_a_keyframe_are_those_of_the_grammar():
    state = np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, -2.0]])
    payload = encode_keyframe(0x0102, Snapshot(260, np.array([3, 5]), state))
    header = (1, 0x02, 0x01, 4, 1, 0, 0, 2)  # kind, epoch, tick, count
    one, two, minus_two, zero = (0, 0, 128, 63), (0, 0, 0, 64), (0, 0, 0, 192), (0, 0, 0, 0)
    first = (3, *one, *two, *zero * 4)
    second = (1, *zero * 5, *minus_two)
    assert payload == bytes((*header, *first, *second))


def test_ticks_travel_in_32_bits_and_wrap():
    wrapped = 0x1_0000_0005
    nothing = Snapshot(wrapped, np.array([0]), np.zeros((6, 1)))
    assert decode_frame(encode_keyframe(1, nothing)).tick == 5
    assert decode_frame(encode_delta(1, wrapped, wrapped - 2, [])).tick == 5
    assert decode_poll(encode_poll(BinaryPoll(1, wrapped))).last == 5


@pytest.mark.parametrize("value", [0, 127, 128, 2**14 - 1, 2**14, 2**21, 2**28 - 1, 2**28, 2**31])
def test_numbers_of_every_length_come_through(value):
    """One to five bytes, at their edges."""
    told = Corrections(2, np.array([0, 4_000]), np.array([[value, 1]] * 2 + [[0, 0]] * 4))
    frame = decode_frame(encode_delta(1, 2, 0, [(2, encode_records(told))]))
    ((_, slots, state),) = frame.blocks
    assert slots.tolist() == [0, 4_000]
    assert state[0].tolist() == [value / 16, 1 / 16]


@pytest.mark.parametrize("age", [0, 127, 128, 20_000])
def test_ages_and_distances_of_every_length_come_through(age):
    told = Corrections(2, np.array([3]), np.ones((6, 1), dtype=np.int64))
    frame = decode_frame(
        encode_delta(1, 50_000, 50_000 - age, [(50_000 - age, encode_records(told))])
    )
    assert frame.since == age
    assert frame.blocks[0][0] == 50_000 - age


def test_a_number_longer_than_five_bytes_is_an_error():
    header = bytes((2, 0, 0, 9, 0, 0, 0))
    assert decode_frame(header + b"\x80\x80\x80\x80\x01").since == 2**28
    with pytest.raises(MalformedError, match="five bytes"):
        decode_frame(header + b"\x80\x80\x80\x80\x80\x01")


def test_a_keyframe_with_more_behind_it_is_an_error():
    whole = encode_keyframe(1, Snapshot(2, np.array([0]), np.zeros((6, 1))))
    assert decode_frame(whole).keyframe
    with pytest.raises(MalformedError, match="1 bytes follow"):
        decode_frame(whole + b"\0")
    with pytest.raises(MalformedError, match="ends early"):
        decode_frame(whole[:-1])


@pytest.mark.parametrize("kind", [0, 3, 255])
def test_frames_of_other_kinds_are_errors(kind):
    with pytest.raises(MalformedError, match=f"kind {kind}"):
        decode_frame(bytes((kind, 0, 0, 0, 0, 0, 0, 0)))


def test_blocks_keep_their_order():
    """Oldest first: of two records of one body the later holds."""
    told = [Corrections(tick, np.array([1]), np.full((6, 1), tick)) for tick in (4, 6)]
    frame = decode_frame(encode_delta(1, 8, 2, [(one.tick, encode_records(one)) for one in told]))
    assert [tick for tick, _, _ in frame.blocks] == [4, 6]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"\x01\x01\0", "a poll is 6 bytes, not 3"),
        (bytes([9, 1, 0, 0, 0, 0]), "message kind 9 is not a poll (1)"),
        (bytes([1, 9, 0, 0, 0, 0]), "credit 9 is not within 1 to 8"),
    ],
)
def test_a_bad_poll_is_told_what_is_wrong(message, words):
    with pytest.raises(MalformedError) as caught:
        decode_poll(message)
    assert str(caught.value) == words


def test_a_mark_is_taken_from_the_end_of_an_epoch_of_any_length():
    assert epoch_mark("0123456789abcdef") == 0xCDEF
    assert epoch_mark("beef") == 0xBEEF


def test_127_is_one_byte_and_128_are_two():
    assert [len(encode_delta(0, since, 0, [])) - 7 for since in (127, 128)] == [1, 2]


def test_a_keyframe_follows_nothing_and_is_of_plain_numbers():
    slots = np.array([0, 3])
    frame = decode_frame(encode_keyframe(7, Snapshot(99, slots, np.zeros((6, 2)))))
    assert frame.since == 0
    ((_tick, seen, state),) = frame.blocks
    assert (seen.dtype.name, state.dtype.name) == ("int64", "float64")


def test_frames_of_nobody_keep_their_shape():
    empty = Snapshot(99, np.array([], dtype=np.int64), np.zeros((6, 0)))
    ((_tick, slots, state),) = decode_frame(encode_keyframe(7, empty)).blocks
    assert (slots.dtype.name, slots.shape, state.shape) == ("int64", (0,), (6, 0))


def test_a_number_of_six_bytes_is_told_to_be_too_long():
    message = encode_delta(0, 0, 0, [])[:-1] + b"\x80" * 5 + b"\x01"
    with pytest.raises(MalformedError, match=r"^a varint is longer than five bytes$"):
        decode_frame(message)
