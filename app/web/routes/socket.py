"""`WS /ws`: one session of the protocol in `app/wire/PROTOCOL.md`."""

import time
from collections.abc import MutableMapping
from typing import Any

from fastapi import APIRouter, WebSocket

from app.archive.errors import UnknownLinkError, UnknownTagError
from app.drift.errors import LeaseError
from app.drift.viewer import BinaryViewer, JsonViewer
from app.web.gate.admission import (
    RefusedError,
    check_origin,
    choose_subprotocol,
)
from app.web.gate.buckets import TokenBucket
from app.web.gate.limits import MALFORMED_BURST, MALFORMED_PER_S, MESSAGES_BURST, MESSAGES_PER_S
from app.web.request import address_of, base_url, permalink, site_of
from app.web.server.transport import EXTENSION
from app.web.site import Site
from app.web.told.problems import problem
from app.wire.client_messages import Lucky, Opened
from app.wire.errors import MalformedError
from app.wire.server_messages import Picked, Refused, SentLink
from app.wire.subprotocols import BINARY

INVALID_DATA, POLICY_VIOLATION = 1007, 1008

router = APIRouter()


@router.websocket("/ws")
async def drift_socket(websocket: WebSocket) -> None:
    """Admit a viewer and serve it until it leaves."""
    site = site_of(websocket)
    address = address_of(websocket)
    try:
        subprotocol = choose_subprotocol(websocket)
        check_origin(websocket, subprotocol, base_url(websocket))
        with site.doors.enter(address):
            await websocket.accept(subprotocol)
            await Session(site, websocket, subprotocol, address).run()
    except RefusedError as error:
        await websocket.send_denial_response(problem(error.status, str(error)))


class Session:
    """One socket's conversation."""

    def __init__(
        self, site: Site, websocket: WebSocket, subprotocol: str | None, address: str
    ) -> None:
        self._site = site
        self._websocket = websocket
        connection = websocket.scope["extensions"][EXTENSION]
        viewer = BinaryViewer if subprotocol == BINARY else JsonViewer
        self._viewer = viewer(connection, address)
        now_s = time.monotonic()
        self._allowed = TokenBucket(MESSAGES_PER_S, MESSAGES_BURST, now_s)
        self._forgiven = TokenBucket(MALFORMED_PER_S, MALFORMED_BURST, now_s)

    async def run(self) -> None:
        """Serve messages in order until the socket closes."""
        room = self._site.room
        room.join(self._viewer)
        try:
            while True:
                event = await self._websocket.receive()
                if event["type"] == "websocket.disconnect":
                    return
                now_s = time.monotonic()
                if not self._allowed.take(now_s):
                    await self._websocket.close(POLICY_VIOLATION, "too many messages")
                    return
                if not self._heard(event) and not self._forgiven.take(now_s):
                    await self._websocket.close(INVALID_DATA, "malformed again and again")
                    return
        finally:
            room.leave(self._viewer)

    def _heard(self, event: MutableMapping[str, Any]) -> bool:
        """Act on one message; False if it was malformed."""
        text = event.get("text")
        try:
            self._act(event["bytes"] if text is None else text)
        except MalformedError as error:
            self._refuse("malformed", error, field=error.field)
            return False
        except LeaseError as error:
            self._refuse(error.code, error)
        except UnknownLinkError as error:
            self._refuse("unknown_link", error, field="id")
        except UnknownTagError as error:
            self._refuse("unknown_tag", error, field="tag")
        return True

    def _act(self, payload: str | bytes) -> None:
        site, viewer = self._site, self._viewer
        message = viewer.read(payload)
        match message:
            case Lucky():
                chosen = site.carry(message.tag, message.exclude, viewer.address)
                picked = Picked(
                    link=SentLink(**dict(chosen.link)),
                    why=chosen.why,
                    permalink=permalink(self._websocket, chosen.link),
                )
                viewer.connection.write(picked.outgoing())
            case Opened():
                site.opened(site.archive.get(message.id), viewer.address)
            case _:
                site.room.hear(viewer, message)

    def _refuse(self, code: str, error: Exception, field: str | None = None) -> None:
        refused = Refused(code=code, detail=str(error), field=field)
        self._viewer.connection.write(refused.outgoing())
