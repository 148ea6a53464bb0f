"""A reference client follows a room by what its messages tell."""

import numpy as np
import pytest

from app.wire.reference_client import ReferenceClient
from physics.current import Current
from tests.rooms import StillRoom, archive_of


@pytest.fixture
def still():
    return StillRoom()


def flows(current, tick):
    """What a current does at a few places."""
    x, y = np.array([100.0, 640.0, 1_200.0]), np.array([50.0, 360.0, 700.0])
    return current.sample(x, y, tick, np.empty((4, 3))).round(9).tolist()


def assert_same_water(client, world, tick):
    told = client._flight.current
    assert told.modes == world.modes
    assert told.spreads == world.spreads
    assert flows(told, tick) == flows(
        Current(world.modes, world.width, world.height, world.spreads), tick
    )


def welcomed(still):
    viewer = still.join()
    (welcome,) = viewer.connection.heard("welcome")
    return viewer, ReferenceClient.welcomed(welcome)


def test_a_welcome_tells_the_current_with_its_spreads(still):
    still.beat(1202)
    _viewer, client = welcomed(still)
    assert len(client._flight.current.spreads) == 2
    for tick in (1202, 1319, 1320):
        assert_same_water(client, still.world, tick)


def test_a_spread_that_is_told_comes_into_force(still):
    viewer, client = welcomed(still)
    still.beat(600)
    for message in viewer.connection.heard():
        client.hear(message)
    assert client._flight.current.spreads
    assert_same_water(client, still.world, 720)


def test_an_archive_that_is_told_brings_the_water_of_its_size(still):
    viewer, client = welcomed(still)
    still.room.reload(archive_of(*(f"many{n}" for n in range(400))))
    still.beat()
    for message in viewer.connection.heard():
        client.hear(message)
    assert still.world.width > 1_280
    assert_same_water(client, still.world, 2)


def test_what_else_is_told_changes_nothing(still):
    viewer, client = welcomed(still)
    flight, spreads = client._flight, client._flight.current.spreads
    still.grab(viewer, "c")
    still.room.carry("d")
    still.beat()
    heard = viewer.connection.heard()
    assert {message["type"] for message in heard} == {"held", "lit"}
    for message in heard:
        client.hear(message)
    assert client._flight is flight
    assert flight.current.spreads == spreads
