"""What the server says in text, in both subprotocols; written and read here.

A client skips types and keys that it does not know: new ones may come within v1.
So these models are strict about what they write and lenient about what they read.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.archive.link import Link
from app.wire.errors import MalformedError
from app.wire.outgoing import Outgoing


def _is_none(value: object) -> bool:
    return value is None


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class _Message(_Part):
    type: str  # declared first, so that it is written first

    def outgoing(self) -> Outgoing:
        """Write it as it is sent."""
        return Outgoing(self.model_dump_json())


class SentLink(Link):
    """A link; ``author``, ``note`` and ``added`` are left out where unknown."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    author: Annotated[str | None, Field(exclude_if=_is_none)] = None
    note: Annotated[str | None, Field(exclude_if=_is_none)] = None
    added: Annotated[date | None, Field(exclude_if=_is_none)] = None


class PlacedLink(SentLink):
    """A link with its body.

    Attributes:
        slot: Its body's number, for as long as it stays in the archive.
        width: Of its pill, world units.
        height: Of its pill, world units.
        label: The title as drawn.
        font_px: World units per em.
        neglect: 0 just opened … 1 long forgotten.
    """

    slot: int
    width: float
    height: float
    label: str
    font_px: float
    neglect: float


class WorldSize(_Part):
    """World units."""

    width: float
    height: float


class ToldSpread(_Part):
    """A slow flow that evens the water, from a tick on.

    Attributes:
        strengths: Rows m, columns n, square world units / s.
    """

    from_tick: int
    strengths: tuple[tuple[int, ...], ...]


class ToldCurrent(_Part):
    """The flow.

    Attributes:
        pull: 1 / s.
        modes: ``(m, n, amplitude, rate, phase)`` of each swirl.
        spreads: The one in force and the one announced, as far as there are any.
    """

    pull: float
    modes: tuple[tuple[int, int, float, float, float], ...]
    spreads: tuple[ToldSpread, ...]


class Upright(_Part):
    """What turns a label upright: 1 / s² and 1 / s."""

    stiffness: float
    damping: float


class ToldQuanta(_Part):
    """The grid of corrections: world units, radians, units / s, radians / s."""

    position: float
    angle: float
    velocity: float
    spin: float


class Light(_Part):
    """A link that shines until a tick."""

    id: str
    until_tick: int


class Surroundings(_Part):
    """What is in the water, as of a tick.

    Attributes:
        held: Ids of links in hand.
        trouble: Why the archive's file cannot be read just now, in a sentence.
    """

    tick: int
    world: WorldSize
    links: tuple[PlacedLink, ...]
    current: ToldCurrent
    held: tuple[str, ...]
    lit: tuple[Light, ...]
    trouble: str | None


class Welcome(Surroundings, _Message):
    """The first message: all that a client needs to go on by itself."""

    type: Literal["welcome"] = "welcome"
    epoch: str
    step_hz: int
    upright: Upright
    quanta: ToldQuanta


class ArchiveChanged(Surroundings, _Message):
    """The archive's file changed, or cannot be read."""

    type: Literal["archive"] = "archive"


Row = tuple[int, float, float, float, float, float, float]


class JsonFrame(_Message):
    """All bodies at one tick.

    Attributes:
        bodies: ``(slot, x, y, angle, vx, vy, omega)``: world units, radians, seconds.
    """

    type: Literal["frame"] = "frame"
    epoch: str
    tick: int
    bodies: tuple[Row, ...]


class Held(_Message):
    """A link was taken in hand."""

    type: Literal["held"] = "held"
    id: str
    by_me: bool


class Released(_Message):
    """A link was let go, flung, or its lease ran out."""

    type: Literal["released"] = "released"
    id: str


class Lit(Light, _Message):
    """A pick is carried forward for everyone."""

    type: Literal["lit"] = "lit"


class SpreadAnnounced(ToldSpread, _Message):
    """Another spread comes into force."""

    type: Literal["spread"] = "spread"


class Picked(_Message):
    """The answer to one's own ``lucky``."""

    type: Literal["pick"] = "pick"
    link: SentLink
    why: str
    permalink: str


class Refused(_Message):
    """The last message was not done.

    Attributes:
        code: The protocol's word for why.
        detail: Why, for a person.
        field: The offending field, where one can be named.
    """

    type: Literal["error"] = "error"
    code: str
    detail: str
    field: Annotated[str | None, Field(exclude_if=_is_none)] = None


ServerMessage = (
    Welcome
    | ArchiveChanged
    | JsonFrame
    | Held
    | Released
    | Lit
    | SpreadAnnounced
    | Picked
    | Refused
)
_ADAPTER: TypeAdapter[ServerMessage] = TypeAdapter(
    Annotated[ServerMessage, Field(discriminator="type")]
)


def read_server_message(text: str | bytes) -> ServerMessage | None:
    """Read what the server said; None where its type is of a later version.

    Raises:
        MalformedError: Not JSON, or a field is missing or wrong.
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"] == "union_tag_invalid":
            return None
        field = ".".join(str(part) for part in first["loc"][1:]) or None
        raise MalformedError(f"{field or 'message'}: {first['msg']}", field) from None
