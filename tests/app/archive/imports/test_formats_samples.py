"""Each format's own shape, from files as their programs write them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import SourceError
from app.archive.imports.bookmark import Bookmark
from app.archive.imports.formats import FORMATS, detect, import_format, read

FIREFOX = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Toolbar</H3>
    <DL><p>
        <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1700000000"
          ICON="data:image/png;base64,AAAA" TAGS="one,two words">A &amp; <b>B</b></A>
        <DD>A note
over two lines
        <DT><H3>Papers &lt;3</H3>
        <DL><p>
            <DT><A HREF="https://b.example/" ADD_DATE="1700000000000">B</A>
            <DT><H3>Old</H3>
            <DL><p>
                <DT><A HREF="javascript:void(0)">Bookmarklet</A>
            </DL><p>
            <HR>
        </DL><p>
        <DT><A HREF="https://c.example/" ADD_DATE="0">C
        <DT><A HREF=https://d.example/>D</A>
    </DL><p>
</DL>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/">
  <title>A blog</title><author><name>Jo</name></author>
  <entry><title>Post &amp; more</title><link href="/post"/><id>1</id>
    <published>2024-12-20T23:30:00-05:00</published><category term="essays"/>
    <content type="html">&lt;p&gt;See &lt;a href="https://x.example/"&gt;X&lt;/a&gt;,
      &lt;a href="/local"&gt;here&lt;/a&gt;,
      &lt;a href="mailto:a@b"&gt;me&lt;/a&gt;&lt;/p&gt;</content>
  </entry>
</feed>"""

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>R</title>
<item><title>Item</title><link>https://a.example/</link><description>Short.</description>
<author>jo@a.example (Jo)</author><category>x</category>
<pubDate>Fri, 20 Dec 2024 10:00:00 GMT</pubDate></item></channel></rss>"""

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Blogs"><outline type="rss" text="A"
  xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
<outline text="Deep"><outline type="link" text="B" url="https://b.example/"
  created="Fri, 20 Dec 2024 10:00:00 GMT" category="x,/y"/></outline></outline>
<outline text="C" xmlUrl="https://c.example/feed"/></body></opml>"""

POCKET = """title,url,time_added,tags,status
A page,https://a.example/,1700000000,one|two words,unread
https://b.example/,https://b.example/,1700000000,,archive
"""

RAINDROP = """id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
1,"A, page",My note,Text,https://a.example/,Reading / Essays,"one, two",2024-12-20T10:00:00Z,,,no
2,B,,,https://b.example/,Unsorted,,2024-12-20T10:00:00.000Z,,,false
"""

PINBOARD = json.dumps(
    [
        {
            "href": "https://a.example/",
            "description": "A",
            "extended": "My note",
            "time": "2024-12-20T10:00:00Z",
            "tags": "one two",
            "shared": "yes",
        }
    ]
)

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "https://blog.example/1",
                "external_url": "https://a.example/",
                "title": "A",
                "authors": [{"name": "Jo"}, {"name": "Flo"}],
                "tags": ["one", 2],
                "content_html": "<a href='https://x.example/'>X</a>",
                "date_published": "2024-12-20T10:00:00+09:00",
            }
        ],
    }
)

URLS = "# to read\r\nhttps://a.example/\r\n\r\nHTTPS://b.example/ A title\n"

SAMPLES = {
    FIREFOX: "html",
    "<html><body><ul><li><a href='https://a.example/' time_added='1'>A</a></ul>": "html",
    ATOM: "feed",
    "<!-- x -->\n" + RSS.partition("?>")[2]: "feed",
    OPML: "opml",
    POCKET: "pocket",
    RAINDROP: "raindrop",
    PINBOARD: "pinboard",
    JSON_FEED: "json",
    "url,title\nhttps://a.example/,A\n": "csv",
    "https://a.example/\nhttps://b.example/ B": "urls",
    URLS.replace("# to read\r\n", ""): "urls",
    "# Log\n\nhttps://a.example/": "markdown",
    "[A](https://a.example/)": "markdown",
    "Some words about https://a.example/": "markdown",
}


def found(text, **options):
    return list(read(text.encode(), **options))


@pytest.mark.parametrize(("text", "form"), SAMPLES.items(), ids=map(str, SAMPLES.values()))
def test_a_format_is_recognised_by_its_content(text, form):
    assert detect(text.encode()).name == form
    assert detect(b"\xef\xbb\xbf" + text.encode()).name == form


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"hello", "no links in any format"),
        (b'{"a": 1}', "neither a Pinboard export nor a JSON Feed"),
        (b"\x00\xff\x12", "no links in any format"),
    ],
)
def test_what_is_nothing_known_is_refused(data, reason):
    with pytest.raises(SourceError, match=reason):
        detect(data)


