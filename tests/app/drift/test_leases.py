from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.drift.errors import (
    AlreadyHoldingError,
    HeldError,
    LeaseError,
    NotHoldingError,
    TooManyHeldError,
)
from app.drift.leases import Leases

LEASE_S, MOST_PER_ADDRESS = 10.0, 2  # as PROTOCOL.md has them

ANNA, BERT, CARA = "anna", "bert", "cara"

NUMBERS = count()


def new_token():
    return f"token {next(NUMBERS)}"


def test_a_link_is_held_by_one():
    leases = Leases(new_token)
    leases.grant("a", ANNA, "::1", 0)
    with pytest.raises(HeldError):
        leases.grant("a", BERT, "::2", 0)


def test_a_hand_holds_one_link():
    leases = Leases(new_token)
    leases.grant("a", ANNA, "::1", 0)
    for wanted in ("a", "b"):
        with pytest.raises(AlreadyHoldingError):
            leases.grant(wanted, ANNA, "::1", 0)


def test_an_address_holds_two():
    leases = Leases(new_token)
    leases.grant("a", ANNA, "::1", 0)
    leases.grant("b", BERT, "::1", 0)
    with pytest.raises(TooManyHeldError):
        leases.grant("c", CARA, "::1", 0)
    leases.grant("c", CARA, "::2", 0)


def test_a_lease_runs_out_without_a_move():
    leases = Leases(new_token)
    lease = leases.grant("a", ANNA, "::1", 5.0)
    assert leases.expired(5.0 + LEASE_S - 0.01) == []
    leases.renew(lease, 10.0)
    assert leases.expired(5.0 + LEASE_S) == []
    assert leases.expired(10.0 + LEASE_S) == [lease]


def test_a_forged_token_opens_nothing():
    leases = Leases(new_token)
    lease = leases.grant("a", ANNA, "::1", 0)
    assert leases.of_token("a", lease.token) is lease
    for forged in ("", "x", lease.token[:-1], lease.token + "x", "ключ"):
        with pytest.raises(HeldError):
            leases.of_token("a", forged)
    with pytest.raises(NotHoldingError):
        leases.of_token("b", lease.token)


def test_an_ended_lease_is_gone():
    leases = Leases(new_token)
    lease = leases.grant("a", ANNA, "::1", 0)
    leases.end(lease)
    with pytest.raises(NotHoldingError):
        leases.of_holder(ANNA)
    with pytest.raises(NotHoldingError):
        leases.of_token("a", lease.token)
    leases.grant("a", BERT, "::1", 0)


def test_leases_run_ten_seconds_from_the_grab_and_from_each_move():
    leases = Leases(new_token)
    lease = leases.grant("a", ANNA, "::1", 5.0)
    assert lease.expires_s == 15.0
    leases.renew(lease, 7.5)
    assert lease.expires_s == 17.5
    assert leases.expired(17.49) == []
    assert leases.expired(17.5) == [lease]
    assert leases.links == ("a",), "it stands until somebody ends it"


def test_only_what_ran_out_is_expired():
    leases = Leases(new_token)
    old, new = leases.grant("a", ANNA, "::1", 0.0), leases.grant("b", BERT, "::1", 4.0)
    assert leases.expired(12.0) == [old]
    assert leases.expired(14.0) == [old, new]


def test_an_ended_lease_frees_its_hand_and_its_address():
    leases = Leases(new_token)
    first = leases.grant("a", ANNA, "::1", 0)
    leases.grant("b", BERT, "::1", 0)
    leases.end(first)
    leases.grant("c", CARA, "::1", 0)
    with pytest.raises(TooManyHeldError):
        leases.grant("a", ANNA, "::1", 0)


def test_each_refusal_has_its_word_in_the_protocol():
    codes = [
        error.code for error in (HeldError, AlreadyHoldingError, TooManyHeldError, NotHoldingError)
    ]
    assert codes == ["held", "already_holding", "too_many_held", "not_holding"]
    assert LeaseError.code == "held"


def test_a_token_of_another_link_opens_nothing():
    leases = Leases(new_token)
    leases.grant("a", ANNA, "::1", 0)
    other = leases.grant("b", BERT, "::2", 0)
    with pytest.raises(HeldError):
        leases.of_token("a", other.token)


def test_a_lease_is_found_by_its_very_holder():
    """Two hands that compare equal are still two."""
    leases = Leases(new_token)
    anna, twin = ["anna"], ["anna"]
    lease = leases.grant("a", anna, "::1", 0)
    assert leases.of_holder(anna) is lease
    assert leases.of(twin) == []
    with pytest.raises(NotHoldingError):
        leases.of_holder(twin)


def test_a_taken_link_is_told_from_a_free_one():
    leases = Leases(new_token)
    leases.grant("a", ANNA, "::1", 0)
    leases.require_free("b")
    with pytest.raises(HeldError):
        leases.require_free("a")


def test_leases_are_counted_and_listed():
    leases = Leases(new_token)
    first, second = leases.grant("a", ANNA, "::1", 0), leases.grant("b", BERT, "::1", 0)
    assert len(leases) == 2
    assert leases.all == (first, second)
    assert (first.link_id, first.holder, first.address) == ("a", ANNA, "::1")


class Hands(RuleBasedStateMachine):
    """Whatever visitors try, each link has one holder and every limit stands."""

    def __init__(self):
        super().__init__()
        self.leases = Leases(new_token)
        self.now_s = 0.0
        self.held = {}

    holder = st.sampled_from(["a1", "a2", "a3", "b1", "b2"])
    link = st.sampled_from(["one", "two", "three"])

    @rule(holder=holder, link=link)
    def grab(self, holder, link):
        try:
            lease = self.leases.grant(link, holder, holder[0], self.now_s)
        except LeaseError:
            return
        assert link not in self.held
        self.held[link] = lease

    @rule(holder=holder)
    def let_go(self, holder):
        for lease in self.leases.of(holder):
            self.leases.end(lease)
            del self.held[lease.link_id]

    @rule(seconds=st.floats(0, 12))
    def wait(self, seconds):
        self.now_s += seconds
        for lease in self.leases.expired(self.now_s):
            self.leases.end(lease)
            del self.held[lease.link_id]

    @invariant()
    def limits_stand(self):
        assert set(self.leases.links) == set(self.held)
        holders = [lease.holder for lease in self.held.values()]
        assert len(holders) == len(set(holders))
        for address in "ab":
            assert sum(one.address == address for one in self.held.values()) <= MOST_PER_ADDRESS


TestHands = Hands.TestCase
