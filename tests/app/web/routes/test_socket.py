import contextlib
import json
import math
import socket as sockets
import struct
import time

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from app.drift.frame_log import KEPT_TICKS
from app.drift.leases import MOST_PER_ADDRESS
from app.web.gate.limits import CARRIES_BURST, CARRIES_PER_S
from app.wire.outgoing import Outgoing
from physics.carrying import GLOW_TICKS
from tests.servers import serving, serving_one
from tests.sockets import BinaryClient, JsonClient, heard_until
from tests.waiting import PATIENCE_S, wait_until


@pytest.fixture(autouse=True)
def empty_room(running):
    """The hands of the test before are gone: a socket may be closed before the room knows."""
    room = running.site.room
    wait_until(lambda: not room._viewers and not len(room._leases), "an empty room")


@pytest.fixture
def anna(running):
    with JsonClient(running.socket_url) as client:
        yield client


@pytest.fixture
def bert(running):
    with JsonClient(running.socket_url) as client:
        yield client


def grab(client, number):
    """Take the link in a slot by its middle."""
    link = client.welcome["links"][number]
    _slot, x, y, *_ = client.body(number)
    client.say(type="grab", id=link["id"], x=x, y=y)
    return link, x, y


# --- welcome and frames -------------------------------------------------------


def test_welcome_names_every_link_and_the_world(anna):
    welcome = anna.welcome
    assert welcome["step_hz"] == 60
    assert len(welcome["links"]) == 101
    assert len({link["slot"] for link in welcome["links"]}) == 101
    first = welcome["links"][0]
    assert first["url"].startswith("https://")
    assert first["width"] > first["height"] > 24
    assert welcome["world"]["width"] / welcome["world"]["height"] == pytest.approx(16 / 9, rel=0.01)


def test_a_hundred_polls_give_a_hundred_rising_frames(anna):
    frames = [anna.frame() for _ in range(100)]
    ticks = [frame["tick"] for frame in frames]
    assert ticks == sorted(set(ticks))
    assert {frame["epoch"] for frame in frames} == {anna.welcome["epoch"]}
    assert all(len(frame["bodies"]) == 101 for frame in frames)


def test_credit_is_answered_that_often(anna):
    anna.say(type="poll", credit=8)
    ticks = [anna.wait_for("frame")["tick"] for _ in range(8)]
    assert len(set(ticks)) == 8


def test_two_clients_see_the_same_world(anna, bert):
    seen, both = {}, []

    def look():
        for client in (anna, bert):
            client.poll()
        for client in (anna, bert):
            frame = client.wait_for("frame")
            bodies = seen.setdefault(frame["tick"], frame["bodies"])
            if bodies is not frame["bodies"]:
                both.append((bodies, frame["bodies"]))
        return len(both) >= 10

    wait_until(look, "ten ticks that both were told")
    assert all(first == second for first, second in both)


def test_a_binary_client_follows_the_truth(running, anna):
    with BinaryClient(running.socket_url) as client:
        client.poll(4)
        assert client.frame().keyframe
        for _ in range(60):
            before = client.follower.tick
            client.poll(4)
            frame = client.frame()
            assert not frame.keyframe or frame.tick - before > KEPT_TICKS, "needless"  # type: ignore[operator]
        truth, followed, apart = {}, {}, []

        def compare():
            anna.poll()
            client.poll(4)
            client.frame()
            followed[client.follower.tick] = client.follower.state[:2].copy()
            told = anna.wait_for("frame")
            truth[told["tick"]] = np.array(told["bodies"])[:, 1:3].T
            both = truth.keys() & followed.keys()
            apart.extend(np.hypot(*(truth.pop(one) - followed.pop(one))).max() for one in both)
            return len(apart) >= 5

        wait_until(compare, "five ticks that both were told")
        assert max(apart) <= 0.75
        client.poll(1, afresh=True)
        wait_until(lambda: client.frame().keyframe, "the keyframe that was asked for")


def test_frames_carry_the_epoch_mark(running):
    with BinaryClient(running.socket_url) as client:
        client.poll()
        assert client.frame().mark == int(client.welcome["epoch"][-4:], 16)


# --- hands --------------------------------------------------------------------


