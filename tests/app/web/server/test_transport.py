"""When a reader is too slow, and what is done then, without a reader."""

from types import SimpleNamespace

import pytest

from app.web.gate.limits import HEADER_DEADLINE_S, HIGH_WATER
from app.web.server.transport import DeadlineHttp, DriftSocket
from app.wire.outgoing import Outgoing


class Pipe:
    """A transport whose peer reads when it is told to."""

    def __init__(self):
        self.waiting = 0
        self.written = []
        self.is_aborted = self.is_closed = False

    def write(self, data):
        self.written.append(data)
        self.waiting += len(data)

    def read_all(self):
        self.waiting = 0

    def get_write_buffer_size(self):
        return self.waiting

    def is_closing(self):
        return self.is_aborted or self.is_closed

    def abort(self):
        self.is_aborted = True


@pytest.fixture
def pipe():
    return Pipe()


@pytest.fixture
def socket(pipe):
    socket = DriftSocket.__new__(DriftSocket)
    socket.transport = pipe
    socket.close_sent = socket.disconnected = False
    return socket


def message(size):
    """A message of so many bytes on the wire."""
    wire = Outgoing("x" * size).wire
    assert len(wire) > size
    return Outgoing("x" * (2 * size - len(wire)))


SMALL, LARGE = message(1_000), message(10 * HIGH_WATER)


def test_the_high_water_mark_is_64_kib():
    assert HIGH_WATER == 65_536


def test_a_message_is_written_in_its_wire_form(socket, pipe):
    socket.write(SMALL)
    assert pipe.written == [SMALL.wire]


def test_a_reader_with_as_much_outstanding_as_is_allowed_is_kept(socket, pipe):
    pipe.waiting = HIGH_WATER
    socket.write(SMALL)
    assert pipe.written == [SMALL.wire]
    assert not pipe.is_aborted


def test_a_reader_with_more_outstanding_is_dropped_and_sent_nothing(socket, pipe):
    pipe.waiting = HIGH_WATER + 1
    socket.write(SMALL)
    assert pipe.written == []
    assert pipe.is_aborted


def test_one_large_message_is_let_through_whole_with_what_follows_it(socket, pipe):
    for one in (LARGE, SMALL, SMALL):
        socket.write(one)
    assert pipe.written == [LARGE.wire, SMALL.wire, SMALL.wire]
    assert not pipe.is_aborted


def test_beside_a_large_message_no_more_than_the_mark_may_wait(socket, pipe):
    socket.write(LARGE)
    pipe.waiting = HIGH_WATER + len(LARGE.wire)
    socket.write(SMALL)
    assert not pipe.is_aborted
    pipe.waiting = HIGH_WATER + len(LARGE.wire) + 1
    socket.write(SMALL)
    assert pipe.is_aborted


def test_once_a_large_message_is_read_the_mark_holds_again(socket, pipe):
    socket.write(LARGE)
    pipe.read_all()
    socket.write(SMALL)
    pipe.waiting = HIGH_WATER + len(SMALL.wire) + 1
    socket.write(SMALL)
    assert pipe.is_aborted


@pytest.mark.parametrize("end", ["close_sent", "disconnected"])
def test_nothing_is_written_to_a_socket_at_its_end(socket, pipe, end):
    setattr(socket, end, True)
    pipe.waiting = 2 * HIGH_WATER
    socket.write(SMALL)
    assert pipe.written == []
    assert not pipe.is_aborted


def test_nothing_is_written_to_a_transport_that_closes(socket, pipe):
    pipe.is_closed = True
    socket.write(SMALL)
    assert pipe.written == []


# --- headers in time --------------------------------------------------------------


class Timer:
    def __init__(self, delay_s, act):
        self.delay_s = delay_s
        self.act = act
        self.is_cancelled = False

    def cancel(self):
        self.is_cancelled = True


class Loop:
    """Holds timers until they are asked for."""

    def __init__(self):
        self.timers = []

    def call_later(self, delay_s, act):
        self.timers.append(Timer(delay_s, act))
        return self.timers[-1]

    def running(self):
        return [timer for timer in self.timers if not timer.is_cancelled]


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def http(loop, pipe, monkeypatch):
    """A connection whose HTTP is somebody else's business."""
    base = DeadlineHttp.__mro__[1]
    for event in ("connection_made", "on_message_begin", "on_headers_complete", "connection_lost"):
        monkeypatch.setattr(base, event, lambda *_: None)
    http = DeadlineHttp.__new__(DeadlineHttp)
    http.loop, http.transport = loop, pipe
    return http


def test_who_sends_no_headers_is_cut_off_after_ten_seconds(http, loop, pipe):
    http.connection_made(pipe)
    (timer,) = loop.running()
    assert timer.delay_s == HEADER_DEADLINE_S == 10.0
    timer.act()
    assert pipe.is_aborted


def test_headers_in_time_stop_the_clock(http, loop, pipe):
    http.connection_made(pipe)
    http.on_message_begin()
    assert len(loop.running()) == 1
    http.on_headers_complete()
    assert loop.running() == []


def test_each_request_of_a_kept_connection_has_its_own_deadline(http, loop, pipe):
    http.connection_made(pipe)
    http.on_headers_complete()
    http.on_message_begin()
    assert len(loop.running()) == 1


def test_a_connection_that_is_lost_leaves_no_clock_running(http, loop, pipe):
    http.connection_made(pipe)
    http.connection_lost(None)
    assert loop.running() == []


# --- the end of a server ----------------------------------------------------------


@pytest.fixture
def ending(socket, loop, monkeypatch):
    """A socket whose server ends."""
    base = DriftSocket.__mro__[1]
    monkeypatch.setattr(base, "shutdown", lambda _: None)
    monkeypatch.setattr(base, "keepalive_timeout", lambda _: None)
    socket.loop = loop
    return socket


def test_a_restart_waits_a_second_for_a_reader_and_no_longer(ending, loop, pipe):
    pipe.waiting = 1
    ending.shutdown()
    (timer,) = loop.running()
    assert timer.delay_s == 1.0
    timer.act()
    assert pipe.is_aborted


def test_a_reader_that_has_read_all_is_given_its_time(ending, loop):
    ending.shutdown()
    assert loop.running() == []


def test_a_peer_that_answers_no_ping_is_dropped(ending, pipe):
    ending.keepalive_timeout()
    assert pipe.is_aborted


# --- text that is none ------------------------------------------------------------


def test_text_is_only_passed_on_if_it_is_utf8(socket, pipe, loop, monkeypatch):
    passed, told = [], []
    base = DriftSocket.__mro__[1]
    monkeypatch.setattr(base, "send_receive_event_to_app", lambda self: passed.append(self.frames))
    socket.loop, socket.close_timeout, socket.curr_msg_data_type = loop, 5.0, "text"
    pipe.close = lambda: None
    socket.queue = SimpleNamespace(put_nowait=told.append)
    socket.conn = SimpleNamespace(
        send_close=lambda *close: told.append(close), data_to_send=lambda: [b"end"]
    )
    # A letter may be cut in two by the frames that carry it.
    socket.frames = ["é".encode()[:1], "é".encode()[1:]]
    socket.send_receive_event_to_app()
    assert (len(passed), told) == (1, [])
    for _ in range(2):
        socket.frames = [b"\xff"]
        socket.send_receive_event_to_app()
    assert len(passed) == 1
    assert told == [
        {"type": "websocket.disconnect", "code": 1007},
        (1007, "text must be UTF-8"),
    ]
    assert pipe.written == [b"end"]
    assert [timer.delay_s for timer in loop.running()] == [5.0]
