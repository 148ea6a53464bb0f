"""A room by hand, and two visitors in it."""

import pytest

from tests.rooms import StillRoom


@pytest.fixture
def still():
    return StillRoom()


@pytest.fixture
def anna(still):
    return still.join("::1")


@pytest.fixture
def bert(still):
    return still.join("::2")
