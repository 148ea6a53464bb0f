"""A YAML text becomes a tree that knows its places, or problems that know theirs."""

import pytest

from app.archive.file.tree import MAX_DEPTH, MappingNode, ScalarNode, Source, compose
from app.archive.problem import Severity


def tree(text):
    root, problems = compose(Source(text))
    assert problems == []
    return root


def told(text):
    """The problems of a text, as (line, column, reason)."""
    return [(p.line, p.column, p.reason) for p in compose(Source(text))[1]]


def written(text, node):
    return text[node.start : node.end]


def test_a_scalar_knows_its_place_and_its_style():
    text = "- 'a b'\n- c\n"
    quoted, plain = tree(text).items
    assert (written(text, quoted), quoted.text, quoted.plain) == ("'a b'", "a b", False)
    assert (written(text, plain), plain.text, plain.plain) == ("c", "c", True)


def test_nodes_in_brackets_know_where_they_end():
    text = "a: [x, {y: z}]  # more\nb: 1"
    root = tree(text)
    outer = root.pairs["a"][1]
    inner = outer.items[1]
    assert (written(text, outer), written(text, inner)) == ("[x, {y: z}]", "{y: z}")
    assert (root.flow, outer.flow, inner.flow) == (False, True, True)


def test_a_list_below_a_key_begins_at_its_first_dash():
    text = "a:\n  - x\n"
    nodes = tree(text).pairs["a"][1]
    assert (nodes.start, nodes.flow) == (text.index("-"), False)


def test_keys_keep_their_order_and_their_places():
    text = "b: 1\na: 2\n"
    root = tree(text)
    assert [*root.pairs] == ["b", "a"]
    assert [written(text, key) for key, _ in root.pairs.values()] == ["b", "a"]
    assert [value.text for _, value in root.pairs.values()] == ["1", "2"]


def test_all_that_was_read_to_its_end_is_closed():
    root = tree("- {a: [b]}\n")
    assert root.closed
    assert root.items[0].closed
    assert root.items[0].pairs["a"][1].closed


def test_what_a_syntax_error_cut_short_is_not_closed():
    root, problems = compose(Source("- [a]\n- b: {c: d}\n  e: 'f\n"))
    assert len(problems) == 1
    whole, cut = root.items
    assert (root.closed, whole.closed, cut.closed) == (False, True, False)
    assert cut.pairs["b"][1].closed


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_a_word_for_nothing_is_nothing(word):
    assert tree(f"a: {word}\n").pairs["a"][1].is_null


@pytest.mark.parametrize("word", ["'~'", '"null"', "''", "nuLL", "none", "no", "0", "false"])
def test_a_quoted_or_another_word_is_a_text(word):
    assert not tree(f"a: {word}\n").pairs["a"][1].is_null


@pytest.mark.parametrize("text", ["", "\n", "# only this\n"])
def test_a_text_without_content_has_no_root(text):
    assert compose(Source(text)) == (None, [])


def test_surrogates_escaped_one_by_one_are_one_character():
    assert tree('"\\ud83c\\udf0a \\ud83c."').text == "\U0001f30a \ud83c."


@pytest.mark.parametrize("text", [r"'\ud83c\udf0a'", r"\ud83c\udf0a"])
def test_only_double_quotes_escape(text):
    assert tree(text).text == r"\ud83c\udf0a"


def nested(depth):
    return "[" * depth + "]" * depth


def test_eight_levels_may_be_nested_and_no_more():
    assert MAX_DEPTH == 8
    assert told(nested(8)) == []
    assert told(nested(9)) == [(1, 9, "is nested more than 8 levels deep")]
    assert told("a: " * 1 + "{b: " * 8 + "}" * 8) == [(1, 32, "is nested more than 8 levels deep")]


def test_nothing_is_read_beyond_what_is_nested_too_deep():
    assert len(told(nested(30) + "\n'")) == 1


def test_nesting_is_of_what_is_open_and_not_of_what_was():
    assert told("[" + ", ".join([nested(7)] * 20) + "]") == []


def test_a_second_document_is_refused_and_not_read():
    assert told("a: 1\n--- \nb: &x 1\n") == [
        (2, 1, "a second document begins here; one file is one archive")
    ]


def test_a_document_may_say_where_it_begins_and_ends():
    assert tree("---\na: 1\n...\n").pairs["a"][1].text == "1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &x 1", "the anchor &x is not taken; write values out"),
        ("a: &x [1]", "the anchor &x is not taken; write values out"),
        ("a: &x {b: 1}", "the anchor &x is not taken; write values out"),
        ("a: !!int 1", "the tag tag:yaml.org,2002:int is not taken; plain values need none"),
        ("a: !x [1]", "the tag !x is not taken; plain values need none"),
        ("a: !x {b: 1}", "the tag !x is not taken; plain values need none"),
        (f"a: !{'x' * 80} 1", f"the tag !{'x' * 59} is not taken; plain values need none"),
        ("a: *x", "the alias *x is not taken; write the value out here"),
    ],
)
def test_what_could_grow_or_build_is_refused_where_it_stands(text, reason):
    assert told(text) == [(1, 4, reason)]


def test_an_anchor_and_its_tag_are_both_told():
    assert [reason[:10] for _, _, reason in told("&x !y z")] == ["the anchor", "the tag !y"]


def test_an_alias_stands_for_nothing():
    root, _ = compose(Source("a: *x\nb: 1\n"))
    assert [value.text for _, value in root.pairs.values()] == ["", "1"]
    assert root.pairs["a"][1].is_null


