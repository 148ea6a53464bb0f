"""A moment and a memory, for every test of this folder."""

from datetime import datetime

import pytest
from hypothesis import settings
from some_links import NOW

from app.lucky.memory import VolatileMemory

# The same examples in every run, and no verdict on how busy the machine is.
settings.register_profile("lucky", deadline=None, derandomize=True)
settings.load_profile("lucky")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def memory() -> VolatileMemory:
    return VolatileMemory()
