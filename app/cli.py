"""The command line."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="A personal link archive that floats.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def link_drift() -> None:
    """Serve and look after an archive of links."""


@app.command()
def serve(
    archive: Annotated[
        Path | None, typer.Argument(help="The archive; without one, the bundled example.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", "-p", help="0 takes a free one.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
) -> None:
    """Serve the playground, the list and the API."""
    from app.archive.load import load
    from app.archive.problem import ArchiveError
    from app.assets import BUNDLED_ARCHIVE
    from app.lucky.memory import VolatileMemory
    from app.main import create_app
    from app.settings import Settings
    from app.web.server import Server

    given: dict[str, Any] = {"archive": archive, "host": host, "port": port}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    path = settings.archive
    if archive is None and not path.exists():
        path = BUNDLED_ARCHIVE
    try:
        loaded = load(path)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None

    def ready(url: str) -> None:
        print(f"Link Drift: {len(loaded.archive)} links of {path} at {url}", flush=True)
        if open_browser:
            webbrowser.open(url)

    server = Server(create_app(settings, loaded, VolatileMemory()), settings, ready)
    server.run()


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
