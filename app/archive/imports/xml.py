"""XML from strangers: no DTD, hence no entities that grow or reach out."""

from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.archive.errors import SourceError

REFUSED: Final = "declares a DTD or entities, which no feed or OPML needs; it is not read"


def root_of(data: bytes) -> Element:
    """Parse a document.

    Raises:
        SourceError: It is not well-formed, or it declares a DTD.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise SourceError(REFUSED) from None
    except ParseError as error:
        line, column = error.position
        reason = str(error).partition(": line ")[0]
        raise SourceError(
            f"is not well-formed XML: {reason} at line {line}, column {column + 1}"
        ) from None
    except (ValueError, LookupError) as error:  # encodings that do not exist
        raise SourceError(f"is not well-formed XML: {error}") from None
    return root
