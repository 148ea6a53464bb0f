"""Help that names the formats there are, which are looked up only when it is asked for.

A format is known to the module that reads or writes it; to load all of them for a list
of their names would hold up every other command.
"""

from typing import Any, Final

from typer.core import TyperArgument, TyperCommand, TyperOption

IMPORTED: Final = "{formats that are read}"
EXPORTED: Final = "{formats that are written}"


class FormatCommand(TyperCommand):
    """A command whose parameters may have `IMPORTED` or `EXPORTED` in their help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, with the names in it."""
        for parameter in self.params:
            if isinstance(parameter, TyperOption | TyperArgument) and parameter.help:
                parameter.help = _named(parameter.help)
        super().format_help(ctx, formatter)


def _named(text: str) -> str:
    if IMPORTED in text:
        from app.archive.imports import formats as imports

        text = text.replace(IMPORTED, ", ".join(map(str, imports.FORMATS)))
    if EXPORTED in text:
        from app.archive.exports import formats as exports

        text = text.replace(EXPORTED, ", ".join(map(str, exports.FORMATS)))
    return text
