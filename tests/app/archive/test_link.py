"""What an archive answers: a link, a tag, a choice of links, in the order of the file."""

from datetime import date

import pytest
from pydantic import ValidationError

from app.archive.errors import UnknownLinkError, UnknownTagError
from app.archive.link import Archive, Link


def link(name, **fields):
    return Link(
        **{"id": name, "url": f"https://{name}.example/", "title": name, "host": "x"} | fields
    )


ARCHIVE = Archive(
    (
        link("a", title="The Tide", tags=("sea", "Maps")),
        link("b", author="Jo Straße", tags=("maps",)),
        link("c", host="harbour.example", note="A note of the tide", tags=("sea", "old")),
        link("d", tags=("sea",)),
    )
)


def ids(links):
    return [link.id for link in links]


def test_an_archive_keeps_the_order_of_the_file():
    assert ids(ARCHIVE) == ["a", "b", "c", "d"]
    assert len(ARCHIVE) == 4


def test_a_link_is_found_by_its_id():
    assert ARCHIVE.get("b") is ARCHIVE.links[1]


def test_an_unknown_id_is_told_and_cut():
    with pytest.raises(UnknownLinkError) as error:
        ARCHIVE.get("x" * 60)
    assert error.value.link_id == "x" * 60
    assert str(error.value) == f"no link has the id '{'x' * 40}'"


def test_tags_are_counted_and_the_most_used_comes_first():
    assert list(ARCHIVE.tags.items()) == [("sea", 3), ("Maps", 1), ("maps", 1), ("old", 1)]


@pytest.mark.parametrize("tag", ["maps", "MAPS", "Maps"])
def test_a_tag_chooses_links_without_regard_to_case(tag):
    assert ids(ARCHIVE.select(tag=tag)) == ["a", "b"]


def test_a_part_of_a_tag_chooses_nothing():
    with pytest.raises(UnknownTagError) as error:
        ARCHIVE.select(tag="ma")
    assert str(error.value) == "no link carries the tag 'ma'"
    assert error.value.tag == "ma"


def test_an_unknown_tag_is_cut_in_its_message():
    with pytest.raises(UnknownTagError) as error:
        ARCHIVE.select(tag="x" * 100)
    assert str(error.value) == f"no link carries the tag '{'x' * 80}'"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tide", ["a", "c"]),  # a title and a note
        ("STRASSE", ["b"]),  # an author, folded
        ("harbour", ["c"]),  # a host
        ("old", ["c"]),  # a tag
        ("tide  the", ["a", "c"]),  # in any order
        ("tide maps", ["a"]),  # all of them, in any field
        ("tide maps nowhere", []),
        ("", ["a", "b", "c", "d"]),
        ("tidesea", []),  # never across two fields
        ("example", ["c"]),  # the host, not the address
    ],
)
def test_words_must_all_occur(words, found):
    assert ids(ARCHIVE.select(q=words)) == found


def test_a_tag_and_words_choose_together():
    assert ids(ARCHIVE.select(tag="sea", q="tide")) == ["a", "c"]
    assert ids(ARCHIVE.select(tag="old", q="maps")) == []


def test_nothing_asked_for_is_everything():
    assert ARCHIVE.select() == ARCHIVE.links


def test_a_link_is_not_changed_by_whoever_holds_it():
    with pytest.raises(ValidationError, match="frozen"):
        ARCHIVE.links[0].title = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        ARCHIVE.links = ()  # type: ignore[misc]


def test_a_link_has_no_other_fields():
    with pytest.raises(ValidationError, match="Extra inputs"):
        link("a", colour="red")


def test_what_is_not_known_of_a_link_is_empty():
    plain = link("a")
    assert (plain.author, plain.note, plain.tags, plain.added) == (None, None, (), None)
    assert link("a", added=date(2024, 1, 2)).added == date(2024, 1, 2)
