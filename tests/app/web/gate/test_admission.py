"""Who may open a socket, told without opening one."""

import pytest
from starlette.websockets import WebSocket

from app.web.gate.admission import Doors, RefusedError, check_origin, choose_subprotocol, subscriber
from app.wire.subprotocols import BINARY, JSON

OURS = "https://links.example"


def asking(*, subprotocols=(), origins=()):
    """A handshake before its answer."""
    headers = [(b"origin", origin.encode()) for origin in origins]
    scope = {"type": "websocket", "subprotocols": list(subprotocols), "headers": headers}
    return WebSocket(scope, receive=None, send=None)


# --- how many -------------------------------------------------------------------


def test_a_full_room_takes_nobody_whatever_the_address():
    doors = Doors(most=2, most_per_address=2)
    with doors.enter("a"), doors.enter("b"):
        with pytest.raises(RefusedError, match=r"^the room is full$") as caught, doors.enter("c"):
            pytest.fail("a third was let in")
        assert caught.value.status == 503


def test_an_address_takes_no_more_than_its_share():
    doors = Doors(most=9, most_per_address=2)
    with doors.enter("a"), doors.enter("a"):
        with (
            pytest.raises(RefusedError, match=r"^too many sockets from this address$") as caught,
            doors.enter("a"),
        ):
            pytest.fail("a third of one address was let in")
        assert caught.value.status == 503
        with doors.enter("b"):
            pass


def test_whoever_leaves_makes_room_for_the_next():
    doors = Doors(most=1, most_per_address=1)
    for _ in range(3):
        with doors.enter("a"):
            pass


def test_one_of_two_leaving_gives_back_one_place():
    doors = Doors(most=9, most_per_address=2)
    with doors.enter("a"):
        with doors.enter("a"):
            pass
        with doors.enter("a"), pytest.raises(RefusedError), doors.enter("a"):
            pytest.fail("two places were given back")


def test_a_session_that_fails_gives_its_place_back():
    doors = Doors(most=1, most_per_address=1)
    with pytest.raises(ZeroDivisionError), doors.enter("a"):
        raise ZeroDivisionError
    with doors.enter("a"):
        pass


def test_a_refusal_takes_no_place():
    doors = Doors(most=2, most_per_address=1)
    with doors.enter("a"):
        with pytest.raises(RefusedError), doors.enter("a"):
            pytest.fail("a second of one address was let in")
        with doors.enter("b"):
            pass


def test_nothing_is_kept_of_who_left():
    doors = Doors(most=9, most_per_address=2)
    with doors.enter("a"):
        pass
    assert not doors._inside


# --- whose line it is -----------------------------------------------------------


def test_two_addresses_of_one_64_are_one_line():
    assert subscriber("2001:db8:1:2::1") == subscriber("2001:db8:1:2:ffff:ffff:ffff:ffff")


def test_neighbouring_64s_are_two_lines():
    assert subscriber("2001:db8:1:2::1") != subscriber("2001:db8:1:3::1")


def test_an_ipv4_address_is_a_line_of_its_own():
    assert subscriber("192.0.2.7") == "192.0.2.7"


def test_an_ipv4_address_mapped_into_ipv6_is_the_same_line():
    assert subscriber("::ffff:192.0.2.7") == "192.0.2.7"


def test_what_is_no_address_names_itself():
    assert subscriber("unix:/run/links.sock") == "unix:/run/links.sock"


# --- what is spoken ---------------------------------------------------------------


def test_the_first_subprotocol_offered_that_is_spoken_here_is_chosen():
    assert choose_subprotocol(asking(subprotocols=["chat", JSON, BINARY])) == JSON
    assert choose_subprotocol(asking(subprotocols=["chat", BINARY, JSON])) == BINARY


def test_none_is_chosen_for_who_names_none():
    assert choose_subprotocol(asking()) is None


def test_who_names_only_others_is_told_which_are_spoken():
    with pytest.raises(RefusedError) as caught:
        choose_subprotocol(asking(subprotocols=["chat"]))
    assert caught.value.status == 400
    assert str(caught.value) == "subprotocols spoken here: link-drift.v1, link-drift.json.v1"


# --- whose page it is -------------------------------------------------------------


@pytest.mark.parametrize("subprotocol", [None, JSON, BINARY])
def test_our_own_page_is_let_in_in_any_case(subprotocol):
    check_origin(asking(origins=["HTTPS://Links.Example"]), subprotocol, OURS)
    check_origin(asking(origins=[OURS]), subprotocol, "https://LINKS.example")


@pytest.mark.parametrize("subprotocol", [None, JSON])
def test_a_script_needs_no_origin(subprotocol):
    check_origin(asking(), subprotocol, OURS)


@pytest.mark.parametrize("subprotocol", [None, JSON, BINARY])
@pytest.mark.parametrize(
    "origins",
    [["https://evil.example"], ["null"], [""], ["http://links.example"], [OURS, OURS]],
    ids=["another", "null", "empty", "another scheme", "twice"],
)
def test_a_page_of_any_other_origin_is_kept_out(subprotocol, origins):
    with pytest.raises(
        RefusedError, match=r"^the page of another origin may not open this socket$"
    ) as caught:
        check_origin(asking(origins=origins), subprotocol, OURS)
    assert caught.value.status == 403


def test_the_pages_own_subprotocol_demands_an_origin():
    with pytest.raises(RefusedError) as caught:
        check_origin(asking(), BINARY, OURS)
    assert caught.value.status == 403
