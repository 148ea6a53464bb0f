"""`/docs`: the OpenAPI document as a page one can read, print and try; nothing is fetched."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from app.web.request import base_url, site_of
from app.web.told.openapi import NULL, asked, describe, names

router = APIRouter(include_in_schema=False)

_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "object",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body, in words.

    Attributes:
        kind: Its type and bounds.
        example: Something that works, or nothing.
    """

    name: str
    kind: str
    meaning: str
    is_required: bool
    place: str = "body"
    example: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that a route answers with.

    Attributes:
        shape: The schema's name, where it has one.
        example: As it would be sent, indented; or nothing.
    """

    status: str
    meaning: str
    shape: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One route, as the page tells it.

    Attributes:
        sample: Path and query that work in this archive.
        payload: A body that works, on one line; or nothing.
    """

    id: str
    method: str
    path: str
    summary: str
    description: str
    fields: tuple[Field, ...]
    answers: tuple[Answer, ...]
    sample: str
    payload: str

    @property
    def is_redirect(self) -> bool:
        """A script cannot see where a redirect leads; a person can."""
        return any(answer.status == "303" for answer in self.answers)

    @property
    def can_be_tried(self) -> bool:
        """Only asking is free: nothing that others see is done from a page of documentation."""
        return self.method == "GET" and not self.is_redirect


@router.get("/docs")
async def documentation(request: Request) -> Response:
    """Show the API."""
    site = site_of(request)
    document = describe(request.app, site)
    groups = [
        (tag["name"], tag["description"], operations)
        for tag in document["tags"]
        if (operations := list(_operations(document, tag["name"])))
    ]
    return site.templates.TemplateResponse(
        request,
        "docs.html",
        {
            "static": site.static,
            "site": site.title,
            "base": base_url(request),
            "groups": groups,
            "shapes": _shapes(document),
        },
    )


def _operations(document: dict[str, Any], tag: str) -> list[Operation]:
    return [
        _operation(document, method, path, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if tag in told["tags"]
    ]


def _operation(document: dict[str, Any], method: str, path: str, told: dict[str, Any]) -> Operation:
    fields = [_parameter(one) for one in told.get("parameters", ())]
    sample = path
    for field in fields:
        if field.place == "path":
            sample = sample.replace(f"{{{field.name}}}", quote(field.example, safe=""))
    payload = ""
    if "requestBody" in told:
        content = told["requestBody"]["content"]["application/json"]
        (shape,) = names(content["schema"])
        fields += _fields(document["components"]["schemas"][shape])
        payload = json.dumps(content["example"], ensure_ascii=False)
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        description=told["description"],
        fields=tuple(fields),
        answers=tuple(_answer(status, one) for status, one in sorted(told["responses"].items())),
        sample=sample,
        payload=payload,
    )


def _parameter(told: dict[str, Any]) -> Field:
    return Field(
        name=told["name"],
        kind=_kind(told["schema"]),
        meaning=told.get("description", ""),
        is_required=told["required"],
        place=told["in"],
        example=str(told.get("example", "")),
    )


def _fields(schema: dict[str, Any]) -> list[Field]:
    required = schema.get("required", ())
    return [
        Field(name, _kind(told), told.get("description", ""), name in required)
        for name, told in schema["properties"].items()
    ]


def _answer(status: str, told: dict[str, Any]) -> Answer:
    contents: dict[str, dict[str, Any]] = told.get("content", {})
    media_type = next(iter(contents), "")
    content = contents.get(media_type, {})
    schema = content.get("schema", {})
    shape = " or ".join(names(schema)) or media_type
    values = [one["value"] for one in content.get("examples", {}).values()]
    values += [content["example"]] if "example" in content else []
    examples = (json.dumps(value, ensure_ascii=False, indent=2) for value in values)
    return Answer(status, told["description"], shape, "\n\n".join(examples))


def _shapes(document: dict[str, Any]) -> list[tuple[str, str, list[Field]]]:
    """List the shapes of answers; those of requests stand with their routes."""
    return [
        (name, told.get("description", ""), _fields(told))
        for name, told in sorted(document["components"]["schemas"].items())
        if name not in asked(document)
    ]


def _kind(schema: dict[str, Any]) -> str:
    """Say what a value may be, with its bounds and what it is when left out."""
    if "const" in schema:
        return f"“{schema['const']}”"
    for choice in schema.get("anyOf", ()):
        if choice != NULL:
            return _kind(choice)
    words = " or ".join(names(schema)) or _TYPES[schema["type"]]
    if schema.get("format") == "date":
        words = "date"
    if "items" in schema:
        words = f"list of {_kind(schema['items'])}"
    words += _bounds(schema)
    default = schema.get("default")
    return f"{words}; else {default}" if default not in (None, []) else words


def _bounds(schema: dict[str, Any]) -> str:
    if "minimum" in schema and "maximum" in schema:
        return f", {schema['minimum']:,.0f} to {schema['maximum']:,.0f}"
    if "minimum" in schema:
        return f", at least {schema['minimum']:,.0f}"
    if "maxLength" in schema:
        return f", at most {schema['maxLength']} characters"
    if "maxItems" in schema:
        few, many = schema.get("minItems"), schema["maxItems"]
        return f", {many} of them" if few == many else f", at most {many}"
    return ""
