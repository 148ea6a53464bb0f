"""Chance that can be repeated: the same anywhere, in any process, on any Python.

Every such draw is BLAKE2b (RFC 7693, 8 bytes out) over its parts, in UTF-8, each
preceded by its length. Python's own generators are not used: ``random`` promises
the same numbers only for ``random()`` itself, and ``hash`` differs by process.
Drawing per link instead of from one stream means that the order of the file does
not matter, and that a link added or removed moves no other link's luck.
"""

from hashlib import blake2b
from math import log

RESOLUTION = 2.0**-53  # a double holds 53 bits


def unit(*parts: str) -> float:
    """Draw from the parts.

    Returns:
        Above 0, at most 1.
    """
    digest = blake2b(digest_size=8)
    for part in parts:
        # A URL or seed may hold a lone surrogate, from JSON; it is as good as any.
        coded = part.encode("utf-8", "surrogatepass")
        digest.update(len(coded).to_bytes(4, "big"))
        digest.update(coded)
    return ((int.from_bytes(digest.digest(), "big") >> 11) + 1) * RESOLUTION


def arrival(weight: float, draw: float) -> float:
    """Tell when somebody of this weight arrives, in a race that the first wins.

    Each arrives after an exponential time whose rate is the weight, so that
    the first is drawn in proportion to the weights, the second in proportion to
    those that are left, and so on.

    Args:
        weight: Above 0.
        draw: Above 0, at most 1; a fresh one for everybody.

    Returns:
        A time, at least 0; its unit has no meaning.

    Source: Efraimidis and Spirakis, "Weighted random sampling with a
    reservoir", 2006.
    """
    return -log(draw) / weight
