"""What several commands need: their options, the settings, the memory, and how to fail."""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from app.archive.file.load import Loaded
    from app.memory.memory import Memory
    from app.settings import Settings

DEFAULT_FILE = Path("links.yaml")

ArchiveFile = Annotated[Path, typer.Argument(help="The archive's file.", show_default=True)]
ServedFile = Annotated[
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


def settings_of(given: dict[str, Any]) -> "Settings":
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


def archive_file(settings: "Settings") -> Path:
    """Take the bundled archive where none was named, by option or variable, and none is here."""
    from app.assets import BUNDLED_ARCHIVE

    named = "archive" in settings.model_fields_set
    return settings.archive if named or settings.archive.exists() else BUNDLED_ARCHIVE


def memory_for(state: str | None, archive: Path) -> "Memory":
    """Open the memory beside the archive, or where it is asked for."""
    from app.memory.lasting import LastingMemory
    from app.memory.memory import VolatileMemory

    path = state_file(state, archive)
    return VolatileMemory() if path is None else LastingMemory(path)


def state_file(state: str | None, archive: Path) -> Path | None:
    """Find where openings are remembered; None where they are not to last."""
    from app.assets import BUNDLED_ARCHIVE, IS_INSTALLED

    if state is not None:
        return None if state == ":memory:" else Path(state)
    # Nobody looks for their counts inside an installed package.
    if IS_INSTALLED and archive == BUNDLED_ARCHIVE:
        return None
    return archive.with_suffix(".sqlite")


def load_or_fail(file: Path) -> "Loaded":
    """Read an archive; where it is broken, say everything that is wrong and end."""
    from app.archive.errors import ArchiveError
    from app.archive.file.load import load
    from app.archive.render import render

    try:
        return load(file)
    except ArchiveError as error:
        say(render(str(file), error.problems, colour=colours()))
        raise typer.Exit(1) from None


def counted(number: int, word: str) -> str:
    """Write a number of things in words."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """Tell a person, on standard error."""
    typer.echo(text, err=True)


def colours() -> bool:
    """Tell whether standard error is a terminal whose owner likes colours."""
    return sys.stderr.isatty() and "NO_COLOR" not in os.environ


def terminal_width() -> int:
    """Columns of the terminal."""
    return shutil.get_terminal_size((100, 24)).columns


def fail(reason: str) -> NoReturn:
    """Say what went wrong and end with 1."""
    say(f"error: {reason}")
    raise typer.Exit(1)
