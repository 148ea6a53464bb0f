"""The last two seconds of drift, ready to send.

A frame for (last tick, now] is made once, however many viewers ask for it, and
so is its form on the wire.
"""

import json
from collections import deque
from functools import cached_property

from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode

from app.drift.frames import encode_delta, encode_keyframe, epoch_mark
from app.drift.simulation import Publication
from physics.current import STEP_HZ
from physics.snapshot import Snapshot

KEPT_TICKS = 2 * STEP_HZ  # a client further behind gets a keyframe


class Message:
    """What is sent to any number of sockets; its wire form is made once.

    Args:
        payload: Text or bytes, as the receiver's application sees it.
    """

    def __init__(self, payload: str | bytes) -> None:
        self.payload = payload

    @cached_property
    def wire(self) -> bytes:
        """The whole WebSocket frame, unmasked and uncompressed (RFC 6455, 5.2)."""
        if isinstance(self.payload, str):
            frame = WireFrame(Opcode.TEXT, self.payload.encode())
        else:
            frame = WireFrame(Opcode.BINARY, self.payload)
        return frame.serialize(mask=False)


def text_message(**fields: object) -> Message:
    """Make a text message of the protocol."""
    return Message(json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


class FrameLog:
    """Publications of one epoch, as frames.

    Args:
        epoch: Hex digits that name this life of the world.
        first: The state before anything moved.
    """

    def __init__(self, epoch: str, first: Publication) -> None:
        self.epoch = epoch
        self._mark = epoch_mark(epoch)
        self.newest = first
        self._reaches_back_to = first.tick
        self._blocks: deque[tuple[int, bytes]] = deque()
        self._made: dict[int | str, Message] = {}

    def append(self, publication: Publication) -> None:
        """Take in the newest publication."""
        self.newest = publication
        self._made.clear()
        if publication.records:
            self._blocks.append((publication.tick, publication.records))
        horizon = publication.tick - KEPT_TICKS
        self._reaches_back_to = max(self._reaches_back_to, horizon)
        while self._blocks and self._blocks[0][0] <= horizon:
            self._blocks.popleft()

    def restart(self, publication: Publication) -> None:
        """Begin again from a state that no delta leads to: bodies came or went."""
        self._blocks.clear()
        self._made.clear()
        self.newest = publication
        self._reaches_back_to = publication.tick

    def news_since(self, tick: int) -> bool:
        """Tell whether any body left its shadow after ``tick``."""
        return bool(self._blocks) and self._blocks[-1][0] > tick

    def delta(self, since_tick: int) -> Message | None:
        """Make the frame (since_tick, now], or None where a keyframe serves better."""
        if not self._reaches_back_to <= since_tick <= self.newest.tick:
            return None
        if since_tick not in self._made:
            blocks = [block for block in self._blocks if block[0] > since_tick]
            if sum(len(records) for _tick, records in blocks) > len(self.keyframe().payload):
                return None
            self._made[since_tick] = Message(
                encode_delta(self._mark, self.newest.tick, since_tick, blocks)
            )
        return self._made[since_tick]

    def keyframe(self) -> Message:
        """Make the frame that replaces everything."""
        if "keyframe" not in self._made:
            self._made["keyframe"] = Message(encode_keyframe(self._mark, self.newest.shadow))
        return self._made["keyframe"]

    def snapshot(self) -> Message:
        """Make the JSON frame: the true state of all bodies."""
        if "snapshot" not in self._made:
            self._made["snapshot"] = text_message(
                type="frame",
                epoch=self.epoch,
                tick=self.newest.tick,
                bodies=body_rows(self.newest.truth),
            )
        return self._made["snapshot"]


def body_rows(truth: Snapshot) -> list[list[float]]:
    """List ``[slot, x, y, angle, vx, vy, omega]`` of every body, rounded to 1/10,000."""
    states = truth.state.T.round(4).tolist()
    return [[slot, *state] for slot, state in zip(truth.slots.tolist(), states, strict=True)]
