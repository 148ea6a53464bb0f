"""Outlines that are links, and outlines that are folders."""

from datetime import date

from app.archive.imports import netscape, opml
from app.archive.imports.bookmark import MAX_FOLDERS, Bookmark
from tests.refusing import refused

A = "https://a.example/"


DAY = date(2024, 12, 20)


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
