"""What the code has of all that the pages tell: the one place that knows where it is."""

import re
import sqlite3
from typing import Any

import typer
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.archive.exports import formats as exports
from app.archive.file.load import MAX_FILE_BYTES, MAX_SITE_TITLE_CHARS, load
from app.archive.imports import formats as imports
from app.archive.schema import schema
from app.assets import BUNDLED_ARCHIVE
from app.cli.command_line import app as command_line
from app.drift.leases import LEASE_S, MOST_PER_ADDRESS
from app.drift.simulation import PARK_AFTER_S
from app.main import create_app
from app.memory import tables as state
from app.memory.memory import VolatileMemory
from app.settings import Settings
from app.web.gate.limits import HIGH_WATER, LARGEST_BODY, LARGEST_MESSAGE, PING_EVERY_S
from tests.docs.pages import ROOT

STATIC_PREFIX = "/static/"

__all__ = ["Settings", "bundled_app"]


def bundled_app() -> FastAPI:
    """Put the application together around the archive that comes along."""
    settings = Settings(archive=BUNDLED_ARCHIVE)
    return create_app(settings, load(BUNDLED_ARCHIVE), VolatileMemory())


def routes(app: FastAPI) -> dict[str, set[str]]:
    """Map every route, as `METHOD /path`, to its query parameters; static files aside."""
    return {
        f"{method} {context.path}": {
            parameter.alias
            for parameter in getattr(getattr(context, "dependant", None), "query_params", ())
        }
        for context in iter_route_contexts(app.routes)
        if not context.path.startswith(STATIC_PREFIX)
        for method in context.methods or {"WS"}
    }


# What the pages tell in passing, by a name of its own.
FIGURES = {
    "outstanding KiB": HIGH_WATER // 1024,
    "body KiB": LARGEST_BODY // 1024,
    "message bytes": LARGEST_MESSAGE,
    "ping s": PING_EVERY_S,
    "lease s": LEASE_S,
    "parks after s": PARK_AFTER_S,
    "hands an address": MOST_PER_ADDRESS,
    "file MiB": MAX_FILE_BYTES // 1024**2,
    "source MiB": imports.MAX_SOURCE_BYTES // 1024**2,
    "site title": MAX_SITE_TITLE_CHARS,
}


def commands() -> dict[str, set[str]]:
    """Map every command to its options."""
    group: Any = typer.main.get_command(command_line)
    return {
        name: {
            option
            for parameter in command.params
            if parameter.param_type_name == "option"
            for option in parameter.opts
        }
        - {"--help"}
        for name, command in group.commands.items()
    }


def parse_command(words: list[str]) -> None:
    """Read a command's words as the command line does, and do nothing.

    Raises:
        Exception: It would not take them; the message says which.
    """
    group: Any = typer.main.get_command(command_line)
    name, *rest = words
    group.commands[name].make_context(name, rest)


def import_formats() -> dict[str, set[str]]:
    """Map every format that is read to its other names."""
    return {form.name: set(form.other_names) for form in imports.FORMATS}


def export_formats() -> dict[str, set[str]]:
    """Map every format that is written to its other names."""
    return {form.name: set(form.other_names) for form in exports.FORMATS}


def export_media_types() -> dict[str, str]:
    """Map every format that is written to its media type."""
    return {form.name: form.media_type for form in exports.FORMATS}


def link_fields() -> dict[str, list[int]]:
    """Map every field of a link in the file to its limits, outermost first."""
    fields = schema()["definitions"]["link"]["properties"]
    return {
        name: [
            told[limit]
            for told in (field, field.get("items", {}))
            for limit in ("maxItems", "maxLength")
            if limit in told
        ]
        or [int(most) for most in re.findall(r"\{1,(\d+)\}\$$", field.get("pattern", ""))]
        for name, field in fields.items()
    }


def required_fields() -> set[str]:
    """Tell which fields a link must have."""
    return set(schema()["definitions"]["link"]["required"])


def state_columns() -> set[tuple[str, str]]:
    """List the tables and columns of a state file."""
    with sqlite3.connect(":memory:") as connection:
        state.migrate(connection, 0)
        return {
            (table, column)
            for (table,) in connection.execute("SELECT name FROM sqlite_schema").fetchall()
            for (column,) in connection.execute(
                "SELECT name FROM pragma_table_info(?)", [table]
            ).fetchall()
        }


def page_keys() -> set[str]:
    """List the keys that the page listens to."""
    (file,) = (ROOT / "static/js").rglob("keyboard.js")
    text = file.read_text()
    cases = set(re.findall(r'^ *case "([^"]+)":', text, re.MULTILINE))
    arrows = set(re.findall(r"\b(Arrow\w+):", text))
    return {"Space" if key == " " else key.upper() if len(key) == 1 else key
            for key in cases | arrows}  # fmt: skip


def browser_storage() -> set[str]:
    """List the keys under which the page keeps anything in the browser."""
    found = set()
    for file in (ROOT / "static/js").rglob("*.js"):
        text = file.read_text()
        if re.search(r"\b(?:remember|recall)\(|localStorage", text):
            found |= set(re.findall(r'"(link-drift\.[a-z]+)"', text))
    return found


def make_targets() -> set[str]:
    """List what `make` can be asked for."""
    return set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def scripts_of(target: str) -> set[str]:
    """List the scripts of `bench/` that a make target runs."""
    recipe = re.search(
        rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE
    )
    return set(re.findall(r"bench/\w+\.py", recipe[1])) if recipe else set()


def benches() -> set[str]:
    """List the scripts in `bench/`."""
    return {str(file.relative_to(ROOT)) for file in (ROOT / "bench").glob("*.py")}
