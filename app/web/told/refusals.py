"""How the errors of a route stand in the OpenAPI document: all as problem JSON."""

from http import HTTPStatus
from typing import Any

PROBLEM_JSON = "application/problem+json"
PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}

Responses = dict[int | str, dict[str, Any]]

UNKNOWN_HOST = "The server does not go by the host name of the request."
UNREADABLE = "The body cannot be read as JSON, or the host name is none of the server's."
TOO_LARGE = "The body is longer than 32 KiB."
NO_SUCH_LINK = "No link has this id."
NO_SUCH_TAG = "No link carries this tag."
NOTHING_LEFT = "No link carries this tag, or none is left under these filters."
TOO_OFTEN = "The address moves links too often."
HELD = "Another visitor holds the link, the address holds two already, or the lease has ended."

_EXAMPLES: dict[str, dict[str, Any]] = {
    UNKNOWN_HOST: {"detail": "this server does not go by that host name", "field": "Host"},
    UNREADABLE: {"detail": "There was an error parsing the body"},
    TOO_LARGE: {"detail": "a body is at most 32768 bytes"},
    NO_SUCH_LINK: {
        "detail": "no link has the id 'nowhere'", "field": "id", "code": "unknown_link",
    },
    NO_SUCH_TAG: {
        "detail": "no link carries the tag 'nowhere'", "field": "tag", "code": "unknown_tag",
    },
    NOTHING_LEFT: {
        "detail": "no link has 'zzz' in its title, author, host, note or tags",
        "code": "nothing_to_pick",
    },
    TOO_OFTEN: {"detail": "drags and flings are limited to 60 a second"},
    HELD: {
        "detail": "this lease has run out", "field": "lease", "code": "not_holding",
    },
}  # fmt: skip


def of(described: dict[int, str] | None = None, *, has_body: bool = False) -> Responses:
    """Describe a route's errors, with those that any route may give.

    Args:
        described: What each status means for this route.
        has_body: Whether it reads a body.
    """
    meanings = {400: UNREADABLE if has_body else UNKNOWN_HOST, **(described or {})}
    if has_body:
        meanings[413] = TOO_LARGE
    return {status: _response(status, meanings[status]) for status in sorted(meanings)}


def invalid(field: str, detail: str) -> Responses:
    """Describe the 422 of a route, with the mistake one makes most easily."""
    meaning = "A parameter or a field of the body is missing, wrong or unknown."
    response = _response(422, meaning)
    response["content"][PROBLEM_JSON]["example"] |= {
        "detail": f"{field}: {detail}",
        "field": field,
        "errors": [{"field": field, "detail": detail}],
    }
    return {422: response}


def _response(status: int, meaning: str) -> dict[str, Any]:
    example = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        **_EXAMPLES.get(meaning, {}),
    }
    return {
        "description": meaning,
        "content": {PROBLEM_JSON: {"schema": PROBLEM_REF, "example": example}},
    }


def unchanged(keeps: str) -> Responses:
    """Describe the validators of a 200, and the 304 for whoever has the answer already.

    Args:
        keeps: The Cache-Control that the route sends.
    """
    headers = {
        "ETag": {
            "description": "Names these exact bytes; send it back as If-None-Match.",
            "required": True,
            "schema": {"type": "string"},
        },
        "Cache-Control": {"required": True, "schema": {"type": "string", "examples": [keeps]}},
    }
    return {
        200: {"headers": headers},
        304: {"description": "Nothing has changed since this ETag.", "headers": headers},
    }
