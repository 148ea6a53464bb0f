"""ETags: answers that need not be sent again while nothing changed (RFC 9110, 8.8 and 13).

A strong tag names exact bytes, so a compressed answer must not carry the tag of the
plain one. Routes know only plain bytes; `TagPerCoding`, around the compression, marks
the tag on its way out and takes the mark off on its way back in.
"""

from hashlib import blake2b

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GZIP_MARK = b'-gzip"'  # ends the tag of a compressed answer
ALWAYS_ASK = "no-cache"  # may be kept, but not used without asking whether it changed


def conditional(
    request: Request, body: bytes, media_type: str, cache_control: str = ALWAYS_ASK
) -> Response:
    """Answer with a body and its strong ETag, or with 304 to whoever has it already."""
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": cache_control}
    if has_current(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def has_current(request: Request, etag: str) -> bool:
    """Tell whether the request's If-None-Match names what would be sent."""
    named = [
        one.strip().removeprefix("W/")
        for line in request.headers.getlist("if-none-match")
        for one in line.split(",")
    ]
    return etag in named or "*" in named


class TagPerCoding:
    """Gives compressed answers an ETag of their own; belongs around the compression."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the mark taken off the request's tags and put on the answer's."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = scope["headers"]
        asked = [
            (name, value.replace(GZIP_MARK, b'"') if name == b"if-none-match" else value)
            for name, value in sent
        ]
        has_compressed = asked != sent

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                etag = headers.get("etag", "")
                is_unchanged = message["status"] == 304
                if is_unchanged:
                    headers.add_vary_header("Accept-Encoding")
                if etag.startswith('"') and (
                    has_compressed if is_unchanged else headers.get("content-encoding") == "gzip"
                ):
                    headers["etag"] = etag[:-1] + GZIP_MARK.decode()
            await send(message)

        await self.app({**scope, "headers": asked}, receive, send_marked)
