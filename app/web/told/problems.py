"""Errors as RFC 9457 problem JSON, or as a page for those who read pages."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.archive.errors import UnknownLinkError, UnknownTagError
from app.drift.errors import LeaseError, NotHoldingError
from app.lucky.errors import NothingToPickError
from app.web.gate.headers import headers_for
from app.web.request import site_of
from physics.errors import UnknownSlotError


def problem(status: int, detail: str, **extra: Any) -> JSONResponse:
    """Make a problem answer; extra members that are None are left out."""
    members = {key: value for key, value in extra.items() if value is not None}
    title = HTTPStatus(status).phrase
    return JSONResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail, **members},
        status_code=status,
        media_type="application/problem+json",
    )


def install(app: FastAPI) -> None:
    """Map every exception a route may raise to its answer, in this one place."""
    app.add_exception_handler(UnknownLinkError, _unknown_link)
    app.add_exception_handler(UnknownSlotError, _gone)
    app.add_exception_handler(UnknownTagError, _unknown_tag)
    app.add_exception_handler(NothingToPickError, _nothing)
    app.add_exception_handler(LeaseError, _lease)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


def _answer(request: Request, status: int, detail: str, **extra: Any) -> Response:
    path = request.url.path
    wants_page = "text/html" in request.headers.get("accept", "")
    if path.startswith("/api/") or not wants_page:
        return problem(status, detail, **extra)
    site = site_of(request)
    return site.templates.TemplateResponse(
        request,
        "error.html",
        {
            "static": site.static,
            "site": site.title,
            "status": status,
            "title": HTTPStatus(status).phrase,
            "detail": detail,
        },
        status_code=status,
    )


async def _unknown_link(request: Request, error: Exception) -> Response:
    return _answer(request, 404, str(error), field="id", code="unknown_link")


async def _gone(request: Request, _error: Exception) -> Response:
    # The archive was reloaded between the request and the world's next step.
    detail = "the link left the archive just now"
    return _answer(request, 404, detail, field="id", code="unknown_link")


async def _unknown_tag(request: Request, error: Exception) -> Response:
    return _answer(request, 404, str(error), field="tag", code="unknown_tag")


async def _nothing(request: Request, error: Exception) -> Response:
    return _answer(request, 404, str(error), code="nothing_to_pick")


async def _lease(request: Request, error: Exception) -> Response:
    assert isinstance(error, LeaseError)
    field = "lease" if isinstance(error, NotHoldingError) else None
    return _answer(request, 409, str(error), field=field, code=error.code)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # The input itself is never echoed: it may be a NaN, which JSON cannot say.
    errors = [
        {"field": ".".join(map(str, one["loc"][1:])) or str(one["loc"][0]), "detail": one["msg"]}
        for one in error.errors()
    ]
    first = errors[0]
    return _answer(
        request, 422, f"{first['field']}: {first['detail']}", field=first["field"], errors=errors
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _answer(request, error.status_code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _fault(request: Request, _error: Exception) -> Response:
    answer = _answer(request, 500, "the server made a mistake; it is in its log")
    # This one is made outside every middleware.
    answer.headers.update(headers_for(request.url.path))
    return answer
