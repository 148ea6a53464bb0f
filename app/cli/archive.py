"""The commands that look after the file: check, import, export, schema, init.

Each is a plain function for the command line to register; results go to
standard output, what is said about them to standard error. Imports are late, so
that the other commands, and ``--help``, do not wait for what they do not use.
"""

import sys
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.format_help import EXPORTED, IMPORTED
from app.cli.options import (
    DEFAULT_FILE,
    ArchiveFile,
    colours,
    counted,
    fail,
    load_or_fail,
    say,
    terminal_width,
)

if TYPE_CHECKING:
    from app.archive.file.merge import Merged
    from app.archive.imports.bookmark import Bookmark
    from app.archive.imports.import_format import ImportFormat

PROGRESS_FROM = 5_000  # bookmarks; fewer are done before a bar could be read


def check(file: ArchiveFile = DEFAULT_FILE) -> None:
    """Tell everything that is wrong with the file, with line and column.

    Exits with 1 when there are errors; warnings alone are fine.
    """
    from app.archive.render import render

    loaded = load_or_fail(file)
    if loaded.warnings:
        say(render(str(file), loaded.warnings, colour=colours()))
    else:
        links = counted(len(loaded.archive), "link")
        tags = counted(len(loaded.archive.tags), "tag")
        typer.echo(f"{file}: {links}, {tags}, no problems")


def import_links(
    sources: Annotated[list[str], typer.Argument(help="Files to read; - is standard input.")],
    into: Annotated[Path, typer.Option(help="The archive to add to.")] = DEFAULT_FILE,
    tag: Annotated[
        list[str] | None, typer.Option(help="Give every link this tag; may be repeated.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--from",
            help=f"The sources' format, where it is not to be guessed: {IMPORTED}.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    links: Annotated[
        bool, typer.Option("--links", help="Take the links inside a feed's entries, too.")
    ] = False,
    oversize: Annotated[
        bool,
        typer.Option("--oversize", help="Write a file even if it is too large to be served."),
    ] = False,
) -> None:
    """Bring bookmarks, feeds and lists of links into the archive.

    Reads browser bookmarks (HTML), Atom, RSS, OPML, Markdown, Pocket and Raindrop
    CSV, Pinboard JSON, JSON Feed, plain lists and other
    archives. Comments and order of the file
    stay, nothing is added twice, and nothing is ever fetched.
    """
    from app.archive.errors import ArchiveError, MergeError, SourceError, UnknownFormatError
    from app.archive.file.merge import Outcome, merge
    from app.archive.imports.formats import import_format
    from app.archive.render import render
    from app.cli.import_report import table

    try:
        named = import_format(form) if form else None
        found = deque(mark for source in sources for mark in _read(source, named, links=links))
    except (SourceError, UnknownFormatError) as error:
        fail(str(error))
    total = len(found)
    try:
        before = into.read_bytes() if into.exists() else None
        merged = merge(
            before,
            _drained(found),
            name=str(into),
            tags=tuple(tag or ()),
            total=total,
            progress=_bar if total >= PROGRESS_FROM and sys.stderr.isatty() else None,
        )
    except ArchiveError as error:
        say(render(str(into), error.problems, colour=colours()))
        fail("the archive itself is broken; mend it first, nothing was changed")
    except (MergeError, OSError) as error:
        fail(str(error))
    typer.echo(table(merged, width=terminal_width()))
    if dry_run:
        say(f"dry run: {into} is as it was")
    elif merged.changed:
        _write(into, merged, before, oversize=oversize)
    if not total or (before is None and not merged.count(Outcome.ADDED)):
        fail("no link was found to import")


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {EXPORTED}.")],
    file: ArchiveFile = DEFAULT_FILE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to; else standard output.")
    ] = None,
) -> None:
    """Write the archive as browser bookmarks (HTML), OPML, Markdown, JSON Feed or CSV."""
    from app.archive.errors import UnknownFormatError
    from app.archive.exports.formats import export as exported
    from app.archive.exports.formats import export_format

    try:
        wanted = export_format(form)
    except UnknownFormatError as error:
        fail(str(error))
    loaded = load_or_fail(file)
    text = exported(loaded.archive, wanted, title=loaded.title or "Link archive")
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}")
    say(f"{output}: {counted(len(loaded.archive), 'link')}")


def schema() -> None:
    """Print the JSON Schema of the file, for editors that check while one types."""
    from app.archive.schema import schema_text

    typer.echo(schema_text(), nl=False)


def init(file: ArchiveFile = DEFAULT_FILE) -> None:
    """Write a small commented archive to begin with; never over a file that is there."""
    from app.archive.file.example import example

    try:
        with file.open("x", encoding="utf-8") as begun:
            begun.write(example(datetime.now(UTC).astimezone().date()))
    except FileExistsError:
        fail(f"{file} is there already; it is left as it is")
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}")
    typer.echo(f"{file} is ready: link-drift serve {file}")


def _read(source: str, form: "ImportFormat | None", *, links: bool) -> Iterator["Bookmark"]:
    from app.archive.errors import SourceError
    from app.archive.imports.formats import read

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise SourceError(f"{source} cannot be read: {error.strerror}") from None
    try:
        found = read(data, name=source, form=form, links=links)
        del data  # the reader keeps what it needs; a large export is not held twice
        yield from found
    except SourceError as error:
        name = "standard input" if source == "-" else source
        raise SourceError(f"{name} {error}") from None


def _drained(found: deque["Bookmark"]) -> Iterator["Bookmark"]:
    """Hand bookmarks over one by one and forget them: a large import is held once, not twice."""
    while found:
        yield found.popleft()


def _write(into: Path, merged: "Merged", before: bytes | None, *, oversize: bool) -> None:
    from app.archive.errors import FileChangedError
    from app.archive.file.save import replace_file

    too_large = f"{into} is larger than 1 MiB with them, the most that is served"
    # A file that is being served must stay one that can be; a new one breaks nobody's page.
    if merged.is_too_large and before is not None and not oversize:
        fail(
            f"{too_large}; nothing was written. Import less, or into another file (--into), "
            "or insist with --oversize"
        )
    try:
        replace_file(into, merged.text, expected=before)
    except FileChangedError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{into} cannot be written: {error.strerror}")
    if merged.is_too_large:
        say(f"warning: {too_large}; take links out before you serve it")


def _bar(done: int, total: int) -> None:
    filled = 30 * done // max(1, total)
    end = "\n" if done == total else ""
    typer.echo(
        f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,}{end}", nl=False, err=True
    )
