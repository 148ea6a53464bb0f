"""Bookmarks of browsers, tag by tag."""

from datetime import date

import pytest

from app.archive.imports import netscape

A = "https://a.example/"


DAY = date(2024, 12, 20)


def marks(html):
    return [(b.title, b.note, b.tags) for b in netscape.read(html)]


LINK = f"<DT><A HREF='{A}'>x</A>"


@pytest.mark.parametrize("name", ["H2", "H3", "H4", "H5", "H6"])
def test_a_heading_names_the_list_after_it(name):
    assert marks(f"<{name}>F</{name}><DL>{LINK}</DL>{LINK}") == [("x", "", ("F",)), ("x", "", ())]


def test_the_title_of_the_page_names_no_list():
    assert marks(f"<H1>F</H1><DL>{LINK}</DL>") == [("x", "", ())]


@pytest.mark.parametrize("mark", ["PERSONAL_TOOLBAR_FOLDER", "UNFILED_BOOKMARKS_FOLDER"])
def test_a_folder_that_a_browser_made_is_no_tag(mark):
    assert marks(
        f"<H3 {mark}='true'>Bar <b>x</b></H3><DL>{LINK}<H3>F</H3><DL>{LINK}</DL></DL>"
    ) == [
        ("x", "", ()),
        ("x", "", ("F",)),
    ]


def test_a_folders_name_may_hold_markup():
    assert marks(f"<H3>A <b>B</b> C</H3> no<DL>{LINK}") == [("x", "", ("A B C",))]


def test_a_list_without_a_heading_is_no_folder():
    assert marks(f"<H3>F</H3><DL><DL>{LINK}</DL>{LINK}</DL>{LINK}") == [
        ("x", "", ("F",)),
        ("x", "", ("F",)),
        ("x", "", ()),
    ]


def test_more_lists_may_end_than_began():
    assert marks(f"</DL></DL>{LINK}") == [("x", "", ())]


def test_a_note_follows_its_title_and_ends_with_the_next_thing():
    assert marks(f"{LINK} no<DD>a <i>b</i>\n c<DT>no{LINK}<DD>d<DD>no") == [
        ("x", "a b c", ()),
        ("x", "d", ()),
    ]


@pytest.mark.parametrize("end", ["<DT>", "<DL>", "</DL>", "<HR>", "<LI>", "<H3>", "<A NAME=z>"])
def test_a_title_that_is_not_closed_ends_with_the_next_thing(end):
    assert marks(f"<DT><A HREF='{A}'>x{end}y") == [("x", "", ())]


def test_own_tags_go_before_folders_and_stamps_are_days():
    html = f"<H3>F</H3><DL><A HREF='{A}' TAGS=' a ,,b' TIME_ADDED='1700000000'>x"
    (found,) = netscape.read(html)
    assert (found.tags, found.added) == (("a", "b", "F"), date(2023, 11, 14))
    (found,) = netscape.read(html.replace("TIME", "ADD_DATE='1734652800' TIME"))
    assert found.added == DAY


def test_pictures_are_taken_out_wherever_they_stand():
    assert netscape.without_icons(b'<A ICON="x" icon_uri="y" HREF="z" FAVICON="k">') == (
        b'<A HREF="z" FAVICON="k">'
    )
