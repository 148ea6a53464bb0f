import httpx
import pytest

from tests.servers import serving


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


@pytest.fixture
def http(running):
    with httpx.Client(base_url=running.url) as client:
        yield client
