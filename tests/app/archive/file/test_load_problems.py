"""Every problem of the owner's file is told once, at its place, in its words."""

import pytest

from app.archive.errors import ArchiveError
from app.archive.file.load import Loaded, examine, parse
from app.archive.problem import Severity


def refused(text):
    with pytest.raises(ArchiveError) as error:
        parse(text.encode() if isinstance(text, str) else text, "links.yaml")
    return error.value.problems


def reasons(text):
    return [problem.reason for problem in refused(text)]


def warned(text):
    return [problem.reason for problem in parse(text.encode(), "links.yaml").warnings]


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (b"a\n- caf\xe9", (2, 6), "the byte 0xE9 is not UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbfab\x80", (1, 3), "the byte 0x80 is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfea\0", (0, 0), "is written in UTF-16; save it as UTF-8"),
        (b"\xfe\xff\0a", (0, 0), "is written in UTF-16; save it as UTF-8"),
        (b"\xffa", (1, 1), "the byte 0xFF is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_is_not_utf_8_is_told_at_its_place(data, place, reason):
    (problem,) = refused(data)
    assert ((problem.line, problem.column), problem.reason) == (place, reason)


ONE = "- {title: T, url: 'https://a.example/'}"


def titled(title):
    return f"title: {title}\nlinks:\n{ONE}\n"


def test_a_sites_title_has_at_most_a_hundred_characters():
    assert parse(titled("x" * 100).encode(), "x").title == "x" * 100
    (problem,) = refused(titled("x" * 101))
    assert str(problem) == ("line 1, column 8: title: has 101 characters; at most 100 are taken")
    assert "has 1,200 characters" in reasons(titled("x" * 1200))[0]


def test_a_sites_title_is_brought_into_one_line():
    assert parse(titled("'a\n   b  c'").encode(), "x").title == "a b c"


@pytest.mark.parametrize("title", ["", "~", "''", "' '"])
def test_an_empty_title_is_none(title):
    assert parse(titled(title).encode(), "x").title is None


def test_a_title_of_zero_is_a_title():
    assert parse(titled("0").encode(), "x").title == "0"
    assert parse(titled("'~'").encode(), "x").title == "~"


def test_a_sites_title_must_be_a_text():
    (problem,) = refused(titled("[x]"))
    assert str(problem) == "line 1, column 8: title: must be a text"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["is empty; an archive has at least one link"]),
        ("hello", ["line 1, column 1: must be a list of links, or a mapping with the key 'links'"]),
        ("links:\n", ["line 1, column 1: links: is empty; an archive has at least one link"]),
        (
            "a: 1\nlinks: []",
            ["line 2, column 8: links: is empty; an archive has at least one link"],
        ),
        ("[]", ["line 1, column 1: is empty; an archive has at least one link"]),
        ("title: x", ["line 1, column 1: has no key 'links', the list of the archive's links"]),
        ("links: 5", ["line 1, column 8: links: must be a list, each link beginning with a dash"]),
        ("links: {}", ["line 1, column 8: links: must be a list, each link beginning with a dash"]),
        ("links: ''", ["line 1, column 8: links: must be a list, each link beginning with a dash"]),
        ("- x", ["line 1, column 3: [0]: must be a link with the keys 'title' and 'url'"]),
        (
            "links:\n- [x]",
            ["line 2, column 3: links[0]: must be a link with the keys 'title' and 'url'"],
        ),
        (
            f"links:\n{ONE}\n-",
            ["line 3, column 2: links[1]: must be a link with the keys 'title' and 'url'"],
        ),
    ],
)
def test_what_is_no_archive_is_told_once_and_where(text, problems):
    assert [str(p) for p in refused(text) if p.severity is Severity.ERROR] == problems


@pytest.mark.parametrize(
    "text",
    [
        "\x07",  # nothing was composed: whether it is empty is not known
        "'x",
        "{title: 'x",  # a key 'links' may have followed
        "[",  # links may have followed
        "links: [",
        "- {title: 'A",  # a url may have followed
        f"{ONE}\n- title: B\n  note: 'x",
    ],
)
def test_a_file_that_breaks_off_is_not_blamed_for_what_may_have_followed(text):
    assert len(refused(text)) == 1


def test_a_link_before_the_break_is_judged_all_the_same():
    assert [p.path for p in refused("- title: A\n- url: 5\n- title: 'x")] == [
        "[0].url",
        "[1].title",
        "[1].url",
        "",
    ]


def test_an_unknown_key_is_told_at_its_place_with_the_nearest_or_with_all():
    text = (
        "titel: x\nzzz: 1\nlinks:\n- title: T\n  URL: x\n"
        f"  url: https://a.example/\n  {'q' * 60}: 1\n"
    )
    *told, last = (str(problem) for problem in parse(text.encode(), "x").warnings)
    assert told == [
        "line 1, column 1: the key 'titel' is not known; did you mean 'title'?",
        "line 2, column 1: the key 'zzz' is not known; known are title, links",
        "line 5, column 3: links[0]: the key 'URL' is not known; did you mean 'url'?",
    ]
    assert last == (
        f"line 7, column 3: links[0]: the key '{'q' * 40}' is not known; "
        "known are url, title, author, note, tags, added, id"
    )


