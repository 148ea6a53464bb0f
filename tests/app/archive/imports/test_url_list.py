"""Lists of addresses."""

from app.archive.imports import url_list
from app.archive.imports.bookmark import Bookmark

A = "https://a.example/"


def test_a_list_is_told_by_every_line():
    assert url_list.is_url_list(f"\n{A} title\n  HTTP://b.example\n")
    assert not url_list.is_url_list("\n \n")
    assert not url_list.is_url_list(f"{A}\nwords")
    assert not url_list.is_url_list(f"{A}\n# words")


def test_a_line_of_a_list_is_a_link_its_title_or_a_comment():
    assert [*url_list.read(f"# c\n\n {A}   A title \nexample\n{A}\n")] == [
        Bookmark(A, "A title"),
        Bookmark("example"),
        Bookmark(A),
    ]