def test_a_merge_key_is_refused_and_not_taken():
    root, (problem,) = compose(Source("<<: 1\na: 2\n"))
    assert problem.reason == "the merge key << is not taken; write the keys out here"
    assert (problem.column, problem.width) == (1, 2)
    assert [*root.pairs] == ["a"]


def test_the_same_in_quotes_is_a_key_like_any_other():
    assert [*tree("'<<': 1").pairs] == ["<<"]


def test_of_a_key_that_stands_twice_the_first_is_kept():
    root, (problem,) = compose(Source("a: 1\nb: 2\na: 3\n"))
    assert (problem.line, problem.column) == (3, 1)
    assert problem.reason == "the key 'a' stands here a second time; first on line 1"
    assert root.pairs["a"][1].text == "1"


def test_a_long_key_is_cut_in_its_message():
    ((_, _, reason),) = told(f"{'k' * 60}: 1\n{'k' * 60}: 2\n")
    assert reason.startswith(f"the key '{'k' * 40}' stands")


def test_a_key_that_is_no_word_is_refused_and_the_rest_is_read():
    root, problems = compose(Source("? [a]\n: 1\n? {b: c}\n: 2\nd: 3\n"))
    assert [(p.line, p.column, p.reason) for p in problems] == [
        (1, 3, "a key must be a single word"),
        (3, 3, "a key must be a single word"),
    ]
    assert root.pairs["d"][1].text == "3"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x84", "\x86", "\x9f"])
def test_a_character_no_yaml_may_hold_is_named(character):
    assert told(f"a: b\nc: {character}d\n") == [
        (2, 4, f"contains the character U+{ord(character):04X}, which no YAML may hold")
    ]


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\ud800"])
def test_nor_may_it_hold_what_is_no_character(character):
    assert [column for _, column, _ in told(f"a{character}")] == [2]


@pytest.mark.parametrize(
    "character",
    ["\t", "~", "\x85", "\xa0", "\ud7ff", "\ue000", "\ufffd", "\U00010000", "\U0010ffff"],
)
def test_every_other_character_may_be_there(character):
    assert told(f"'a{character}b'") == []


def test_every_character_that_may_not_be_there_is_told_at_once():
    root, problems = compose(Source("a: \x07\nb: [\x08"))
    assert root is None
    assert [problem.line for problem in problems] == [1, 2]


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("a: b: c", 1, 5, "a colon followed by a space needs quotes around the text"),
        ("a: - b", 1, 4, "a list begins on a line of its own"),
        ("a: 1\nb\nc: 2", 3, 1, "this line is neither 'key: value' nor part of a list"),
        ("a:\n\tb: c", 2, 1, "a tab cannot indent YAML; use spaces"),
        ("a: @b", 1, 4, "text that begins with this character needs quotes"),
        ("a: 1\nb: 'c", 2, 4, "the quote that opens here is never closed"),
        ('a: "\\q"', 1, 6, "an unknown escape; a backslash is written \\\\ in quotes"),
        ("- a\nb: c", 2, 1, "this does not line up with the lines that it belongs to"),
        ("a: 1\nb: [c", 2, 4, "the list that opens here is never closed by ]"),
        ("a: 1\nb: {c", 2, 4, "the mapping that opens here is never closed by }"),
        ("[a, , b]", 1, 5, "something is missing here: a value, or the end of a list"),
        ("a: & b", 1, 5, "text that begins with & or * needs quotes"),
        ("a: * b", 1, 5, "text that begins with & or * needs quotes"),
        ("a: |x\n b", 1, 5, "nothing but a line break may follow | or >"),
        ("%YAML 2.0\n---\na: 1", 1, 1, "only YAML 1.2 is read here"),
    ],
)
def test_a_syntax_error_says_what_a_person_did_and_where(text, line, column, reason):
    assert told(text) == [(line, column, reason)]


def test_a_syntax_error_without_a_meaning_is_told_as_the_parser_does():
    ((_, _, reason),) = told("%TAG x\n---\na: 1")
    assert reason


def test_an_error_without_a_place_is_told_where_the_newest_node_begins():
    assert told('a: 1\nb:\n  - c\n  - "\\U00110000"\n')[0][:2] == (3, 3)
    assert told('"\\U00110000"')[0][:2] == (1, 1)


def test_what_came_before_a_syntax_error_is_kept():
    root, _ = compose(Source("- a\n- b: 1\n- 'c"))
    assert isinstance(root.items[1], MappingNode)
    assert isinstance(root.items[0], ScalarNode)


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(breaks):
    source = Source(breaks.join(("one", "two", "", "four")))
    places = [source.text.index(word) for word in ("one", "two", "four")]
    assert [source.line_of(place) for place in places] == [1, 2, 4]
    problem = source.problem(places[1] + 1, "is odd")
    assert (problem.line, problem.column, problem.excerpt) == (2, 2, "two")


def test_a_problem_carries_all_it_was_given():
    problem = Source("a: bcd\n").problem(3, "is odd", end=5, path="a", severity=Severity.WARNING)
    assert (problem.line, problem.column, problem.width) == (1, 4, 2)
    assert (problem.path, problem.reason, problem.severity) == ("a", "is odd", Severity.WARNING)
    assert Source("a").problem(0, "x").severity is Severity.ERROR


def test_a_mark_is_one_character_wide_unless_its_end_is_told():
    source = Source("abcdef\nghi\n")
    assert source.problem(1, "x").width == 1
    assert source.problem(1, "x", end=1).width == 1
    assert source.problem(1, "x", end=9).width == 5, "to the end of the line, and no further"
    assert source.problem(6, "x").width == 1, "at the end of a line"
    assert source.problem(len(source.text), "x").line == 3
