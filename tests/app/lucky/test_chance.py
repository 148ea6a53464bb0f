"""Chance: above 0, at most 1, and the same for ever."""

from hypothesis import given
from hypothesis import strategies as st

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
