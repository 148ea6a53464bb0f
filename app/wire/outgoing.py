"""What is sent: made once, for any number of sockets."""

from functools import cached_property

from websockets.frames import Frame, Opcode


class Outgoing:
    """A message on its way out; its wire form is made once.

    Args:
        payload: Text or bytes, as the receiver's application sees it.
    """

    def __init__(self, payload: str | bytes) -> None:
        self.payload = payload

    @cached_property
    def wire(self) -> bytes:
        """The whole WebSocket frame, unmasked and uncompressed (RFC 6455, 5.2)."""
        if isinstance(self.payload, str):
            frame = Frame(Opcode.TEXT, self.payload.encode())
        else:
            frame = Frame(Opcode.BINARY, self.payload)
        return frame.serialize(mask=False)
