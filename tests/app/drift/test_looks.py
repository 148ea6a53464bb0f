import pytest
from fontTools.ttLib import TTFont

from app.archive.errors import UnknownLinkError
from app.assets import STATIC
from app.drift.looks import Looks
from app.drift.typeface import load_typeface
from physics.pills import pill_for
from tests.rooms import TYPEFACE, archive_of, link


def looks_of(*links, neglect=0.0):
    return Looks(archive_of(*links), lambda _link: neglect, TYPEFACE)


def slots(looks):
    return {link_id: looks[link_id].slot for link_id in looks}


def test_slots_are_given_in_the_order_of_the_file():
    assert slots(looks_of("c", "a", "b")) == {"c": 0, "a": 1, "b": 2}


def test_a_link_that_stays_keeps_its_slot_wherever_it_moves_in_the_file():
    looks = looks_of("a", "b", "c").followed_by(archive_of("c", "x", "a"))
    assert slots(looks) == {"c": 2, "x": 3, "a": 0}


def test_no_slot_is_given_out_twice():
    """Not even that of a link which comes back."""
    looks = looks_of("a", "b")
    for links in (("a",), ("a", "c"), ("a",), ("a", "b", "d")):
        looks = looks.followed_by(archive_of(*links))
    assert slots(looks) == {"a": 0, "b": 3, "d": 4}


@pytest.mark.parametrize(
    ("neglect", "font_px"), [(0.0, 14.0), (1.0, 17.5), (0.5, 16.0), (0.1, 14.5), (0.06, 14.0)]
)
def test_the_neglected_float_larger_in_half_pixels(neglect, font_px):
    assert looks_of("a", neglect=neglect)["a"].font_px == font_px


def test_a_pill_is_sized_by_its_own_label_and_font():
    look = looks_of(link("a", "some words"), neglect=1.0)["a"]
    assert look.label == "some words"
    assert look.pill == pill_for("some words", TYPEFACE, 17.5)


def test_a_long_title_is_drawn_cut():
    assert looks_of(link("a", "x" * 60))["a"].label == "x" * 39 + "…"


def test_a_link_that_stays_keeps_its_size_though_it_was_neglected_since():
    now = [0.0]
    looks = Looks(archive_of("a"), lambda _link: now[0], TYPEFACE)
    before = looks["a"]
    now[0] = 1.0
    assert looks.followed_by(archive_of("a", "b"))["a"] == before


def test_a_link_of_another_title_takes_another_size_in_the_same_slot():
    looks = looks_of("a", "b")
    after = looks.followed_by(archive_of("a", link("b", "a longer title")))["b"]
    assert after.slot == looks["b"].slot
    assert after.label == "a longer title"
    assert after.pill.width > looks["b"].pill.width


def test_a_link_and_its_slot_are_found_by_each_other():
    looks = looks_of("a", "b").followed_by(archive_of("b", "c"))
    assert (looks.id_in(1), looks.id_in(2)) == ("b", "c")
    assert "b" in looks
    assert "a" not in looks
    assert set(looks.pills) == {1, 2}
    assert looks.pills[1] == looks["b"].pill
    with pytest.raises(UnknownLinkError):
        looks["a"]


def test_a_welcome_describes_a_link_with_all_that_is_drawn():
    looks = looks_of(link("a", "words"), neglect=0.12345)
    look = looks["a"]
    assert looks.placed(link("a", "words")).model_dump() == {
        "id": "a",
        "url": "https://example.org/a",
        "title": "words",
        "host": "example.org",
        "tags": (),
        "slot": 0,
        "width": look.pill.width,
        "height": look.pill.height,
        "label": "words",
        "font_px": 14.5,
        "neglect": 0.123,
    }


def test_the_pages_own_font_tells_how_wide_its_letters_are():
    (path,) = (STATIC / "fonts").glob("*.woff2")
    typeface = load_typeface(path)
    with TTFont(path) as font:
        glyphs, em = font.getGlyphSet(), font["head"].unitsPerEm
        for letter in "iMé –":
            expected = glyphs[font.getBestCmap()[ord(letter)]].width / em
            assert typeface.advances[letter] == pytest.approx(expected)
    assert 0.15 < typeface.width("i") < typeface.width("M") < 1.2


def test_neglect_is_asked_of_each_link():
    neglect = {"a": 0.0, "b": 1.0}
    looks = Looks(archive_of("a", "b"), lambda one: neglect[one.id], TYPEFACE)
    assert [looks[one].font_px for one in "ab"] == [14.0, 17.5]
    assert [looks.placed(link(one)).neglect for one in "ab"] == [0.0, 1.0]
