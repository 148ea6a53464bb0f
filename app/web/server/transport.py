"""Uvicorn's protocols with what they lack: deadlines, aborts, and shared frames.

Frames and text leave through `DriftSocket.write`, past the ASGI send queue: the
bytes are made once for all viewers, and writing never waits.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode

from app.web.gate.limits import HEADER_DEADLINE_S, HIGH_WATER
from app.wire.outgoing import Outgoing

EXTENSION = "link_drift.connection"


class DriftSocket(WebSocketsSansIOProtocol):
    """A WebSocket that is dropped, not waited for, when its peer stops reading."""

    _allowance = HIGH_WATER

    async def run_asgi(self) -> None:
        """Run the application with this connection at hand."""
        extensions = cast("dict[str, object]", self.scope["extensions"])
        extensions[EXTENSION] = self
        await super().run_asgi()

    async def send(self, message: Any) -> None:
        """Send; a handshake that was refused in full is complete, and no error to log."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and self.close_sent:
            self.handshake_complete = True

    def write(self, message: Outgoing) -> None:
        """Send without waiting; abort a reader with more than `HIGH_WATER` outstanding.

        One message larger than that, a long archive's welcome, is let through whole.
        """
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        waiting = self.transport.get_write_buffer_size()
        if waiting > self._allowance:
            self.transport.abort()
            return
        wire = message.wire
        if waiting == 0:
            self._allowance = HIGH_WATER
        self._allowance = max(self._allowance, HIGH_WATER + len(wire))
        self.transport.write(wire)

    def send_receive_event_to_app(self) -> None:
        """Pass a message on; text that is not UTF-8 closes the connection quietly."""
        if self.curr_msg_data_type == "text":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self._close_at_once(CloseCode.INVALID_DATA)
                return
        super().send_receive_event_to_app()

    def _close_at_once(self, code: CloseCode) -> None:
        if not self.close_sent:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": int(code)})
            self.conn.send_close(int(code), "text must be UTF-8")
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)

    def keepalive_timeout(self) -> None:
        """Drop a peer that answers no ping: closing would wait for it to read."""
        super().keepalive_timeout()
        self.transport.abort()

    def shutdown(self) -> None:
        """Say that the server restarts, and do not wait for those who do not read."""
        super().shutdown()
        if self.transport.get_write_buffer_size() > 0:
            self.loop.call_later(1.0, self.transport.abort)


class DeadlineHttp(HttpToolsProtocol):
    """HTTP/1.1 with a deadline for request headers, which Uvicorn does not set."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Start the clock with the connection."""
        super().connection_made(transport)
        self._expect_headers()

    def on_message_begin(self) -> None:
        """Start it anew with each request on a kept connection."""
        super().on_message_begin()
        self._expect_headers()

    def on_headers_complete(self) -> None:
        """Stop it."""
        self._cancel_deadline()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop it."""
        self._cancel_deadline()
        super().connection_lost(exc)

    def _expect_headers(self) -> None:
        self._cancel_deadline()
        self._deadline = self.loop.call_later(HEADER_DEADLINE_S, self.transport.abort)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
