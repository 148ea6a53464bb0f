"""The last two seconds of drift, ready to send.

A frame for (last tick, now] is made once, however many viewers ask for it, and
so is its form on the wire.
"""

from collections import deque

from app.drift.publication import Publication
from app.wire.frames import encode_delta, encode_keyframe, epoch_mark
from app.wire.outgoing import Outgoing
from app.wire.server_messages import JsonFrame, Row
from physics.current import STEP_HZ
from physics.snapshot import Snapshot

KEPT_TICKS = 2 * STEP_HZ  # a client further behind gets a keyframe


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
        self._made: dict[int | str, Outgoing] = {}

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

    def delta(self, since_tick: int) -> Outgoing | None:
        """Make the frame (since_tick, now], or None where a keyframe serves better."""
        if not self._reaches_back_to <= since_tick <= self.newest.tick:
            return None
        if since_tick not in self._made:
            blocks = [block for block in self._blocks if block[0] > since_tick]
            if sum(len(records) for _tick, records in blocks) > len(self.keyframe().payload):
                return None
            self._made[since_tick] = Outgoing(
                encode_delta(self._mark, self.newest.tick, since_tick, blocks)
            )
        return self._made[since_tick]

    def keyframe(self) -> Outgoing:
        """Make the frame that replaces everything."""
        if "keyframe" not in self._made:
            self._made["keyframe"] = Outgoing(encode_keyframe(self._mark, self.newest.shadow))
        return self._made["keyframe"]

    def snapshot(self) -> Outgoing:
        """Make the JSON frame: the true state of all bodies."""
        if "snapshot" not in self._made:
            self._made["snapshot"] = JsonFrame(
                epoch=self.epoch,
                tick=self.newest.tick,
                bodies=body_rows(self.newest.truth),
            ).outgoing()
        return self._made["snapshot"]


def body_rows(truth: Snapshot) -> tuple[Row, ...]:
    """List ``(slot, x, y, angle, vx, vy, omega)`` of every body, rounded to 1/10,000."""
    states = truth.state.T.round(4).tolist()
    return tuple((slot, *state) for slot, state in zip(truth.slots.tolist(), states, strict=True))
