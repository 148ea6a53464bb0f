"""`WS /ws`: one session of the protocol in `app/drift/PROTOCOL.md`."""

import time
from collections.abc import MutableMapping
from typing import Any

from fastapi import APIRouter, WebSocket

from app.archive.link import UnknownLinkError, UnknownTagError
from app.drift.frame_log import text_message
from app.drift.frames import FrameError, decode_poll
from app.drift.leases import HeldError, LeaseError
from app.drift.messages import (
    FlingMessage,
    GrabMessage,
    LuckyMessage,
    MalformedError,
    Message,
    MoveMessage,
    OpenedMessage,
    PollMessage,
    parse,
)
from app.drift.viewer import BinaryViewer, JsonViewer
from app.web.admission import (
    BINARY,
    BURST,
    MALFORMED_BURST,
    MALFORMED_PER_S,
    MESSAGES_PER_S,
    RefusedError,
    check_origin,
    choose_subprotocol,
)
from app.web.limits import TokenBucket
from app.web.problems import problem
from app.web.site import Site, site_of
from app.web.transport import EXTENSION

INVALID_DATA, POLICY_VIOLATION = 1007, 1008

router = APIRouter()


@router.websocket("/ws")
async def drift_socket(websocket: WebSocket) -> None:
    """Admit a viewer and serve it until it leaves."""
    site = site_of(websocket)
    address = site.address_of(websocket)
    try:
        subprotocol = choose_subprotocol(websocket)
        check_origin(websocket, subprotocol, site.base_url(websocket))
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
        kind = BinaryViewer if subprotocol == BINARY else JsonViewer
        self._viewer = kind(connection, address)
        now_s = time.monotonic()
        self._allowed = TokenBucket(MESSAGES_PER_S, BURST, now_s)
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
                if not self._heard(event, now_s) and not self._forgiven.take(now_s):
                    await self._websocket.close(INVALID_DATA, "malformed again and again")
                    return
        finally:
            room.leave(self._viewer)

    def _heard(self, event: MutableMapping[str, Any], now_s: float) -> bool:
        """Act on one message; False if it was malformed."""
        try:
            text = event.get("text")
            if text is not None:
                self._act(parse(text))
            elif isinstance(self._viewer, BinaryViewer):
                self._viewer.poll(decode_poll(event["bytes"]), now_s)
                self._site.room.serve(self._viewer)
            else:
                self._act(parse(event["bytes"]))
        except MalformedError as error:
            self._refuse("malformed", error, field=error.field)
            return False
        except FrameError as error:
            self._refuse("malformed", error)
            return False
        except LeaseError as error:
            self._refuse(error.code, error)
        except UnknownLinkError as error:
            self._refuse("unknown_link", error, field="id")
        except UnknownTagError as error:
            self._refuse("unknown_tag", error, field="tag")
        return True

    def _act(self, message: Message) -> None:
        site, room, viewer = self._site, self._site.room, self._viewer
        match message:
            case PollMessage():
                if not isinstance(viewer, JsonViewer):
                    raise MalformedError("link-drift.v1 polls in binary", "type")
                viewer.poll(message.credit)
                room.serve(viewer)
            case GrabMessage():
                self._grab(message)
            case MoveMessage():
                room.move(room.lease_of(viewer), message.x, message.y)
            case FlingMessage(vx=None, vy=None):
                room.release(room.lease_of(viewer))
            case FlingMessage():
                lease = room.lease_of(viewer)
                room.fling(lease.link_id, message.vx or 0.0, message.vy or 0.0, lease=lease)
            case LuckyMessage():
                chosen = site.carry(message.tag, message.exclude, viewer.address)
                self._say(
                    type="pick",
                    link=chosen.link.model_dump(mode="json", exclude_none=True),
                    why=chosen.why,
                    permalink=site.permalink(self._websocket, chosen.link),
                )
            case OpenedMessage():
                site.opened(site.archive.get(message.id), viewer.address)

    def _grab(self, message: GrabMessage) -> None:
        viewer = self._viewer
        try:
            self._site.room.grab(
                message.id, message.x, message.y, holder=viewer, address=viewer.address
            )
        except HeldError:
            self._say(type="held", id=message.id, by_me=False)
            raise

    def _refuse(self, code: str, error: Exception, field: str | None = None) -> None:
        named = {} if field is None else {"field": field}
        self._say(type="error", code=code, detail=str(error), **named)

    def _say(self, **fields: object) -> None:
        self._viewer.connection.write(text_message(**fields))
