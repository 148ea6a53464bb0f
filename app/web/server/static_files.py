"""The page's files, with Brotli for whoever takes it.

Gzip alone, made anew for every request, would leave the page over its 60 kB.
Each file is compressed once, as tightly as can be, on a thread.
"""

import asyncio
from functools import cache
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TEXT = frozenset({".css", ".js", ".svg"})


class BrotliStaticFiles(StaticFiles):
    """Static files whose text is sent Brotli-compressed where accepted."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer as `StaticFiles` does, then compress."""
        response = await super().get_response(path, scope)
        if not isinstance(response, FileResponse) or Path(response.path).suffix not in _TEXT:
            return response
        if not _takes_brotli(Headers(scope=scope)):
            return response
        body = await asyncio.to_thread(_compressed, Path(response.path))
        # A strong tag names exact bytes, and a range of these was never offered. The
        # address holds the content's version: nothing need be asked for twice anyway.
        left_out = {"content-length", "etag", "last-modified", "accept-ranges"}
        headers = {name: value for name, value in response.headers.items() if name not in left_out}
        return Response(
            body, headers={**headers, "content-encoding": "br", "vary": "Accept-Encoding"}
        )

    async def warm(self) -> None:
        """Compress every text file, so that no visitor waits for it."""
        assert self.directory is not None
        await asyncio.to_thread(_compress_all, Path(self.directory))


def _takes_brotli(headers: Headers) -> bool:
    for encoding in headers.get("accept-encoding", "").casefold().replace(" ", "").split(","):
        name, _, quality = encoding.partition(";q=")
        if name == "br":
            return quality.strip("0.") != "" or quality == ""
    return False


def _compress_all(directory: Path) -> None:
    for path in sorted(directory.rglob("*")):
        if path.suffix in _TEXT:
            _compressed(path)


@cache
def _compressed(path: Path) -> bytes:
    return bytes(brotli.compress(path.read_bytes(), mode=brotli.MODE_TEXT))
