"""Netscape bookmarks, the HTML that every browser exports: folders become tags.

The format was never written down as a standard; the shapes here are those of
Firefox, Chrome, Safari, Pinboard, Shaarli and Pocket's older HTML export.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.archive.imports.bookmark import MAX_FOLDERS, Bookmark
from app.archive.imports.dates import day_of_stamp
from app.archive.imports.import_format import ImportFormat
from app.archive.imports.markup import Tag, scan
from app.archive.imports.sample import Sample, decoded

# Icons are most of such a file and nothing of a link.
_ICONS: Final = re.compile(rb"\sICON(?:_URI)?=\"[^\"]*\"", re.IGNORECASE)
_FOLDERS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
# Folders that a browser made, not the owner.
_MADE_BY_BROWSER: Final = frozenset({"personal_toolbar_folder", "unfiled_bookmarks_folder"})
_PAGE_ROOTS: Final = frozenset({"html", "head", "body", "dl", "ul", "title", "meta"})
_ENDS_TEXT: Final = frozenset({"a", "/a", "dt", "dd", "dl", "/dl", "hr", "li", *_FOLDERS})


def without_icons(data: bytes) -> bytes:
    """Leave the pictures out before anything else is done with the file."""
    return _ICONS.sub(b"", data)


def read(html: str) -> Iterator[Bookmark]:
    """Find every bookmark, with the folders it lies in as its tags."""
    folders: list[str] = []
    folder = ""  # named by a heading, entered by the list after it
    link: _Open | None = None
    heading = False
    for tag in scan(html):
        if tag.name in _ENDS_TEXT and link is not None and not link.goes_on_with(tag):
            yield link.bookmark()
            link = None
        if tag.name == "a" and "href" in tag.attributes:
            link = _Open(tag, tuple(filter(None, folders[:MAX_FOLDERS])))
        elif link is not None:
            link.take(tag)
        elif tag.name in _FOLDERS:
            heading = not _MADE_BY_BROWSER & tag.attributes.keys()
            folder = tag.text if heading else ""
        elif tag.name == "dl":
            folders.append(" ".join(folder.split()))
            folder = ""
            heading = False
        elif tag.name == "/dl":
            folders[-1:] = []
        elif heading and not tag.name.startswith("/h"):
            folder += tag.text
        else:
            heading = False
    if link is not None:
        yield link.bookmark()


class _Open:
    """A bookmark whose title, or whose note after it, is still being read."""

    def __init__(self, tag: Tag, folders: tuple[str, ...]) -> None:
        self._attributes = tag.attributes
        self._folders = folders
        self._title = [tag.text]
        self._note: list[str] = []
        self._part: list[str] | None = self._title

    def goes_on_with(self, tag: Tag) -> bool:
        """Whether this tag is the bookmark's own: the end of its title, or its note."""
        return tag.name == "/a" or (tag.name == "dd" and not self._note)

    def take(self, tag: Tag) -> None:
        """Read on."""
        if tag.name == "/a":
            self._part = None
        elif tag.name == "dd":
            self._part = self._note
        if self._part is not None:
            self._part.append(tag.text)

    def bookmark(self) -> Bookmark:
        """What was read."""
        own = self._attributes.get("tags", "").split(",")
        stamp = self._attributes.get("add_date") or self._attributes.get("time_added")
        return Bookmark(
            url=self._attributes["href"],
            title=" ".join("".join(self._title).split()),
            note=" ".join("".join(self._note).split()),
            tags=(*filter(None, map(str.strip, own)), *self._folders),
            added=day_of_stamp(stamp),
        )


def _is_marked(sample: Sample) -> bool:
    return sample.is_markup and "netscape-bookmark-file" in sample.head[:1000].lower()


def _is_page(sample: Sample) -> bool:
    return sample.root in _PAGE_ROOTS or (sample.is_markup and "<dt><a " in sample.head.lower())


FORMAT: Final = ImportFormat(
    name="html",
    other_names=("bookmarks", "netscape"),
    by_mark=_is_marked,
    by_shape=_is_page,
    read=lambda data, *_: read(decoded(data)),
)
