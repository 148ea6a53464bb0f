"""A bookmark becomes a link the file's own check takes, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.entry import MAX_TAGS
from app.archive.imports.admit import RefusedError, admit
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
    with pytest.raises(RefusedError, match="its URL"):
        admit(Bookmark(url))


texts = st.text(max_size=40)


@given(st.builds(Bookmark, st.just(URL), texts, texts, texts, st.tuples(texts, texts), st.none()))
def test_any_texts_are_admitted(bookmark):
    assert admit(bookmark).title
