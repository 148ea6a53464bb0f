"""What may be written about a link: every limit, and what each refusal says."""

from datetime import date

import pytest
from pydantic import ValidationError

from app.archive.file.entry import FIELDS, Entry, reasons, tidy
from app.archive.link import Link

URL = "https://a.example/"


def entry(**fields):
    return Entry.model_validate({"title": "T", "url": URL} | fields)


def told(**fields):
    """The problems of an entry, as ``place: reason``."""
    with pytest.raises(ValidationError) as error:
        entry(**fields)
    return [".".join(map(str, place)) + ": " + reason for place, reason in reasons(error.value)]


def test_the_limits_of_an_entry():
    """They stand in the schema and in the docs: a file in use may lean on them."""
    just = entry(
        title="t" * 300,
        author="a" * 200,
        note="n" * 1000,
        tags=[f"{number:050}" for number in range(20)],
        id="i" * 32,
    )
    assert len(just.tags) == 20
    assert told(
        title="t" * 301, author="a" * 201, note="n" * 1001, tags=["x"] * 21, id="i" * 33
    ) == [
        "title: has 301 characters; at most 300 are taken",
        "author: has 201 characters; at most 200 are taken",
        "note: has 1,001 characters; at most 1,000 are taken",
        "tags: has 21 entries; at most 20 are taken",
        "id: must be 1 to 32 of the characters a-z, 0-9 and -",
    ]
    assert told(tags=["x", "t" * 51]) == ["tags.1: has 51 characters; at most 50 are taken"]


def test_twenty_tags_are_counted_as_written():
    assert told(tags=["x"] * 21)
    assert entry(tags=["x"] * 20).tags == ["x"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": ""}, "title: is empty"),
        ({"title": " \n"}, "title: is empty"),
        ({"author": " "}, "author: is empty"),
        ({"note": ""}, "note: is empty"),
        ({"title": ["x"]}, "title: must be a text"),
        ({"author": {}}, "author: must be a text"),
        ({"url": 5}, "url: must be a text"),
        ({"url": "ftp://x"}, "url: uses the scheme ftp; only http and https are links here"),
        ({"url": "x" * 5000}, "url: has 5,000 characters; at most 4,096 are taken"),
        ({"tags": "x"}, "tags: must be a list, such as [reading, maps]"),
        ({"tags": ["x", "a,b"]}, "tags.1: contains a comma; write two tags"),
        ({"tags": [["x"]]}, "tags.0: must be a text"),
        ({"added": "2024-02-30"}, "added: 2024-02-30 is not a day of the calendar"),
        ({"added": "2024-2-3"}, "added: must be a day, written YYYY-MM-DD"),
        ({"added": "20240203"}, "added: must be a day, written YYYY-MM-DD"),
        ({"added": "2024-02-03T10:00"}, "added: must be a day, written YYYY-MM-DD"),
        ({"added": ["2024-02-03"]}, "added: must be a day, written YYYY-MM-DD"),
        ({"id": ""}, "id: must be 1 to 32 of the characters a-z, 0-9 and -"),
        ({"id": "A"}, "id: must be 1 to 32 of the characters a-z, 0-9 and -"),
        ({"id": "a b"}, "id: must be 1 to 32 of the characters a-z, 0-9 and -"),
        ({"title": "a\x07b"}, "title: contains the invisible character U+0007; leave it out"),
        ({"note": "a\ud800"}, "note: contains the invisible character U+D800; leave it out"),
        ({"author": "\u202d"}, "author: contains the invisible character U+202D; leave it out"),
        ({"tags": ["\u202e"]}, "tags.0: contains the invisible character U+202E; leave it out"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_in_peoples_words(fields, reason):
    assert told(**fields) == [reason]


@pytest.mark.parametrize("name", ["title", "url"])
def test_title_and_url_are_needed(name):
    fields = {"title": "T", "url": URL}
    del fields[name]
    with pytest.raises(ValidationError) as error:
        Entry.model_validate(fields)
    assert reasons(error.value) == [((name,), "is missing")]


def test_letters_that_only_look_unprintable_are_taken():
    """Joiners and private marks belong to some scripts; they turn nothing around."""
    assert entry(title="\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645").title[2] == "\u200c"


def test_white_space_of_any_kind_becomes_single_spaces():
    assert tidy("  a\t\nb\u00a0\u2003c ") == "a b c"
    assert entry(title=" a\n b ", author="c  d", note="e\r\nf", tags=[" g  h "]) == entry(
        title="a b", author="c d", note="e f", tags=["g h"]
    )


def test_lengths_are_of_what_is_left_of_the_white_space():
    assert entry(title="a" + " " * 400 + "b").title == "a b"


def test_tags_are_kept_once_as_first_written_and_never_empty():
    assert entry(tags=["X", None, "x", "", "y", " ", "X"]).tags == ["X", "y"]


def test_a_key_that_is_not_known_is_left_out():
    assert entry(colour="red") == entry()


def test_an_entry_is_not_changed():
    with pytest.raises(ValidationError, match="frozen"):
        entry().title = "x"


def test_the_fields_in_the_order_of_the_file():
    assert FIELDS == ("url", "title", "author", "note", "tags", "added", "id")


def test_the_link_that_is_served_has_all_of_it():
    made = entry(
        url="HTTPS://www.A.example/ä",
        author="A",
        note="N",
        tags=["x", "y"],
        added="2024-12-20",
        id="mine",
    ).link()
    assert made == Link(
        id="mine",
        url="https://www.a.example/%C3%A4",
        title="T",
        host="a.example",
        author="A",
        note="N",
        tags=("x", "y"),
        added=date(2024, 12, 20),
    )


def test_an_id_that_is_not_given_comes_from_the_url():
    assert entry(url="https://qntm.org/transi").link().id == "e7bw06y5"
