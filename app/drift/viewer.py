"""A viewer: one socket's place in the drift, and the frame it is due next.

Each kind of viewer speaks one dialect of the protocol: it reads what its client
says, and answers its polls. A poll opens a window of frames. A frame is due when the
window is open and there is news, or when the poll has waited `PARK_S` for none. Time
comes in as monotonic seconds.
"""

from collections import deque
from typing import Protocol

from app.drift.frame_log import FrameLog
from app.wire.client_messages import ClientMessage, TextPoll, read_client_message
from app.wire.errors import MalformedError
from app.wire.frames import MOST_CREDIT, BinaryPoll, decode_poll
from app.wire.outgoing import Outgoing
from app.wire.subprotocols import BINARY

PARK_S = 0.95  # how long a poll without news is kept; looked at every 33 ms, so 1 s at most


class Connection(Protocol):
    """How a viewer is reached."""

    def write(self, message: Outgoing) -> None:
        """Send without waiting; a connection that cannot keep up is dropped."""


class Viewer(Protocol):
    """What the room knows of whoever watches.

    Attributes:
        connection: Where messages go.
        address: Where the viewer comes from.
    """

    connection: Connection
    address: str

    def read(self, payload: str | bytes) -> ClientMessage | BinaryPoll:
        """Read what its client said.

        Raises:
            MalformedError: It is no message of this viewer's dialect.
        """

    def poll(self, poll: TextPoll | BinaryPoll, now_s: float) -> None:
        """Ask for frames."""

    def frame_due(self, log: FrameLog, now_s: float) -> Outgoing | None:
        """Take the frame that is due now, if any."""

    def start_over(self) -> None:
        """Continue with a whole picture: bodies came or went."""


class BinaryViewer:
    """A viewer of `link-drift.v1`: deltas from what it was sent last."""

    def __init__(self, connection: Connection, address: str) -> None:
        self.connection = connection
        self.address = address
        self._credit = 0
        self._in_flight: deque[int] = deque()
        self._sent_tick: int | None = None
        self._polled_from: int | None = None
        self._waits_since_s = 0.0

    def read(self, payload: str | bytes) -> ClientMessage | BinaryPoll:
        """Read what its client said: polls are binary, all else is text."""
        if isinstance(payload, bytes):
            return decode_poll(payload)
        message = read_client_message(payload)
        if isinstance(message, TextPoll):
            raise MalformedError(f"{BINARY} polls in binary", "type")
        return message

    def poll(self, poll: TextPoll | BinaryPoll, now_s: float) -> None:
        """Set the window: frames sent after ``poll.last`` count against the credit."""
        assert isinstance(poll, BinaryPoll), "as `read` reads them"
        if not self._open:
            self._waits_since_s = now_s
        self._credit = poll.credit
        behind = self._sent_tick is None or poll.last is None or poll.last > self._sent_tick
        if behind:
            # It asks for a keyframe, or claims a tick it was never sent.
            self._sent_tick = None
            self._in_flight.clear()
            return
        while self._in_flight and self._in_flight[0] <= (poll.last or 0):
            self._in_flight.popleft()
        if not self._open and poll.last == self._polled_from:
            # Asked again from where it was: what is in flight never reached its picture.
            self._sent_tick = None
            self._in_flight.clear()
        self._polled_from = poll.last

    def start_over(self) -> None:
        """Continue with a keyframe."""
        self._sent_tick = None

    @property
    def _open(self) -> bool:
        return len(self._in_flight) < self._credit

    def frame_due(self, log: FrameLog, now_s: float) -> Outgoing | None:
        """Take the frame that is due now, if any."""
        if not self._open:
            return None
        frame = None
        if self._sent_tick is not None:
            if log.newest.tick <= self._sent_tick:
                return None
            if not log.news_since(self._sent_tick) and now_s - self._waits_since_s < PARK_S:
                return None
            frame = log.delta(self._sent_tick)
        self._sent_tick = log.newest.tick
        self._in_flight.append(self._sent_tick)
        self._waits_since_s = now_s
        return frame or log.keyframe()


class JsonViewer:
    """A viewer of `link-drift.json.v1`: whole snapshots, no tick twice."""

    def __init__(self, connection: Connection, address: str) -> None:
        self.connection = connection
        self.address = address
        self._credit = 0
        self._sent_tick: int | None = None

    def read(self, payload: str | bytes) -> ClientMessage | BinaryPoll:
        """Read what its client said: text, however it is sent."""
        return read_client_message(payload)

    def poll(self, poll: TextPoll | BinaryPoll, now_s: float) -> None:  # noqa: ARG002 - a snapshot is never waited for
        """Add to the credit."""
        self._credit = min(self._credit + poll.credit, MOST_CREDIT)

    def frame_due(self, log: FrameLog, now_s: float) -> Outgoing | None:  # noqa: ARG002 - a snapshot never waits for news
        """Take the frame that is due now, if any."""
        if self._credit == 0 or log.newest.tick == self._sent_tick:
            return None
        self._credit -= 1
        self._sent_tick = log.newest.tick
        return log.snapshot()

    def start_over(self) -> None:
        """Go on: a snapshot is whole as it is."""
