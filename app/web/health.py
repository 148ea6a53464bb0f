"""Whether the server lives, and whether it is ready."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.web import refusals
from app.web.site import site_of

router = APIRouter(tags=["health"], generate_unique_id_function=lambda route: route.name)


@router.get(
    "/healthz",
    summary="Does it live?",
    response_class=PlainTextResponse,
    responses=refusals.of(),
)
async def alive() -> str:
    """Answer as long as the event loop runs."""
    return "ok\n"


@router.get("/readyz", summary="Is it ready?", responses=refusals.of())
async def ready(request: Request) -> dict[str, object]:
    """Tell what is served and how the simulation fares."""
    site = site_of(request)
    return {
        "status": "ready",
        "links": len(site.archive),
        "epoch": site.room.epoch,
        "simulation": asdict(site.room.health),
    }
