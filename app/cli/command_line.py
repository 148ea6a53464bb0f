"""`link-drift`: all commands, put together."""

from importlib.metadata import version
from typing import Annotated

import typer

from app.cli import archive
from app.cli.format_help import FormatCommand
from app.cli.pick import pick
from app.cli.serve import serve

app = typer.Typer(
    help="A personal link archive that floats.",
    epilog="Begin with: link-drift init, then link-drift serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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


app.command("serve")(serve)
app.command("check")(archive.check)
app.command("import", cls=FormatCommand)(archive.import_links)
app.command("export", cls=FormatCommand)(archive.export)
app.command("pick")(pick)
app.command("schema")(archive.schema)
app.command("init")(archive.init)


def main() -> None:
    """Run the command line."""
    app()
