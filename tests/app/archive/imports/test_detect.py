"""Which format a source has, and who reads it."""

import pytest

from app.archive.imports.bookmark import SourceError
from app.archive.imports.detect import (
    MAX_SOURCE_BYTES,
    Format,
    decoded,
    detect,
    format_named,
    read,
)

A = "https://a.example/"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<!doctype netscape-bookmark-file-1>", Format.HTML),
        (f"{'<!-- x -->' * 90}NETSCAPE-Bookmark-file-1", Format.HTML),
        *(
            (f"<{name}>", Format.HTML)
            for name in ("HTML", "head", "body", "dl", "ul", "title", "meta")
        ),
        (f"<p>x<DT><A HREF='{A}'>", Format.HTML),
        ("<rss>", Format.FEED),
        ("<feed>", Format.FEED),
        ("<atom:feed>", Format.FEED),
        ("<rdf:RDF>", Format.FEED),
        ("<?xml version='1.0'?><!-- c --><!DOCTYPE rss [ <!ELEMENT x ANY> ]> <rss>", Format.FEED),
        ("<?xml version='1.0'?><unknown>", Format.FEED),
        ("<x><!ENTITY y>", Format.FEED),
        ("<OPML>", Format.OPML),
        ("<?xml version='1.0'?>\n<!-- c -->\n<opml>", Format.OPML),
        ("  \r\n\t<opml>", Format.OPML),
        (f"<p>Words about [x]({A})</p>", Format.MARKDOWN),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', Format.JSON),
        ("[]", Format.PINBOARD),
        (' [{"href": "x"}]', Format.PINBOARD),
        (f"[x]: {A}", Format.MARKDOWN),
        ("{x} [a](b)", Format.MARKDOWN),
        ("url,time_added", Format.POCKET),
        ("folder,url,created", Format.RAINDROP),
        ("URL , title", Format.CSV),
        ("url", None),
        ("title,added", None),
        (f"{A}\n\n HTTP://b.example/ title", Format.URLS),
        (f"{A}\n# note", Format.MARKDOWN),
        ("title: x\nlinks:\n", Format.YAML),
        ("links:   # mine\n- title: x", Format.YAML),
        ("- title: x\n  url: y", Format.YAML),
        ("  - url: y", Format.YAML),
        ("links: []", None),
        ("my links:", None),
        ("see [a](b)", Format.MARKDOWN),
        ("[a]: b", Format.MARKDOWN),
        ("[a]:\n", None),
    ],
)
def test_content_tells_the_format(text, form):
    if form is None:
        with pytest.raises(SourceError) as error:
            detect(text.encode())
        assert str(error.value) == (
            "holds no links in any format that is known; name one if it does"
        )
    else:
        assert detect(text.encode()) is form


def test_a_netscape_mark_counts_only_at_the_head():
    assert detect(("<p>" + "x" * 1000 + "netscape-bookmark-file" + f"[x]({A})").encode()) is (
        Format.MARKDOWN
    )


def test_json_and_lists_are_read_beyond_the_head():
    assert detect(("[" + " " * 30_000 + "]").encode()) is Format.PINBOARD
    assert detect((A + "\n").encode() * 2000) is Format.URLS
    assert detect((A + "\n").encode() * 2000 + b"# x") is Format.MARKDOWN


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((form.value, form) for form in Format),
        ("atom", Format.FEED),
        ("bookmarks", Format.HTML),
        ("jsonfeed", Format.JSON),
        ("json-feed", Format.JSON),
        ("list", Format.URLS),
        ("md", Format.MARKDOWN),
        ("netscape", Format.HTML),
        ("rss", Format.FEED),
        ("text", Format.URLS),
        ("txt", Format.URLS),
        ("yml", Format.YAML),
        (" YML ", Format.YAML),
        ("Pinboard", Format.PINBOARD),
    ],
)
def test_a_format_has_its_names(name, form):
    assert format_named(name) is form


def test_an_unknown_name_is_told_in_short_with_the_known_ones():
    with pytest.raises(SourceError) as error:
        format_named("x" * 60)
    assert str(error.value) == (
        f"'{'x' * 40}' is no format; known are html, feed, opml, markdown, pocket, raindrop, "
        "pinboard, json, csv, urls, yaml"
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xff\xfeh\0\xe9\0", "hé"),
        (b"\xfe\xff\0h\0\xe9", "hé"),
        (b"\xff\xfeh", "\ufffd"),
        (b"\xef\xbb\xbfh\xc3\xa9", "hé"),
        (b"h\xe9\x80", "h\xe9€"),
        (b"h\x81\xe9", "h\ufffd\xe9"),
    ],
)
def test_bytes_are_read_as_the_text_they_most_likely_are(data, text):
    assert decoded(data) == text


def test_a_source_has_at_most_128_mebibytes(monkeypatch):
    assert MAX_SOURCE_BYTES == 128 * 1024 * 1024
    monkeypatch.setattr("app.archive.imports.detect.MAX_SOURCE_BYTES", 3 * 1024**2)
    data = A.encode() + b"\n" * (3 * 1024**2 - len(A))
    assert len([*read(data)]) == 1
    with pytest.raises(SourceError, match=r"^is larger than 3 MiB; split it up$"):
        read(data + b"\n")


def test_a_named_format_is_believed():
    assert [b.title for b in read(f"[x]({A})".encode(), form=Format.MARKDOWN)] == ["x"]
    assert [b.url for b in read(f"[x]({A})".encode(), form=Format.URLS)] == [f"[x]({A})"]


def test_icons_are_left_out_before_a_file_is_read():
    html = f'<DL><DT><A HREF="{A}" ICON="x>y" ICON_URI="z">A</A></DL>'
    (bookmark,) = read(("\n " + html).encode(), form=Format.HTML)
    assert bookmark.title == "A"


def test_what_is_not_markup_keeps_its_icons():
    (bookmark,) = read(f'[x ICON="y"]({A})'.encode())
    assert bookmark.title == 'x ICON="y"'


def test_an_empty_source_is_refused():
    for data in (b"", b"\n \n", b"\xef\xbb\xbf"):
        with pytest.raises(SourceError, match=r"^is empty$"):
            detect(data)


def test_json_that_is_nothing_known_is_refused():
    for text in ("{}", "[1]", '[{"url": "x"}]', '{"version": "2", "items": []}'):
        with pytest.raises(SourceError, match="neither a Pinboard export nor a JSON Feed"):
            detect(text.encode())
