"""What a merge promises: the text is read back, caps hold, first come is first kept."""

from datetime import date

import pytest

from app.archive.errors import ArchiveError, MergeError
from app.archive.file import merge as merging
from app.archive.file.entry import MAX_TAGS
from app.archive.file.load import MAX_FILE_BYTES, parse
from app.archive.file.merge import Merged, Outcome, Row, merge
from app.archive.imports.bookmark import Bookmark

OWN = (
    "- title: One\n  url: https://one.example/\n  tags: [a, b]\n"
    "- title: Two\n  url: https://two.example/\n"
)
NEW = Bookmark("https://new.example/", "New", "Jo", "Why", ("a", "z"), date(2024, 1, 2))


def merged(text, *bookmarks, **options):
    data = text.encode() if isinstance(text, str) else text
    return merge(data, bookmarks, name="mine.yaml", **options)


def links(result):
    return parse(result.text.encode(), "mine.yaml").archive.links


def outcomes(result):
    return [(str(row.outcome), row.why) for row in result.rows]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("Two", "Too"),  # a title of the owner's
        lambda text: text.replace("[a, b]", "[b, a]"),
        lambda text: text.replace("https://new", "https://now"),
        lambda text: text.replace("New", "Now"),
        lambda text: text.replace("Jo", "Ja"),
        lambda text: text.replace("Why", "Who"),
        lambda text: text.replace("[a, z]", "[a]"),
        lambda text: text.replace("2024-01-02", "2024-01-03"),
        lambda text: text + "\n- {title: X, url: 'https://x.example/'}\n",  # one more
        lambda text: text[: text.rindex("- title")],  # one less
        lambda text: text.replace("One", "\0").replace("Two", "One").replace("\0", "Two"),
        lambda text: text + "\n- [",  # no archive at all
        lambda _: "",
    ],
)
def test_a_text_that_does_not_read_back_as_it_was_meant_is_never_handed_out(monkeypatch, spoil):
    written = merging.applied  # type: ignore[attr-defined]

    def spoilt(text, edits):
        good = written(text, edits)
        assert spoil(good) != good
        return spoil(good)

    monkeypatch.setattr(merging, "applied", spoilt)
    with pytest.raises(MergeError) as error:
        merged(OWN, NEW)
    assert str(error.value) == (
        "mine.yaml is written in a way that cannot be added to safely; nothing was changed"
    )


