"""How often somebody may do something, in seconds that are passed in."""

import pytest

from app.web.gate import buckets, limits
from app.web.gate.buckets import AddressLimit, TokenBucket
from app.web.gate.limits import MOST_ADDRESSES


def taken(bucket, now_s, tries):
    """How many of so many tries at one moment are let through."""
    return sum(bucket.take(now_s) for _ in range(tries))


def test_a_burst_is_let_through_and_no_more():
    assert taken(TokenBucket(rate=1.0, burst=5.0, now_s=100.0), 100.0, 9) == 5


def test_a_bucket_refills_by_its_rate():
    bucket = TokenBucket(rate=2.0, burst=10.0, now_s=100.0)
    taken(bucket, 100.0, 10)
    assert taken(bucket, 103.0, 10) == 6


def test_what_is_left_of_a_token_is_kept_for_later():
    bucket = TokenBucket(rate=1.0, burst=1.0, now_s=0.0)
    assert [bucket.take(now_s) for now_s in (0.0, 0.5, 0.75, 1.0)] == [True, False, False, True]


def test_a_long_rest_saves_up_no_more_than_a_burst():
    bucket = TokenBucket(rate=2.0, burst=3.0, now_s=0.0)
    taken(bucket, 0.0, 3)
    assert taken(bucket, 1_000.0, 9) == 3


def test_refused_tries_cost_nothing():
    bucket = TokenBucket(rate=1.0, burst=1.0, now_s=0.0)
    taken(bucket, 0.0, 50)
    assert bucket.take(1.0)


def test_addresses_do_not_share_their_tokens():
    limit = AddressLimit(rate=1.0, burst=2.0)
    assert [limit.take("a", 0.0) for _ in range(3)] == [True, True, False]
    assert limit.take("b", 0.0)


def test_an_address_that_comes_again_finds_its_bucket_as_it_left_it():
    limit = AddressLimit(rate=1.0, burst=2.0)
    for _ in range(2):
        limit.take("a", 0.0)
    assert [limit.take("a", 1.0) for _ in range(2)] == [True, False]


def test_a_full_table_still_holds_a_newcomer_to_the_limit():
    limit = AddressLimit(rate=0.001, burst=1.0)
    for number in range(MOST_ADDRESSES):
        limit.take(str(number), 0.0)
    assert [limit.take("newcomer", 0.0) for _ in range(3)] == [True, False, False]


def test_the_address_not_heard_of_for_longest_is_forgotten_first(monkeypatch):
    monkeypatch.setattr(buckets, "MOST_ADDRESSES", 2)
    limit = AddressLimit(rate=0.001, burst=1.0)
    for address in ("a", "b", "a", "c"):
        limit.take(address, 0.0)
    assert set(limit._buckets) == {"a", "c"}
    assert not limit.take("a", 0.0)


def test_no_more_addresses_are_remembered_than_the_table_holds():
    limit = AddressLimit(rate=1.0, burst=1.0)
    for number in range(MOST_ADDRESSES + 5):
        limit.take(str(number), 0.0)
    assert len(limit._buckets) == MOST_ADDRESSES


@pytest.mark.parametrize(
    ("number", "promised"),
    [
        (MOST_ADDRESSES, 10_000),
        (limits.MESSAGES_PER_S, 60),
        (limits.MESSAGES_BURST, 120),
        (limits.MALFORMED_PER_S, 0.1),
        (limits.MALFORMED_BURST, 20),
        (limits.HANDS_PER_S, 60),
        (limits.HANDS_BURST, 120),
        (limits.CARRIES_PER_S, 1),
        (limits.CARRIES_BURST, 12),
    ],
)
def test_the_limits_are_those_that_are_told(number, promised):
    assert number == promised
