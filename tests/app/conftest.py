"""A moment and a memory, for every test of this folder."""

from datetime import datetime

import pytest

from app.memory.memory import VolatileMemory
from tests.some_links import NOW


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def memory() -> VolatileMemory:
    return VolatileMemory()
