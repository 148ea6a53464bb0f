"""What the owner may write about one link, and how the file's words become a link's."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from app.archive import url as urls
from app.archive.link import Link

MAX_TITLE_CHARS: Final = 300
MAX_AUTHOR_CHARS: Final = 200
MAX_NOTE_CHARS: Final = 1000
MAX_TAGS: Final = 20
MAX_TAG_CHARS: Final = 50

OVERRIDES: Final = "\u202d\u202e"  # would show the rest of a line backwards
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def tidy(text: str) -> str:
    """Bring a text into one line: white space of any kind becomes single spaces."""
    return " ".join(text.split())


def _one_line(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = tidy(value)
    if not line.isprintable():
        for character in line:
            if unicodedata.category(character) in {"Cc", "Cs"} or character in OVERRIDES:
                raise ValueError(
                    f"contains the invisible character U+{ord(character):04X}; leave it out"
                )
    return line


def _without_comma(tag: str) -> str:
    if "," in tag:
        raise ValueError("contains a comma; write two tags")
    return tag


def _distinct(tags: list[str]) -> list[str]:
    """Drop empty tags, of which the loader has warned, and repetitions."""
    kept: dict[str, str] = {}
    for tag in filter(None, tags):
        kept.setdefault(tag.casefold(), tag)
    return list(kept.values())


def _day(value: object) -> object:
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise ValueError("must be a day, written YYYY-MM-DD")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value} is not a day of the calendar") from None
    return value


def _link_url(text: str) -> str:
    return urls.parse(text).href


Line = BeforeValidator(_one_line)
Tag = Annotated[
    str,
    Field(max_length=MAX_TAG_CHARS),
    AfterValidator(_without_comma),
    Line,
    BeforeValidator(lambda tag: "" if tag is None else tag),
]


class Entry(BaseModel):
    """One link of the file, as the owner writes it."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    url: Annotated[
        str,
        AfterValidator(_link_url),
        Field(
            max_length=urls.MAX_URL_CHARS,
            description="Where the link leads: an absolute http or https URL.",
            json_schema_extra={"pattern": r"^[hH][tT]{2}[pP][sS]?://[^\s\\]+$"},
        ),
    ]
    title: Annotated[
        str,
        Field(min_length=1, max_length=MAX_TITLE_CHARS),
        Line,
        Field(description="What the pill and the list say."),
    ]
    author: (
        Annotated[
            str,
            Field(min_length=1, max_length=MAX_AUTHOR_CHARS),
            Line,
        ]
        | None
    ) = Field(default=None, description="Who wrote, spoke or made it.")
    note: (
        Annotated[
            str,
            Field(min_length=1, max_length=MAX_NOTE_CHARS),
            Line,
        ]
        | None
    ) = Field(default=None, description="One line for the visitor: why is it worth a leap?")
    tags: Annotated[
        list[Tag],
        Field(max_length=MAX_TAGS),
        AfterValidator(_distinct),
        Field(description="What it is about, the most telling tag first."),
    ] = []
    added: Annotated[date, BeforeValidator(_day)] | None = Field(
        default=None, description="The day it entered the archive, as YYYY-MM-DD."
    )
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,32}$")] | None = Field(
        default=None,
        description="A name of your own for the link; without one it is derived from the url.",
    )

    def link(self) -> Link:
        """Make the link that is served."""
        return Link(
            id=self.id or urls.link_id(self.url),
            url=self.url,
            title=self.title,
            host=urls.host(self.url),
            author=self.author,
            note=self.note,
            tags=tuple(self.tags),
            added=self.added,
        )


FIELDS: Final = tuple(Entry.model_fields)

_REASONS: Final = {
    "missing": "is missing",
    "string_type": "must be a text",
    "string_too_short": "is empty",
    "string_too_long": "has {length:,} characters; at most {max_length:,} are taken",
    "string_pattern_mismatch": "must be 1 to 32 of the characters a-z, 0-9 and -",
    "list_type": "must be a list, such as [reading, maps]",
    "too_long": "has {actual_length} entries; at most {max_length} are taken",
    "date_type": "must be a day, written YYYY-MM-DD",
    "value_error": "{error}",
}


def reasons(error: ValidationError) -> list[tuple[tuple[str | int, ...], str]]:
    """Say what is wrong with an entry, as (location, reason) pairs in people's words."""
    found = []
    for detail in error.errors(include_url=False):
        facts: dict[str, Any] = dict(detail.get("ctx", {}))
        if isinstance(detail["input"], str):
            facts["length"] = len(detail["input"])
        told = _REASONS.get(detail["type"])
        found.append((detail["loc"], told.format_map(facts) if told else detail["msg"]))
    return found
