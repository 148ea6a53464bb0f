"""What the readers of outlines and of browsers' bookmarks take, and what they refuse."""

from datetime import date

import pytest

from app.archive.imports import netscape, opml
from app.archive.imports.bookmark import MAX_FOLDERS, Bookmark, SourceError

A = "https://a.example/"
DAY = date(2024, 12, 20)


def refused(read, *arguments):
    with pytest.raises(SourceError) as error:
        list(read(*arguments))
    return str(error.value)


def test_xml_that_is_not_well_formed_is_told_with_its_place():
    assert refused(opml.read, b"<opml>\n <body></opml>") == (
        "is not well-formed XML: mismatched tag at line 2, column 10"
    )
    assert refused(opml.read, b"<?xml version='1.0' encoding='no-such'?><opml/>").startswith(
        "is not well-formed XML: "
    )


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE opml><opml/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><opml>&a;</opml>"],
)
def test_xml_that_declares_anything_is_not_read(text):
    assert refused(opml.read, text.encode()) == (
        "declares a DTD or entities, which no feed or OPML needs; it is not read"
    )


def outlines(text):
    return [*opml.read(f"<opml><head><outline url='x'/></head><body>{text}</body></opml>".encode())]


def test_another_root_is_no_opml():
    assert refused(opml.read, b"<html/>") == "is no OPML: its root is <html>"
    assert refused(opml.read, f"<{'x' * 50}/>".encode()) == f"is no OPML: its root is <{'x' * 40}>"
    assert [*opml.read(b"<OPML><body/></OPML>")] == []


def test_every_field_of_an_outline_is_taken():
    assert outlines(
        "<outline TEXT=' T ' title='U' URL='https://a.example/' author='Jo' description='N'"
        " category=' x , /y/z ,,/' created='Fri, 20 Dec 2024 10:00:00 GMT'/>"
    ) == [Bookmark(A, "T", "Jo", "N", ("x", "y/z"), DAY)]


def test_an_outline_leads_to_the_site_before_its_url_before_its_feed():
    found = outlines(
        "<outline title='A' htmlUrl='h' url='u' xmlUrl='x'/><outline url='u' xmlUrl='x'/>"
        "<outline xmlUrl='x'/>"
    )
    assert [(b.url, b.title) for b in found] == [("h", "A"), ("u", ""), ("x", "")]


def test_outlines_keep_their_order_and_their_folders():
    found = outlines(
        "<outline url='1'/><outline text='F'><outline url='2'/><outline><outline text='G'>"
        "<outline url='3'/></outline></outline></outline><outline text='L' url='4'>"
        "<outline url='5'/></outline>"
    )
    assert [(b.url, b.tags) for b in found] == [
        ("1", ()),
        ("2", ("F",)),
        ("3", ("F", "G")),
        ("4", ()),
        ("5", ()),
    ]


def test_no_more_than_fifty_folders_are_tags():
    assert MAX_FOLDERS == 50
    depth = 60
    text = "".join(f"<outline text='{n}'>" for n in range(depth))
    (found,) = outlines(text + "<outline url='u'/>" + "</outline>" * depth)
    assert found.tags == tuple(map(str, range(50)))
    html = "".join(f"<H3>{n}</H3><DL>" for n in range(depth)) + f"<A HREF='{A}'>x"
    (found,) = netscape.read(html)
    assert found.tags == tuple(map(str, range(50)))


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