@pytest.fixture
def lonely(tmp_path):
    with serving_one(tmp_path) as server:
        yield server


def test_a_link_is_grabbed_moved_and_flung(lonely):
    with JsonClient(lonely.socket_url) as anna:
        drag_and_fling(anna)


def drag_and_fling(anna):
    link, x, y = grab(anna, 0)
    assert anna.wait_for("held") == {"type": "held", "id": link["id"], "by_me": True}
    way = 300 if x < anna.welcome["world"]["width"] / 2 else -300
    anna.say(type="move", x=x + way, y=y)
    wait_until(lambda: abs(anna.body(0)[1] - (x + way)) <= 20, "the link to follow the hand")
    before = anna.body(0)[1]
    anna.say(type="fling", vx=math.copysign(150, way), vy=0)  # it glides 300 units and rests
    assert anna.wait_for("released")["id"] == link["id"]
    wait_until(lambda: (anna.body(0)[1] - before) / way > 1 / 3, "the fling to have travelled")


def test_an_idle_hold_is_released_and_a_later_move_is_told_so(running, anna, bert, monkeypatch):
    link, x, y = grab(anna, 4)
    anna.wait_for("held")
    monkeypatch.setattr(running.site.room, "_clock", lambda: time.monotonic() + 10.5)
    for client in (bert, anna):
        assert client.wait_for("released")["id"] == link["id"]
    anna.say(type="move", x=x, y=y)
    assert anna.wait_for("error")["code"] == "not_holding"


def test_a_held_link_is_refused_to_the_second(anna, bert):
    link, *_ = grab(anna, 7)
    anna.wait_for("held")
    assert bert.wait_for("held") == {"type": "held", "id": link["id"], "by_me": False}
    grab(bert, 7)
    assert bert.wait_for("held") == {"type": "held", "id": link["id"], "by_me": False}
    assert bert.wait_for("error")["code"] == "held"
    anna.say(type="fling")
    assert bert.wait_for("released")["id"] == link["id"]
    grab(bert, 7)
    assert bert.wait_for("held")["by_me"] is True


def test_one_link_a_hand(anna):
    grab(anna, 1)
    anna.wait_for("held")
    for number in (1, 2):
        grab(anna, number)
        assert anna.wait_for("error")["code"] == "already_holding"


def test_fifty_grabs_of_one_connection_hold_one(running, anna):
    for link in anna.welcome["links"][:50]:
        anna.say(type="grab", id=link["id"], x=1, y=1)
    held = [m for m in (anna.receive() for _ in range(50)) if m["type"] == "held"]
    assert len(held) == 1
    assert len(running.site.room._leases) == 1


def test_an_address_holds_two(running):
    clients = [JsonClient(running.socket_url) for _ in range(MOST_PER_ADDRESS + 1)]
    try:
        for number, client in enumerate(clients[:-1]):
            client.say(type="grab", id=client.welcome["links"][number]["id"], x=1, y=1)
            wait_until(lambda told=client: told.wait_for("held")["by_me"], "a hold of its own")  # type: ignore[misc]
        last = clients[-1]
        last.say(type="grab", id=last.welcome["links"][9]["id"], x=1, y=1)
        assert last.wait_for("error")["code"] == "too_many_held"
    finally:
        for client in clients:
            client.socket.close()


def test_a_vanished_hand_lets_go(running, anna):
    bert = JsonClient(running.socket_url)
    link, *_ = grab(bert, 3)
    bert.wait_for("held")
    anna.wait_for("held")
    raw = bert.socket.socket
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
    raw.shutdown(sockets.SHUT_RDWR)
    assert anna.wait_for("released")["id"] == link["id"]


@pytest.mark.parametrize("message", [{"type": "move", "x": 1, "y": 1}, {"type": "fling"}])
def test_moving_and_flinging_need_a_grab(anna, message):
    anna.say(**message)
    assert anna.wait_for("error")["code"] == "not_holding"


# --- lucky --------------------------------------------------------------------


def test_lucky_picks_and_lights_the_link_for_everyone(anna, bert):
    before = bert.frame()["tick"]
    anna.say(type="lucky", exclude=[anna.welcome["links"][0]["id"]])
    pick = anna.wait_for("pick")
    assert pick["why"]
    assert pick["permalink"].endswith(f"/l/{pick['link']['id']}")
    lit = bert.wait_for("lit")
    assert lit["id"] == pick["link"]["id"]
    assert lit["until_tick"] >= before + GLOW_TICKS


