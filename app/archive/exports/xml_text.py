"""Texts inside XML and HTML: only characters that either may hold, the special ones escaped."""

import re
from html import escape
from typing import Final

# The complement of XML 1.0's Char, 2.2.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(text: str) -> str:
    """Escape a text for an element or a quoted attribute."""
    return escape(_NOT_XML.sub("\ufffd", text))
