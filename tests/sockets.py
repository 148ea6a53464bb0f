"""Clients of the drift socket, in JSON and in binary, as a stranger would write them."""

import json
import struct
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np
from websockets.sync.client import ClientConnection, connect

from app.wire.frames import NO_TICK, Frame, decode_frame
from app.wire.reference_client import ReferenceClient
from tests.waiting import PATIENCE_S


def opened(url: str, **options: Any) -> ClientConnection:
    """Connect; whoever asked closes."""
    timeouts = {"open_timeout": PATIENCE_S, "ping_timeout": None}
    return connect(url, compression=None, **timeouts, **options).__enter__()


def heard_until(
    receive: Callable[[float], str | bytes], wanted: Callable[[Any], bool], what: str
) -> Any:
    """Receive messages until one is wanted; what came instead is said.

    Args:
        receive: Gives the next message, or raises `TimeoutError` after so many seconds.
        wanted: Whether a message is the one; may keep the others.
        what: Is waited for.
    """
    deadline_s = time.monotonic() + PATIENCE_S
    others: list[str] = []
    while (left_s := deadline_s - time.monotonic()) > 0:
        try:
            message = receive(left_s)
        except TimeoutError:
            break
        if wanted(message):
            return message
        others.append(repr(message)[:200])
    told = f"waited {PATIENCE_S} s in vain for {what}; {len(others)} others came"
    raise AssertionError(f"{told}, the last: {others[-3:]}")


class JsonClient:
    """Speaks `link-drift.json.v1`."""

    def __init__(self, url: str, **options: Any) -> None:
        self.socket = opened(url, **options)
        self.events: list[dict[str, Any]] = []
        self.welcome = self.receive()
        assert self.welcome["type"] == "welcome"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def receive(self) -> dict[str, Any]:
        message = json.loads(self.socket.recv(timeout=PATIENCE_S))
        assert isinstance(message, dict)
        return message

    def wait_for(self, kind: str) -> dict[str, Any]:
        """Receive until a message of this type comes; the others are kept in `events`."""

        def wanted(text: str) -> bool:
            message = json.loads(text)
            if message["type"] == kind:
                return True
            self.events.append(message)
            return False

        found: dict[str, Any] = json.loads(
            heard_until(self.socket.recv, wanted, f"a message of type {kind!r}")
        )
        return found

    def poll(self) -> None:
        self.say(type="poll", credit=1)

    def frame(self) -> dict[str, Any]:
        self.poll()
        return self.wait_for("frame")

    def body(self, slot: int) -> list[float]:
        return next(row for row in self.frame()["bodies"] if row[0] == slot)


class BinaryClient:
    """Speaks `link-drift.v1`, and follows the shadow."""

    def __init__(self, url: str) -> None:
        origin = url.replace("ws://", "http://").removesuffix("/ws")
        self.socket = opened(url, subprotocols=["link-drift.v1"], origin=origin)
        self.texts: list[dict[str, Any]] = []
        self.bytes_received = 0
        self.welcome = json.loads(self.socket.recv(timeout=PATIENCE_S))
        assert self.welcome["type"] == "welcome"
        self.follower = ReferenceClient.welcomed(self.welcome)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def poll(self, credit: int = 1, *, afresh: bool = False) -> None:
        tick = self.follower.tick
        last = NO_TICK if tick is None or afresh else tick
        self.socket.send(struct.pack("<BBI", 1, credit, last))

    def frame(self) -> Frame:
        def wanted(message: str | bytes) -> bool:
            if isinstance(message, str):
                self.texts.append(json.loads(message))
                self.follower.hear(self.texts[-1])
            return isinstance(message, bytes)

        message = heard_until(self.socket.recv, wanted, "a frame")
        self.bytes_received += len(message)
        frame = decode_frame(message)
        self.follower.apply(frame)
        return frame

    def place(self, slot: int) -> tuple[float, float]:
        row = int(np.searchsorted(self.follower.slots, slot))
        x, y = self.follower.state[:2, row]
        return float(x), float(y)