def test_warnings_do_not_keep_a_file_from_being_used():
    loaded = parse(b"- {title: T, url: 'http://a.example/', tags: [], x: 1}", "x")
    assert len(loaded.archive) == 1
    assert {p.severity for p in loaded.warnings} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("tags:", ["line 3, column 3: [0].tags: is empty; leave the key out"]),
        ("tags: []", ["line 3, column 3: [0].tags: is empty; leave the key out"]),
        (
            "tags: [x, ' ', ~]",
            [
                "line 3, column 13: [0].tags[1]: is an empty tag and is left out",
                "line 3, column 18: [0].tags[2]: is an empty tag and is left out",
            ],
        ),
        ("tags: [x]", []),
        ("tags: ['~']", []),
    ],
)
def test_empty_tags_are_told_at_their_places(fields, told):
    text = f"- title: T\n  url: https://a.example/\n  {fields}\n"
    assert [str(p) for p in parse(text.encode(), "x").warnings] == told


def test_an_unencrypted_link_is_told_at_its_url():
    (problem,) = parse(b"- title: T\n  url: HTTP://a.example/\n", "x").warnings
    assert str(problem) == (
        "line 2, column 8: [0].url: is not encrypted; write https:// if the site offers it"
    )
    assert warned("- {title: T, url: 'https://a.example/?u=http://b.example'}") == []


def test_a_repeated_link_is_told_where_it_stands_and_takes_nothing_with_it():
    text = (
        "- title: A\n  url: https://a.example/\n"
        "- title: B\n  url: http://a.example\n  id: b\n"
        "- title: C\n  url: https://c.example/\n  id: b\n"
    )
    loaded = parse(text.encode(), "x")
    assert [link.title for link in loaded.archive] == ["A", "C"]
    assert [str(p) for p in loaded.warnings] == [
        "line 4, column 8: [1].url: is the same link as on line 2; the first one is kept"
    ]


def test_a_third_of_the_same_is_told_of_the_first():
    text = "\n".join([ONE] * 3)
    assert [p.reason for p in parse(text.encode(), "x").warnings] == [
        "is the same link as on line 1; the first one is kept"
    ] * 2


def test_an_id_that_is_taken_is_told_at_the_id_or_else_at_the_url():
    text = "- title: A\n  url: https://a.example/\n  id: x\n- title: B\n  id: x\n  url: https://b.example/\n"
    (problem,) = refused(text)
    assert str(problem) == (
        "line 5, column 7: [1].id: the id 'x' is taken by the link on line 2; give one its own id"
    )
    text = "- {title: A, url: 'https://b.example/', id: e7bw06y5}\n- {title: B, url: 'https://qntm.org/transi'}\n"
    (problem,) = refused(text)
    assert (problem.line, problem.column, problem.path) == (2, 19, "[1].id")


def test_links_keep_the_order_of_the_file():
    text = "".join(f"- {{title: T{n}, url: 'https://{n}.example/'}}\n" for n in "cab")
    assert [link.title for link in parse(text.encode(), "x").archive] == ["Tc", "Ta", "Tb"]


def test_a_problem_deep_in_a_link_is_told_at_its_own_place():
    (problem,) = refused("- title: T\n  url: https://a.example/\n  tags:\n  - x\n  - 'a, b'\n")
    assert str(problem) == "line 5, column 5: [0].tags[1]: contains a comma; write two tags"
    assert problem.width == len("'a, b'")


def test_a_missing_field_is_told_at_its_link():
    (problem,) = refused("links:\n- url: https://a.example/\n")
    assert str(problem) == "line 2, column 3: links[0].title: is missing"


def test_problems_of_one_line_are_told_from_left_to_right():
    found = refused("- {added: x, url: 'ftp://a', id: 'A B', colour: 1}")
    columns = [problem.column for problem in found]
    assert columns == sorted(columns)
    assert len(found) == 5


def test_a_good_file_with_one_error_gives_no_archive():
    assert reasons(ONE + "\n- {title: U, url: 'ftp://b.example/'}")


def test_what_is_examined_knows_where_its_links_stand():
    found = examine(f"title: x\nlinks:\n{ONE}\n".encode(), "x")
    assert found.loaded == parse(f"title: x\nlinks:\n{ONE}\n".encode(), "x")
    (node,) = found.list.items
    assert found.source.line_of(node.start) == 3


def test_what_a_file_does_not_say_is_nothing():
    bare = Loaded(parse(ONE.encode(), "x").archive)
    assert (bare.warnings, bare.title, bare.digest) == ((), None, "")


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"#" * (2**20 + 1), ""), (b"caf\xe9", "line 1, column 4: "), (b"", ""), (b"yes", "line 1, ")],
    ids=["too large", "no UTF-8", "empty", "a word"],
)
def test_every_refusal_begins_with_the_name_of_the_file_and_the_place(data, place):
    with pytest.raises(ArchiveError) as caught:
        parse(data, "my.yaml")
    assert caught.value.name == "my.yaml"
    assert str(caught.value).startswith(f"my.yaml: {place}")
    assert [problem.path for problem in caught.value.problems] == [""]
