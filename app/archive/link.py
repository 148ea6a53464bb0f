"""What a link is, and the archive that holds them.

Both are immutable: a reload makes a new archive, and whoever holds the old one
goes on with a consistent picture.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from app.archive.errors import UnknownLinkError, UnknownTagError


class Link(BaseModel):
    """One entry of the archive, as it is served.

    Attributes:
        id: 8 characters derived from the normalised URL, or the owner's own.
        url: Absolute, http or https.
        host: The URL's host without ``www.``.
        added: The day it entered the archive, where known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    url: str
    title: str
    host: str
    author: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    added: date | None = None

    def matches(self, words: tuple[str, ...]) -> bool:
        """Tell whether every one of the case-folded words occurs in the link."""
        return all(word in self._haystack for word in words)

    @cached_property
    def _haystack(self) -> str:
        parts = (self.title, self.author, self.host, self.note, *self.tags)
        return "\n".join(part for part in parts if part).casefold()


@dataclass(frozen=True)
class Archive:
    """The owner's links, in the order of the file.

    Attributes:
        links: At least one; ids are unique.
    """

    links: tuple[Link, ...]

    def __iter__(self) -> Iterator[Link]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)

    @cached_property
    def _by_id(self) -> dict[str, Link]:
        return {link.id: link for link in self.links}

    @cached_property
    def tags(self) -> dict[str, int]:
        """Every tag with the number of links that carry it, most used first."""
        return dict(Counter(tag for link in self.links for tag in link.tags).most_common())

    def get(self, link_id: str) -> Link:
        """Look a link up.

        Raises:
            UnknownLinkError: No link has this id.
        """
        try:
            return self._by_id[link_id]
        except KeyError:
            raise UnknownLinkError(link_id) from None

    def select(self, *, tag: str | None = None, q: str | None = None) -> tuple[Link, ...]:
        """Filter links, keeping their order.

        Args:
            tag: Only links that carry it, compared without case.
            q: Words that must all occur in title, author, host, note or tags.

        Raises:
            UnknownTagError: The archive has no such tag.
        """
        links = self.links
        if tag is not None:
            wanted = tag.casefold()
            links = tuple(
                link for link in links if any(own.casefold() == wanted for own in link.tags)
            )
            if not links:
                raise UnknownTagError(tag)
        if q is not None:
            words = tuple(q.casefold().split())
            links = tuple(link for link in links if link.matches(words))
        return links