def test_a_picked_link_is_carried_towards_the_middle(anna):
    anna.say(type="lucky")
    link = anna.wait_for("pick")["link"]
    slot = next(one["slot"] for one in anna.welcome["links"] if one["id"] == link["id"])
    world = anna.welcome["world"]

    def forward():
        _slot, x, y, *_ = anna.body(slot)
        return math.hypot(x - world["width"] / 2, y - world["height"] / 2) < world["height"] * 0.3

    wait_until(forward, "the pick to come forward")


def test_too_much_luck_leaves_the_water_calm():
    with (
        serving() as server,
        JsonClient(server.socket_url) as greedy,
        JsonClient(server.socket_url) as other,
    ):
        began_s = time.monotonic()
        for _ in range(60):
            greedy.say(type="lucky")
        for _ in range(60):
            greedy.wait_for("pick")
        allowed = CARRIES_BURST + CARRIES_PER_S * (time.monotonic() - began_s)
        # What is carried with a step is told before the frame after it.
        for _ in range(3):
            other.frame()
        assert 1 <= sum(one["type"] == "lit" for one in other.events) <= allowed


def test_a_dead_simulation_ends_the_server():
    class Mistake:
        def apply(self, _world):
            raise ZeroDivisionError

    with serving() as server, JsonClient(server.socket_url) as client:
        server.site.host._simulation.submit(Mistake())
        assert closes_with(client) == 1012
        assert server.server.faulted


def test_refused_handshakes_fill_no_log(running, caplog):
    refused(running.socket_url, origin="http://evil.example")
    refused(running.socket_url, subprotocols=["chat"])
    assert "handshake" not in caplog.text


def test_lucky_keeps_to_a_tag(anna):
    anna.say(type="lucky", tag="papers")
    assert "papers" in anna.wait_for("pick")["link"]["tags"]


def test_opened_is_counted_once_a_minute(running, anna):
    link_id = anna.welcome["links"][11]["id"]
    for _ in range(3):
        anna.say(type="opened", id=link_id)
    anna.frame()
    assert running.site.memory.recall(link_id).opened == 1


# --- what does not fit --------------------------------------------------------

MALFORMED = [
    "junk",
    "",
    "null",
    "[]",
    '{"type":"nothing"}',
    '{"type":"poll","credit":0}',
    '{"type":"poll","credit":9}',
    '{"type":"poll","credit":"1"}',
    '{"type":"poll","extra":1}',
    '{"type":"grab","id":7,"x":1,"y":1}',
    '{"type":"grab","x":1,"y":1}',
    '{"type":"move","x":NaN,"y":1}',
    '{"type":"move","x":1e999,"y":1}',
    '{"type":"move","x":1e308,"y":1}',
    '{"type":"move","x":"1","y":1}',
    '{"type":"move","x":' + "9" * 3900 + ',"y":1}',
    '{"type":"lucky","exclude":"a"}',
    "[" * 4000,
]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_text_is_answered_and_the_room_goes_on(anna, text):
    anna.socket.send(text)
    error = anna.wait_for("error")
    assert error["code"] == "malformed"
    assert error["detail"]
    assert anna.frame()["bodies"]


def test_unknown_ids_and_tags_are_named(anna):
    anna.say(type="grab", id="nowhere", x=1, y=1)
    assert anna.wait_for("error") == {
        "type": "error",
        "code": "unknown_link",
        "detail": "no link has the id 'nowhere'",
        "field": "id",
    }
    anna.say(type="opened", id="nowhere")
    assert anna.wait_for("error")["code"] == "unknown_link"
    anna.say(type="lucky", tag="nowhere")
    assert anna.wait_for("error")["code"] == "unknown_tag"


def test_binary_junk_is_answered(running):
    with BinaryClient(running.socket_url) as client:
        client.socket.send(b"\xff\xfe\x00")
        assert json.loads(client.socket.recv(timeout=PATIENCE_S))["code"] == "malformed"
        client.say(type="poll", credit=1)
        assert json.loads(client.socket.recv(timeout=PATIENCE_S))["field"] == "type"
        client.poll()
        assert client.frame().keyframe


