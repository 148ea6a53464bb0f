"""One socket's conversation, without a socket: its limits, its refusals and its end."""

import asyncio
import json
import struct
from types import SimpleNamespace

import pytest

from app.archive.errors import UnknownTagError
from app.drift import room as drift
from app.drift.errors import AlreadyHoldingError, HeldError, NotHoldingError
from app.lucky.picking import Pick
from app.web.gate.limits import MALFORMED_BURST, MESSAGES_BURST, MESSAGES_PER_S
from app.web.routes import socket as sockets
from app.web.routes.socket import Session
from app.web.server.transport import EXTENSION
from app.wire.frames import NO_TICK
from app.wire.subprotocols import BINARY, JSON
from tests.some_links import make_archive, make_link

GOOD = {"text": '{"type":"poll","credit":1}'}
JUNK = {"text": "junk"}
POLL = {"bytes": struct.pack("<BBI", 1, 3, NO_TICK)}


class Room(drift.Room):
    """Hears as a room does; notes down what it is asked to do, refuses what it is told to."""

    def __init__(self):
        self._clock = lambda: 0.0
        self.calls = []
        self.refusal = None

    def join(self, viewer):
        self.calls.append(("join", viewer))

    def leave(self, viewer):
        self.calls.append(("leave", viewer))

    def serve(self, viewer):
        self.calls.append(("serve", viewer))

    def lease_of(self, _viewer):
        if self.refusal is not None:
            raise self.refusal
        return SimpleNamespace(link_id="link0001")

    def grab(self, link_id, x, y, *, holder, address):
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(("grab", link_id, x, y, holder, address))

    def move(self, lease, x, y):
        self.calls.append(("move", lease.link_id, x, y))

    def release(self, lease):
        self.calls.append(("release", lease.link_id))

    def fling(self, link_id, vx, vy, *, lease=None):
        self.calls.append(("fling", link_id, vx, vy, lease.link_id))


class Site:
    def __init__(self):
        self.room = Room()
        self.archive = make_archive(2)
        self.opening = []

    def opened(self, link, address):
        self.opening.append((link.id, address))

    def carry(self, tag, exclude, address):
        if tag == "nowhere":
            raise UnknownTagError(tag)
        self.carried = (tag, exclude, address)
        return Pick(link=make_link(1), why="because")


class Clock:
    now_s = 1_000.0

    def monotonic(self):
        return self.now_s


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(sockets, "time", clock)
    monkeypatch.setattr(sockets, "permalink", lambda _, link: f"http://links.example/l/{link.id}")
    return clock


@pytest.fixture
def converse(site, clock):
    """Say these messages, a number being seconds that pass; returns what was answered."""

    def converse(*messages, subprotocol=JSON):
        said, closed = [], []
        waiting = [*messages, {"type": "websocket.disconnect"}]

        async def receive():
            while isinstance(waiting[0], int | float):
                clock.now_s += waiting.pop(0)
            return {"type": "websocket.receive"} | waiting.pop(0)

        async def close(code, reason):
            closed.append((code, reason))

        def write(message):
            said.append(json.loads(message.payload))

        websocket = SimpleNamespace(
            scope={"extensions": {EXTENSION: SimpleNamespace(write=write)}},
            receive=receive,
            close=close,
        )
        asyncio.run(Session(site, websocket, subprotocol, "192.0.2.7").run())
        return said, closed

    return converse


def saying(**message):
    return {"text": json.dumps(message)}


# --- joining and leaving ----------------------------------------------------------


def test_a_viewer_joins_and_leaves_again(site, converse):
    converse()
    assert [name for name, _ in site.room.calls] == ["join", "leave"]


def test_a_viewer_leaves_even_if_its_session_fails(site, converse):
    site.room.serve = None
    with pytest.raises(TypeError):
        converse(GOOD)
    assert site.room.calls[-1][0] == "leave"


def test_a_viewer_that_is_closed_leaves(site, converse):
    converse(*[JUNK] * 100)
    assert site.room.calls[-1][0] == "leave"


# --- limits -----------------------------------------------------------------------


def test_a_burst_is_served_and_what_exceeds_it_closes(site, converse):
    _, closed = converse(*[GOOD] * int(MESSAGES_BURST))
    assert closed == []
    _, closed = converse(*[GOOD] * int(MESSAGES_BURST + 1))
    assert closed == [(1008, "too many messages")]
    assert sum(name == "serve" for name, *_ in site.room.calls) == 2 * MESSAGES_BURST


def test_sixty_a_second_are_served_for_ever(converse):
    second = [GOOD] * int(MESSAGES_PER_S)
    _, closed = converse(*second, 1, *second, 1, *second, 1, *second, 1, *second)
    assert closed == []


