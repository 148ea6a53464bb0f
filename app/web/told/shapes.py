"""What requests and answers of the API look like."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.archive.link import Link
from app.related.footnotes import Footnote
from app.wire.client_messages import Exclusions, Number, TagName

Lease = Annotated[str, Field(max_length=64)]


class Links(BaseModel):
    """A page of links."""

    total: int = Field(description="How many match, on this page or not.")
    links: list[Link]


class Pick(BaseModel):
    """A picked link and why."""

    link: Link
    why: str = Field(description="Why this one, in words.")
    permalink: str = Field(description="Where the pick can be shown to somebody else.")


class Picks(BaseModel):
    """Several picks, all different."""

    picks: list[Pick]


class Related(BaseModel):
    """Links that have something in common with one, the most related first."""

    related: list[Footnote]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Lucky(_Request):
    """Which links to pick from; all of them, without a body."""

    tag: TagName | None = Field(default=None, description="Only links that carry this tag.")
    exclude: Exclusions = Field(default=[], description="Ids not to pick, oldest first.")


class Drag(_Request):
    """Where to lead a link, and the lease of the drag before, if any."""

    x: Number = Field(description="World units, from the left.")
    y: Number = Field(description="World units, from the top.")
    lease: Lease | None = Field(default=None, description="As the drag before gave it.")


class Dragged(BaseModel):
    """A link in hand."""

    id: str
    x: float = Field(description="Where it is being led: world units, within the world.")
    y: float
    lease: str = Field(description="To be shown with the next drag or the fling.")
    expires_ms: int = Field(description="Until the lease ends, unless the link is led on.")


class Fling(_Request):
    """A velocity, and the lease where the link is in hand."""

    vx: Number = Field(description="World units / s, to the right.")
    vy: Number = Field(description="World units / s, downwards.")
    lease: Lease | None = Field(default=None, description="As the drag before gave it.")


class Flung(BaseModel):
    """A body as it leaves the hand: world units, radians, seconds."""

    id: str
    tick: int
    x: float
    y: float
    angle: float
    vx: float
    vy: float
    omega: float


StateRow = Annotated[list[float], Field(min_length=7, max_length=7)]


class Drift(BaseModel):
    """All bodies at one tick."""

    type: Literal["frame"]
    epoch: str = Field(description="Names one life of the world; slots hold within it.")
    tick: int = Field(description="Steps of 1/60 s since the world began.")
    bodies: list[StateRow] = Field(
        description="`[slot, x, y, angle, vx, vy, omega]`: world units, radians, seconds."
    )


class Fault(BaseModel):
    """What is wrong with one field."""

    field: str
    detail: str


class ProblemDetails(BaseModel):
    """An error as problem JSON (RFC 9457)."""

    type: Literal["about:blank"] = Field(description="The status says what kind it is.")
    title: str = Field(description="The status in words.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What went wrong this time, for a person to read.")
    field: str | None = Field(default=None, description="The offending field, where there is one.")
    code: str | None = Field(default=None, description="The kind of refusal, for a program.")
    errors: list[Fault] | None = Field(default=None, description="Every field that is wrong.")
