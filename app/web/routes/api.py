"""The JSON API: links, picks, and the same hands the page has."""

import asyncio
import time
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body, HTTPException, Path, Query, Request, Response
from pydantic import BaseModel

from app.archive.link import Link
from app.drift.leases import LEASE_S
from app.lucky.daily import today
from app.lucky.picking import MOST_PICKS
from app.lucky.picking import Pick as Choice
from app.related.footnotes import related
from app.web.gate.validators import ALWAYS_ASK, conditional, has_current
from app.web.request import address_of, is_idle_look, permalink, site_of
from app.web.routes.daytime import seconds_left
from app.web.told import refusals
from app.web.told.refusals import invalid, unchanged
from app.web.told.shapes import (
    Drag,
    Dragged,
    Drift,
    Fling,
    Flung,
    Links,
    Lucky,
    Pick,
    Picks,
    Related,
)
from app.wire.client_messages import LinkId, TagName

VERSION = "1"  # of the API; fields may be added within it, never taken away
MOST_RELATED = 10  # footnotes in one answer

router = APIRouter(prefix="/api", generate_unique_id_function=lambda route: route.name)

IdPath = Annotated[LinkId, Path(alias="id", description="A link's id.")]
TagQuery = Annotated[TagName | None, Query(description="Only links that carry this tag.")]
TextQuery = Annotated[
    str | None,
    Query(max_length=200, description="Words that must all occur in a link's facts."),
]
ExcludeQuery = Annotated[
    list[str],
    Query(max_length=300, description="Ids not to pick, oldest first; commas also separate."),
]

_HAND_REFUSALS = {404: refusals.NO_SUCH_LINK, 409: refusals.HELD, 429: refusals.TOO_OFTEN}
_BAD_LIMIT = invalid("limit", "Input should be greater than or equal to 1")
_BAD_N = invalid("n", "Input should be less than or equal to 100")
_BAD_RELATED_N = invalid("n", "Input should be less than or equal to 10")
_BAD_ID = invalid("id", "String should have at most 64 characters")
_BAD_X = invalid("x", "Input should be a valid number")
_BAD_VX = invalid("vx", "Input should be a valid number")


def _take_a_turn(request: Request) -> None:
    """Let an address's hand in, unless it moves too often."""
    site = site_of(request)
    if not site.hands.take(address_of(request), time.monotonic()):
        raise HTTPException(429, "drags and flings are limited to 60 a second")


def ids_of(exclude: list[str]) -> list[str]:
    """Read ids from repeated parameters, each of which may hold several with commas."""
    return [link_id for part in exclude for link_id in part.split(",") if link_id]


@router.get(
    "/links",
    tags=["links"],
    summary="List links",
    response_model=Links,
    responses={
        **unchanged(ALWAYS_ASK),
        **refusals.of({404: refusals.NO_SUCH_TAG}),
        **_BAD_LIMIT,
    },
)
async def list_links(
    request: Request,
    tag: TagQuery = None,
    q: TextQuery = None,
    limit: Annotated[int, Query(ge=1, le=10_000, description="At most so many.")] = 1000,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Leave out so many.")] = 0,
) -> Response:
    """In the order of the owner's file, with how many match in all."""
    found = site_of(request).archive.select(tag=tag, q=q)
    page = Links(total=len(found), links=list(found[offset : offset + limit]))
    return _kept(request, page)


@router.get(
    "/links/{id}",
    tags=["links"],
    summary="Show one link",
    response_model=Link,
    responses={
        **unchanged(ALWAYS_ASK),
        **refusals.of({404: refusals.NO_SUCH_LINK}),
        **_BAD_ID,
    },
)
async def show_link(request: Request, link_id: IdPath) -> Response:
    """An id is derived from the link's address, or is the owner's own: it outlives edits."""
    return _kept(request, site_of(request).archive.get(link_id))


@router.get(
    "/links/{id}/related",
    tags=["links"],
    summary="Follow a footnote",
    response_model_exclude_none=True,
    responses={**refusals.of({404: refusals.NO_SUCH_LINK}), **_BAD_RELATED_N},
)
async def related_links(
    request: Request,
    link_id: IdPath,
    n: Annotated[int, Query(ge=1, le=MOST_RELATED, description="At most so many.")] = 3,
) -> Related:
    """Links that share an author, a subject, a tag, a host or a time, each with the reason."""
    # On a thread: the first answer after the archive changed reads all of it.
    found = await asyncio.to_thread(related, site_of(request).archive, link_id, n)
    return Related(related=found)


