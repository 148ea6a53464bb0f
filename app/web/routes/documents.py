"""The archive and the API as documents, for feed readers, editors and machines that read."""

import json

from fastapi import APIRouter, Request, Response

from app.archive.exports import opml as outline
from app.archive.exports.formats import export
from app.archive.schema import schema_text
from app.lucky.feed import feed
from app.web.gate.validators import ALWAYS_ASK, conditional
from app.web.request import base_url, site_of
from app.web.routes.daytime import seconds_left
from app.web.told import refusals
from app.web.told.openapi import describe
from app.web.told.refusals import Responses, unchanged

HOUR_S = 3600  # a feed reader that asks more often asks in vain

ATOM = "application/atom+xml"
OPML = outline.FORMAT.media_type
TEXT = "text/plain; charset=utf-8"
JSON_SCHEMA = "application/schema+json"

router = APIRouter(tags=["documents"], generate_unique_id_function=lambda route: route.name)


def _document(media_type: str, what: str, keeps: str = ALWAYS_ASK) -> Responses:
    schema = {"type": "object" if "json" in media_type else "string"}
    content = {media_type: {"schema": schema}}
    answers = {**unchanged(keeps), **refusals.of()}
    answers[200] |= {"description": what, "content": content}
    return answers


@router.get(
    "/feed.xml",
    summary="Follow the daily picks",
    response_class=Response,
    responses=_document(ATOM, "An Atom feed.", f"public, max-age={HOUR_S}"),
)
async def atom_feed(request: Request) -> Response:
    """The picks of the last 30 days; its bytes change once a day."""
    site = site_of(request)
    now = site.clock()
    body = feed(site.archive, site.memory, now, base_url=base_url(request), title=site.title)
    keeps = f"public, max-age={min(HOUR_S, seconds_left(now))}"
    return conditional(request, body, f"{ATOM}; charset=utf-8", keeps)


@router.get(
    "/links.opml",
    summary="Take the archive along",
    response_class=Response,
    responses=_document(OPML, "An OPML 2.0 outline."),
)
async def opml(request: Request) -> Response:
    """Every link as OPML, for outliners and other archives."""
    site = site_of(request)
    body = export(site.archive, outline.FORMAT, title=site.title).encode()
    return conditional(request, body, OPML)


@router.get(
    "/schema.json",
    summary="Check an archive's file",
    response_class=Response,
    responses=_document(JSON_SCHEMA, "A JSON Schema, draft 7."),
)
async def archive_schema(request: Request) -> Response:
    """The schema of `links.yaml`, for editors."""
    return conditional(request, schema_text().encode(), JSON_SCHEMA)


@router.get(
    "/llms.txt",
    summary="Read what this site is",
    response_class=Response,
    responses=_document(TEXT, "Markdown, as llmstxt.org has it."),
)
async def llms_txt(request: Request) -> Response:
    """What is here and how to ask for it, for programs that read."""
    site = site_of(request)
    text = site.templates.get_template("llms.txt").render(
        site=site.title, total=len(site.archive), base=base_url(request)
    )
    return conditional(request, text.encode(), TEXT)


@router.get(
    "/openapi.json",
    summary="Read this document",
    response_class=Response,
    responses=_document("application/json", "OpenAPI 3.1."),
)
async def openapi_json(request: Request) -> Response:
    """The whole API, described for programs. For people there is `/docs`."""
    document = describe(request.app, site_of(request))
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return conditional(request, body, "application/json")
