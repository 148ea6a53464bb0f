"""The archive's commands, as `link-drift` registers them, and a file for them."""

import typer

from app.cli import archive as commands

GOOD = "links:\n  - title: One\n    url: https://one.example/\n    tags: [a]\n"

cli = typer.Typer()
cli.command("check")(commands.check)
cli.command("import")(commands.import_links)
cli.command("export")(commands.export)
cli.command("schema")(commands.schema)
cli.command("init")(commands.init)
