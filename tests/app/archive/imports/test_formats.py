"""Which format a source has, and who reads it."""

import pkgutil
from importlib import import_module

import pytest

from app.archive import imports
from app.archive.errors import SourceError, UnknownFormatError
from app.archive.imports.formats import FORMATS, MAX_SOURCE_BYTES, detect, import_format, read
from app.archive.imports.import_format import ImportFormat

A = "https://a.example/"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<!doctype netscape-bookmark-file-1>", "html"),
        (f"{'<!-- x -->' * 90}NETSCAPE-Bookmark-file-1", "html"),
        *((f"<{name}>", "html") for name in ("HTML", "head", "body", "dl", "ul", "title", "meta")),
        (f"<p>x<DT><A HREF='{A}'>", "html"),
        ("<rss>", "feed"),
        ("<feed>", "feed"),
        ("<atom:feed>", "feed"),
        ("<rdf:RDF>", "feed"),
        ("<?xml version='1.0'?><!-- c --><!DOCTYPE rss [ <!ELEMENT x ANY> ]> <rss>", "feed"),
        ("<?xml version='1.0'?><unknown>", "feed"),
        ("<x><!ENTITY y>", "feed"),
        ("<OPML>", "opml"),
        ("<?xml version='1.0'?>\n<!-- c -->\n<opml>", "opml"),
        ("  \r\n\t<opml>", "opml"),
        (f"<p>Words about [x]({A})</p>", "markdown"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "json"),
        ("[]", "pinboard"),
        (' [{"href": "x"}]', "pinboard"),
        (f"[x]: {A}", "markdown"),
        ("{x} [a](b)", "markdown"),
        ("url,time_added", "pocket"),
        ("folder,url,created", "raindrop"),
        ("URL , title", "csv"),
        ("url", None),
        ("title,added", None),
        (f"{A}\n\n HTTP://b.example/ title", "urls"),
        (f"{A}\n# note", "markdown"),
        ("title: x\nlinks:\n", "yaml"),
        ("links:   # mine\n- title: x", "yaml"),
        ("- title: x\n  url: y", "yaml"),
        ("  - url: y", "yaml"),
        ("links: []", None),
        ("my links:", None),
        ("see [a](b)", "markdown"),
        ("[a]: b", "markdown"),
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
        assert detect(text.encode()).name == form


def test_a_netscape_mark_counts_only_at_the_head():
    assert detect(("<p>" + "x" * 1000 + "netscape-bookmark-file" + f"[x]({A})").encode()).name == (
        "markdown"
    )


def test_json_and_lists_are_read_beyond_the_head():
    assert detect(("[" + " " * 30_000 + "]").encode()).name == "pinboard"
    assert detect((A + "\n").encode() * 2000).name == "urls"
    assert detect((A + "\n").encode() * 2000 + b"# x").name == "markdown"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((form.name, form.name) for form in FORMATS),
        ("atom", "feed"),
        ("bookmarks", "html"),
        ("jsonfeed", "json"),
        ("json-feed", "json"),
        ("list", "urls"),
        ("md", "markdown"),
        ("netscape", "html"),
        ("rss", "feed"),
        ("text", "urls"),
        ("txt", "urls"),
        ("yml", "yaml"),
        (" YML ", "yaml"),
        ("Pinboard", "pinboard"),
    ],
)
def test_a_format_has_its_names(name, form):
    assert import_format(name).name == form


def test_an_unknown_name_is_told_with_the_known_ones():
    with pytest.raises(UnknownFormatError) as error:
        import_format("delicious")
    assert str(error.value) == (
        "'delicious' is no format; known are html, feed, opml, markdown, pocket, raindrop, "
        "pinboard, json, csv, urls, yaml"
    )


def test_no_name_means_two_formats():
    names = [name for form in FORMATS for name in (form.name, *form.other_names)]
    assert len(names) == len(set(names))


def test_every_module_that_declares_a_format_is_listed():
    declared = [
        module.FORMAT
        for found in pkgutil.iter_modules(imports.__path__, "app.archive.imports.")
        if hasattr(module := import_module(found.name), "FORMAT")
    ]
    assert {form.name for form in declared} == {form.name for form in FORMATS}


def test_a_source_has_at_most_128_mebibytes(monkeypatch):
    assert MAX_SOURCE_BYTES == 128 * 1024 * 1024
    monkeypatch.setattr("app.archive.imports.formats.MAX_SOURCE_BYTES", 3 * 1024**2)
    data = A.encode() + b"\n" * (3 * 1024**2 - len(A))
    assert len([*read(data)]) == 1
    with pytest.raises(SourceError, match=r"^is larger than 3 MiB; split it up$"):
        read(data + b"\n")


def test_a_named_format_is_believed():
    assert [b.title for b in read(f"[x]({A})".encode(), form=import_format("markdown"))] == ["x"]
    assert [b.url for b in read(f"[x]({A})".encode(), form=import_format("urls"))] == [f"[x]({A})"]


def test_icons_are_left_out_before_a_file_is_read():
    html = f'<DL><DT><A HREF="{A}" ICON="x>y" ICON_URI="z">A</A></DL>'
    (bookmark,) = read(("\n " + html).encode(), form=import_format("html"))
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


@pytest.mark.parametrize(
    ("data", "handed_on"),
    [
        (b' <A HREF="x" ICON="data:,y" ICON_URI="z">', b' <A HREF="x">'),
        (b'- [x](y) ICON="data:,y"', b'- [x](y) ICON="data:,y"'),
    ],
)
def test_icons_of_markup_are_left_out_before_anybody_reads_it(data, handed_on):
    whole = ImportFormat("whole", read=lambda data, *_: [data])
    assert read(data, form=whole) == [handed_on]
