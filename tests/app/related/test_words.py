"""What a text is about."""

import pytest

from app.related.words import fold, letters_of, subjects


def keys(text):
    return [key for key, _ in subjects(text)]


def test_empty_short_and_bare_numbers_are_no_subjects():
    assert keys("How to go on in 2024 with the new cat") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("scaling laws", ["scaling", "law"]),
        ("the AI of qntm", ["ai", "qntm"]),
        ("glass chess status thesis bus", ["glass", "chess", "status", "thesis"]),
        ("large-scale self-attentive", ["large-scale", "self-attentive"]),
        ("미래 직업과 미래학자가", ["미래학자가"]),
    ],
)
def test_words_are_compared_folded_and_without_plural_s(text, expected):
    assert keys(text) == [fold(one) for one in expected]


def test_capitalised_words_side_by_side_are_names():
    assert "francois chollet" in keys("François Chollet: Measures of Intelligence")
    assert "vision pro" in keys("40 Hours in the Vision Pro - Tim Urban")


@pytest.mark.parametrize(
    "text", ["Going Deep. Learning", "Anthropic's Hopes", "The Future", "Deep, Blue"]
)
def test_capitalised_words_that_belong_to_no_name_are_not(text):
    assert not [key for key in keys(text) if " " in key]


def test_possessives_are_stripped_with_either_apostrophe():
    assert keys("anthropic's claude\u2019s") == ["anthropic", "claude"]


def test_the_form_as_written_is_kept():
    assert dict(subjects("OpenAI megaclusters")) == {
        "openai": "OpenAI",
        "megacluster": "megaclusters",
    }


def test_letters_alone_find_a_name_in_a_host():
    assert letters_of("New Yorker") in letters_of("newyorker.com")
