"""The links of one block, and what a reader would read of Markdown."""

import pytest

from app.archive.imports.markdown_inline import (
    MAX_DESTINATION_CHARS,
    MAX_NESTED_PARENTHESES,
    Found,
    label_key,
    links_in,
    plain,
)

A = "https://a.example/"
B = "https://b.example/"


def found(block, **definitions):
    return [(link.url, link.text) for link in links_in(block, definitions)]


def test_a_link_knows_its_place():
    assert [*links_in(f"see [T]({A}) and <{B}>.", {})] == [
        Found(4, 4 + len(f"[T]({A})"), A, "T"),
        Found(len(f"see [T]({A}) and "), len(f"see [T]({A}) and <{B}>"), B, ""),
    ]
    assert [*links_in(f"x {A}, y", {})] == [Found(2, 2 + len(A), A, "")]


@pytest.mark.parametrize(
    ("block", "links"),
    [
        ("[T](x)", [("x", "T")]),
        ("[T]( x )", [("x", "T")]),
        ("[T]()", [("", "T")]),
        ("[T](<a b>)", [("a b", "T")]),
        ("[T](<a b)", []),
        ("[T](a b)", []),
        ("[T] (x)", []),
        ("[T](x 'a\\'b')", [("x", "T")]),
        ('[T](x "a" )', [("x", "T")]),
        ("[T](x (a))", [("x", "T")]),
        ("[T](x 'a)", []),
        ("[T](x\n'a')", [("x", "T")]),
        ("[T](a(b)c)", [("a(b)c", "T")]),
        ("[T](a(b)", []),
        ("[T](a\\(b)", [("a(b", "T")]),
        ("[T](a\\b)", [("a\\b", "T")]),
        ("[T](a&amp;b&#33;)", [("a&b!", "T")]),
        ("[a [b] c](x)", [("x", "a [b] c")]),
        ("[a ![b](i) c](x)", [("x", "a b c")]),
        ("![T](x)", []),
        ("![T](x) [U](y)", [("y", "U")]),
        ("![T] [U](y)", [("y", "U")]),
        ("\\[T](x)", []),
        ("\\\\[T](x)", [("x", "T")]),
        ("[T\\](x)", []),
        ("[`]`](x)", [("x", "]")]),
        ("`[T](x)`", []),
        ("``[T](x)` y``", []),
        ("`[T](x)", [("x", "T")]),
        ("``` `[T](x)", [("x", "T")]),
        ("` `` [T](x) `", []),
    ],
)
def test_inline_links(block, links):
    assert found(block) == links


@pytest.mark.parametrize(
    ("block", "links"),
    [
        ("[T][r]", [("u", "T")]),
        ("[T][ R ]", [("u", "T")]),
        ("[r][]", [("u", "r")]),
        ("[R]", [("u", "R")]),
        ("[r](x", [("u", "r")]),
        ("[T][s]", []),
        ("[s]", []),
        ("[r] [T][r]", [("u", "r"), ("u", "T")]),
        ("[T][r][r]", [("u", "T"), ("u", "r")]),
    ],
)
def test_links_by_reference(block, links):
    assert found(block, r="u") == links


def test_labels_are_compared_without_case_and_spacing():
    assert label_key("  A\n ß ") == "a ss"


@pytest.mark.parametrize(
    ("block", "links"),
    [
        (f"<{A}>", [(A, "")]),
        ("<HTTP://a.example>", [("HTTP://a.example", "")]),
        ("<ftp://a.example>", []),
        ("<a href='x'>T <b>U</b></a> V", [("x", "T U")]),
        ("<A HREF=x>T</A >", [("x", "T")]),
        ("<a href='x'>T", [("x", "T")]),
        ("<a href=''>T</a>", []),
        ("<a name='x'>T</a>", []),
        ("<abbr href='x'>T</abbr>", []),
    ],
)
def test_links_in_angle_brackets(block, links):
    assert found(block) == links


@pytest.mark.parametrize(
    "end", [*".,;:!?'*_~", ")", "]", ").", "'.", "**", '"', "`", "|", "\\", "^", "{"]
)
def test_a_bare_url_ends_before_what_closes_the_sentence(end):
    assert found(A + "x" + end) == [(A + "x", "")]


@pytest.mark.parametrize("url", [f"{A}x_(y)", f"{A}[y]", f"{A}a.b,c", f"{A}(a(b))", f"{A}-"])
def test_a_bare_url_keeps_what_belongs_to_it(url):
    assert found(f"({url})") == [(url, "")]


@pytest.mark.parametrize("before", ["x", "1", "é"])
def test_a_url_inside_a_word_is_none(before):
    assert found(before + A) == []


@pytest.mark.parametrize("before", ["", " ", "(", "-"])
def test_a_url_after_anything_else_is_one(before):
    assert found(before + "HTTPS://a.example/") == [("HTTPS://a.example/", "")]


def test_a_destination_has_its_longest_length():
    assert MAX_DESTINATION_CHARS == 8192
    assert len(found(f"[T]({'x' * 8192})")) == 1
    assert found(f"[T]({'x' * 8193})") == []
    assert len(found(f"[T](<{'x' * 8190}>)")) == 1
    assert found(f"[T](<{'x' * 8192}>)") == []


def test_parentheses_nest_no_deeper_than_32():
    assert MAX_NESTED_PARENTHESES == 32
    assert len(found(f"[T]({'(' * 32}{')' * 32})")) == 1
    assert found(f"[T]({'(' * 33}{')' * 33})") == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a  b\n c", "a b c"),
        ("*a* **b** _c_ __d__", "a b c d"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*", "*"),
        ("snake_case_name", "snake_case_name"),
        ("_a", "a"),
        ("`a` ``b``", "a b"),
        ("\\*a\\* \\b \\\\", "*a* \\b \\"),
        ("&amp; &#33; &#x41; &nope; & b", "& ! A &nope; & b"),
        ("a<b>c</b> 1 < 2", "ac 1 < 2"),
        ("![alt](x) y", "alt y"),
        ("a ![alt](x", "a alt"),
        ("a ! b", "a ! b"),
        ("[a] b", "[a] b"),
        ("[a](b c) d", "a d"),
        ("see [*a* [b]](u) and [c][d]", "see a [b] and [c][d]"),
        ("\\[a](b)", "[a"),
        ("", ""),
    ],
)
def test_markdown_is_read_as_text(text, read):
    assert plain(text) == read