@router.get(
    "/random",
    tags=["picks"],
    summary="Pick at random",
    response_model_exclude_none=True,
    responses={**refusals.of({404: refusals.NOTHING_LEFT}), **_BAD_N},
)
async def random_link(
    request: Request,
    tag: TagQuery = None,
    q: TextQuery = None,
    n: Annotated[
        int | None,
        Query(ge=1, le=MOST_PICKS, description="How many; the answer is then a list of picks."),
    ] = None,
    exclude: ExcludeQuery = [],  # noqa: B006 - FastAPI copies it
    seed: Annotated[
        str | None, Query(max_length=100, description="The same seed gives the same pick.")
    ] = None,
) -> Pick | Picks:
    """One plain URL, one small answer. What was long not opened comes more often."""
    site = site_of(request)
    chosen = site.pick(tag=tag, q=q, exclude=ids_of(exclude), n=n or 1, seed=seed)
    if seed is None and not is_idle_look(request):
        for one in chosen:
            site.memory.surfaced(one.link.id, site.clock())
    picks = [_pick(request, one) for one in chosen]
    return picks[0] if n is None else Picks(picks=picks)


@router.get(
    "/today",
    tags=["picks"],
    summary="Show the day's pick",
    response_model=Pick,
    responses={**unchanged("public, max-age=3600"), **refusals.of()},
)
async def todays_pick(request: Request) -> Response:
    """The same link for everybody until midnight UTC, and not again for weeks."""
    site = site_of(request)
    now = site.clock()
    # Whoever asks first, robots included, settles the day: that favours no link.
    chosen = today(site.archive, site.memory, now)
    if not is_idle_look(request):
        site.memory.surfaced(chosen.link.id, now)
    return _kept(request, _pick(request, chosen), f"public, max-age={seconds_left(now)}")


@router.post(
    "/lucky",
    tags=["room"],
    summary="Feel lucky",
    response_model_exclude_none=True,
    responses={
        **refusals.of({404: refusals.NOTHING_LEFT}, has_body=True),
        **invalid("tag", "Input should be a valid string"),
    },
)
async def lucky(request: Request, body: Annotated[Lucky | None, Body()] = None) -> Pick:
    """Pick a link, carry it forward and light it for everyone in the room."""
    site, wanted = site_of(request), body or Lucky()
    return _pick(request, site.carry(wanted.tag, wanted.exclude, address_of(request)))


@router.post(
    "/links/{id}/drag",
    tags=["room"],
    summary="Drag a link",
    responses={
        **refusals.of(_HAND_REFUSALS, has_body=True),
        **_BAD_X,
    },
)
async def drag(request: Request, link_id: IdPath, body: Drag) -> Dragged:
    """Take a link in hand, or lead on the one whose lease is shown."""
    _take_a_turn(request)
    site = site_of(request)
    room = site.room
    if body.lease is None:
        address = address_of(request)
        lease = room.grab(link_id, body.x, body.y, holder=object(), address=address)
    else:
        lease = room.lease_shown(link_id, body.lease)
    x, y = room.move(lease, body.x, body.y)
    return Dragged(id=link_id, x=x, y=y, lease=lease.token, expires_ms=round(LEASE_S * 1000))


@router.post(
    "/links/{id}/fling",
    tags=["room"],
    summary="Fling a link",
    responses={
        **refusals.of(_HAND_REFUSALS, has_body=True),
        **_BAD_VX,
    },
)
async def fling(request: Request, link_id: IdPath, body: Fling) -> Flung:
    """Give a link a velocity; lets go of it where it was in hand."""
    _take_a_turn(request)
    room = site_of(request).room
    lease = None if body.lease is None else room.lease_shown(link_id, body.lease)
    left = await asyncio.wrap_future(room.fling(link_id, body.vx, body.vy, lease=lease))
    return Flung(id=link_id, **asdict(left))


@router.get(
    "/drift",
    tags=["room"],
    summary="Show where every link is",
    response_model=Drift,
    responses={**unchanged(ALWAYS_ASK), **refusals.of()},
)
async def newest_drift(request: Request) -> Response:
    """The newest snapshot: the HTTP form of a poll of `/ws`."""
    room = site_of(request).room
    tick, frame = room.snapshot()
    # Its tick names a snapshot: nothing need be hashed thirty times a second.
    etag = f'"{room.epoch}-{tick}"'
    headers = {"ETag": etag, "Cache-Control": ALWAYS_ASK}
    if has_current(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(frame.payload, media_type="application/json", headers=headers)


def _kept(request: Request, answer: BaseModel, cache_control: str = ALWAYS_ASK) -> Response:
    """Answer so that it need not be sent twice."""
    body = answer.model_dump_json(exclude_none=True).encode()
    return conditional(request, body, "application/json", cache_control)


def _pick(request: Request, choice: Choice) -> Pick:
    return Pick(link=choice.link, why=choice.why, permalink=permalink(request, choice.link))
