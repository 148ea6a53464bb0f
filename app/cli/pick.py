"""`link-drift pick`."""

from typing import Annotated

import typer

from app.cli.options import (
    ServedFile,
    StateFile,
    archive_file,
    fail,
    load_or_fail,
    memory_for,
    settings_of,
    state_file,
)


def pick(
    archive: ServedFile = None,
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

    from app.archive.errors import UnknownTagError
    from app.lucky.errors import LuckyError
    from app.lucky.picking import pick as picked

    settings = settings_of({"archive": archive})
    file = archive_file(settings)
    loaded = load_or_fail(file)
    try:
        kept = state_file(state or settings.state, file)
        # Picking leaves no file behind where there was none.
        memory = memory_for(str(kept) if kept and kept.exists() else ":memory:", file)
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
    except (LuckyError, UnknownTagError) as error:
        fail(str(error))
    for one in picks:
        by = f", {one.link.author}" if one.link.author else ""
        typer.echo(f"{one.link.title}{by}\n{one.why}\n{one.link.url}")
