"""What a request says of itself: its site, its visitor, and how it reached us."""

import re

from fastapi import Request
from starlette.requests import HTTPConnection

from app.archive.link import Link
from app.web.gate.admission import subscriber
from app.web.site import Site

HEAD_MARK = "link_drift.head"  # in the scope of a HEAD request, which routes see as GET
# Agents that follow links to index or preview them, not to read.
_ROBOT = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|\+https?://")


def site_of(connection: HTTPConnection) -> Site:
    """Find the site that a request or socket belongs to."""
    site: Site = connection.app.state.site
    return site


def address_of(connection: HTTPConnection) -> str:
    """Name where a request comes from, as limits count it: a /64 of IPv6 is one."""
    return subscriber(connection.client.host) if connection.client else "unknown"


def base_url(connection: HTTPConnection) -> str:
    """Tell how visitors reach this server: scheme and host, without a final slash."""
    public_url = site_of(connection).settings.public_url
    if public_url is not None:
        return public_url.rstrip("/")
    scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
    return f"{scheme}://{connection.url.netloc}"


def permalink(connection: HTTPConnection, link: Link) -> str:
    """Tell where a link can be shown to somebody else."""
    return f"{base_url(connection)}/l/{link.id}"


def is_idle_look(request: Request) -> bool:
    """Tell a request that no person is behind yet: HEAD, a speculative load, a robot."""
    purpose = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    agent = request.headers.get("user-agent", "").casefold()
    return (
        HEAD_MARK in request.scope
        or "prefetch" in purpose
        or "prerender" in purpose
        or request.headers.get("x-moz") == "prefetch"
        or _ROBOT.search(agent) is not None
    )
