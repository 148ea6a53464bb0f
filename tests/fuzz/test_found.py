"""Inputs that broke a parser once, made small, each under the rule that it broke."""

import pytest

from app.archive.errors import ArchiveError
from tests.fuzz.targets import TARGETS, parse_archive

BY_NAME = {target.name: target for target in TARGETS}

FOUND = {
    # A reference to no character, in a feed that is not well-formed.
    "import-feed": [
        b"<rss version='2.0'><channel><title>&#x110000;</title>",
        # An entry that is told to have a summary, and has none.
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>/title><link href='/p'/>"
        b"<content type='html'>A</content></entry></feed>",
    ],
    # A byte order mark, and then a byte that is not UTF-8.
    "archive": [b"\xef\xbb\xbf\x00\x80"],
    # A line that an old Mac ended, where a table's head is looked for.
    "detect": [b"\x00\r\x00", b"url,title\rhttps://a.example/,A\r"],
}


@pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, some in FOUND.items() for data in some]
)
def test_what_broke_a_parser_once_does_so_no_more(name, data):
    BY_NAME[name].run(data)


def test_a_byte_that_is_not_utf_8_is_placed_where_it_is_behind_a_byte_order_mark():
    with pytest.raises(ArchiveError) as caught:
        parse_archive(b"\xef\xbb\xbflinks:\n- \xe9", "links.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 3)
    assert "0xE9" in problem.reason
