"""What a URL must be to enter the archive, and when two of them are one link.

`parse` guards the edge: what it accepts is safe to put into an ``href`` or a
``Location`` header. `normalise` gives a key for comparing, never for following:
it forgets all that a reader would call the same page (scheme, ``www.``, trackers).
"""

import ipaddress
import re
import unicodedata
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

import idna

from app.archive.errors import UrlError

MAX_URL_CHARS = 4096
MAX_HOST_CHARS = 253  # RFC 1035, 2.3.4, without the root's dot

_SHAPE = re.compile(r"(?i:(https?))://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:(?!\d+(?:[/?#]|$)))")
_SAFE_ASCII = re.compile(r"[!-\[\]-~]+")  # printable without space and backslash
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")  # _ is not LDH, yet in use
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "%/?#[]@!$&'()*+,;=:~"  # RFC 3986 reserved, and escapes that are there already
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # part of Persian words and of emoji

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKERS = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh"
    r"|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|ref_src|ref_url|si",
    re.IGNORECASE,
)
# "Shared from" codes: a bare `s` is also how many sites spell a search.
_SHARE_CODE = re.compile(r"s=\d{1,2}", re.IGNORECASE)
_REFERRERS_BY_HOST = {"substack.com": frozenset({"r"})}
_VIDEO_HOSTS = frozenset(
    {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
)
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")

# Crockford's digits: no i, l, o or u, so that an id survives being read aloud.
_RFC_4648_TO_CROCKFORD = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz"
)


