"""A moment and a memory, for every test of this folder."""

from datetime import datetime

import pytest
from some_links import NOW

from app.lucky.memory import VolatileMemory


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def memory() -> VolatileMemory:
    return VolatileMemory()
