from datetime import UTC, date, datetime, timedelta

import pytest

from app.archive.link import Link
from app.memory.errors import MomentError
from app.memory.memory import Recollection, VolatileMemory
from app.web.routes.listing import listing, neglect_in_words

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def link(title, *tags, added=None):
    return Link(
        id=title, url=f"https://{title}.example/", title=title, host="h", tags=tags, added=added
    )


def shape(groups):
    return {group.name: [entry.link.title for entry in group.entries] for group in groups}


def test_each_link_stands_once_under_its_first_tag():
    links = [link("a", "talks", "maths"), link("b", "papers"), link("c", "maths", "talks")]
    groups = listing(links, VolatileMemory(), NOW, sort="title")
    assert shape(groups) == {"maths": ["c"], "papers": ["b"], "talks": ["a"]}
    assert [entry.other_tags for group in groups for entry in group.entries] == [
        ("talks",),
        (),
        ("maths",),
    ]


def test_the_largest_group_comes_first_and_links_without_tags_last():
    links = [link("a"), link("b"), link("c"), link("d", "one"), link("e", "two"), link("f", "two")]
    assert list(shape(listing(links, VolatileMemory(), NOW))) == ["two", "one", "untagged"]


def test_tags_that_differ_in_case_are_one_group():
    groups = listing([link("a", "AI"), link("b", "ai", "Ai")], VolatileMemory(), NOW, sort="title")
    assert shape(groups) == {"AI": ["a", "b"]}
    assert groups[0].entries[1].other_tags == ()


def test_links_chosen_by_a_tag_are_one_group():
    links = [link("a", "talks", "maths"), link("b", "maths")]
    assert shape(listing(links, VolatileMemory(), NOW, tag="maths")) == {"maths": ["a", "b"]}


def test_no_two_groups_share_an_anchor():
    links = [link("a", "big tides"), link("b", "big-tides"), link("c", "untagged"), link("d")]
    anchors = [group.anchor for group in listing(links, VolatileMemory(), NOW)]
    assert len(set(anchors)) == 4
    assert all(" " not in anchor for anchor in anchors)


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("neglect", ["Old", "“Ants”", "new"]),
        ("date", ["new", "Old", "“Ants”"]),
        ("title", ["“Ants”", "new", "Old"]),
    ],
)
def test_orders(sort, titles):
    links = [
        link("Old", added=date(2020, 1, 1)),
        link("new", added=date(2026, 3, 1)),
        link("“Ants”"),
    ]
    assert shape(listing(links, VolatileMemory(), NOW, sort=sort)) == {"untagged": titles}


def test_an_opening_sinks_a_link_in_the_order_of_neglect():
    links = [link("a", added=date(2020, 1, 1)), link("b", added=date(2021, 1, 1))]
    memory = VolatileMemory()
    memory.opened("a", NOW)
    assert shape(listing(links, memory, NOW)) == {"untagged": ["b", "a"]}


def test_what_surfaced_since_midnight_is_marked():
    memory = VolatileMemory()
    midnight = NOW.replace(hour=0)
    memory.surfaced("today", midnight)
    memory.surfaced("yesterday", midnight - timedelta(seconds=1))
    links = [link("today"), link("yesterday"), link("never")]
    (group,) = listing(links, memory, NOW)
    assert [entry.surfaced_today for entry in group.entries] == [True, False, False]


@pytest.mark.parametrize(
    ("added", "opened", "days_ago", "words"),
    [
        (None, 0, None, "never opened"),
        (date(2026, 3, 10), 0, None, "new, not opened yet"),
        (date(2026, 2, 1), 0, None, "adrift 37 days, never opened"),
        (date(2020, 1, 1), 0, None, "adrift 2,260 days, never opened"),
        (date(2020, 1, 1), 1, 0, "opened once, today"),
        (None, 2, 1, "opened 2 times, last yesterday"),
        (None, 5, 12, "opened 5 times, last 12 days ago"),
        (None, 1, 40, "adrift 40 days, opened once"),
        (None, 1200, 40, "adrift 40 days, opened 1,200 times"),
    ],
)
def test_neglect_is_told_in_words(added, opened, days_ago, words):
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert neglect_in_words(link("a", added=added), Recollection(opened, last), NOW) == words


def test_an_unknown_order_is_a_problem_that_names_its_field(http):
    answer = http.get("/list?sort=colour")
    assert answer.status_code == 422
    assert answer.json()["field"] == "sort"
    assert "'neglect', 'date' or 'title'" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("age", "words"),
    [(13, "new, not opened yet"), (14, "adrift 14 days, never opened")],
)
def test_a_link_is_new_for_two_weeks(age, words):
    added = (NOW - timedelta(days=age)).date()
    midnight = NOW.replace(hour=0)
    assert neglect_in_words(link("a", added=added), Recollection(), midnight) == words


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        (-1, "opened once, today"),
        (2, "opened once, 2 days ago"),
        (29, "opened once, 29 days ago"),
        (30, "adrift 30 days, opened once"),
    ],
)
def test_a_link_is_adrift_from_a_month_on(days_ago, words):
    last = NOW - timedelta(days=days_ago)
    assert neglect_in_words(link("a"), Recollection(1, last), NOW) == words


def test_an_opening_before_midnight_was_yesterday():
    last = NOW.replace(hour=0) - timedelta(seconds=1)
    assert neglect_in_words(link("a"), Recollection(1, last), NOW) == "opened once, yesterday"


def test_groups_of_one_size_stand_by_name_whatever_the_order():
    links = [link("a", "two", added=date(2020, 1, 1)), link("b", "one", added=date(2021, 1, 1))]
    for sort in ("neglect", "date", "title"):
        groups = listing(links, VolatileMemory(), NOW, sort=sort)
        assert [group.name for group in groups] == ["one", "two"]


def test_anchors_outlive_other_tags():
    links = [link("a", "Short Stories"), link("b")]
    anchors = {group.tag: group.anchor for group in listing(links, VolatileMemory(), NOW)}
    assert anchors == {"Short Stories": "tag-short-stories", None: "untagged"}


def test_the_tag_asked_for_is_not_said_again():
    (group,) = listing([link("a", "Talks", "maths")], VolatileMemory(), NOW, tag="Talks")
    assert group.entries[0].other_tags == ("maths",)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(MomentError):
        listing([], VolatileMemory(), NOW.replace(tzinfo=None))
