"""Picking: what may be picked, how often, and again."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import UnknownTagError
from app.archive.link import Archive
from app.lucky.chance import arrival, unit
from app.lucky.errors import NothingToPickError, QuantityError
from app.lucky.neglect import weight
from app.lucky.picking import pick
from app.memory.errors import MomentError
from app.memory.memory import NOTHING_REMEMBERED, VolatileMemory
from tests.some_links import NOW, make_archive, make_link

SEED_42 = ["link0024", "link0035", "link0046", "link0044", "link0001"]
ROOT = Path(__file__).parents[3]
SIZES = st.integers(1, 40)
SEEDS = st.one_of(st.none(), st.integers(), st.text())


def ids(picks):
    return [one.link.id for one in picks]


@given(SIZES, st.integers(1, 100), SEEDS)
def test_picks_are_as_many_as_asked_for_or_as_there_are_and_distinct(size, n, seed):
    picked = ids(pick(make_archive(size), VolatileMemory(), NOW, n=n, seed=seed))
    assert len(picked) == len(set(picked)) == min(n, size)


@given(SIZES, SEEDS, st.data())
def test_an_excluded_link_is_not_picked_while_another_matches(size, seed, data):
    archive = make_archive(size)
    known = [link.id for link in archive]
    exclude = data.draw(st.lists(st.sampled_from([*known, "stranger"])))
    picked = ids(pick(archive, VolatileMemory(), NOW, seed=seed, exclude=exclude, n=100))
    left = set(known) - set(exclude)
    if left:
        assert set(picked) == left
    else:
        assert len(picked) == 1


@given(SIZES, st.randoms(use_true_random=False))
def test_when_all_are_excluded_the_oldest_exclusion_is_forgotten(size, random):
    archive = make_archive(size)
    exclude = [link.id for link in archive]
    random.shuffle(exclude)
    assert ids(pick(archive, VolatileMemory(), NOW, exclude=exclude)) == exclude[:1]


def test_a_link_seen_again_counts_as_seen_last(memory, now):
    archive = make_archive(2)
    exclude = ["link0000", "link0001", "link0000"]
    assert ids(pick(archive, memory, now, exclude=exclude)) == ["link0001"]


@given(st.one_of(st.integers(), st.text()))
def test_a_seed_gives_the_same_links_whatever_was_opened_and_whenever(seed):
    archive = make_archive(12, lambda n: (NOW - timedelta(days=100 * n)).date())
    first = pick(archive, VolatileMemory(), NOW, seed=seed, n=4)
    memory = VolatileMemory()
    for one in first:
        memory.opened(one.link.id, NOW)
    assert ids(first) == ids(pick(archive, memory, NOW + timedelta(days=400), seed=seed, n=4))


@given(st.text(), SIZES)
def test_fewer_picks_of_a_seed_are_the_first_of_more(seed, n):
    archive = make_archive(40)
    many = ids(pick(archive, VolatileMemory(), NOW, seed=seed, n=40))
    assert ids(pick(archive, VolatileMemory(), NOW, seed=seed, n=n)) == many[:n]


@given(st.text(), st.integers(0, 19))
def test_a_link_removed_moves_no_other_links_luck(seed, gone):
    archive = make_archive(20)
    smaller = Archive(tuple(link for link in archive if link.id != f"link{gone:04d}"))
    before = ids(pick(archive, VolatileMemory(), NOW, seed=seed, n=20))
    before.remove(f"link{gone:04d}")
    assert ids(pick(smaller, VolatileMemory(), NOW, seed=seed, n=20)) == before


def test_a_seed_gives_the_same_links_in_every_process_and_release():
    # Written down once: a change of generator or formula breaks every seed in use.
    program = (
        "from datetime import date;"
        "from tests.some_links import NOW, make_archive;"
        "from app.memory.memory import VolatileMemory;"
        "from app.lucky.picking import pick;"
        "archive = make_archive(50, lambda n: date(2026, 1, 1 + n % 20));"
        "picks = pick(archive, VolatileMemory(), NOW, seed=42, n=5);"
        "print(*[one.link.id for one in picks])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "123"},
        timeout=30,
    )
    assert run.stdout.split() == SEED_42


def test_an_int_and_its_digits_are_the_same_seed(memory, now):
    archive = make_archive(30)
    by_int = pick(archive, memory, now, seed=7, n=5)
    assert by_int == pick(archive, memory, now, seed="7", n=5)


def test_without_a_seed_every_link_comes_up(memory, now):
    archive = make_archive(5)
    memory.opened("link0000", now)
    # The least likely of the five has a chance of 1 in 63: it stays away once in 1e13 runs.
    seen = {ids(pick(archive, memory, now))[0] for _ in range(2_000)}
    assert len(seen) == 5


@pytest.mark.long
def test_links_come_up_in_proportion_to_their_weights(memory):
    archive = make_archive(4, lambda n: (NOW - timedelta(days=(0, 60, 240, 2_000)[n])).date())
    seen = Counter(ids(pick(archive, memory, NOW, seed=seed))[0] for seed in range(20_000))
    newest = datetime.combine(NOW.date(), datetime.min.time(), NOW.tzinfo)
    weights = {link.id: weight(link, memory.recall(link.id), newest) for link in archive}
    for link_id, expected in weights.items():
        assert seen[link_id] / 20_000 == pytest.approx(expected / sum(weights.values()), abs=0.012)


def test_what_was_opened_comes_up_less_often(memory, now):
    archive = make_archive(2)
    memory.opened("link0000", now)
    seen = Counter(ids(pick(archive, memory, now))[0] for _ in range(1_000))
    # Expected 62 of 1,000, with a deviation of 8.
    assert 0 < seen["link0000"] < 150


def test_filters_hold(memory, now):
    archive = Archive(
        (make_link(0, tags=("talks",)), make_link(1, tags=("Talks",), note="on scaling"))
    )
    assert len(pick(archive, memory, now, tag="talks", n=9)) == 2
    assert ids(pick(archive, memory, now, tag="TALKS", q="scaling", n=9)) == ["link0001"]


def test_an_unknown_tag_is_named(memory, now):
    with pytest.raises(UnknownTagError, match="'nonesuch'"):
        pick(make_archive(3), memory, now, tag="nonesuch")


def test_words_that_occur_nowhere_are_named(memory, now):
    with pytest.raises(NothingToPickError, match="'nonesuch'"):
        pick(make_archive(3), memory, now, q="nonesuch")


@pytest.mark.parametrize("n", [0, -1, 101, 10**30])
def test_a_number_out_of_bounds_is_refused(memory, now, n):
    with pytest.raises(QuantityError, match=f"n is {n}; it must be from 1 to 100"):
        pick(make_archive(3), memory, now, n=n)


def test_a_moment_without_a_zone_is_refused(memory):
    with pytest.raises(MomentError, match="no time zone"):
        pick(make_archive(3), memory, datetime(2026, 1, 1))  # noqa: DTZ001 - the point of it


def test_picking_notes_nothing_down(memory, now):
    archive = make_archive(3)
    pick(archive, memory, now, n=3)
    assert all(memory.recall(link.id).last_surfaced is None for link in archive)


@pytest.mark.parametrize("n", [1, 100])
def test_from_1_to_100_may_be_asked_for(memory, now, n):
    assert len(pick(make_archive(120), memory, now, n=n)) == n


def test_a_seed_in_an_archive_without_dates_gives_the_same_links_too(memory, now):
    archive = make_archive(20)
    first = ids(pick(archive, memory, now, seed="s", n=5))
    assert ids(pick(archive, memory, now + timedelta(days=900), seed="s", n=5)) == first


def test_a_seed_weighs_links_as_on_the_day_the_newest_was_added(memory, now):
    newest = datetime(2026, 1, 1, tzinfo=UTC)
    archive = make_archive(12, lambda n: (newest - timedelta(days=50 * n)).date())
    arrivals = {
        link.id: arrival(weight(link, NOTHING_REMEMBERED, newest), unit("pick", "s", link.id))
        for link in archive
    }
    assert ids(pick(archive, memory, now, seed="s", n=12)) == sorted(arrivals, key=arrivals.get)


def test_without_a_seed_a_draw_of_nothing_is_no_error(memory, now, monkeypatch):
    # A generator's own draws may be 0, whose logarithm there is not.
    monkeypatch.setattr("app.lucky.picking.Random", lambda: SimpleNamespace(random=lambda: 0.0))
    assert len(pick(make_archive(3), memory, now, n=3)) == 3


def test_long_words_are_named_in_part(memory, now):
    with pytest.raises(NothingToPickError) as caught:
        pick(make_archive(3), memory, now, q="x" * 200)
    assert str(caught.value) == (
        f"no link has {'x' * 80!r} in its title, author, host, note or tags"
    )


def test_the_tag_is_named_beside_the_words(memory, now):
    archive = Archive((make_link(0, tags=("talks",)),))
    with pytest.raises(NothingToPickError, match="no link among those tagged 'talks' has 'zzz' in"):
        pick(archive, memory, now, tag="talks", q="zzz")


def test_a_picks_reason_is_that_of_the_memory(memory, now):
    archive = make_archive(1)
    memory.opened("link0000", now - timedelta(days=1))
    assert pick(archive, memory, now)[0].why == "last opened yesterday"
    assert pick(archive, memory, now, seed=1)[0].why == "last opened yesterday"
