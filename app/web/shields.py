"""Middleware around every route: hosts, sizes, HEAD, and the headers of each answer."""

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.problems import problem
from app.web.site import HEAD_MARK

LARGEST_BODY = 16 * 1024  # bytes; the longest honest body is a lucky with 100 exclusions

_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
        "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
_COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": _PERMISSIONS,
}
_PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_PAGE = {
    "content-security-policy": _PAGE_CSP,
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}
_API = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
}
_STATIC = {
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=31536000, immutable",
}
# Both redirect, and neither may be kept, indexed or guessed ahead.
_CHANCE = {**_PAGE, "cache-control": "no-store", "x-robots-tag": "noindex"}

_MACHINE_PATHS = frozenset(
    {
        "/healthz", "/readyz", "/openapi.json", "/schema.json",
        "/feed.xml", "/links.opml", "/llms.txt",
    }
)  # fmt: skip


def headers_for(path: str) -> dict[str, str]:
    """List the headers an answer from a path carries, unless the route set its own."""
    if path.startswith("/static/"):
        return _COMMON | _STATIC
    if path.startswith("/api/") or path in _MACHINE_PATHS:
        return _COMMON | _API
    if path == "/lucky" or path.startswith("/go/"):
        return _COMMON | _CHANCE
    return _COMMON | _PAGE


class AnswerHeaders:
    """Adds each path's headers to its answers, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass through; add headers as the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                missing = message["status"] >= 400 and scope["path"].startswith("/static/")
                for name, value in headers_for("/" if missing else scope["path"]).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ApiCors:
    """Lets any page's script ask the API; there are no credentials to lend."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._cors = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=["ETag"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let CORS see the API's requests only."""
        is_api = scope["type"] == "http" and scope["path"].startswith("/api/")
        await (self._cors if is_api else self.app)(scope, receive, send)


class KnownHosts:
    """Answers 400 to a Host this server does not go by.

    A bare address is always served: DNS cannot be made to point it elsewhere.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self._names = {"localhost", *(name.casefold() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what asks for this server."""
        if scope["type"] == "lifespan" or self._knows(Headers(scope=scope).getlist("host")):
            await self.app(scope, receive, send)
            return
        # Starlette turns an HTTP answer to a handshake into its refusal.
        refusal = problem(400, "this server does not go by that host name", field="Host")
        await refusal(scope, receive, send)

    def _knows(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        name = hosts[0].casefold()
        name = name.rpartition("]")[0][1:] if name.startswith("[") else name.partition(":")[0]
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class SmallBodies:
    """Answers 413 to a body over `LARGEST_BODY`, declared or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body whole before the route does."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST_BODY:
                too_large = problem(413, f"a body is at most {LARGEST_BODY} bytes")
                await too_large(scope, receive, send)
                return
        whole: Message = {"type": "http.request", "body": body, "more_body": False}
        queue = [whole]

        async def replay() -> Message:
            return queue.pop() if queue else await receive()

        await self.app(scope, replay, send)


class HeadAsGet:
    """Answers HEAD as GET; the server leaves the body out, `HEAD_MARK` tells the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HEAD on as GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET", HEAD_MARK: True}
        await self.app(scope, receive, send)
