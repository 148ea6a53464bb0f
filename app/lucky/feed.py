"""The feed of what surfaced: the last 30 daily picks, as Atom (RFC 4287).

Its bytes change once a day. So an entry says only what the archive says: nothing
in it counts openings or days, and every entry is dated to its day's midnight.
"""

import re
from datetime import UTC, date, datetime, time
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from app.archive.link import Archive, Link
from app.lucky.daily import Daily, recent_days
from app.memory.memory import Memory

ATOM = "http://www.w3.org/2005/Atom"
DAYS = 30
# What XML 1.0 cannot hold, not even escaped.
UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(archive: Archive, memory: Memory, now: datetime, *, base_url: str, title: str) -> bytes:
    """Write the feed, and keep its days to their picks.

    Args:
        archive: The links.
        memory: Holds the days to their picks.
        now: Aware moment.
        base_url: Where the site is, absolute; with or without a slash in the end.
        title: The site's.

    Returns:
        A UTF-8 document, media type ``application/atom+xml``; the same bytes all day
        while the archive is the same.

    Raises:
        MomentError: ``now`` has no time zone.
    """
    base_url = base_url.rstrip("/")
    days = recent_days(archive, memory, now, DAYS)
    root = ET.Element("feed", {"xmlns": ATOM})
    _add(root, "id", _tag(base_url, date(2024, 1, 1), "daily"))
    _add(root, "title", f"{title}: a link a day")
    _add(root, "updated", _midnight(days[0].day))
    _add(_add(root, "author"), "name", title)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{base_url}/feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=f"{base_url}/")
    for daily in days:
        _add_entry(root, daily, base_url)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add_entry(root: ET.Element, daily: Daily, base_url: str) -> None:
    link = daily.pick.link
    entry = _add(root, "entry")
    # By day and link: a day that had to change its link is another entry.
    _add(entry, "id", _tag(base_url, daily.day, f"daily:{quote(link.id, safe='')}"))
    _add(entry, "title", link.title)
    _add(entry, "updated", _midnight(daily.day))
    if link.author:
        _add(_add(entry, "author"), "name", link.author)
    _add(entry, "link", rel="alternate", href=link.url)
    _add(entry, "link", rel="via", type="text/html", href=f"{base_url}/l/{quote(link.id, safe='')}")
    for tag in link.tags:
        _add(entry, "category", term=tag)
    _add(entry, "summary", _summary(link))


def _summary(link: Link) -> str:
    parts = [link.note] if link.note else []
    by = f"By {link.author}, at {link.host}" if link.author else f"At {link.host}"
    since = f", in the archive since {link.added.isoformat()}" if link.added else ""
    return "\n".join([*parts, f"{by}{since}."])


def _tag(base_url: str, day: date, specific: str) -> str:
    """Make a tag URI (RFC 4151): an id that stays when the site's address changes its form."""
    # An IPv6 address is the one kind of host whose colons the grammar has no place for.
    authority = (urlsplit(base_url).hostname or "localhost").replace(":", "-")
    return f"tag:{authority},{day.isoformat()}:{specific}"


def _midnight(day: date) -> str:
    return datetime.combine(day, time.min, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    spoken = {key: UNSPEAKABLE.sub("\ufffd", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, spoken)
    element.text = None if text is None else UNSPEAKABLE.sub("\ufffd", text)
    return element
