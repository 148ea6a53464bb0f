"""The redirects behind every link; they lead into the archive and nowhere else."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from app.web.request import address_of, is_idle_look, site_of
from app.web.routes.api import ExcludeQuery, IdPath, TagQuery, TextQuery, ids_of
from app.web.told import refusals
from app.web.told.refusals import Responses, invalid

router = APIRouter(
    tags=["redirects"],
    generate_unique_id_function=lambda route: route.name,
    default_response_class=RedirectResponse,
)


def _to(what: str) -> Responses:
    address = {"schema": {"type": "string", "format": "uri"}, "required": True}
    return {303: {"description": what, "headers": {"Location": address}}}


@router.get(
    "/lucky",
    summary="Go somewhere",
    operation_id="go_lucky",
    status_code=303,
    response_description="To a picked link.",
    responses={
        **_to("To a picked link."),
        **refusals.of({404: refusals.NOTHING_LEFT}),
        **invalid("tag", "String should have at most 100 characters"),
    },
)
async def lucky(
    request: Request,
    tag: TagQuery = None,
    q: TextQuery = None,
    exclude: ExcludeQuery = [],  # noqa: B006 - FastAPI copies it
) -> RedirectResponse:
    """A bookmark for the bored: every visit leads to another link."""
    site = site_of(request)
    chosen = site.pick(tag=tag, q=q, exclude=ids_of(exclude))[0]
    if not is_idle_look(request):
        site.memory.surfaced(chosen.link.id, site.clock())
    return RedirectResponse(chosen.link.url, status_code=303)


@router.get(
    "/go/{id}",
    summary="Go to a link",
    operation_id="go_to_link",
    status_code=303,
    response_description="To the link.",
    responses={
        **_to("To the link."),
        **refusals.of({404: refusals.NO_SUCH_LINK}),
        **invalid("id", "String should have at most 64 characters"),
    },
)
async def go(request: Request, link_id: IdPath) -> RedirectResponse:
    """Counts the opening, once a minute for each visitor; robots and previews count nothing."""
    site = site_of(request)
    link = site.archive.get(link_id)
    if not is_idle_look(request):
        site.opened(link, address_of(request))
    return RedirectResponse(link.url, status_code=303)
