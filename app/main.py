"""The composition root: everything is put together here, and nowhere else."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.templating import Jinja2Templates
from starlette.middleware.gzip import GZipMiddleware

from app import assets
from app.archive.file.load import Loaded
from app.drift.host import RoomHost
from app.drift.typeface import load_typeface
from app.lucky.neglect import neglect
from app.memory.memory import Memory
from app.related.footnotes import concordance
from app.settings import Settings
from app.web.gate.admission import Doors
from app.web.gate.shields import AnswerHeaders, ApiCors, HeadAsGet, KnownHosts, SmallBodies
from app.web.gate.validators import TagPerCoding
from app.web.keeper import Keeper
from app.web.routes import api, documents, health, pages, redirects, socket
from app.web.routes import api_page as docs
from app.web.server.static_files import BrotliStaticFiles
from app.web.site import Site, site_title
from app.web.told import problems


def utc_now() -> datetime:
    """Tell the time, aware."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    loaded: Loaded,
    memory: Memory,
    clock: Callable[[], datetime] = utc_now,
) -> FastAPI:
    """Build the application around an archive.

    Args:
        settings: How to run; the archive's file is followed while the application runs.
        loaded: What the file holds now.
        memory: What was opened and surfaced so far.
        clock: Wall time, for picks and dates; the simulation has a clock of its own.
    """
    archive = loaded.archive
    seed = settings.seed if settings.seed is not None else secrets.randbits(32)
    host = RoomHost(
        archive,
        lambda link: neglect(link, memory.recall(link.id), clock()),
        load_typeface(assets.FONT),
        seed=seed,
    )
    static = f"/static/{assets.static_version()}"
    files = BrotliStaticFiles(directory=assets.STATIC)
    templates = Jinja2Templates(assets.TEMPLATES)
    templates.env.globals["modules_of"] = assets.modules_of

    site = Site(
        settings=settings,
        title=site_title(settings, loaded),
        memory=memory,
        host=host,
        doors=Doors(settings.most_sockets, settings.most_sockets_per_address),
        templates=templates,
        static=static,
        clock=clock,
    )
    keeper = Keeper(site, settings.archive, loaded)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        host.start()
        stop = asyncio.Event()
        keeping = asyncio.create_task(keeper.keep(stop))
        # Nobody should wait for the first compression, nor for a large archive's relations.
        warming = asyncio.gather(files.warm(), asyncio.to_thread(concordance, archive))
        try:
            yield
        finally:
            stop.set()
            for task in (warming, keeping):
                task.cancel()
            await asyncio.gather(warming, keeping, return_exceptions=True)
            host.stop()
            memory.close()

    app = FastAPI(
        title="Link Drift",
        version=api.VERSION,
        lifespan=lifespan,
        openapi_url=None,  # `documents` serves it, with examples of this archive
        docs_url=None,
        redoc_url=None,
        # A script's POST without a Content-Type is still JSON; there are no cookies to abuse.
        strict_content_type=False,
    )
    app.state.site = site
    app.state.keeper = keeper
    for routes in (pages, docs, api, redirects, documents, health, socket):
        app.include_router(routes.router)
    app.mount(static, files, name="static")
    problems.install(app)
    # The last added is the outermost.
    app.add_middleware(SmallBodies)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(TagPerCoding)
    app.add_middleware(ApiCors)
    app.add_middleware(HeadAsGet)
    app.add_middleware(KnownHosts, names=[*settings.allowed_hosts, settings.host])
    app.add_middleware(AnswerHeaders)
    return app
