"""The command line."""

import logging
import os
import sys
import webbrowser
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.archive import commands

if TYPE_CHECKING:
    from app.lucky.memory import Memory
    from app.settings import Settings

app = typer.Typer(
    help="A personal link archive that floats.",
    epilog="Begin with: link-drift init, then link-drift serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ArchiveFile = Annotated[
    Path | None,
    typer.Argument(help="The archive's file; links.yaml here, else the bundled example."),
]
StateFile = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="PATH",
        help="Where openings are remembered: beside the archive; :memory: forgets them.",
    ),
]


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"link-drift {version('link-drift')}")
        raise typer.Exit


@app.callback()
def link_drift(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """A personal link archive that floats."""


@app.command()
def serve(
    archive: ArchiveFile = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", "-p", help="0 takes a free one.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
    state: StateFile = None,
) -> None:
    """Serve the playground, the list and the API.

    Edits of the file show without a restart; a broken edit never takes the page down.
    """
    from app.archive.load import load
    from app.archive.problem import ArchiveError
    from app.archive.render import render
    from app.lucky.soundness import StateError
    from app.main import create_app
    from app.web.server import Server

    given: dict[str, Any] = {"archive": archive, "host": host, "port": port, "state": state}
    settings = _settings(given)
    settings.archive = _archive_file(settings)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        loaded = load(settings.archive)
        memory = _memory(settings.state, settings.archive)
    except ArchiveError as error:
        colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        typer.echo(render(str(settings.archive), error.problems, colour=colour), err=True)
        raise typer.Exit(1) from None
    except StateError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from None

    def ready(url: str) -> None:
        count = len(loaded.archive)
        links = "1 link" if count == 1 else f"{count} links"
        print(f"Link Drift: {links} of {settings.archive} at {url}", flush=True)
        if open_browser:
            webbrowser.open(url)

    server = Server(create_app(settings, loaded, memory), settings, ready)
    try:
        server.run()
    except SystemExit:
        # Uvicorn has said why; what it cannot know is how to ask for another address.
        typer.echo("choose another address with --host and --port (0 takes a free one)", err=True)
        raise typer.Exit(1) from None
    if server.faulted:
        raise typer.Exit(1)


@app.command()
def pick(
    archive: ArchiveFile = None,
    tag: Annotated[str | None, typer.Option(help="Only links that carry it.")] = None,
    q: Annotated[str | None, typer.Option(help="Only links with all of these words.")] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="An id not to pick; may be repeated.")
    ] = None,
    count: Annotated[int, typer.Option("-n", help="How many.")] = 1,
    seed: Annotated[str | None, typer.Option(help="Repeats a pick.")] = None,
    state: StateFile = None,
) -> None:
    """Pick a link and say why; its address is the last line of each pick.

    Reads what the server remembers, and notes nothing down itself.
    """
    from datetime import UTC, datetime

    from app.archive.link import UnknownTagError
    from app.archive.load import load
    from app.archive.problem import ArchiveError
    from app.archive.render import render
    from app.lucky.errors import LuckyError
    from app.lucky.picking import pick as picked

    settings = _settings({"archive": archive})
    file = _archive_file(settings)
    try:
        loaded = load(file)
        kept = _state_file(state or settings.state, file)
        # Picking leaves no file behind where there was none.
        memory = _memory(str(kept) if kept and kept.exists() else ":memory:", file)
        try:
            picks = picked(
                loaded.archive,
                memory,
                datetime.now(UTC),
                tag=tag,
                q=q,
                exclude=exclude or [],
                n=count,
                seed=seed,
            )
        finally:
            memory.close()
    except ArchiveError as error:
        typer.echo(render(str(file), error.problems), err=True)
        raise typer.Exit(1) from None
    except (LuckyError, UnknownTagError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from None
    for one in picks:
        by = f", {one.link.author}" if one.link.author else ""
        typer.echo(f"{one.link.title}{by}\n{one.why}\n{one.link.url}")


def _settings(given: dict[str, Any]) -> "Settings":
    """Read settings from options and the environment, or say in a line what is wrong."""
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for one in error.errors(include_url=False):
            name = str(one["loc"][0])
            place = f"--{name}" if given.get(name) is not None else f"LINK_DRIFT_{name.upper()}"
            typer.echo(f"error: {place} is {one['input']!r}: {one['msg']}", err=True)
        raise typer.Exit(1) from None


def _archive_file(settings: "Settings") -> Path:
    """Take the bundled archive where none was named, by option or variable, and none is here."""
    from app.assets import BUNDLED_ARCHIVE

    named = "archive" in settings.model_fields_set
    return settings.archive if named or settings.archive.exists() else BUNDLED_ARCHIVE


def _memory(state: str | None, archive: Path) -> "Memory":
    """Open the memory beside the archive, or where it is asked for."""
    from app.lucky.lasting import LastingMemory
    from app.lucky.memory import VolatileMemory

    path = _state_file(state, archive)
    return VolatileMemory() if path is None else LastingMemory(path)


def _state_file(state: str | None, archive: Path) -> Path | None:
    """Find where openings are remembered; None where they are not to last."""
    from app.assets import BUNDLED_ARCHIVE, IS_INSTALLED

    if state is not None:
        return None if state == ":memory:" else Path(state)
    # Nobody looks for their counts inside an installed package.
    if IS_INSTALLED and archive == BUNDLED_ARCHIVE:
        return None
    return archive.with_suffix(".sqlite")


app.command("check")(commands.check)
app.command("import")(commands.import_links)
app.command("export")(commands.export)
app.command("schema")(commands.schema)
app.command("init")(commands.init)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
