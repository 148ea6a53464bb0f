"""Middleware around every route: hosts, bodies, HEAD, CORS, and the headers of each answer."""

import asyncio
import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.gate.headers import headers_for
from app.web.gate.limits import BODY_DEADLINE_S, LARGEST_BODY
from app.web.request import HEAD_MARK
from app.web.told.problems import problem

_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::\d{1,5})?")


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
                if scope["scheme"] == "https":
                    headers.setdefault("strict-transport-security", "max-age=31536000")
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
        parts = _HOST.fullmatch(hosts[0].casefold())
        if parts is None:
            return False
        name = parts["address"] or parts["name"].removesuffix(".")
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class SmallBodies:
    """Reads a body whole: 413 if it is over `LARGEST_BODY`, 408 if it takes too long.

    Every body here is JSON, whatever the client calls it: `curl -d` says form.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body whole before the route does."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(BODY_DEADLINE_S):
                body = await _whole_body(receive)
        except TimeoutError:
            await problem(408, f"a body comes within {BODY_DEADLINE_S:.0f} s")(scope, receive, send)
            return
        if body is None:
            return
        if len(body) > LARGEST_BODY:
            too_large = problem(413, f"a body is at most {LARGEST_BODY} bytes")
            await too_large(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0] != b"content-type"]
        scope = {**scope, "headers": [*headers, (b"content-type", b"application/json")]}
        whole: Message = {"type": "http.request", "body": body, "more_body": False}
        queue = [whole]

        async def replay() -> Message:
            return queue.pop() if queue else await receive()

        await self.app(scope, replay, send)


async def _whole_body(receive: Receive) -> bytes | None:
    """Read a body, or as much of it as is too much; None if the client left."""
    body = b""
    more = True
    while more and len(body) <= LARGEST_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


class HeadAsGet:
    """Answers HEAD as GET; the server leaves the body out, `HEAD_MARK` tells the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HEAD on as GET."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET", HEAD_MARK: True}
        await self.app(scope, receive, send)
