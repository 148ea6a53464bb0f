"""Whether the server lives, and whether it is ready."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.web.site import site_of

router = APIRouter()


@router.get("/healthz", response_class=PlainTextResponse)
async def alive() -> str:
    """Answer as long as the event loop runs."""
    return "ok\n"


@router.get("/readyz")
async def ready(request: Request) -> dict[str, object]:
    """Tell what is served and how the simulation fares."""
    site = site_of(request)
    return {
        "status": "ready",
        "links": len(site.archive),
        "epoch": site.room.epoch,
        "simulation": asdict(site.room.health),
    }