def closes_with(client):
    """What a socket is closed with; messages on their way before are let go by."""
    with pytest.raises(ConnectionClosed) as caught:
        heard_until(client.socket.recv, lambda _: False, "a close")
    return caught.value.rcvd.code


def test_junk_again_and_again_is_closed(running):
    with JsonClient(running.socket_url) as client:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(30):
                client.socket.send("junk")
        assert closes_with(client) == 1007


def test_a_flood_is_closed(running):
    with JsonClient(running.socket_url) as client:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(10_000):
                client.say(type="poll", credit=1)
        assert closes_with(client) == 1008


def test_an_oversized_message_is_closed(running):
    with JsonClient(running.socket_url) as client:
        client.socket.send("x" * 4097)
        assert closes_with(client) == 1009


def test_text_that_is_no_utf8_is_closed(running, caplog):
    with JsonClient(running.socket_url) as client:
        client.socket.send(b"\xff\xfe", text=True)
        assert closes_with(client) == 1007
    assert "Traceback" not in caplog.text


# --- admission ----------------------------------------------------------------


def refused(url, **options):
    with pytest.raises(InvalidStatus) as caught, connect(url, **options):
        pass
    return caught.value.response.status_code


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_pages_of_other_sites_are_kept_out(running, origin):
    assert refused(running.socket_url, origin=origin) == 403
    assert refused(running.socket_url, origin=origin, subprotocols=["link-drift.v1"]) == 403
    assert refused(running.socket_url, origin=f"http://{running.host}.evil.example") == 403


def test_the_pages_own_subprotocol_demands_an_origin(running):
    assert refused(running.socket_url, subprotocols=["link-drift.v1"]) == 403


def test_a_foreign_host_is_refused(running):
    # As a browser asks whom DNS led to us: the address is ours, the one Host is not.
    host, port = running.host.split(":")
    with sockets.create_connection((host, int(port)), timeout=PATIENCE_S) as way:
        assert refused("ws://evil.example/ws", sock=way) == 400


def test_a_name_of_ours_is_let_in(running):
    host, port = running.host.split(":")
    way = sockets.create_connection((host, int(port)), timeout=PATIENCE_S)
    with way, connect(f"ws://localhost:{port}/ws", sock=way, compression=None) as socket:
        assert json.loads(socket.recv(timeout=PATIENCE_S))["type"] == "welcome"


def test_two_hosts_are_refused(running):
    assert refused(running.socket_url, additional_headers={"Host": running.host}) == 400


def test_an_unknown_subprotocol_is_refused(running):
    assert refused(running.socket_url, subprotocols=["chat"]) == 400


def test_compression_is_never_negotiated(running):
    with connect(running.socket_url, compression="deflate") as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers


def test_the_room_has_a_limit_for_each_address():
    with serving(most_sockets_per_address=3) as server:
        clients = [JsonClient(server.socket_url) for _ in range(3)]
        assert refused(server.socket_url) == 503
        clients[0].socket.close()

        def let_in():
            try:
                JsonClient(server.socket_url).socket.close()
            except InvalidStatus:
                return False
            return True

        # The place is free once the server has seen the close.
        wait_until(let_in, "a place that was given back")
        for client in clients:
            client.socket.close()


def test_a_reader_that_never_reads_is_dropped(running):
    """Polls leave nothing to queue; what still waits beyond the high-water mark is cut."""
    room = running.site.room
    loop = running.server.servers[0].get_loop()
    client = JsonClient(running.socket_url, close_timeout=0.1)  # nobody will answer its close
    (viewer,) = room._viewers
    # The client's reader stops by itself once a few messages lie unread.
    for _ in range(400):
        loop.call_soon_threadsafe(viewer.connection.write, Outgoing("x" * 60_000))

    def gone():
        loop.call_soon_threadsafe(viewer.connection.write, Outgoing("x"))
        return viewer not in room._viewers

    wait_until(gone, "the end of a reader that never reads")
    client.socket.close()


def test_a_restart_says_so():
    with serving() as server:
        client = JsonClient(server.socket_url)
        server.server.should_exit = True
        assert closes_with(client) == 1012
