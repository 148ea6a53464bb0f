"""Binary frames of `link-drift.v1`: the grammar of PROTOCOL.md, both ways.

Encoders run once per network tick, whoever watches; decoders serve the server's
polls and the reference client.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.wire.errors import MalformedError
from physics.flight import ANGLE
from physics.shadow import QUANTA, Corrections, IntArray
from physics.snapshot import Snapshot

POLL = 1
KEYFRAME, DELTA = 1, 2
NO_TICK = 0xFFFF_FFFF
_TICKS = 0x1_0000_0000  # ticks travel as u32: 828 days at 60 Hz
MOST_CREDIT = 8

_POLL = struct.Struct("<BBI")
_HEADER = struct.Struct("<BHI")


@dataclass(frozen=True, slots=True)
class BinaryPoll:
    """A client's request: up to ``credit`` frames in flight after tick ``last``."""

    credit: int
    last: int | None


def encode_poll(poll: BinaryPoll) -> bytes:
    """Write a poll as a client sends it."""
    return _POLL.pack(POLL, poll.credit, NO_TICK if poll.last is None else poll.last % _TICKS)


def decode_poll(message: bytes) -> BinaryPoll:
    """Read a poll.

    Raises:
        MalformedError: Wrong length, kind or credit.
    """
    if len(message) != _POLL.size:
        raise MalformedError(f"a poll is {_POLL.size} bytes, not {len(message)}")
    kind, credit, last = _POLL.unpack(message)
    if kind != POLL:
        raise MalformedError(f"message kind {kind} is not a poll ({POLL})")
    if not 1 <= credit <= MOST_CREDIT:
        raise MalformedError(f"credit {credit} is not within 1 to {MOST_CREDIT}")
    return BinaryPoll(credit, None if last == NO_TICK else last)


def epoch_mark(epoch: str) -> int:
    """The epoch as frames carry it: its last four hex digits."""
    return int(epoch[-4:], 16)


# --- encoding -----------------------------------------------------------------


def encode_records(corrections: Corrections) -> bytes:
    """Write a block without its age: count and records. Empty corrections give no bytes."""
    count = len(corrections)
    if count == 0:
        return b""
    columns = np.empty((count, 7), dtype=np.int64)
    columns[:, 0] = _gaps(corrections.slots)
    columns[:, 1:] = corrections.quantised.T
    signed = columns[:, 1 + ANGLE :]
    columns[:, 1 + ANGLE :] = (signed << 1) ^ (signed >> 63)
    return _varint(count) + _varints(columns.ravel())


def encode_delta(mark: int, tick: int, since_tick: int, blocks: list[tuple[int, bytes]]) -> bytes:
    """Write a delta frame from ``(tick, records)`` blocks, oldest first."""
    parts = [_HEADER.pack(DELTA, mark, tick % _TICKS), _varint(tick - since_tick)]
    for block_tick, records in blocks:
        parts += (_varint(tick - block_tick), records)
    return b"".join(parts)


def encode_keyframe(mark: int, shadow: Snapshot) -> bytes:
    """Write a keyframe from the shadows of all bodies."""
    count = len(shadow.slots)
    states = shadow.state.T.astype("<f4")
    parts = [_HEADER.pack(KEYFRAME, mark, shadow.tick % _TICKS), _varint(count)]
    for gap, state in zip(_gaps(shadow.slots).tolist(), states, strict=True):
        parts += (_varint(gap), state.tobytes())
    return b"".join(parts)


def _gaps(slots: IntArray) -> IntArray:
    """Rising slots as distances, less one, to the slot before."""
    return np.diff(slots, prepend=-1) - 1


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _varints(values: IntArray) -> bytes:
    """Write non-negative integers below 2³⁵ as LEB128, all at once."""
    lengths = np.ones(len(values), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        lengths += values >= 1 << bits
    ends = np.cumsum(lengths)
    starts = ends - lengths
    out = np.empty(int(ends[-1]), dtype=np.uint8)
    for place in range(5):
        rows = lengths > place
        if not rows.any():
            break
        septet = (values[rows] >> (7 * place)) & 0x7F
        more = (lengths[rows] > place + 1).astype(np.int64) << 7
        out[starts[rows] + place] = septet | more
    return out.tobytes()


# --- decoding -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """A decoded frame.

    Attributes:
        keyframe: Whether it replaces everything.
        mark: The epoch's mark.
        tick: The tick it brings a client to.
        since: Ticks since the frame before it; 0 for a keyframe.
        blocks: ``(tick, slots, state)`` with ``(k,)`` slots and ``(6, k)`` states.
    """

    keyframe: bool
    mark: int
    tick: int
    since: int
    blocks: tuple[tuple[int, IntArray, NDArray[np.float64]], ...]


def decode_frame(message: bytes) -> Frame:
    """Read a frame.

    Raises:
        MalformedError: The bytes end early, run on, or are of no known kind.
    """
    try:
        kind, mark, tick = _HEADER.unpack_from(message)
        if kind == KEYFRAME:
            return _decode_keyframe(message, mark, tick)
        if kind == DELTA:
            return _decode_delta(message, mark, tick)
    except (IndexError, struct.error, OverflowError) as error:
        raise MalformedError(f"frame of {len(message)} bytes ends early") from error
    raise MalformedError(f"frame kind {kind} is unknown")


class _Reader:
    """A place in a message."""

    def __init__(self, message: bytes, at: int) -> None:
        self.message = message
        self.at = at

    def uv(self) -> int:
        value = shift = 0
        while True:
            byte = self.message[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 28:
                raise MalformedError("a varint is longer than five bytes")

    def sv(self) -> int:
        value = self.uv()
        return (value >> 1) ^ -(value & 1)

    def slots(self, count: int) -> Iterator[int]:
        slot = -1
        for _ in range(count):
            slot += self.uv() + 1
            yield slot


def _decode_keyframe(message: bytes, mark: int, tick: int) -> Frame:
    reader = _Reader(message, _HEADER.size)
    slots, states = [], []
    for slot in reader.slots(reader.uv()):
        slots.append(slot)
        states.append(struct.unpack_from("<6f", message, reader.at))
        reader.at += 24
    if reader.at != len(message):
        raise MalformedError(f"{len(message) - reader.at} bytes follow the keyframe")
    state = np.array(states, dtype=np.float64).reshape(-1, 6).T
    block = (tick, np.array(slots, dtype=np.int64), state)
    return Frame(keyframe=True, mark=mark, tick=tick, since=0, blocks=(block,))


def _decode_delta(message: bytes, mark: int, tick: int) -> Frame:
    reader = _Reader(message, _HEADER.size)
    since = reader.uv()
    blocks = []
    while reader.at < len(message):
        block_tick = tick - reader.uv()
        slots, rows = [], []
        for slot in reader.slots(reader.uv()):
            slots.append(slot)
            rows.append([reader.uv(), reader.uv(), *(reader.sv() for _ in range(4))])
        quantised = np.array(rows, dtype=np.int64).reshape(-1, 6).T
        blocks.append((block_tick, np.array(slots, dtype=np.int64), quantised * QUANTA.column))
    return Frame(keyframe=False, mark=mark, tick=tick, since=since, blocks=tuple(blocks))
