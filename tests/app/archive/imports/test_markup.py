"""HTML as a row of tags and texts."""

import pytest

from app.archive.imports.markup import anchors, scan, text_of


def rows(html):
    return [(tag.name, tag.attributes, tag.text) for tag in scan(html)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("", []),
        ("text alone", []),
        ("before<B>in</B>after", [("b", {}, "in"), ("/b", {}, "after")]),
        ("<a HREF='x y' b>t", [("a", {"href": "x y", "b": ""}, "t")]),
        ('<a href="x>y">t', [("a", {"href": "x>y"}, "t")]),
        ("<a href=x/y>t", [("a", {"href": "x/y"}, "t")]),
        ("<a href = x b='1'c=2>t", [("a", {"href": "x", "b": "1", "c": "2"}, "t")]),
        ("<a href=1 HREF=2>", [("a", {"href": "1"}, "")]),
        ("<a href=''>t", [("a", {"href": ""}, "t")]),
        ("<a href='&lt;&amp;'>&gt;&#33;", [("a", {"href": "<&"}, ">!")]),
        ("<br/>t", [("br", {}, "t")]),
        ("<h1>t", [("h1", {}, "t")]),
        ("<b>1 < 2 <3</b>", [("b", {}, "1 < 2 <3"), ("/b", {}, "")]),
        ("<b>x<!-- <i>no</i> -->y", [("b", {}, "xy")]),
        ("<!-- a --><b>x", [("b", {}, "x")]),
        ("<b>x<!-->y", [("b", {}, "x")]),
        ("<b>x<!-- never closed <i>", [("b", {}, "x")]),
        ("<b>x<i never=closed y", [("b", {}, "x"), ("i", {"never": "closed", "y": ""}, "")]),
        ("<b> x\n y ", [("b", {}, " x\n y ")]),
    ],
)
def test_tags_come_with_their_attributes_and_the_text_after_them(html, found):
    assert rows(html) == found


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a  &amp;\n b", "a & b"),
        ("a<b>b</b> c", "ab c"),
        ("<p>a</p>\n<p>b", "a b"),
        ("a<script>x < y</script>b<style>c</style>d", "abd"),
        ("a<script>x</style>y</script>b", "ab"),
        ("a<script>x", "a"),
        ("<!-- c -->a", "a"),
        ("", ""),
    ],
)
def test_a_reader_reads_this(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("x <a href=' u '>a\n <b>b</b></a> c <a href=v>d", [("u", "a b"), ("v", "d")]),
        ("<a name=x>a</a><a href=''>b</a>", []),
        ("<a href=u>a<a href=v>b</a>c", [("u", "a"), ("v", "b")]),
        ("<a href=u>see <img alt='a picture' src=x> here</a>", [("u", "see a picture here")]),
        ("<img alt=before><a href=u><img></a>", [("u", "")]),
        ("<a href=u>a</a><b>c</b><a href=v></a>", [("u", "a"), ("v", "")]),
    ],
)
def test_links_come_with_their_texts(html, found):
    assert [*anchors(html)] == found