def test_browser_bookmarks():
    assert found(FIREFOX) == [
        Bookmark(
            "https://a.example/?x=1&y=2",
            "A & B",
            note="A note over two lines",
            tags=("one", "two words"),
            added=date(2023, 11, 14),
        ),
        Bookmark("https://b.example/", "B", tags=("Papers <3",), added=date(2023, 11, 14)),
        Bookmark("javascript:void(0)", "Bookmarklet", tags=("Papers <3", "Old")),
        Bookmark("https://c.example/", "C"),
        Bookmark("https://d.example/", "D"),
    ]


def test_atom():
    assert found(ATOM) == [
        Bookmark(
            "https://blog.example/post",
            "Post & more",
            author="Jo",
            note="See X, here, me",
            tags=("essays",),
            added=date(2024, 12, 20),
        )
    ]


def test_links_inside_a_feeds_entries_are_found_when_asked_for():
    inside = found(ATOM, links=True)[1:]
    assert [(b.url, b.title, b.tags) for b in inside] == [
        ("https://x.example/", "X", ("essays",)),
        ("https://blog.example/local", "here", ("essays",)),
    ]


def test_rss():
    (bookmark,) = found(RSS)
    assert (bookmark.url, bookmark.title, bookmark.note) == ("https://a.example/", "Item", "Short.")
    assert (bookmark.author, bookmark.tags) == ("Jo", ("x",))
    assert bookmark.added == date(2024, 12, 20)


def test_a_feed_that_is_not_well_formed_is_read_all_the_same():
    assert [b.url for b in found(RSS.replace("Short.", "Fish & chips"))] == ["https://a.example/"]


def test_opml():
    assert found(OPML) == [
        Bookmark("https://a.example/", "A", tags=("Blogs",)),
        Bookmark(
            "https://b.example/", "B", tags=("x", "y", "Blogs", "Deep"), added=date(2024, 12, 20)
        ),
        Bookmark("https://c.example/feed", "C"),
    ]


def test_opml_that_is_not_well_formed_says_where():
    with pytest.raises(SourceError, match="line 1, column"):
        found("<opml><body>", form=import_format("opml"))


def test_pocket():
    assert found(POCKET) == [
        Bookmark(
            "https://a.example/", "A page", tags=("one", "two words"), added=date(2023, 11, 14)
        ),
        Bookmark("https://b.example/", "", added=date(2023, 11, 14)),
    ]


def test_raindrop():
    assert found(RAINDROP) == [
        Bookmark(
            "https://a.example/",
            "A, page",
            note="My note",
            tags=("one", "two", "Reading", "Essays"),
            added=date(2024, 12, 20),
        ),
        Bookmark("https://b.example/", "B", added=date(2024, 12, 20)),
    ]


def test_pinboard():
    assert found(PINBOARD) == [
        Bookmark(
            "https://a.example/", "A", note="My note", tags=("one", "two"), added=date(2024, 12, 20)
        )
    ]


def test_json_feed():
    assert found(JSON_FEED, links=True) == [
        Bookmark(
            "https://a.example/", "A", author="Jo, Flo", tags=("one",), added=date(2024, 12, 20)
        ),
        Bookmark("https://x.example/", "X", tags=("one",), added=date(2024, 12, 20)),
    ]


def test_url_lists():
    assert found(URLS, form=import_format("urls")) == [
        Bookmark("https://a.example/"),
        Bookmark("HTTPS://b.example/", "A title"),
    ]


def test_old_windows_files_are_read():
    html = '<DL><DT><A HREF="https://a.example/">caf\xe9</A></DL>'
    (bookmark,) = read(html.encode("cp1252"))
    assert bookmark.title == "café"


def test_utf_16_is_read():
    (bookmark,) = read("url,title\nhttps://a.example/,é".encode("utf-16"))
    assert bookmark.title == "é"


@pytest.mark.parametrize("form", FORMATS, ids=str)
@given(
    st.one_of(st.binary(max_size=120), st.sampled_from(list(SAMPLES)).map(str.encode)), st.data()
)
def test_any_bytes_are_bookmarks_or_a_source_error(form, data, more):
    cut = more.draw(st.integers(0, len(data)))
    try:
        bookmarks = list(read(data[:cut], form=form, links=True))
    except SourceError:
        return
    assert all(isinstance(bookmark.url, str) for bookmark in bookmarks)
