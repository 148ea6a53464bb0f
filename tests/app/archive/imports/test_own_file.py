"""Archives of our own, read as a source."""

from datetime import date

from app.archive.imports import own_file
from app.archive.imports.bookmark import Bookmark
from tests.refusing import refused

A = "https://a.example/"


DAY = date(2024, 12, 20)


def test_an_archive_of_our_own_keeps_all_its_fields():
    text = (
        "- {title: T, url: 'https://a.example/', author: Jo, note: N, tags: [a, b],"
        " added: 2024-12-20}\n- {title: U, url: 'https://b.example/'}\n"
    )
    assert [*own_file.read(text.encode(), "x")] == [
        Bookmark(A, "T", "Jo", "N", ("a", "b"), DAY),
        Bookmark("https://b.example/", "U"),
    ]


def test_an_archive_with_errors_is_not_read():
    assert refused(own_file.read, b"- {title: T, url: x}", "f") == (
        "is an archive with errors: line 1, column 19: [0].url: has no scheme; "
        "an absolute URL begins with https:// or http://"
    )


def test_what_is_told_of_an_archive_with_errors_is_no_warning():
    text = b"- {title: T, url: 'https://a.example/', tags: ['']}\n- {title: T, url: x}"
    assert "line 2, column 19: [1].url: has no scheme" in refused(own_file.read, text, "f")
