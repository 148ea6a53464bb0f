"""One opening per visitor, link and minute, in bounded space."""

from datetime import timedelta

from app.memory.openings import OpeningGate
from tests.some_links import NOW


def test_an_opening_counts_again_after_a_minute():
    gate = OpeningGate()
    assert gate.admits("v", "a", NOW)
    assert not gate.admits("v", "a", NOW + timedelta(seconds=59))
    assert gate.admits("v", "a", NOW + timedelta(seconds=60))


def test_refused_openings_do_not_prolong_the_minute():
    gate = OpeningGate()
    assert [gate.admits("v", "a", NOW + timedelta(seconds=s)) for s in (0, 40, 61)] == [
        True,
        False,
        True,
    ]


def test_what_is_over_a_minute_old_is_forgotten():
    gate = OpeningGate()
    for visitor in range(100):
        gate.admits(str(visitor), "a", NOW)
    gate.admits("v", "a", NOW + timedelta(minutes=1))
    assert len(gate) == 1


def test_a_flood_of_visitors_stays_within_bounds():
    gate = OpeningGate(capacity=10)
    for visitor in range(1_000):
        assert gate.admits(str(visitor), "a", NOW)
    assert len(gate) == 10
    assert not gate.admits("999", "a", NOW)


def test_a_clock_set_back_shuts_nobody_out():
    gate = OpeningGate()
    gate.admits("v", "a", NOW)
    assert gate.admits("v", "a", NOW - timedelta(hours=1))


def test_a_full_gate_forgets_the_oldest_first():
    gate = OpeningGate(capacity=2)
    for visitor in ("first", "second", "third"):
        gate.admits(visitor, "a", NOW)
    assert not gate.admits("second", "a", NOW)
    assert not gate.admits("third", "a", NOW)
    assert gate.admits("first", "a", NOW)


def test_visitors_and_links_are_counted_apart():
    gate = OpeningGate()
    assert gate.admits("v", "a", NOW)
    assert gate.admits("v", "b", NOW)
    assert gate.admits("w", "a", NOW)
    assert not gate.admits("v", "a", NOW)


def test_what_is_under_a_minute_old_is_remembered():
    gate = OpeningGate()
    gate.admits("v", "a", NOW)
    gate.admits("w", "a", NOW + timedelta(seconds=59))
    assert len(gate) == 2


def test_a_gate_holds_20_000():
    gate = OpeningGate()
    for visitor in range(20_001):
        gate.admits(str(visitor), "a", NOW)
    assert len(gate) == 20_000


def moments(gate, *admissions):
    """Try visitors at seconds after noon, one after the other."""
    return [gate.admits(who, "a", NOW + timedelta(seconds=seconds)) for who, seconds in admissions]


def test_a_clock_set_back_a_little_shuts_out_nobody_it_has_not_forgotten():
    gate = OpeningGate()
    assert moments(gate, ("first", 0), ("second", 30), ("second", 10)) == [True] * 3


def test_what_lies_in_the_future_of_a_clock_set_back_is_forgotten():
    gate = OpeningGate()
    moments(gate, ("first", 3_600), ("second", 0))
    assert len(gate) == 1


def test_whoever_is_admitted_again_is_the_youngest():
    gate = OpeningGate(capacity=3)
    moments(gate, ("first", 0), ("again", 30), ("third", 31), ("again", 10))
    moments(gate, ("fourth", 10), ("fifth", 10))
    assert moments(gate, ("again", 11)) == [False]
