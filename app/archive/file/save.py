"""Replacing the owner's file whole: a reader sees the old one or the new one, never half."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from app.archive.errors import FileChangedError


def replace_file(path: Path, text: str, *, expected: bytes | None) -> None:
    """Write a file anew, keeping its access rights; a link to it stays a link.

    Args:
        path: The file; its folder exists.
        text: What it is to hold.
        expected: What it held when the new text was made; None for no file.

    Raises:
        FileChangedError: Somebody else has written it meanwhile.
        OSError: The disk or the folder's rights refuse.
    """
    target = path.resolve()
    try:
        found: bytes | None = target.read_bytes()
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        found, mode = None, 0o644
    if found != expected:
        raise FileChangedError(f"{path} was changed meanwhile; nothing was written")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
