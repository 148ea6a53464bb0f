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

from app.drift.frame_log import Message
from app.drift.leases import MOST_PER_ADDRESS
from tests.servers import serving
from tests.sockets import PATIENCE_S, BinaryClient, JsonClient, until


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
    seen = {}
    for _ in range(40):
        for client in (anna, bert):
            frame = client.frame()
            seen.setdefault(frame["tick"], []).append(frame["bodies"])
    both = [bodies for bodies in seen.values() if len(bodies) > 1]
    assert both
    assert all(first == second for first, second in both)


def test_a_binary_client_follows_the_truth(running, anna):
    with BinaryClient(running.socket_url) as client:
        client.poll(4)
        assert client.frame().keyframe
        for _ in range(60):
            client.poll(4)
            frame = client.frame()
            assert not frame.keyframe
        truth = {frame["tick"]: frame["bodies"] for frame in [anna.frame() for _ in range(5)]}
        deadline_s = time.monotonic() + PATIENCE_S
        while client.follower.tick < max(truth):
            assert time.monotonic() < deadline_s, "it stays behind"
            client.poll(4)
            client.frame()
            bodies = truth.get(client.follower.tick)
            if bodies:
                apart = np.array(bodies)[:, 1:3].T - client.follower.state[:2]
                assert np.hypot(*apart).max() <= 0.75
        client.poll(1, afresh=True)
        until(lambda: client.frame().keyframe, "a keyframe for who starts afresh")


def test_frames_carry_the_epoch_mark(running):
    with BinaryClient(running.socket_url) as client:
        client.poll()
        assert client.frame().mark == int(client.welcome["epoch"][-4:], 16)


# --- hands --------------------------------------------------------------------


def test_a_link_is_grabbed_moved_and_flung(anna):
    link, x, y = grab(anna, 5)
    assert anna.wait_for("held") == {"type": "held", "id": link["id"], "by_me": True}
    way = 300 if x < anna.welcome["world"]["width"] / 2 else -300
    anna.say(type="move", x=x + way, y=y)
    arrives(anna, lambda: abs(anna.body(5)[1] - (x + way)) <= 20)
    before = anna.body(5)[1]
    anna.say(type="fling", vx=math.copysign(1200, way), vy=0)
    assert anna.wait_for("released")["id"] == link["id"]
    arrives(anna, lambda: abs(anna.body(5)[1] - before) > 100)


def arrives(client, condition):
    """Look at frame after frame until something has come to pass."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline_s, client.frame()["tick"]


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
            until(lambda client=client: client.wait_for("held")["by_me"], "it is in hand")
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
    anna.say(type="lucky", exclude=[anna.welcome["links"][0]["id"]])
    pick = anna.wait_for("pick")
    assert pick["why"]
    assert pick["permalink"].endswith(f"/l/{pick['link']['id']}")
    lit = bert.wait_for("lit")
    assert lit["id"] == pick["link"]["id"]
    assert lit["until_tick"] > bert.frame()["tick"]


def test_a_picked_link_is_carried_towards_the_middle(anna):
    anna.say(type="lucky")
    link = anna.wait_for("pick")["link"]
    slot = next(one["slot"] for one in anna.welcome["links"] if one["id"] == link["id"])
    world = anna.welcome["world"]
    for _ in range(200):
        _slot, x, y, *_ = anna.body(slot)
        if math.hypot(x - world["width"] / 2, y - world["height"] / 2) < world["height"] * 0.3:
            return
    pytest.fail("the pick did not come forward")


def test_too_much_luck_leaves_the_water_calm():
    with (
        serving() as server,
        JsonClient(server.socket_url) as greedy,
        JsonClient(server.socket_url) as other,
    ):
        for _ in range(60):
            greedy.say(type="lucky")
        for _ in range(60):
            greedy.wait_for("pick")
        other.frame()
        assert sum(one["type"] == "lit" for one in other.events) <= 20


def test_a_dead_simulation_ends_the_server():
    class Mistake:
        def apply(self, _world):
            raise ZeroDivisionError

    with serving() as server, JsonClient(server.socket_url) as client:
        server.site.room._simulation.submit(Mistake())
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
    with pytest.raises(ConnectionClosed) as caught:
        drain(client)
    return caught.value.rcvd.code


def drain(client):
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        client.socket.recv(timeout=PATIENCE_S)


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
        # The place is free once the server has seen the close.
        for _ in range(200):
            try:
                JsonClient(server.socket_url).socket.close()
                break
            except InvalidStatus:
                continue
        else:
            pytest.fail("a place was not given back")
        for client in clients:
            client.socket.close()


def test_a_reader_that_never_reads_is_dropped(running):
    """Polls leave nothing to queue; what still waits beyond the high-water mark is cut."""
    room = running.site.room
    loop = running.server.servers[0].get_loop()
    client = JsonClient(running.socket_url)
    (viewer,) = room._viewers
    # The client's reader stops by itself once a few messages lie unread.
    for _ in range(400):
        loop.call_soon_threadsafe(viewer.connection.write, Message("x" * 60_000))
    deadline_s = time.monotonic() + PATIENCE_S
    while viewer in room._viewers:
        assert time.monotonic() < deadline_s, "the reader is still there"
        loop.call_soon_threadsafe(viewer.connection.write, Message("x"))
        time.sleep(0.01)
    client.socket.close()


def test_a_restart_says_so():
    with serving() as server:
        client = JsonClient(server.socket_url)
        server.server.should_exit = True
        assert closes_with(client) == 1012
