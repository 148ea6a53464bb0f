"""Lines are put in at their places, and every other character stays."""

from datetime import date

import pytest

from app.archive.file.edit import (
    Edit,
    applied,
    first_entries,
    more_entries,
    more_in_entry,
    newline_of,
)
from app.archive.file.tree import Source, compose
from app.archive.imports.admit import Candidate


def candidate(name, **given):
    facts = {"key": name, "url": f"https://{name}.example/", "title": name.upper()}
    facts |= {"author": None, "note": None, "tags": [], "added": None}
    return Candidate(**facts | given)


def added(text, *names):
    root, problems = compose(Source(text))
    assert problems == []
    return applied(text, [more_entries(text, root, map(candidate, names))])


def filled(text, gains, tags=()):
    root, problems = compose(Source(text))
    assert problems == []
    return applied(text, more_in_entry(text, root.items[0], gains, list(tags)))


def test_edits_are_carried_out_by_place():
    assert applied("abcdef", [Edit(4, 5, "X"), Edit(1, 3, "")]) == "adXf"
    assert applied("abc", []) == "abc"
    assert applied("abc", [Edit(0, 0, "<"), Edit(3, 3, ">")]) == "<abc>"


def test_edits_at_one_place_keep_their_order():
    assert applied("ab", [Edit(1, 1, "2"), Edit(1, 1, "1"), Edit(0, 0, "0")]) == "0a21b"


def test_what_is_put_in_before_a_text_that_goes_stands_before_what_replaces_it():
    assert applied("abc", [Edit(1, 2, "B"), Edit(1, 1, "+")]) == "a+Bc"


def test_lines_end_as_the_file_ends_them():
    assert newline_of("a\r\nb") == "\r\n"
    assert newline_of("a\nb") == "\n"
    assert newline_of("") == "\n"


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("", "links:\n"),
        (" \n\n", "links:\n"),
        ("# a\n\n\n", "# a\n\nlinks:\n"),
        ("# a", "# a\n\nlinks:\n"),
        ("# a\r\n", "# a\r\n\r\nlinks:\r\n"),
    ],
)
def test_a_list_is_begun_below_the_comments(text, begun):
    newline = newline_of(begun)
    entries = [candidate("x"), candidate("y")]
    lines = ['  - title: "X"', "    url: https://x.example/"]
    lines += ['  - title: "Y"', "    url: https://y.example/", ""]
    assert applied(text, [first_entries(text, entries)]) == begun + newline.join(lines)


X = '- title: "X"\n  url: https://x.example/'
Y = '- title: "Y"\n  url: https://y.example/'


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("- a: b\n", f"- a: b\n{X}\n{Y}\n"),
        ("- a: b", f"- a: b\n{X}\n{Y}"),
        ("- a: b\n- c: d\n", f"- a: b\n- c: d\n{X}\n{Y}\n"),
        ("- a: b\n\n- c: d\n", f"- a: b\n\n- c: d\n\n{X}\n\n{Y}\n"),  # an empty line between
        ("- a: b\n  \n- c: d\n", f"- a: b\n  \n- c: d\n\n{X}\n\n{Y}\n"),
        ("- a: b\n# why\n- c: d\n", f"- a: b\n# why\n- c: d\n{X}\n{Y}\n"),
        ("- a: b\n\n- c: d\n- e: f\n", f"- a: b\n\n- c: d\n- e: f\n{X}\n{Y}\n"),  # the last two
        ("- a: b # c\n# end\n", f"- a: b # c\n{X}\n{Y}\n# end\n"),
        ("- a: b\n\n\n# end\n", f"- a: b\n{X}\n{Y}\n\n\n# end\n"),
        ("- a:\n", f"- a:\n{X}\n{Y}\n"),
        ("- a:\n    - b\n    - {c: d}\n", f"- a:\n    - b\n    - {{c: d}}\n{X}\n{Y}\n"),
        ("- a: |\n    b\n\n", f"- a: |\n    b\n{X}\n{Y}\n\n"),
        ("-   a: b\n", f"-   a: b\n{X}\n{Y}\n"),
        ("- a\n", f"- a\n{X}\n{Y}\n"),
        ("- - b\n", f"- - b\n{X}\n{Y}\n"),
    ],
)
def test_a_list_goes_on_in_its_own_style(text, after):
    assert added(text, "x", "y") == after


