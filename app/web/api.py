"""The JSON API: links, picks, and the same hands the page has."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.archive.link import Link
from app.drift.leases import LEASE_S
from app.drift.messages import Exclusions, LinkId, Number, TagName
from app.lucky.picking import MOST_PICKS
from app.lucky.picking import Pick as Choice
from app.web.site import is_idle_look, site_of

router = APIRouter(prefix="/api")

IdPath = Annotated[LinkId, Path(description="A link's id.")]
TagQuery = Annotated[TagName | None, Query(description="Only links that carry this tag.")]
TextQuery = Annotated[
    str | None,
    Query(max_length=200, description="Words that must all occur in a link's facts."),
]
ExcludeQuery = Annotated[
    list[str],
    Query(max_length=100, description="Ids not to pick, oldest first; commas also separate."),
]


class Links(BaseModel):
    """A page of links."""

    total: int = Field(description="How many match, on this page or not.")
    links: list[Link]


class Pick(BaseModel):
    """A picked link and why."""

    link: Link
    why: str
    permalink: str


class Picks(BaseModel):
    """Several picks, all different."""

    picks: list[Pick]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Lucky(_Body):
    """Which links to pick from."""

    tag: TagName | None = None
    exclude: Exclusions = []


class Drag(_Body):
    """Where to lead a link, world units; the lease of the answer before, if any."""

    x: Number
    y: Number
    lease: Annotated[str, Field(max_length=64)] | None = None


class Dragged(BaseModel):
    """A link in hand."""

    id: str
    x: float
    y: float
    lease: str
    expires_ms: int


class Fling(_Body):
    """A velocity, world units / s; the lease, where the link is in hand."""

    vx: Number
    vy: Number
    lease: Annotated[str, Field(max_length=64)] | None = None


class Flung(BaseModel):
    """A body as it leaves the hand: world units, radians, seconds."""

    id: str
    tick: int
    x: float
    y: float
    angle: float
    vx: float
    vy: float
    omega: float


class Drift(BaseModel):
    """All bodies at one tick: ``[slot, x, y, angle, vx, vy, omega]``."""

    type: str
    epoch: str
    tick: int
    bodies: list[list[float]]


@router.get("/links", response_model_exclude_none=True)
async def list_links(
    request: Request,
    tag: TagQuery = None,
    q: TextQuery = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Links:
    """List links in the order of the owner's file."""
    found = site_of(request).archive.select(tag=tag, q=q)
    return Links(total=len(found), links=list(found[offset : offset + limit]))


@router.get("/links/{link_id}", response_model_exclude_none=True)
async def show_link(request: Request, link_id: IdPath) -> Link:
    """Show one link."""
    return site_of(request).archive.get(link_id)


@router.get("/random", response_model_exclude_none=True)
async def random_link(
    request: Request,
    tag: TagQuery = None,
    q: TextQuery = None,
    n: Annotated[int | None, Query(ge=1, le=MOST_PICKS, description="How many.")] = None,
    exclude: ExcludeQuery = [],  # noqa: B006 - FastAPI copies it
    seed: Annotated[str | None, Query(max_length=100, description="Repeats a pick.")] = None,
) -> Pick | Picks:
    """Pick a link, or ``n`` of them: one plain URL, one small answer."""
    site = site_of(request)
    excluded = [link_id for part in exclude for link_id in part.split(",") if link_id]
    chosen = site.pick(tag=tag, q=q, exclude=excluded, n=n or 1, seed=seed)
    if seed is None and not is_idle_look(request):
        for one in chosen:
            site.memory.surfaced(one.link.id, site.clock())
    picks = [_pick(request, one) for one in chosen]
    return picks[0] if n is None else Picks(picks=picks)


@router.post("/lucky", response_model_exclude_none=True)
async def lucky(request: Request, body: Annotated[Lucky | None, Body()] = None) -> Pick:
    """Pick a link, carry it forward and light it for everyone in the room."""
    wanted = body or Lucky()
    return _pick(request, site_of(request).carry(wanted.tag, wanted.exclude))


@router.post("/links/{link_id}/drag")
async def drag(request: Request, link_id: IdPath, body: Drag) -> Dragged:
    """Take a link in hand, or lead the one whose lease is shown."""
    site = site_of(request)
    room = site.room
    if body.lease is None:
        address = site.address_of(request)
        lease = room.grab(link_id, body.x, body.y, holder=object(), address=address)
    else:
        lease = room.lease_shown(link_id, body.lease)
    x, y = room.move(lease, body.x, body.y)
    return Dragged(id=link_id, x=x, y=y, lease=lease.token, expires_ms=round(LEASE_S * 1000))


@router.post("/links/{link_id}/fling")
async def fling(request: Request, link_id: IdPath, body: Fling) -> Flung:
    """Give a link a velocity; lets go of it where it was in hand."""
    room = site_of(request).room
    lease = None if body.lease is None else room.lease_shown(link_id, body.lease)
    left = await asyncio.wrap_future(room.fling(link_id, body.vx, body.vy, lease=lease))
    return Flung(
        id=link_id,
        tick=left.tick,
        x=left.x,
        y=left.y,
        angle=left.angle,
        vx=left.vx,
        vy=left.vy,
        omega=left.omega,
    )


@router.get("/drift", response_model=Drift)
async def newest_drift(request: Request) -> Response:
    """Show where every body is: the HTTP form of a poll."""
    room = site_of(request).room
    tick, frame = room.snapshot()
    etag = f'"{room.epoch}-{tick}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(frame.payload, media_type="application/json", headers=headers)


def _pick(request: Request, choice: Choice) -> Pick:
    permalink = site_of(request).permalink(request, choice.link)
    return Pick(link=choice.link, why=choice.why, permalink=permalink)
