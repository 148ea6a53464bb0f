"""Related links, and the words for it."""

import gc
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import UnknownLinkError
from app.archive.link import Archive
from app.related.footnotes import _concordances, concordance, related
from tests.some_links import make_archive, make_link

FILLER = [make_link(100 + n, title=f"Filler{n}", tags=(f"tag{n}",)) for n in range(20)]


def reasons(*fields, n=3):
    """Relate the first of these links to the others, among strangers."""
    links = [make_link(number, **one) for number, one in enumerate(fields)]
    found = related(Archive((*links, *FILLER)), "link0000", n)
    return [(footnote.link.id, footnote.why) for footnote in found]


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ({"author": "Ted Chiang"}, {"author": "ted  chiang"}, "also ted  chiang"),
        ({"author": "Andrej Karpathy"}, {"title": "Digital hygiene - Andrej Karpathy"},
         "also Andrej Karpathy"),
        ({"title": "Scaling Laws"}, {"title": "On scaling"}, "both about scaling"),
        ({"title": "Deepseek FAQ"}, {"title": "What DeepSeek did"}, "both about DeepSeek"),
        ({"title": "François Chollet on Keras"}, {"title": "Talk by Francois Chollet"},
         "both about Francois Chollet"),
        ({"title": "One", "note": "on whales"}, {"title": "Two", "note": "A whale."},
         "both about whale"),
        ({"tags": ("Talks",)}, {"tags": ("talks",)}, "same shelf: talks"),
        ({"host": "stratechery.com"}, {"host": "stratechery.com"}, "also from stratechery.com"),
        ({"added": date(2025, 1, 1)}, {"added": date(2025, 1, 1)}, "added the same day"),
        ({"added": date(2025, 1, 1)}, {"added": date(2025, 1, 8)}, "added within the same week"),
        ({"added": date(2025, 1, 31)}, {"added": date(2025, 1, 1)}, "added about the same time"),
    ],
)  # fmt: skip
def test_what_is_shared_is_said(one, two, why):
    one, two = {"title": "One"} | one, {"title": "Two"} | two
    assert reasons(one, two) == [("link0001", why)]


def test_links_that_share_nothing_are_not_related():
    one = {"title": "One", "added": date(2020, 1, 1)}
    assert reasons(one, {"title": "Two", "added": date(2025, 1, 1)}) == []


def test_a_sites_own_name_in_its_titles_is_no_subject():
    one = {"title": "The Itch - The New Yorker", "host": "newyorker.com"}
    two = {"title": "Dreams - The New Yorker", "host": "newyorker.com"}
    assert reasons(one, two) == [("link0001", "also from newyorker.com")]


def test_a_word_in_many_links_says_nothing():
    common = [make_link(number, title="On whales") for number in range(9)]
    assert related(Archive((*common, *FILLER)), "link0000") == []


def test_what_fewer_share_says_more():
    shelf = [make_link(number, title=f"Nr{number}", tags=("shelf",)) for number in range(9)]
    pair = [
        make_link(20 + number, title=f"Nr{number}", tags=("shelf", "rare")) for number in (1, 2)
    ]
    first = related(Archive((*shelf, *pair, *FILLER)), "link0021")[0]
    assert (first.link.id, first.why) == ("link0022", "same shelf: rare")


def test_another_reason_comes_before_the_same_again():
    chiang = {"author": "Ted Chiang"}
    found = reasons(
        {"title": "On parrots", **chiang},
        {"title": "One", **chiang},
        {"title": "Two", **chiang},
        {"title": "Of parrots"},
        {"title": "Other parrots"},
    )
    assert [why.split()[0] for _, why in found] == ["also", "both", "also"]


@given(st.integers(1, 30), st.integers(0, 6))
def test_never_itself_never_twice_never_more_than_asked_for(size, n):
    archive = make_archive(size, lambda number: date(2025, 1, 1 + number))
    for link in archive:
        ids = [footnote.link.id for footnote in related(archive, link.id, n)]
        assert link.id not in ids
        assert len(ids) == len(set(ids)) == min(n, size - 1)


def test_the_order_of_the_file_is_not_the_order_of_relation():
    links = [make_link(number, title=f"Nr{number}", tags=("shelf",)) for number in range(30)]
    archive = Archive((*links, *FILLER))
    first = {related(archive, link.id, 1)[0].link.id for link in links}
    assert len(first) > 10, "each leads elsewhere, not all to the first of the file"


def test_a_reversed_file_relates_the_same():
    links = tuple(make_link(n, title=f"Nr{n}", tags=(f"tag{n % 3}",)) for n in range(20))
    forth, back = Archive(links), Archive(links[::-1])
    assert all(related(forth, link.id) == related(back, link.id) for link in links)


def test_an_unknown_link_is_an_error():
    with pytest.raises(UnknownLinkError):
        related(make_archive(2), "stranger")


def test_an_archive_is_read_once_and_let_go_with_it():
    archive = make_archive(3)
    key = id(archive)
    assert concordance(archive) is concordance(archive)
    del archive
    gc.collect()
    assert key not in _concordances


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (1, "added within the same week"),
        (7, "added within the same week"),
        (8, "added about the same time"),
        (44, "added about the same time"),
    ],
)
def test_nearness_in_time_is_told_by_the_week(days, why):
    one = {"title": "One", "added": date(2025, 1, 1)}
    two = {"title": "Two", "added": date(2025, 1, 1) + timedelta(days=days)}
    assert reasons(one, two) == [("link0001", why)]
    assert reasons(two, one) == [("link0001", why)]


def test_the_nearer_in_time_the_more_related():
    days = [0, 40, 3, 20]
    fields = [
        {"title": f"Nr{n}", "added": date(2025, 1, 1) + timedelta(days=day)}
        for n, day in enumerate(days)
    ]
    assert [link_id for link_id, _ in reasons(*fields)] == ["link0002", "link0003", "link0001"]


def test_an_authors_name_is_no_subject_beside():
    chiang = {"author": "Ted Chiang"}
    found = reasons({"title": "Chiang speaks", **chiang}, {"title": "On Chiang", **chiang})
    assert found == [("link0001", "also Ted Chiang")]


def test_two_authors_of_one_family_name_are_not_related_by_it():
    ted = {"title": "Chiang speaks", "author": "Ted Chiang"}
    mei = {"title": "On Chiang", "author": "Mei Chiang"}
    assert reasons(ted, mei) == []
    assert reasons({**ted, "author": None}, {**mei, "author": None}) == [
        ("link0001", "both about Chiang")
    ]


def test_a_word_two_links_share_says_something_in_the_smallest_archive():
    pair = [make_link(number, title=f"Nr{number} whales") for number in range(2)]
    assert related(Archive(tuple(pair)), "link0000")[0].why == "both about whales"


def test_a_word_in_an_eighth_of_the_links_still_says_something():
    whales = [make_link(number, title=f"Nr{number} whales") for number in range(4)]
    others = [make_link(100 + n, title=f"Filler{n}") for n in range(28)]
    assert len(related(Archive((*whales, *others)), "link0000")) == 3
    assert related(Archive((*whales, *others[:-1])), "link0000") == []
