"""What the room tells those it refuses."""

import pytest

from app.drift.errors import HeldError
from app.wire.client_messages import Grab
from tests.rooms import StillRoom


@pytest.fixture
def still():
    return StillRoom()


def test_whoever_grabs_a_held_link_is_told_alone_that_another_holds_it(still):
    anna, bert, carl = (still.join(address) for address in "123")
    still.grab(anna, "c")
    for viewer in (anna, bert, carl):
        viewer.connection.heard()
    with pytest.raises(HeldError):
        still.room.hear(bert, Grab(id="c", x=1, y=1))
    assert bert.connection.heard() == [{"type": "held", "id": "c", "by_me": False}]
    assert not anna.connection.heard()
    assert not carl.connection.heard()
