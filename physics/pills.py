"""Labels and the pills that carry them.

What you see is what collides: a pill is exactly as large as its drawn label.
Widths are sums of the font's raw advances, because the page draws with kerning
and ligatures off.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from physics.errors import require_finite

LABEL_LENGTH = 40  # columns, the ellipsis included: a pill must fit a phone's width
ELLIPSIS = "…"
PADDING_EM = 1.0  # on either side; leaves the half-round ends empty
HEIGHT_EM = 2.2  # 33 units at 15 px: above the 24 px a finger needs
WIDE_ADVANCE_EM = 1.0  # CJK and emoji come from a system font, drawn on a full square
OTHER_ADVANCE_EM = 0.6  # any other glyph that the font lacks

_WIDE = frozenset("WF")
# Marks that join or decorate the character before them and take no room.
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Typeface:
    """How wide a font sets each character.

    Attributes:
        advances: Character → advance in em.
    """

    advances: Mapping[str, float]

    def width(self, text: str) -> float:
        """Measure a line of text in em, kerning off."""
        return sum(self._advance(character) for character in text)

    def _advance(self, character: str) -> float:
        known = self.advances.get(character)
        if known is not None:
            return known
        if unicodedata.category(character) in _ZERO_WIDTH:
            return 0.0
        if _is_wide(character):
            return WIDE_ADVANCE_EM
        return OTHER_ADVANCE_EM


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


@dataclass(frozen=True, slots=True)
class Pill:
    """A rounded label: a capsule, in world units (CSS pixels at zoom 1).

    Attributes:
        width: From end to end, at least ``height``.
        height: Also the diameter of the round ends.
    """

    width: float
    height: float

    def __post_init__(self) -> None:
        require_finite("pill height", self.height, low=0.0)
        require_finite("pill width", self.width, low=0.0)

    @property
    def area(self) -> float:
        """Area of the bounding box, square units: what fills the world."""
        return self.width * self.height

    @property
    def half_span(self) -> float:
        """Half the distance between the centres of the round ends."""
        return max(0.0, (self.width - self.height) / 2)


def cut(title: str) -> str:
    """Shorten a title to a label, at a word's end where one is near.

    A wide character, CJK or emoji, takes two columns.
    """
    title = " ".join(title.split())
    columns = list(accumulate(2 if _is_wide(character) else 1 for character in title))
    if not columns or columns[-1] <= LABEL_LENGTH:
        return title
    head = title[: bisect_right(columns, LABEL_LENGTH - 1)]
    space = head.rfind(" ")
    if space > len(head) * 2 // 3:
        head = head[:space]
    return head.rstrip(" ,.;:–—-") + ELLIPSIS


def pill_for(label: str, typeface: Typeface, font_px: float) -> Pill:
    """Size the pill of a label set at ``font_px`` units per em."""
    require_finite("font size", font_px, low=0.0)
    height = HEIGHT_EM * font_px
    width = (typeface.width(label) + 2 * PADDING_EM) * font_px
    return Pill(width=max(width, height), height=height)
