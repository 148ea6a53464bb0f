"""`python -m app.cli`, the same as `link-drift`."""

from app.cli.command_line import main

main()
