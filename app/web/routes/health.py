"""Whether the server lives, and whether it is ready."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.web.keeper import Keeper
from app.web.request import site_of
from app.web.told import refusals

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
    keeper: Keeper = request.app.state.keeper
    trouble = keeper.trouble
    return {
        "status": "ready" if trouble is None and site.memory.trouble is None else "degraded",
        "links": len(site.archive),
        "epoch": site.room.epoch,
        "archive": {
            "file": keeper.path.name,
            "loaded_at": keeper.loaded_at,
            "since": trouble and trouble.since,
            "problems": [
                {
                    "line": one.line,
                    "column": one.column,
                    "path": one.path,
                    "reason": one.reason,
                    "severity": one.severity,
                }
                for one in (trouble.error.problems if trouble else ())
            ],
        },
        "memory": {"trouble": site.memory.trouble},
        "simulation": asdict(site.host.health),
    }
