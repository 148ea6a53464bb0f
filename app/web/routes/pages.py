"""Pages for people."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from app.web.request import site_of
from app.web.routes.api import IdPath, TextQuery
from app.web.routes.listing import Sort, listing

router = APIRouter(include_in_schema=False)


@router.get("/")
async def playground(request: Request) -> Response:
    """Show the water."""
    return _playground(request, None)


@router.get("/l/{id}")
async def permalink(request: Request, link_id: IdPath) -> Response:
    """Show the water with one link brought forward."""
    return _playground(request, site_of(request).archive.get(link_id).id)


def _playground(request: Request, picked: str | None) -> Response:
    site = site_of(request)
    return site.templates.TemplateResponse(
        request,
        "page.html",
        {
            "static": site.static,
            "site": site.title,
            "links": site.archive.links,
            "tags": site.archive.tags,
            "picked": picked,
            "trouble": _trouble(request),
        },
    )


def _trouble(request: Request) -> str | None:
    """Tell what is wrong with the archive's file, in a sentence, if anything is."""
    trouble = request.app.state.keeper.trouble
    return None if trouble is None else str(trouble)


@router.get("/list")
def plain_list(  # on a thread: thousands of links take a while to write
    request: Request,
    tag: Annotated[str | None, Query(max_length=100)] = None,
    q: TextQuery = None,
    sort: Sort = "neglect",
) -> Response:
    """Show every link, plainly."""
    site = site_of(request)
    # An empty field of the form means no filter.
    tag, q = tag or None, q or None
    links = site.archive.select(tag=tag, q=q)
    # The tag as its links write it, however it was asked for.
    if tag is not None:
        tag = next(own for own in site.archive.tags if own.casefold() == tag.casefold())
    return site.templates.TemplateResponse(
        request,
        "list.html",
        {
            "static": site.static,
            "site": site.title,
            "groups": listing(links, site.memory, site.clock(), sort=sort, tag=tag),
            "shown": len(links),
            "tags": site.archive.tags,
            "tag": tag,
            "q": q,
            "sort": sort,
            "total": len(site.archive),
            "trouble": _trouble(request),
        },
    )


@router.get("/robots.txt")
async def robots() -> Response:
    """Keep crawlers off the redirects."""
    return PlainTextResponse("User-agent: *\nDisallow: /go/\nDisallow: /lucky\nDisallow: /api/\n")
