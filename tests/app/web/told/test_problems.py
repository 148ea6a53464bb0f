"""Which answer each exception becomes."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI, HTTPException

from app.archive.errors import UnknownLinkError, UnknownTagError
from app.drift.errors import NotHoldingError
from app.lucky.errors import NothingToPickError
from app.web.told.problems import install
from physics.errors import UnknownSlotError


def answer(error):
    """Ask a route of the API that does nothing but raise."""
    app = FastAPI()
    install(app)

    @app.get("/api/v1/raise")
    async def fail():
        raise error

    async def ask():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/api/v1/raise", headers={"accept": "text/html"})

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("error", "status", "members"),
    [
        (UnknownLinkError("x"), 404, {"field": "id", "code": "unknown_link"}),
        (UnknownSlotError("x"), 404, {"field": "id", "code": "unknown_link"}),
        (UnknownTagError("x"), 404, {"field": "tag", "code": "unknown_tag"}),
        (NothingToPickError("x"), 404, {"code": "nothing_to_pick"}),
        (NotHoldingError("x"), 409, {"field": "lease", "code": "not_holding"}),
        (HTTPException(418, "x"), 418, {}),
        (RuntimeError("x"), 500, {}),
    ],
)
def test_every_exception_has_its_answer(error, status, members):
    found = answer(error)
    told = found.json()
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    assert (told.pop("type"), told.pop("status")) == ("about:blank", status)
    assert told.pop("detail")
    assert told.pop("title")
    assert told == members


def test_a_link_that_left_while_it_was_asked_for_is_told_so():
    assert (
        answer(UnknownSlotError("slot 7")).json()["detail"] == "the link left the archive just now"
    )


def test_a_mistake_of_ours_tells_nothing_of_itself():
    found = answer(RuntimeError("secret"))
    assert "secret" not in found.text
    assert found.headers["x-content-type-options"] == "nosniff"


def test_an_answers_own_headers_are_kept():
    assert answer(HTTPException(429, "x", {"Retry-After": "3"})).headers["retry-after"] == "3"
