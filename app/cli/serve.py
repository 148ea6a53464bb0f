"""`link-drift serve`."""

import logging
import sys
import webbrowser
from typing import Annotated, Any

import typer

from app.cli.options import (
    ServedFile,
    StateFile,
    archive_file,
    counted,
    fail,
    load_or_fail,
    memory_for,
    settings_of,
)


def serve(
    archive: ServedFile = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", "-p", help="0 takes a free one.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
    state: StateFile = None,
) -> None:
    """Serve the playground, the list and the API.

    Edits of the file show without a restart; a broken edit never takes the page down.
    """
    from app.main import create_app
    from app.memory.errors import StateError
    from app.web.server.uvicorn_server import Server

    given: dict[str, Any] = {"archive": archive, "host": host, "port": port, "state": state}
    settings = settings_of(given)
    settings.archive = archive_file(settings)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    loaded = load_or_fail(settings.archive)
    try:
        memory = memory_for(settings.state, settings.archive)
    except StateError as error:
        fail(str(error))

    def ready(url: str) -> None:
        links = counted(len(loaded.archive), "link")
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
