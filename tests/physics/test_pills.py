import math

import pytest

from physics.errors import QuantityError
from physics.pills import ELLIPSIS, Pill, Typeface, cut, pill_for

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
    assert len(label) <= 40


def test_wide_characters_count_double():
    assert cut("책" * 50) == "책" * 19 + ELLIPSIS
    assert cut("책" * 20) == "책" * 20


def test_a_long_word_is_cut_inside():
    assert cut("x" * 100) == "x" * 39 + ELLIPSIS


@pytest.mark.parametrize("size", [math.nan, math.inf, 0.0, -3.0])
def test_sizes_that_chipmunk_would_abort_on_are_refused(size):
    with pytest.raises(QuantityError):
        Pill(size, 33)
    with pytest.raises(QuantityError):
        Pill(100, size)
    with pytest.raises(QuantityError):
        pill_for("a", TYPEFACE, size)


def test_forty_columns_stand_whole_and_the_forty_first_does_not():
    assert cut("x" * 40) == "x" * 40
    assert cut("x" * 41) == "x" * 39 + ELLIPSIS
    assert cut("책" * 19 + "xx") == "책" * 19 + "xx"
    assert cut("책" * 19 + "xxx") == "책" * 19 + "x" + ELLIPSIS


def test_a_title_is_cut_at_a_word_only_where_one_ends_near():
    near = "x" * 30 + " " + "y" * 30
    assert cut(near) == "x" * 30 + ELLIPSIS
    far = "x" * 20 + " " + "y" * 40
    assert cut(far) == "x" * 20 + " " + "y" * 18 + ELLIPSIS


@pytest.mark.parametrize("mark", " ,.;:–—-")
def test_no_punctuation_stands_before_the_ellipsis(mark):
    assert cut("x" * 35 + mark + " " + "y" * 30) == "x" * 35 + ELLIPSIS


def test_no_title_is_no_label():
    assert cut("") == cut(" \n") == ""


def test_a_known_advance_goes_before_every_guess():
    """Also of characters that would be wide or take no room in another font."""
    typeface = Typeface({"책": 0.8, "\u0301": 0.1})
    assert typeface.width("책\u0301") == pytest.approx(0.9)


@pytest.mark.parametrize("character", ["\u0489", "\u200b"], ids=["enclosing mark", "format"])
def test_marks_take_no_room(character):
    assert TYPEFACE.width(character) == 0


def test_a_full_width_form_is_as_wide_as_an_ideograph():
    assert TYPEFACE.width("Ａ") == 1.0
    assert TYPEFACE.width("ｱ") == 0.6


def test_the_round_ends_are_part_of_the_width():
    assert Pill(100, 30).half_span == 35
    assert Pill(20, 30).half_span == 0
    assert Pill(100, 30).area == 3_000


@pytest.mark.parametrize("label", ["a", "bb", ""])
def test_no_pill_is_higher_than_wide(label):
    pill = pill_for(label, TYPEFACE, 10)
    assert pill.width >= pill.height == 22