@dataclass(frozen=True, slots=True)
class Url:
    """A URL taken apart.

    Attributes:
        scheme: ``http`` or ``https``.
        host: Lower case, IDNA ASCII; an IPv6 address keeps its brackets.
        port: As written, or None.
        path: Percent-encoded ASCII, as are query and fragment.
        query: Without ``?``; None where there is none.
        fragment: Without ``#``; None where there is none.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str | None
    fragment: str | None

    @property
    def href(self) -> str:
        """The URL as it is followed: ASCII, otherwise as it was written."""
        port = "" if self.port is None else f":{self.port}"
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{self.host}{port}{self.path}{query}{fragment}"


def parse(text: str) -> Url:
    """Take a URL apart.

    Raises:
        UrlError: It is not an absolute http or https URL, or it carries what a
            link must not: user-info, white space, control characters, backslashes.
    """
    if not text:
        raise UrlError("is empty")
    if len(text) > MAX_URL_CHARS:
        raise UrlError(f"has {len(text):,} characters; at most {MAX_URL_CHARS:,} are taken")
    _refuse_characters(text)
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise UrlError(_what_is_missing(text))
    scheme, authority, path, query, fragment = shape.groups()
    if "@" in authority:
        raise UrlError("carries a user name or password before its host; leave that out")
    name, port = _split_port(authority)
    parts = Url(
        scheme=scheme.lower(),
        host=_ascii_host(name),
        port=port,
        path=_ascii(path),
        query=None if query is None else _ascii(query),
        fragment=None if fragment is None else _ascii(fragment),
    )
    if len(parts.href) > MAX_URL_CHARS:
        raise UrlError(f"has more than {MAX_URL_CHARS:,} characters once written in ASCII")
    return parts


def host(url: str) -> str:
    """The name of the place a URL leads to, without ``www.`` and port.

    Raises:
        UrlError: As `parse`.
    """
    return _bare_host(parse(url))


def normalise(url: str) -> str:
    """Reduce a URL to what it has in common with every other way to write the link.

    Scheme, ``www.``, default port, trailing slash, trackers, fragments that are
    not routes and the order of the query are forgotten; YouTube's many addresses
    of one video become one.

    Raises:
        UrlError: As `parse`.
    """
    parts = parse(url)
    name = _bare_host(parts)
    if (video := _video(name, parts)) is not None:
        return f"https://youtube.com/watch?v={video}"
    port = ""
    if parts.port not in {None, _DEFAULT_PORTS[parts.scheme]}:
        port = f":{parts.port}"
    query = _telling_query(name, parts.query)
    fragment = ""
    if parts.fragment is not None and parts.fragment.startswith(("/", "!")):
        fragment = "#" + _simplest_escapes(parts.fragment)
    path = _without_dots(_simplest_escapes(parts.path)).rstrip("/")
    return f"https://{name}{port}{path}{query}{fragment}"


def link_id(url: str) -> str:
    """Derive the id of a link: 8 characters that outlive edits and reordering.

    Raises:
        UrlError: As `parse`.
    """
    digest = sha256(normalise(url).encode()).digest()
    return b32encode(digest[:5]).translate(_RFC_4648_TO_CROCKFORD).decode()


def _refuse_characters(text: str) -> None:
    if _SAFE_ASCII.fullmatch(text):
        return
    for position, character in enumerate(text, start=1):
        if character == "\\":
            raise UrlError(f"contains a backslash at character {position}; write %5C")
        if character == " ":
            raise UrlError(f"contains a space at character {position}; write %20")
        if character in _JOINERS:
            continue
        if unicodedata.category(character) in _INVISIBLE:
            raise UrlError(
                f"contains the invisible character U+{ord(character):04X} at character {position}"
            )


def _what_is_missing(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return "has no scheme; an absolute URL begins with https:// or http://"
    name = scheme.group().lower()
    if name in _DEFAULT_PORTS:
        return f"needs two slashes after {name}:"
    return f"uses the scheme {name[:20]}; only http and https are links here"


def _split_port(authority: str) -> tuple[str, int | None]:
    name, colon, digits = authority, "", ""
    if not authority.endswith("]"):
        head, colon, tail = authority.rpartition(":")
        if colon:
            name, digits = head, tail
    if not digits:
        return name, None  # RFC 3986 allows "host:" for the default port
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:6]) <= 65535:
        raise UrlError(f"has the port {digits[:12]!r}; a port is a number from 1 to 65535")
    return name, int(digits)


def _ascii_host(name: str) -> str:
    if not name:
        raise UrlError("has no host")
    if name.startswith("["):
        return _ipv6(name)
    lowered = name.lower()
    if not lowered.isascii():
        try:
            lowered = idna.encode(lowered, uts46=True).decode()
        except idna.IDNAError as error:
            raise UrlError(
                f"has the host {name[:80]!r}, which is no domain name: {error}"
            ) from None
    rooted = lowered.removesuffix(".")
    labels = rooted.split(".")
    if len(rooted) > MAX_HOST_CHARS or not all(map(_LABEL.fullmatch, labels)):
        raise UrlError(f"has the host {name[:80]!r}, which is no domain name")
    if _NUMBER.fullmatch(labels[-1]):
        # Browsers read such hosts as IPv4 in forgotten notations: 0x7f.1, 2130706433.
        try:
            ipaddress.IPv4Address(rooted)
        except ipaddress.AddressValueError:
            raise UrlError(f"has the host {name[:80]!r}, which is no IPv4 address") from None
    return lowered


def _ipv6(name: str) -> str:
    address = name[1:-1] if name.endswith("]") and "%" not in name else ""  # % names a zone
    try:
        return f"[{ipaddress.IPv6Address(address).compressed}]"
    except ipaddress.AddressValueError:
        raise UrlError(f"has the host {name[:80]!r}, which is no IPv6 address") from None


def _ascii(part: str) -> str:
    return quote(part, safe=_KEPT)


def _bare_host(parts: Url) -> str:
    name = parts.host.removesuffix(".")
    bare = name.removeprefix("www.")
    return bare if "." in bare else name  # www.com is a name of its own


def _simplest_escapes(part: str) -> str:
    """Write every escape in upper case, and none where a plain character means the same."""

    def simplest(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(simplest, part) if "%" in part else part


def _without_dots(path: str) -> str:
    """Walk ``.`` and ``..`` segments, as RFC 3986, 5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    *walked, last = path.split("/")[1:]
    for segment in walked:
        if segment == "..":
            kept[-1:] = []
        elif segment != ".":
            kept.append(segment)
    if last == "..":
        kept[-1:] = []
    kept.append("" if last in {".", ".."} else last)
    return "/" + "/".join(kept)


def _telling_query(name: str, query: str | None) -> str:
    """Keep what selects a page, sorted by key; values of one key keep their order."""
    if not query:
        return ""
    referrers: frozenset[str] = frozenset()
    for site, keys in _REFERRERS_BY_HOST.items():
        if name == site or name.endswith("." + site):
            referrers = keys
    kept = [
        _simplest_escapes(pair)
        for pair in query.split("&")
        if pair
        and not _TRACKERS.fullmatch(key := pair.partition("=")[0])
        and not _SHARE_CODE.fullmatch(pair)
        and key not in referrers
    ]
    kept.sort(key=lambda pair: pair.partition("=")[0])
    return "?" + "&".join(kept) if kept else ""


def _video(name: str, parts: Url) -> str | None:
    """Name the video a YouTube address shows, whichever of its forms is used."""
    candidate = ""
    segments = parts.path.strip("/").split("/")
    if name == "youtu.be":
        candidate = segments[0]
    elif name in _VIDEO_HOSTS:
        if segments == ["watch"]:
            pairs = (pair.partition("=") for pair in (parts.query or "").split("&"))
            candidate = next((value for key, _, value in pairs if key == "v"), "")
        elif len(segments) == 2 and segments[0] in {"live", "shorts", "embed", "v"}:
            candidate = segments[1]
    return candidate if _VIDEO_ID.fullmatch(candidate) else None
