"""Text messages of both subprotocols: what a client may say, and our words for errors."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

LARGEST_NUMBER = 1e6  # in size; no world is that wide and no hand that fast

Number = Annotated[
    float, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False, strict=True)
]
LinkId = Annotated[str, Field(min_length=1, max_length=64)]
TagName = Annotated[str, Field(min_length=1, max_length=100)]
Exclusions = Annotated[list[LinkId], Field(max_length=300)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PollMessage(_Message):
    """Asks for frames."""

    type: Literal["poll"]
    credit: Annotated[int, Field(ge=1, le=8)] = 1


class GrabMessage(_Message):
    """Takes a link in hand at a point, world units."""

    type: Literal["grab"]
    id: LinkId
    x: Number
    y: Number


class MoveMessage(_Message):
    """Leads the held link, world units."""

    type: Literal["move"]
    x: Number
    y: Number


class FlingMessage(_Message):
    """Lets go with a velocity, units / s, or without one."""

    type: Literal["fling"]
    vx: Number | None = None
    vy: Number | None = None


class LuckyMessage(_Message):
    """Asks for a pick."""

    type: Literal["lucky"]
    tag: TagName | None = None
    exclude: Exclusions = []


class OpenedMessage(_Message):
    """Tells that the visitor followed a link."""

    type: Literal["opened"]
    id: LinkId


Message = PollMessage | GrabMessage | MoveMessage | FlingMessage | LuckyMessage | OpenedMessage
TYPES = ("poll", "grab", "move", "fling", "lucky", "opened")
_ADAPTER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


class MalformedError(ValueError):
    """A text is no message of the protocol.

    Attributes:
        field: The offending field, where one can be named.
    """

    def __init__(self, detail: str, field: str | None) -> None:
        super().__init__(detail)
        self.field = field


def parse(text: str | bytes) -> Message:
    """Read a client's message; bytes are taken as UTF-8.

    Raises:
        MalformedError: Not JSON, an unknown type, a missing, wrong or unknown field.
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"].startswith("union_tag"):
            raise MalformedError(f"type: one of {', '.join(TYPES)}", "type") from None
        # The first part of the path is the message's type, chosen by the discriminator.
        field = ".".join(str(part) for part in first["loc"][1:]) or None
        where = f"{field}: " if field else ""
        raise MalformedError(f"{where}{first['msg']}", field) from None
