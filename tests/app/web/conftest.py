import httpx
import pytest

from tests.servers import serving
from tests.waiting import PATIENCE_S


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


@pytest.fixture
def http(running):
    with httpx.Client(base_url=running.url, timeout=PATIENCE_S) as client:
        yield client