def test_malformed_messages_are_forgiven_twenty_times(converse):
    said, closed = converse(*[JUNK] * int(MALFORMED_BURST))
    assert closed == []
    assert [one["code"] for one in said] == ["malformed"] * 20
    _, closed = converse(*[JUNK] * int(MALFORMED_BURST + 1))
    assert closed == [(1007, "malformed again and again")]


def test_a_malformed_message_is_forgotten_after_ten_seconds(converse):
    _, closed = converse(*[JUNK] * 20, 10, JUNK)
    assert closed == []
    _, closed = converse(*[JUNK] * 20, 9.9, JUNK)
    assert closed == [(1007, "malformed again and again")]


def test_refusals_are_no_malformed_messages(site, converse):
    site.room.refusal = NotHoldingError("nothing in hand")
    said, closed = converse(*[saying(type="move", x=1, y=1)] * 50)
    assert [one["code"] for one in said] == ["not_holding"] * 50
    assert closed == []


# --- what is said -----------------------------------------------------------------


def test_each_message_does_what_it_says(site, converse):
    converse(
        saying(type="grab", id="link0001", x=1, y=2),
        saying(type="move", x=3, y=4),
        saying(type="fling", vx=5, vy=-6),
        saying(type="fling"),
        saying(type="opened", id="link0000"),
    )
    viewer = site.room.calls[0][1]
    assert site.room.calls[1:-1] == [
        ("grab", "link0001", 1, 2, viewer, "192.0.2.7"),
        ("move", "link0001", 3, 4),
        ("fling", "link0001", 5, -6, "link0001"),
        ("release", "link0001"),
    ]
    assert site.opening == [("link0000", "192.0.2.7")]


def test_luck_is_answered_with_the_pick_its_reason_and_where_to_show_it(site, converse):
    said, _ = converse(saying(type="lucky", tag="papers", exclude=["a", "b"]))
    assert site.carried == ("papers", ["a", "b"], "192.0.2.7")
    link = make_link(1).model_dump(mode="json", exclude_none=True)
    assert said == [
        {
            "type": "pick",
            "link": link,
            "why": "because",
            "permalink": "http://links.example/l/link0001",
        }
    ]


@pytest.mark.parametrize(
    ("message", "code", "field"),
    [
        ({"type": "opened", "id": "nowhere"}, "unknown_link", "id"),
        ({"type": "lucky", "tag": "nowhere"}, "unknown_tag", "tag"),
        ({"type": "grab", "id": 7, "x": 1, "y": 1}, "malformed", "id"),
    ],
)
def test_what_is_not_there_is_named_with_its_field(converse, message, code, field):
    ((one,), closed) = converse(saying(**message))
    assert (one["type"], one["code"], one["field"]) == ("error", code, field)
    assert one["detail"]
    assert closed == []


def test_a_grab_of_what_another_holds_is_told_twice(site, converse):
    site.room.refusal = HeldError("another visitor holds it")
    said, _ = converse(saying(type="grab", id="link0001", x=1, y=1))
    assert said[0] == {"type": "held", "id": "link0001", "by_me": False}
    assert (said[1]["type"], said[1]["code"]) == ("error", "held")
    assert len(said) == 2


def test_a_second_grab_of_one_hand_is_told_once(site, converse):
    site.room.refusal = AlreadyHoldingError("a link is in hand")
    said, _ = converse(saying(type="grab", id="link0001", x=1, y=1))
    assert [one.get("code") for one in said] == ["already_holding"]


# --- subprotocols -----------------------------------------------------------------


def test_the_page_polls_in_binary(site, converse):
    said, _ = converse(POLL, subprotocol=BINARY)
    assert said == []
    assert site.room.calls[1][0] == "serve"


def test_the_page_does_not_poll_in_text(site, converse):
    ((one,), _) = converse(GOOD, subprotocol=BINARY)
    assert (one["code"], one["field"]) == ("malformed", "type")
    assert [name for name, *_ in site.room.calls] == ["join", "leave"]


def test_a_binary_message_that_is_no_poll_is_malformed_and_forgiven_like_any(converse):
    said, closed = converse(*[{"bytes": b"\xff"}] * 21, subprotocol=BINARY)
    assert {one["code"] for one in said} == {"malformed"}
    assert closed == [(1007, "malformed again and again")]


@pytest.mark.parametrize("subprotocol", [JSON, None])
def test_json_may_come_as_bytes_to_who_speaks_json(site, converse, subprotocol):
    said, _ = converse({"bytes": GOOD["text"].encode()}, subprotocol=subprotocol)
    assert said == []
    assert site.room.calls[1][0] == "serve"
