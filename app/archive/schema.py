"""The file's JSON Schema, for editors that complete and check while one types.

It says what the loader takes, and is stricter in one thing only: an unknown key,
of which the loader warns, is an error here, which editors draw as a warning.
"""

import json
from typing import Any, Final

from app.archive.file.entry import Entry
from app.archive.file.load import MAX_SITE_TITLE_CHARS

MODELINE: Final = "# yaml-language-server: $schema=schema.json"

# Unquoted 1984 or `no` is a number or a truth value to an editor, a text to the loader.
_WORDS: Final = ["string", "number", "boolean"]


def schema() -> dict[str, Any]:
    """Describe ``links.yaml``, from the same model that checks it."""
    made = Entry.model_json_schema()
    fields = made["properties"]
    for name, field in fields.items():
        field.pop("title", None)
        field.pop("default", None)
        fields[name] = _without_null(field)
    for name in ("title", "author", "note"):
        fields[name]["type"] = [*_WORDS]
    fields["id"]["type"] = ["string", "integer"]
    for name in ("author", "note", "added", "tags", "id"):
        kind = fields[name].pop("type")
        fields[name]["type"] = [*(kind if isinstance(kind, list) else [kind]), "null"]
    fields["tags"]["items"] = {**fields["tags"]["items"], "type": [*_WORDS, "null"]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Link Drift archive",
        "description": "The links of an archive, in any order.",
        "anyOf": [{"$ref": "#/definitions/file"}, {"$ref": "#/definitions/links"}],
        "definitions": {
            "file": {
                "type": "object",
                "properties": {
                    "title": {
                        "type": [*_WORDS, "null"],
                        "maxLength": MAX_SITE_TITLE_CHARS,
                        "description": "The site's name, shown above the water.",
                    },
                    "links": {"$ref": "#/definitions/links"},
                },
                "required": ["links"],
                "additionalProperties": False,
            },
            "links": {
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/definitions/link"},
                "description": "The archive, one entry per link.",
            },
            "link": {
                "type": "object",
                "properties": fields,
                "required": made["required"],
                "additionalProperties": False,
            },
        },
    }


def schema_text() -> str:
    """The schema as it is committed beside ``links.yaml``."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _without_null(field: dict[str, Any]) -> dict[str, Any]:
    """Fold pydantic's ``anyOf: [type, null]`` into the type itself."""
    if "anyOf" not in field:
        return field
    (kept,) = (choice for choice in field.pop("anyOf") if choice.get("type") != "null")
    return {**kept, **field}
