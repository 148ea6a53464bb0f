"""What the readers of tables, lists and our own file take, and what they refuse."""

from datetime import date

import pytest

from app.archive.imports import own_file, pocket, raindrop, table, url_list
from app.archive.imports.bookmark import Bookmark, SourceError

A = "https://a.example/"
DAY = date(2024, 12, 20)


def refused(read, *arguments):
    with pytest.raises(SourceError) as error:
        list(read(*arguments))
    return str(error.value)


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
    assert table.columns(text) == names


def test_pocket_calls_a_page_without_title_by_its_address():
    text = f"title,url,time_added,tags\n{A},{A},1734652800,a| b ||c\nT,{A},,\n"
    assert [*pocket.read(text)] == [
        Bookmark(A, "", tags=("a", "b", "c"), added=DAY),
        Bookmark(A, "T"),
    ]


def test_a_raindrops_collections_are_tags_unless_it_is_unsorted():
    text = (
        "id,title,note,excerpt,url,folder,tags,created\n"
        f'1,T,N,E,{A},R / S,"a, b",2024-12-20\n2,U,,,{A},UNSORTED,,\n'
    )
    assert [*raindrop.read(text)] == [
        Bookmark(A, "T", note="N", tags=("a", "b", "R", "S"), added=DAY),
        Bookmark(A, "U"),
    ]


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
