"""What somebody says who refuses to read."""

from collections.abc import Callable, Iterable

import pytest

from app.archive.errors import SourceError


def refused(read: Callable[..., Iterable[object]], *arguments: object) -> str:
    """Read to the end, be refused, and tell the reason."""
    with pytest.raises(SourceError) as error:
        list(read(*arguments))
    return str(error.value)
