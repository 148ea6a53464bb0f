import json

import pytest

from app.wire.client_messages import (
    Fling,
    Grab,
    Lucky,
    Move,
    Opened,
    TextPoll,
    read_client_message,
)
from app.wire.errors import MalformedError


def refused(message):
    with pytest.raises(MalformedError) as caught:
        read_client_message(message if isinstance(message, str | bytes) else json.dumps(message))
    return caught.value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ({"type": "poll"}, TextPoll(type="poll", credit=1)),
        ({"type": "poll", "credit": 8}, TextPoll(type="poll", credit=8)),
        (
            {"type": "grab", "id": "a", "x": 1, "y": -2.5},
            Grab(type="grab", id="a", x=1, y=-2.5),
        ),
        ({"type": "move", "x": 1e6, "y": -1e6}, Move(type="move", x=1e6, y=-1e6)),
        ({"type": "fling"}, Fling(type="fling")),
        ({"type": "fling", "vx": 3.0}, Fling(type="fling", vx=3.0, vy=None)),
        ({"type": "lucky"}, Lucky(type="lucky", tag=None, exclude=[])),
        (
            {"type": "lucky", "tag": "t", "exclude": ["a"]},
            Lucky(type="lucky", tag="t", exclude=["a"]),
        ),
        ({"type": "opened", "id": "a"}, Opened(type="opened", id="a")),
    ],
)
def test_what_a_client_may_say(text, message):
    assert read_client_message(json.dumps(text)) == message


def test_bytes_are_taken_as_utf_8():
    assert read_client_message('{"type":"opened","id":"é"}'.encode()) == Opened(
        type="opened", id="é"
    )
    assert refused(b'{"type":"opened","id":"\xff"}').field is None


GRAB = {"type": "grab", "id": "a", "x": 1, "y": 1}
MOVE = {"type": "move", "x": 1, "y": 1}


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({"type": "poll", "credit": 0}, "credit"),
        ({"type": "poll", "credit": 9}, "credit"),
        ({"type": "poll", "credit": 1.5}, "credit"),
        ({"type": "poll", "credit": True}, "credit"),
        (GRAB | {"x": 1_000_001}, "x"),
        (GRAB | {"y": -1_000_001}, "y"),
        (GRAB | {"id": ""}, "id"),
        (GRAB | {"id": "a" * 65}, "id"),
        (GRAB | {"more": 1}, "more"),
        (MOVE | {"x": 1_000_000.1}, "x"),
        (MOVE | {"y": "1"}, "y"),
        (MOVE | {"x": None}, "x"),
        ({"type": "move", "x": 1}, "y"),
        ({"type": "fling", "vx": 2e6, "vy": 0}, "vx"),
        ({"type": "fling", "vx": 0, "vy": -2e6}, "vy"),
        ({"type": "lucky", "tag": ""}, "tag"),
        ({"type": "lucky", "tag": "t" * 101}, "tag"),
        ({"type": "lucky", "exclude": ["a"] * 301}, "exclude"),
        ({"type": "lucky", "exclude": ["a", "b" * 65]}, "exclude.1"),
        ({"type": "opened", "id": "a" * 65}, "id"),
        ({"type": "nothing"}, "type"),
        ({"x": 1}, "type"),
    ],
)
def test_a_field_out_of_bounds_is_named(message, field):
    error = refused(message)
    assert error.field == field
    assert str(error).startswith(f"{field}: ")


def test_an_unknown_type_is_told_the_known_ones():
    assert str(refused({"type": "x"})) == "type: one of poll, grab, move, fling, lucky, opened"


@pytest.mark.parametrize("text", ["", "junk", "[]", "null", '{"type":"move","x":NaN,"y":1}'])
def test_what_is_no_message_is_malformed(text):
    assert str(refused(text))


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_numbers_are_finite(number):
    refused('{"type":"move","x":' + number + ',"y":1}')


def test_the_largest_of_everything_fits():
    assert read_client_message(json.dumps(GRAB | {"id": "a" * 64})).type == "grab"
    longest = {"type": "lucky", "tag": "t" * 100, "exclude": ["a" * 64] * 300}
    assert read_client_message(json.dumps(longest)).type == "lucky"


def test_a_message_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        read_client_message(json.dumps(MOVE)).x = 2  # type: ignore[misc]
