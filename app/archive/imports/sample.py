"""A source as those see it who are to recognise it: by its content alone.

File names say little and lie at times. Each view is made when it is first asked
for: most sources are told by their head, and a large one is decoded once.
"""

import re
from functools import cached_property
from typing import Final

from app.archive.errors import SourceError
from app.archive.imports.json_text import value_of

HEAD_BYTES: Final = 20_000  # enough to tell any format but JSON and lists

_ROOT: Final = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*)*<([\w:]+)",
    re.DOTALL | re.IGNORECASE,
)


class Sample:
    """The bytes of a source, in every form that tells what they are."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def head(self) -> str:
        """How its text begins, from the first character that is to be seen."""
        return decoded(self._data[:HEAD_BYTES]).lstrip("\ufeff \t\r\n")

    @cached_property
    def text(self) -> str:
        """All of it."""
        return decoded(self._data)

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not self.text.strip()

    @property
    def is_markup(self) -> bool:
        """Whether it begins as HTML and XML do; Markdown may as well."""
        return self.head.startswith("<")

    @cached_property
    def root(self) -> str:
        """The name of the first element in lower case; empty where there is none."""
        match = _ROOT.match(self.head) if self.is_markup else None
        return match[1].lower() if match else ""

    @property
    def is_json(self) -> bool:
        """Whether it is JSON; Markdown may begin with a bracket, too."""
        return bool(self._values)

    @property
    def json(self) -> object:
        """The value, where it is JSON; else None."""
        return self._values[0] if self._values else None

    @cached_property
    def _values(self) -> tuple[object, ...]:
        if not self.head.startswith(("{", "[")):
            return ()
        try:
            return (value_of(self.text),)
        except SourceError:
            return ()


def decoded(data: bytes) -> str:
    """Read bytes as text: UTF-8 or -16 where they are, else as old Windows files are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