def test_a_list_goes_on_with_its_own_line_ends_and_indentation():
    text = "l:\r\n   - a: b\r\n\r\n   - c: d\r\n# end"
    root, _ = compose(Source(text))
    edit = more_entries(text, root.pairs["l"][1], [candidate("x")])
    assert applied(text, [edit]) == (
        "l:\r\n   - a: b\r\n\r\n   - c: d\r\n\r\n"
        '   - title: "X"\r\n     url: https://x.example/\r\n# end'
    )


@pytest.mark.parametrize("end", ["]", ",]", "\n]\n", " # why\n]"])
def test_a_list_in_brackets_goes_on_in_braces(end):
    assert added("[{a: b}" + end, "x", "y") == (
        "[{a: b}"
        ',\n{"title": "X", "url": "https://x.example/"}'
        ',\n{"title": "Y", "url": "https://y.example/"}' + end
    )


GAINS = {"author": "Jo: x", "added": "2024-01-02"}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "- url: u\n  title: t\n",
            '- url: u\n  author: "Jo: x"\n  added: 2024-01-02\n  tags: [a, "no"]\n  title: t\n',
        ),
        (
            "-   title: t\n    url: u # why\n",
            (
                '-   title: t\n    url: u # why\n    author: "Jo: x"\n    added: 2024-01-02\n'
                '    tags: [a, "no"]\n'
            ),
        ),
        (
            "- url: u\r\n",
            '- url: u\r\n  author: "Jo: x"\r\n  added: 2024-01-02\r\n  tags: [a, "no"]\r\n',
        ),
        ("- url: u", '- url: u\n  author: "Jo: x"\n  added: 2024-01-02\n  tags: [a, "no"]'),
        (
            "- {url: u, title: t}\n",
            '- {url: u, author: "Jo: x", added: 2024-01-02, tags: [a, "no"], title: t}\n',
        ),
        (
            '[{"url": "u"}]',
            '[{"url": "u", "author": "Jo: x", "added": "2024-01-02", "tags": ["a", "no"]}]',
        ),
        (
            "- url: u\n  author:\n  added: ~\n  tags: []\n",
            '- url: u\n  author: "Jo: x"\n  added: 2024-01-02\n  tags: [a, "no"]\n',
        ),
        (
            "- url: u\n  author: # who?\n  added : null # when?\n  tags: # none\n",
            (
                '- url: u\n  author: "Jo: x" # who?\n  added : 2024-01-02 # when?\n'
                '  tags: [a, "no"] # none\n'
            ),
        ),
        (
            "- url: u\n  tags: [x, 'y'] # why\n",
            (
                '- url: u\n  author: "Jo: x"\n  added: 2024-01-02\n'
                '  tags: [x, \'y\', "a", "no"] # why\n'
            ),
        ),
        (
            "- url: u\n  tags: [x, y,]\n",
            '- url: u\n  author: "Jo: x"\n  added: 2024-01-02\n  tags: [x, y, a, "no",]\n',
        ),
        (
            "- url: u\n  tags:\n    - x # one\n    - y # two\n  title: t\n",
            (
                '- url: u\n  author: "Jo: x"\n  added: 2024-01-02\n'
                '  tags:\n    - x # one\n    - y # two\n    - a\n    - "no"\n  title: t\n'
            ),
        ),
        (
            "- tags:\r\n  - x\r\n  url: u\r\n",
            (
                '- tags:\r\n  - x\r\n  - a\r\n  - "no"\r\n  url: u\r\n'
                '  author: "Jo: x"\r\n  added: 2024-01-02\r\n'
            ),
        ),
        (
            "- url: >-\n    u\n  title: t\n",
            (
                '- url: >-\n    u\n  author: "Jo: x"\n  added: 2024-01-02\n  tags: [a, "no"]\n'
                "  title: t\n"
            ),
        ),
    ],
)
def test_an_entry_gains_values_and_tags_in_its_own_style(text, after):
    assert filled(text, GAINS, ["a", "no"]) == after


def test_an_entry_gains_only_what_it_is_given():
    text = "- url: u\n  tags: [x]\n"
    assert filled(text, {}) == text
    assert filled(text, {"note": "why"}) == "- url: u\n  note: why\n  tags: [x]\n"
    assert filled(text, {}, ["z"]) == "- url: u\n  tags: [x, z]\n"


def test_a_new_link_keeps_all_it_has():
    root, _ = compose(Source("- a: b\n"))
    new = candidate("x", author="Jo", note="Why", tags=["a"], added=date(2024, 1, 2))
    assert more_entries("- a: b\n", root, [new]).text == (
        f'\n{X}\n  author: Jo\n  note: "Why"\n  tags: [a]\n  added: 2024-01-02'
    )
