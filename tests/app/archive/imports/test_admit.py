"""A bookmark becomes a link the file's own check takes, or is refused."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import UnfitError
from app.archive.file.entry import MAX_TAGS
from app.archive.imports.admit import Candidate, admit
from app.archive.imports.bookmark import Bookmark

URL = "https://www.a.example/x/?utm_source=y"


def test_a_link_without_a_title_is_named_by_its_address():
    assert admit(Bookmark("https://www.a.example/x/?y=1#z")).title == "a.example/x?y=1"


def test_what_is_too_long_is_cut_and_told():
    candidate = admit(Bookmark(URL, "t" * 400, note="n" * 2000))
    assert (len(candidate.title), candidate.title[-1]) == (300, "…")
    assert candidate.mended == "title and note cut"


def test_control_characters_are_left_out():
    assert admit(Bookmark(URL, "a\x00b\u202ec\ud800\n d")).title == "abc d"


def test_tags_are_mended():
    tags = admit(Bookmark(URL, tags=("a,b", "A b", " ", "x" * 80, *map(str, range(30))))).tags
    assert tags[:2] == ["a b", "x" * 49 + "…"]
    assert len(tags) == MAX_TAGS


def test_extra_tags_are_given():
    assert admit(Bookmark(URL, tags=("a",)), ("b", "A")).tags == ["a", "b"]


def test_spaces_in_a_url_are_encoded():
    assert admit(Bookmark(" https://a.example/x y ")).url == "https://a.example/x%20y"


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "place:sort=8", "/relative", "mailto:a@b"]
)
def test_a_bad_url_is_refused_with_its_reason(url):
    with pytest.raises(UnfitError, match="its URL"):
        admit(Bookmark(url))


texts = st.text(max_size=40)


@given(st.builds(Bookmark, st.just(URL), texts, texts, texts, st.tuples(texts, texts), st.none()))
def test_any_texts_are_admitted(bookmark):
    assert admit(bookmark).title


def test_every_field_arrives():
    found = Bookmark(
        "http://www.a.example/x?utm_source=y", "T", "Jo", "Why", ("a", "b"), date(2024, 1, 2)
    )
    assert admit(found) == Candidate(
        key="https://a.example/x",
        url="http://www.a.example/x?utm_source=y",
        title="T",
        author="Jo",
        note="Why",
        tags=["a", "b"],
        added=date(2024, 1, 2),
        mended="",
    )


def test_what_is_not_known_is_none():
    bare = admit(Bookmark("https://a.example/", "T", " ", "\n", ("", ",")))
    assert (bare.author, bare.note, bare.tags, bare.added) == (None, None, [], None)


@pytest.mark.parametrize(("field", "limit"), [("title", 300), ("author", 200), ("note", 1000)])
def test_a_text_of_the_longest_length_is_kept_and_a_longer_one_cut_to_it(field, limit):
    just = admit(Bookmark(URL, **{"title": "T", field: "x" * limit}))
    assert (getattr(just, field), just.mended) == ("x" * limit, "")
    over = admit(Bookmark(URL, **{"title": "T", field: "x" * (limit + 1)}))
    assert (getattr(over, field), over.mended) == ("x" * (limit - 1) + "…", f"{field} cut")


def test_a_cut_leaves_no_space_before_its_mark():
    assert admit(Bookmark(URL, "x" * 298 + " yy")).title == "x" * 298 + "…"


def test_a_tag_of_fifty_characters_is_kept_and_a_longer_one_cut():
    assert admit(Bookmark(URL, tags=("x" * 50, "y" * 51, "z" * 48 + " zz"))).tags == [
        "x" * 50,
        "y" * 49 + "…",
        "z" * 48 + "…",
    ]


def test_twenty_tags_are_kept_and_more_are_told():
    twenty = tuple(f"t{number}" for number in range(20))
    assert admit(Bookmark(URL, tags=twenty)).mended == ""
    more = admit(Bookmark(URL, tags=twenty), ("extra", "T1"))
    assert (more.tags, more.mended) == ([*twenty], "tags cut")


def test_everything_that_was_cut_is_named():
    found = Bookmark(URL, "t" * 301, "a" * 201, "n" * 1001, tuple(map(str, range(21))))
    assert admit(found).mended == "title and author and note and tags cut"


@pytest.mark.parametrize("field", ["title", "author", "note"])
def test_what_is_invisible_is_left_out_and_what_is_space_is_one(field):
    text = "a\x00\x1b\u202d\u202e\ud800b\t\n\u2028 c\u200dd"
    given: dict[str, Any] = {"title": "T", field: text}
    assert getattr(admit(Bookmark(URL, **given)), field) == "ab c\u200dd"
    assert admit(Bookmark(URL, tags=(text,))).tags == ["ab c\u200dd"]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://www.a.example/", "a.example"),
        ("https://a.example/x/", "a.example/x"),
        ("https://a.example/x?", "a.example/x"),
        ("https://a.example?y=1", "a.example?y=1"),
    ],
)
def test_a_title_that_says_nothing_is_the_address(url, title):
    assert admit(Bookmark(url, "\x00 ")).title == title


def test_a_refusal_says_why():
    with pytest.raises(UnfitError) as error:
        admit(Bookmark("ftp://a.example"))
    assert str(error.value) == "its URL uses the scheme ftp; only http and https are links here"
