"""Tables, and the names of their columns."""

from datetime import date

import pytest

from app.archive.imports import table
from app.archive.imports.bookmark import Bookmark
from tests.refusing import refused

A = "https://a.example/"


DAY = date(2024, 12, 20)


def test_a_table_is_read_by_the_names_of_its_columns():
    text = ' Added ,URL,tags,Note,title,AUTHOR\n2024-12-20, https://a.example/ ," a,, b",N,T,Jo\n'
    assert [*table.read(text)] == [Bookmark(A, "T", "Jo", "N", ("a", "b"), DAY)]


def test_a_table_may_have_short_long_and_empty_lines():
    assert [b.url for b in table.read("url,title\n\nu\nv,t,more\n")] == ["u", "v"]
    assert [*table.read("")] == []


def test_a_table_that_cannot_be_read_says_where():
    text = "url\na\n" + "x" * 200_000
    assert refused(table.read, text).startswith("cannot be read as CSV: field larger than")
    assert refused(table.read, text).endswith(" at line 3")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("\ufeff\r\n URL , a,\nb", {"url", "a", ""}),
        ("", set()),
        ("x" * 1990 + ",yyyy,yyyyyyy", {"x" * 1990, "yyyy"}),
    ],
)
def test_the_first_line_of_a_table_names_its_columns(text, names):
    assert table.column_names(text) == names
