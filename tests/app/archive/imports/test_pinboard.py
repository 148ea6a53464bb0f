"""Pinboard's pins."""

import pytest

from app.archive.imports import pinboard
from tests.refusing import refused


@pytest.mark.parametrize(
    ("value", "is_pins"),
    [
        ([], True),
        ([{"href": "x"}] * 2, True),
        ([{"href": "x"}, {"url": "x"}], False),
        ([{"href": "x"}, {"href": "x"}, 5], False),
        ([{"href": "x"}] * 3 + [5], True),  # the first three tell
        ({"href": "x"}, False),
        (["href"], False),
    ],
)
def test_pins_are_told_by_their_href(value, is_pins):
    assert pinboard.is_pinboard(value) is is_pins


def test_what_is_no_list_of_pins_is_refused():
    assert refused(pinboard.read, "{}") == (
        "is no Pinboard export: a list of bookmarks is expected"
    )
    assert refused(pinboard.read, "[1]") == (
        "is no Pinboard export: a bookmark is an object with 'href'"
    )
