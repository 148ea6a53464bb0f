"""Uvicorn, configured once for the command line, tests and benchmarks alike."""

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from app.settings import Settings
from app.web.gate.limits import LARGEST_MESSAGE, PING_EVERY_S, PONG_WITHIN_S
from app.web.server.transport import DeadlineHttp, DriftSocket


class Server(uvicorn.Server):
    """A server that tells its address once it answers.

    Args:
        app: What to serve.
        settings: Where.
        on_ready: Called with the URL when connections are accepted.
    """

    def __init__(self, app: FastAPI, settings: Settings, on_ready: Callable[[str], None]) -> None:
        proxies = settings.trusted_proxies
        super().__init__(
            uvicorn.Config(
                app,
                host=settings.host,
                port=settings.port,
                http=DeadlineHttp,
                ws=DriftSocket,
                ws_max_size=LARGEST_MESSAGE,
                ws_per_message_deflate=False,
                ws_ping_interval=PING_EVERY_S,
                ws_ping_timeout=PONG_WITHIN_S,
                # Uvicorn's own lines hold visitors' addresses and queries, and its warnings
                # are one for each piece of junk that is no HTTP.
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=bool(proxies),
                forwarded_allow_ips=proxies or None,
                timeout_graceful_shutdown=2,
            )
        )
        self._on_ready = on_ready
        self.faulted = False
        app.state.site.host.on_fault = self._end_faulted

    def _end_faulted(self) -> None:
        """End, so that whoever watches over the process starts it anew."""
        self.faulted = True
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Bind, then report."""
        await super().startup(sockets)
        if self.started:
            self._on_ready(self._url())

    def _url(self) -> str:
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
