"""JSON from strangers: any text is a value or a clear error."""

import json

from app.archive.errors import SourceError


def value_of(text: str) -> object:
    """Parse a document.

    Raises:
        SourceError: It is not JSON, or it nests too deeply to be anybody's bookmarks.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except (ValueError, RecursionError) as error:
        raise SourceError(f"is not JSON that can be read: {error}") from None


def text_in(mapping: dict[str, object], *names: str) -> str:
    """Take the first of these members that is a text with something in it."""
    for name in names:
        value = mapping.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""