def test_only_what_is_too_large_to_be_served_is_not_read_back(monkeypatch):
    """Nobody reads it before the owner has made it smaller, and then it is checked."""
    size = len(merged(OWN, NEW).text.encode())
    other = "é" * (size // 2) + "x" * (size % 2)
    monkeypatch.setattr(merging, "applied", lambda _text, _edits: other)
    monkeypatch.setattr(merging, "MAX_FILE_BYTES", size)
    with pytest.raises(MergeError):
        merged(OWN, NEW)
    monkeypatch.setattr(merging, "MAX_FILE_BYTES", size - 1)
    assert merged(OWN, NEW).is_too_large


def test_a_text_is_too_large_beyond_the_limit_in_bytes():
    assert not Merged("x" * MAX_FILE_BYTES, (), changed=True).is_too_large
    assert Merged("x" * (MAX_FILE_BYTES - 1) + "é", (), changed=True).is_too_large


@pytest.mark.parametrize(("own", "gained"), [(0, 5), (14, 5), (15, 5), (16, 4), (19, 1), (20, 0)])
def test_the_owners_tags_count_against_the_cap(own, gained):
    tags = ", ".join(f"own{number}" for number in range(own))
    text = f"- title: T\n  url: https://a.example/\n  tags: [{tags}]\n"
    found = [f"new{number}" for number in range(5)]
    (link,) = links(merged(text, Bookmark("https://a.example/", tags=tuple(found))))
    assert len(link.tags) == min(MAX_TAGS, own + 5)
    assert list(link.tags[own:]) == found[:gained]


def test_a_link_with_all_its_tags_is_skipped():
    tags = ", ".join(f"own{number}" for number in range(MAX_TAGS))
    text = f"- title: T\n  url: https://a.example/\n  tags: [{tags}]\n"
    result = merged(text, Bookmark("https://a.example/", tags=("more",)))
    assert outcomes(result) == [("skipped", "already on line 2")]
    assert not result.changed


def test_a_link_found_in_pieces_has_no_more_tags_than_one():
    halves = [
        Bookmark("https://a.example/", tags=tuple(f"{half}{n}" for n in range(15))) for half in "ab"
    ]
    (link,) = links(merged(None, *halves))
    assert [*link.tags] == [f"a{n}" for n in range(15)] + [f"b{n}" for n in range(5)]


def test_what_was_gained_is_named():
    more = Bookmark("https://one.example/", "Other", tags=("A", "c"))
    most = Bookmark("https://two.example/", author="Jo", note="N", tags=("d", "e"), added=NEW.added)
    assert outcomes(merged(OWN, more, most)) == [
        ("merged", "already on line 2; gained the tag c"),
        ("merged", "already on line 5; gained an author, a note, a day, the tags d, e"),
    ]


def test_of_two_finds_the_first_is_kept_and_gains_only_what_it_lacks():
    first = Bookmark("https://new.example/", "First", "Jo", tags=("x",))
    second = Bookmark("https://new.example", "Second", "Flo", "A note", ("X", "y"), NEW.added)
    third = Bookmark("https://new.example", "Third", "Bo", "No", ("y",), date(2020, 1, 1))
    result = merged(OWN, first, second, third)
    assert outcomes(result) == [
        ("added", ""),
        ("merged", "twice in this import; gained a note, a day, the tag y"),
        ("skipped", "twice in this import"),
    ]
    new = links(result)[-1]
    assert (new.title, new.author, new.note) == ("First", "Jo", "A note")
    assert (new.tags, new.added) == (("x", "y"), NEW.added)


def test_a_find_never_renames_or_moves_the_owners_link():
    result = merged(OWN, Bookmark("http://www.one.example/?utm_source=x", "Theirs", "Jo"))
    assert (links(result)[0].title, links(result)[0].url) == ("One", "https://one.example/")


def test_new_links_stand_in_the_order_they_were_found():
    result = merged(OWN, *(Bookmark(f"https://{n}.example/", n) for n in "zxy"))
    assert [link.title for link in links(result)] == ["One", "Two", "z", "x", "y"]


def test_of_a_link_that_stands_twice_in_the_file_the_first_gains():
    again = "- title: Once more\n  url: http://one.example\n"
    last = "- title: Last\n  url: https://last.example/\n"
    found = [Bookmark(f"https://{name}.example/", author="Jo") for name in ("one", "last")]
    result = merged(OWN + again + last, *found)
    assert [row.why for row in result.rows] == [
        "already on line 2; gained an author",
        "already on line 9; gained an author",
    ]
    gained = [text.replace(".example/\n", ".example/\n  author: Jo\n", 1) for text in (OWN, last)]
    assert result.text == gained[0] + again + gained[1]


def test_a_tag_is_spelled_as_the_file_first_does_else_as_it_was_first_found():
    text = (
        "- {title: T, url: 'https://a.example/', tags: [Maps]}\n"
        "- {title: U, url: 'https://b.example/', tags: [MAPS]}\n"
    )
    found = [
        Bookmark("https://c.example/", tags=("maps", "Sea")),
        Bookmark("https://d.example/", tags=("SEA",)),
    ]
    assert [link.tags for link in links(merged(text, *found))[2:]] == [("Maps", "Sea"), ("Sea",)]


def test_a_refused_bookmark_is_told_in_short():
    long = Bookmark("javascript:" + "x" * 500, " t\n" + "t" * 500)
    assert merged(OWN, long).rows == (
        Row(
            Outcome.SKIPPED,
            "t " + "t" * 198,
            "javascript:" + "x" * 189,
            "its URL uses the scheme javascript; only http and https are links here",
        ),
    )


def test_rows_carry_title_and_address():
    result = merged(OWN, NEW, Bookmark("https://two.example", "Mine"))
    assert [(row.title, row.url) for row in result.rows] == [
        ("New", "https://new.example/"),
        ("Mine", "https://two.example"),
    ]


def test_what_was_cut_to_fit_is_told():
    assert outcomes(merged(OWN, Bookmark("https://a.example/", "t" * 301))) == [
        ("added", "title cut")
    ]


def test_outcomes_are_counted():
    result = merged(OWN, NEW, Bookmark("x:"), Bookmark("y:"), Bookmark(NEW.url, tags=("q",)))
    assert [result.count(outcome) for outcome in Outcome] == [1, 1, 2]


def test_nothing_gained_is_nothing_changed():
    result = merged("\ufeff" + OWN, Bookmark("https://one.example/"))
    assert (result.changed, result.text) == (False, OWN)


BEGUN = (
    "# A link archive. Each link begins with a dash and needs a title and a url.\n"
    "# `link-drift check` tells what is wrong with it, line by line.\n\n"
)


@pytest.mark.parametrize(
    ("before", "head"),
    [
        (None, BEGUN),
        (b"", BEGUN),
        ("# mine\n", "# mine\n\n"),
        ("# mine\r\n\r\n", "# mine\r\n\r\n"),
        ("\n\n", ""),
    ],
)
def test_a_file_is_begun_below_its_comments(before, head):
    result = merged(before, Bookmark("https://a.example/", "A"))
    newline = "\r\n" if "\r" in head else "\n"
    assert result.text == head + newline.join(
        ("links:", '  - title: "A"', "    url: https://a.example/", "")
    )
    assert result.changed


def test_a_comment_in_front_of_links_does_not_make_a_file_empty():
    assert len(links(merged("# mine\n" + OWN, NEW))) == 3


@pytest.mark.parametrize("data", [b"caf\xe9", b"links:\n", b"---\n", b"# x\n[]"])
def test_a_file_that_says_something_else_is_refused(data):
    with pytest.raises(ArchiveError):
        merged(data, NEW)


def test_a_refusal_names_the_file():
    with pytest.raises(ArchiveError) as error:
        merged("links: [", NEW)
    assert error.value.name == "mine.yaml"


def test_progress_never_tells_of_more_than_there_are():
    told = []
    many = [Bookmark(f"https://a.example/{number}") for number in range(1001)]
    merged(None, *many, progress=lambda done, total: told.append((done, total)))
    assert told == [(1000, 1000), (1001, 1001)]
    told.clear()
    merged(None, *many[:1000], total=1000, progress=lambda *numbers: told.append(numbers))
    assert told == [(1000, 1000), (1000, 1000)]


def test_bookmarks_are_taken_one_by_one():
    def found():
        yield NEW
        yield Bookmark("https://two.example/", note="N")

    result = merge(OWN.encode(), found(), name="x")
    assert [str(row.outcome) for row in result.rows] == ["added", "merged"]


def test_a_row_of_a_link_that_gained_carries_what_was_found():
    (row,) = merged(OWN, Bookmark("https://one.example/", "Found", note="Why")).rows
    assert (row.outcome, row.title, row.url) == (Outcome.MERGED, "Found", "https://one.example/")


def test_links_after_one_that_stands_twice_are_known():
    own = OWN + "- title: Again\n  url: https://one.example/\n"
    own += "- title: Three\n  url: https://three.example/\n"
    (row,) = merged(own, Bookmark("https://three.example/", "Three")).rows
    assert row.why == "already on line 9"


def test_progress_counts_from_one(monkeypatch):
    monkeypatch.setattr(merging, "PROGRESS_EVERY", 2)
    told = []
    found = [Bookmark(f"https://{n}.example/", "T") for n in range(5)]
    merged(OWN, *found, total=9, progress=lambda *numbers: told.append(numbers))
    assert told == [(2, 9), (4, 9), (5, 5)]
