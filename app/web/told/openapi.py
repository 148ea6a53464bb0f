"""The OpenAPI document: FastAPI's, told in this project's words.

What FastAPI derives from the routes is the base. Added are what it cannot know:
the problem JSON of errors, what a link's fields mean, and examples, which are taken
from the archive that is served, so that every one of them can be tried.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from app.archive.link import Link
from app.web.site import Site
from app.web.told.shapes import ProblemDetails

NULL = {"type": "null"}
REF = "#/components/schemas/{model}"

DESCRIPTION = """\
A personal link archive that floats, and everything one can ask of it.

No key, no cookie, no account; scripts of any page may ask `/api/`. HEAD is answered
like GET. Errors are problem JSON (RFC 9457): 400 for a host name the server does not go
by, 404 for a path and 405 for a method there is not; the others stand with each route.
Ids in the examples are of this archive.
"""
TAGS = {
    "links": "The archive as it is.",
    "picks": "One link, and why.",
    "room": "The hands that the page has: what is done here, everyone sees.",
    "redirects": "For bookmarks, bots and links in other pages.",
    "documents": "The archive and this API in other forms.",
    "health": "For whoever keeps the server running.",
}
LINK_FIELDS = {
    "id": "8 characters derived from the address, or the owner's own.",
    "url": "Absolute, http or https.",
    "title": "What it is called.",
    "host": "The address's host without `www.`.",
    "author": "Who made it, where known.",
    "note": "The owner's line on it, where there is one.",
    "tags": "As the owner wrote them; compared without case.",
    "added": "The day it entered the archive, where known.",
}


def describe(app: FastAPI, site: Site) -> dict[str, Any]:
    """Make the document for the archive that is served now."""
    document = deepcopy(app.openapi())
    document["info"]["description"] = DESCRIPTION
    document["servers"] = [{"url": "/", "description": "This server."}]
    document["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    schemas = document["components"]["schemas"]
    _, problem = models_json_schema([(ProblemDetails, "serialization")], ref_template=REF)
    schemas |= problem["$defs"]
    schemas["Problem"] = schemas.pop(ProblemDetails.__name__)  # as clients know it
    _explain_link(schemas["Link"])
    _tidy(document)
    for operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            parameter["schema"].pop("description", None)  # stands beside it already
            _drop_null(parameter["schema"])
        _name_answer(operation["responses"], schemas)
    # Answers leave out what is not known; a request may well say null.
    for name in schemas.keys() - asked(document):
        for field in schemas[name]["properties"].values():
            _drop_null(field)
    _Examples(site).put_into(document)
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        yield from operations.values()


def asked(document: dict[str, Any]) -> set[str]:
    """Find the shapes of requests."""
    bodies = [one["requestBody"] for one in _operations(document) if "requestBody" in one]
    return {
        name
        for body in bodies
        for content in body["content"].values()
        for name in names(content["schema"])
    }


def names(schema: dict[str, Any]) -> list[str]:
    """List the components that a schema may be."""
    choices = schema.get("anyOf", [schema])
    return [one["$ref"].rpartition("/")[2] for one in choices if "$ref" in one]


def _name_answer(responses: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Describe the answer of a route that says nothing of it by what it is made of."""
    answer = responses.get("200", {})
    if answer.get("description") == "Successful Response":
        (content,) = answer["content"].values()
        made_of = [schemas[name]["description"] for name in names(content["schema"])]
        answer["description"] = " Or: ".join(made_of) or "All is well."


def _explain_link(link: dict[str, Any]) -> None:
    link["description"] = "One link of the archive."
    for name, meaning in LINK_FIELDS.items():
        link["properties"][name]["description"] = meaning


def _tidy(node: Any) -> None:
    """Take out titles that repeat a name."""
    if isinstance(node, list):
        for one in node:
            _tidy(one)
    if isinstance(node, dict):
        if isinstance(node.get("title"), str) and ("type" in node or "anyOf" in node):
            del node["title"]
        for one in node.values():
            _tidy(one)


def _drop_null(schema: dict[str, Any]) -> None:
    """Leave what a value is when it is there."""
    kept = [choice for choice in schema.get("anyOf", ()) if choice != NULL]
    if len(kept) == 1:
        del schema["anyOf"]
        schema |= kept[0]


class _Examples:
    """Requests and answers, with a link that is really there."""

    def __init__(self, site: Site) -> None:
        self._link: Link = site.archive.links[0]
        self._other: Link = site.archive.links[-1]
        self._total = len(site.archive)
        self._tag = next(iter(site.archive.tags), None)
        self._epoch = site.room.epoch

    def put_into(self, document: dict[str, Any]) -> None:
        """Set them beside parameters, bodies and answers."""
        parameters: dict[str, Any] = {"id": self._link.id, "q": self._word(), "seed": "moon"}
        if self._tag is not None:
            parameters["tag"] = self._tag
        answers, requests = self._answers(), self._requests()
        for operation in _operations(document):
            name = operation["operationId"]
            for parameter in operation.get("parameters", ()):
                if parameter["name"] in parameters:
                    parameter["example"] = parameters[parameter["name"]]
            if name in requests:
                content = operation["requestBody"]["content"]
                content["application/json"]["example"] = requests[name]
            if name in answers:
                content = operation["responses"]["200"]["content"]
                content["application/json"] |= answers[name]

    def _word(self) -> str:
        """Take a word that some link is sure to hold, and a filter to take."""
        return max(self._link.title.split(), key=len)[:200]

    def _requests(self) -> dict[str, Any]:
        lucky = {} if self._tag is None else {"tag": self._tag}
        return {
            "lucky": {**lucky, "exclude": [self._link.id]},
            "drag": {"x": 800, "y": 450},
            "fling": {"vx": 300, "vy": -120},
        }

    def _answers(self) -> dict[str, Any]:
        link, other = _plain(self._link), _plain(self._other)
        pick = {
            "link": link,
            "why": "never opened here",
            "permalink": f"https://links.example/l/{self._link.id}",
        }
        state = {"x": 812.5, "y": 451.0, "angle": 0.02, "vx": 300.0, "vy": -120.0, "omega": 0.0}
        one = {"example": pick}
        return {
            "list_links": {"example": {"total": self._total, "links": [link]}},
            "show_link": {"example": link},
            "related_links": {"example": {"related": [{"link": other, "why": "at the same host"}]}},
            "random_link": {
                "examples": {
                    "one": {"summary": "Without n", "value": pick},
                    "several": {"summary": "With n", "value": {"picks": [pick]}},
                }
            },
            "todays_pick": one,
            "lucky": one,
            "drag": {
                "example": {
                    "id": self._link.id,
                    "x": 800.0,
                    "y": 450.0,
                    "lease": "q3Vw0pTn5mXh",
                    "expires_ms": 10_000,
                }
            },
            "fling": {"example": {"id": self._link.id, "tick": 5120, **state}},
            "newest_drift": {
                "example": {
                    "type": "frame",
                    "epoch": self._epoch,
                    "tick": 5120,
                    "bodies": [[0, *state.values()]],
                }
            },
        }


def _plain(link: Link) -> dict[str, Any]:
    return link.model_dump(mode="json", exclude_none=True)
