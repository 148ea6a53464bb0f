"""Chance: above 0, at most 1, and the same for ever."""

from math import exp
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lucky import chance
from app.lucky.chance import RESOLUTION, arrival, unit


@given(st.lists(st.text()))
def test_a_draw_is_above_0_and_at_most_1(parts):
    assert 0.0 < unit(*parts) <= 1.0


@given(st.floats(0.05, 1.0), st.floats(RESOLUTION, 1.0))
def test_everybody_arrives(weight, draw):
    assert 0.0 <= arrival(weight, draw) < 1_000.0


def test_the_parts_do_not_run_into_each_other():
    assert unit("ab", "c") != unit("a", "bc")


def test_the_draws_are_those_written_down():
    assert [unit(), unit("pick", "42", "k2v9x0ab"), unit("\ud800")] == [
        0.8931675160897389,
        0.21438067867628263,
        0.8179710106852077,
    ]


@pytest.mark.parametrize(
    ("weight", "draw", "time"), [(1.0, 1.0, 0.0), (1.0, exp(-3.0), 3.0), (0.5, exp(-3.0), 6.0)]
)
def test_half_the_weight_takes_twice_the_time(weight, draw, time):
    assert arrival(weight, draw) == pytest.approx(time)


@pytest.mark.parametrize(("digest", "draw"), [(b"\0" * 8, 2.0**-53), (b"\xff" * 8, 1.0)])
def test_the_least_draw_is_above_0_and_the_greatest_is_1(monkeypatch, digest, draw):
    fixed = SimpleNamespace(update=lambda _: None, digest=lambda: digest)
    monkeypatch.setattr(chance, "blake2b", lambda **_: fixed)
    assert unit("a") == draw
