"""How links float: their slots, labels and pills."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.archive.errors import UnknownLinkError
from app.archive.link import Archive, Link
from app.wire.server_messages import PlacedLink
from physics.pills import Pill, Typeface, cut, pill_for

LEAST_FONT_PX, NEGLECT_FONT_PX = 14.0, 3.5  # the longest unopened are set at 17.5 px


@dataclass(frozen=True, slots=True)
class Look:
    """How one link floats.

    Attributes:
        slot: Its body's number, for as long as the link stays.
        label: The title as drawn.
        font_px: World units per em.
        pill: Its size.
    """

    slot: int
    label: str
    font_px: float
    pill: Pill


class Looks:
    """How the links of an archive float.

    Args:
        archive: The links.
        neglect: 0 just opened … 1 long forgotten: the neglected float larger.
        typeface: The page's.
        known: Looks of links that floated before. A link that stays keeps its slot, and
            its size too unless its title changed.
        next_slot: The first slot that no link ever had: none is given out again.
    """

    def __init__(
        self,
        archive: Archive,
        neglect: Callable[[Link], float],
        typeface: Typeface,
        known: Mapping[str, Look] = MappingProxyType({}),
        next_slot: int = 0,
    ) -> None:
        self._neglect = neglect
        self._typeface = typeface
        self._by_id: dict[str, Look] = {}
        self._next_slot = next_slot
        for link in archive:
            look = known.get(link.id)
            if look is None or look.label != cut(link.title):
                look = self._look(link, look)
            self._by_id[link.id] = look
        self._ids = {look.slot: link_id for link_id, look in self._by_id.items()}

    def _look(self, link: Link, before: Look | None) -> Look:
        # Half pixels: a browser's cache of glyphs holds a handful of sizes, not hundreds.
        font_px = round(2 * (LEAST_FONT_PX + NEGLECT_FONT_PX * self._neglect(link))) / 2
        label = cut(link.title)
        if before is None:
            slot = self._next_slot
            self._next_slot += 1
        else:
            slot = before.slot
        return Look(slot, label, font_px, pill_for(label, self._typeface, font_px))

    def followed_by(self, archive: Archive) -> "Looks":
        """Find how another archive floats after this one."""
        return Looks(archive, self._neglect, self._typeface, self._by_id, self._next_slot)

    def __contains__(self, link_id: str) -> bool:
        return link_id in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __getitem__(self, link_id: str) -> Look:
        try:
            return self._by_id[link_id]
        except KeyError:
            raise UnknownLinkError(link_id) from None

    def id_in(self, slot: int) -> str:
        """Name the link whose body has this slot."""
        return self._ids[slot]

    @property
    def pills(self) -> dict[int, Pill]:
        """Slot → pill."""
        return {look.slot: look.pill for look in self._by_id.values()}

    def placed(self, link: Link) -> PlacedLink:
        """Describe a link as welcomes do."""
        look = self[link.id]
        return PlacedLink(
            **dict(link),
            slot=look.slot,
            width=look.pill.width,
            height=look.pill.height,
            label=look.label,
            font_px=look.font_px,
            neglect=round(self._neglect(link), 3),
        )
