import math

import pytest

from physics.errors import QuantityError
from physics.pills import ELLIPSIS, LABEL_LENGTH, Pill, Typeface, cut, pill_for

TYPEFACE = Typeface({"a": 0.5, "b": 0.25, " ": 0.2})


def test_width_is_the_sum_of_advances():
    assert TYPEFACE.width("ab a") == pytest.approx(0.5 + 0.25 + 0.2 + 0.5)


@pytest.mark.parametrize(
    ("text", "em"),
    [("책", 1.0), ("📚", 1.0), ("ж", 0.6), ("ж\u0301", 0.6), ("a\u200d", 0.5)],
    ids=["hangul", "emoji", "missing", "combining mark", "joiner"],
)
def test_characters_the_font_lacks_have_a_known_width(text, em):
    assert TYPEFACE.width(text) == pytest.approx(em)


def test_pill_holds_its_label_and_two_em_of_padding():
    pill = pill_for("abab", TYPEFACE, 20)
    assert pill.width == pytest.approx((1.5 + 2) * 20)
    assert pill.height == pytest.approx(44)


def test_pill_of_an_empty_label_is_a_disc():
    pill = pill_for("", TYPEFACE, 15)
    assert pill.width == pill.height
    assert pill.half_span == 0


def test_short_titles_stand_whole():
    assert cut("  Story of\n Your Life ") == "Story of Your Life"


def test_long_titles_are_cut_at_a_word():
    label = cut("Sam Altman’s Knack for Dodging Bullets - With a Little Help From Friends")
    assert label == "Sam Altman’s Knack for Dodging Bullets…"
    assert len(label) <= LABEL_LENGTH


def test_wide_characters_count_double():
    assert cut("책" * 50) == "책" * 19 + ELLIPSIS
    assert cut("책" * 20) == "책" * 20


def test_a_long_word_is_cut_inside():
    assert cut("x" * 100) == "x" * (LABEL_LENGTH - 1) + ELLIPSIS


@pytest.mark.parametrize("size", [math.nan, math.inf, 0.0, -3.0])
def test_sizes_that_chipmunk_would_abort_on_are_refused(size):
    with pytest.raises(QuantityError):
        Pill(size, 33)
    with pytest.raises(QuantityError):
        Pill(100, size)
    with pytest.raises(QuantityError):
        pill_for("a", TYPEFACE, size)
