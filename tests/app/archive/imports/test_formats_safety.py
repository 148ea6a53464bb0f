"""A source can neither grow, nor reach out, nor hold the import up."""

import socket
import time

import pytest

from app.archive.errors import SourceError
from app.archive.imports.formats import import_format, read
from app.archive.imports.markup import scan

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>{{root}}&l9;{{end}}',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>{{root}}{"&a;" * 5_000}{{end}}',
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{root}&e;{end}',
    "external dtd": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{root}{end}',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>{root}{end}',
}
ROOTS = {
    "opml": ("<opml><body><outline text='", "'/></body></opml>"),
    "feed": ("<rss version='2.0'><channel><item><title>", "</title></item></channel></rss>"),
}


@pytest.mark.parametrize("form", ROOTS)
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("named", [True, False])
def test_an_entity_bomb_is_refused_at_once(form, bomb, named):
    root, end = ROOTS[form]
    data = ('<?xml version="1.0"?>' + BOMBS[bomb].format(root=root, end=end)).encode()
    began_s = time.process_time()
    with pytest.raises(SourceError, match="DTD or entities"):
        list(read(data, form=import_format(form) if named else None))
    assert time.process_time() - began_s < 0.05


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_bomb_in_another_encoding_is_refused(encoding):
    text = BOMBS["billion laughs"].format(root="<opml>", end="</opml>")
    with pytest.raises(SourceError, match="DTD or entities"):
        list(read(text.encode(encoding), form=import_format("opml")))


def test_a_bomb_in_a_broken_feed_is_refused():
    text = BOMBS["billion laughs"].format(root="<rss>", end="</rss") + "&&<"
    with pytest.raises(SourceError, match="DTD or entities"):
        list(read(text.encode(), form=import_format("feed")))


def test_nothing_is_ever_fetched(monkeypatch):
    def refuse(*_args):
        raise AssertionError("the import reached out")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    feed = (
        '<?xml-stylesheet href="http://127.0.0.1:9/"?><rss version="2.0"><channel>'
        "<link>http://127.0.0.1:9/</link><item><link>http://127.0.0.1:9/x</link></item>"
        "</channel></rss>"
    )
    assert [b.url for b in read(feed.encode(), links=True)] == ["http://127.0.0.1:9/x"]
    assert [b.url for b in read(b"http://127.0.0.1:9/")] == ["http://127.0.0.1:9/"]
    # feedparser takes a text that looks like a URL or a path for one.
    with pytest.raises(SourceError):
        list(read(b"http://127.0.0.1:9/feed", form=import_format("feed")))
    with pytest.raises(SourceError):
        list(read(b"/etc/passwd", form=import_format("feed")))


def test_json_that_nests_without_end_is_refused():
    with pytest.raises(SourceError):
        list(read(b"[" * 100_000, form=import_format("pinboard")))


def test_json_with_a_giant_number_is_refused():
    with pytest.raises(SourceError):
        list(read(b'[{"href": ' + b"9" * 5000 + b"}]", form=import_format("pinboard")))


def test_outlines_may_nest_deeper_than_python_recurses():
    depth = 20_000
    text = "<opml><body>" + "<outline text='x'>" * depth
    text += "<outline url='https://a.example/'/>" + "</outline>" * depth + "</body></opml>"
    (bookmark,) = read(text.encode())
    assert bookmark.url == "https://a.example/"


def test_a_source_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("app.archive.imports.formats.MAX_SOURCE_BYTES", 10)
    with pytest.raises(SourceError, match="larger than"):
        read(b"https://a.example/")


@pytest.mark.parametrize(
    "piece", ["<a ", "<", "<a href='", '<a href="', "<!--", "<a =", "&", "</", "<a x=\"'"]
)
def test_scanning_markup_is_not_quadratic(piece):
    began_s = time.process_time()
    for _ in scan("<p>" + piece * (300_000 // len(piece))):
        pass
    assert time.process_time() - began_s < 5
