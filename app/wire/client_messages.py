"""What a client says in text, in both subprotocols; written and read here.

Nothing is taken that the protocol does not name: unknown fields are refused, so
that a misspelt one is not silently without effect.
"""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.wire.errors import MalformedError
from app.wire.frames import MOST_CREDIT

LARGEST_NUMBER = 1e6  # in size; no world is that wide and no hand that fast

Number = Annotated[
    float, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False, strict=True)
]
LinkId = Annotated[str, Field(min_length=1, max_length=64)]
TagName = Annotated[str, Field(min_length=1, max_length=100)]
Exclusions = Annotated[list[LinkId], Field(max_length=300)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def text(self) -> str:
        """Write it as a client sends it; what was not said is left out."""
        return self.model_dump_json(exclude_none=True)


class TextPoll(_Message):
    """Asks for frames."""

    type: Literal["poll"] = "poll"
    credit: Annotated[int, Field(ge=1, le=MOST_CREDIT)] = 1


class Grab(_Message):
    """Takes a link in hand at a point, world units."""

    type: Literal["grab"] = "grab"
    id: LinkId
    x: Number
    y: Number


class Move(_Message):
    """Leads the held link, world units."""

    type: Literal["move"] = "move"
    x: Number
    y: Number


class Fling(_Message):
    """Lets go with a velocity, units / s, or without one."""

    type: Literal["fling"] = "fling"
    vx: Number | None = None
    vy: Number | None = None


class Lucky(_Message):
    """Asks for a pick."""

    type: Literal["lucky"] = "lucky"
    tag: TagName | None = None
    exclude: Exclusions = []


class Opened(_Message):
    """Tells that the visitor followed a link."""

    type: Literal["opened"] = "opened"
    id: LinkId


ClientMessage = TextPoll | Grab | Move | Fling | Lucky | Opened
TYPES = tuple(model.model_fields["type"].default for model in get_args(ClientMessage))
_ADAPTER: TypeAdapter[ClientMessage] = TypeAdapter(
    Annotated[ClientMessage, Field(discriminator="type")]
)


def read_client_message(text: str | bytes) -> ClientMessage:
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
