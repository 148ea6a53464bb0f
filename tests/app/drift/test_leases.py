import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.drift.leases import (
    LEASE_S,
    MOST_PER_ADDRESS,
    AlreadyHoldingError,
    HeldError,
    LeaseError,
    Leases,
    NotHoldingError,
    TooManyHeldError,
)

ANNA, BERT, CARA = "anna", "bert", "cara"


def test_a_link_is_held_by_one():
    leases = Leases()
    leases.grant("a", ANNA, "::1", 0)
    with pytest.raises(HeldError):
        leases.grant("a", BERT, "::2", 0)


def test_a_hand_holds_one_link():
    leases = Leases()
    leases.grant("a", ANNA, "::1", 0)
    for wanted in ("a", "b"):
        with pytest.raises(AlreadyHoldingError):
            leases.grant(wanted, ANNA, "::1", 0)


def test_an_address_holds_two():
    leases = Leases()
    leases.grant("a", ANNA, "::1", 0)
    leases.grant("b", BERT, "::1", 0)
    with pytest.raises(TooManyHeldError):
        leases.grant("c", CARA, "::1", 0)
    leases.grant("c", CARA, "::2", 0)


def test_a_lease_runs_out_without_a_move():
    leases = Leases()
    lease = leases.grant("a", ANNA, "::1", 5.0)
    assert leases.expired(5.0 + LEASE_S - 0.01) == []
    leases.renew(lease, 10.0)
    assert leases.expired(5.0 + LEASE_S) == []
    assert leases.expired(10.0 + LEASE_S) == [lease]


def test_a_forged_token_opens_nothing():
    leases = Leases()
    lease = leases.grant("a", ANNA, "::1", 0)
    assert leases.of_token("a", lease.token) is lease
    for forged in ("", "x", lease.token[:-1], lease.token + "x", "ключ"):
        with pytest.raises(HeldError):
            leases.of_token("a", forged)
    with pytest.raises(NotHoldingError):
        leases.of_token("b", lease.token)


def test_an_ended_lease_is_gone():
    leases = Leases()
    lease = leases.grant("a", ANNA, "::1", 0)
    leases.end(lease)
    with pytest.raises(NotHoldingError):
        leases.of_holder(ANNA)
    with pytest.raises(NotHoldingError):
        leases.of_token("a", lease.token)
    leases.grant("a", BERT, "::1", 0)


class Hands(RuleBasedStateMachine):
    """Whatever visitors try, each link has one holder and every limit stands."""

    def __init__(self):
        super().__init__()
        self.leases = Leases()
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
