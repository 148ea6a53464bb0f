"""Small good inputs to begin with, and the pieces that each grammar is made of."""

import struct
from collections.abc import Iterator

MESSAGES = (
    b'{"type":"poll","credit":3}',
    b'{"type":"grab","id":"k2v9x0ab","x":12.5,"y":-3}',
    b'{"type":"move","x":1e2,"y":0.25}',
    b'{"type":"fling","vx":800,"vy":-200}',
    b'{"type":"fling"}',
    b'{"type":"lucky","tag":"papers","exclude":["k2v9x0ab","7hd03kqe"]}',
    b'{"type":"opened","id":"k2v9x0ab"}',
)
POLLS = (
    struct.pack("<BBI", 1, 3, 5120),
    struct.pack("<BBI", 1, 8, 0xFFFF_FFFF),
)
_HEADER = struct.Struct("<BHI")
FRAMES = (
    # A keyframe of slots 0 and 2.
    _HEADER.pack(1, 0xC1D4, 5120) + b"\x02"
    + b"\x00" + struct.pack("<6f", 10, 20, 0.1, 1, -1, 0)
    + b"\x01" + struct.pack("<6f", 30, 40, -0.1, 0, 0, 0.5),
    # A delta of two blocks, the older of two records.
    _HEADER.pack(2, 0xC1D4, 5124) + b"\x04"
    + b"\x02\x02" + b"\x00\x80\x04\x81\x05\x02\x03\x04\x00" + b"\x03\x10\x20\x01\x02\x03\x04"
    + b"\x00\x01" + b"\x07\x01\x02\x00\x00\x00\x00",
    # A delta that brings nothing but the tick.
    _HEADER.pack(2, 0xC1D4, 5184) + b"\x3c",
)  # fmt: skip
ARCHIVES = (
    b"title: My links\nlinks:\n  - title: Tides\n    url: https://tides.example/\n"
    b"    author: Jo  # who\n    tags: [sea, moon]\n    added: 2024-12-20\n"
    b"    note: >-\n      How the water\n      knows.\n",
    b'{"links": [{"title": "A", "url": "https://a.example/", "id": "a-1"}]}',
    b"# none yet\nlinks: []\n",
    b"links:\n- title: \"B\\u00e9: b\"\n  url: 'http://b.example/?q=1&r='\n- url: https://c.example\n"
    b"  title: |\n    C\n  tags:\n  - x\n  - 'y: z'\n",
)
URLS = (
    b"https://www.a.example:8443/b/../c%7e?utm_source=x&q=1#/route",
    "https://bücher.example/größe?q=ä".encode(),
    b"http://[2001:db8::1]:80/",
    b"https://youtu.be/abcdefghijk?si=1",
    b"HTTP://127.0.0.1./a//b;c=d?x&x=&=y#!f",
)
IMPORTS: dict[str, tuple[bytes, ...]] = {
    "html": (
        b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><H3>Sea &amp; sky</H3>\n<DL><p>\n"
        b'<DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1700000000" TAGS="one,two">A</A>\n'
        b"<DD>A note\n</DL><p>\n<DT><A HREF=https://b.example/>B\n</DL>\n",
        b"<ul><li><a href='https://c.example/' time_added='1'>C</a></ul>",
    ),
    "feed": (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>R</title><item><title>I</title>'
        b"<link>https://a.example/</link><description>Short.</description><category>x</category>"
        b"<pubDate>Fri, 20 Dec 2024 10:00:00 GMT</pubDate></item></channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Jo (jo@a.example)</name></author>'
        b'<entry><title>P</title><link href="https://b.example/p"/><updated>2024-12-20T10:00:00Z'
        b'</updated><content type="html">&lt;a href="https://x.example/"&gt;X&lt;/a&gt;</content>'
        b"</entry></feed>",
    ),
    "opml": (
        b'<?xml version="1.0"?><opml version="2.0"><body><outline text="F"><outline text="A"'
        b' url="https://a.example/" created="Fri, 20 Dec 2024 10:00:00 GMT" category="x,/y/z"/>'
        b'</outline><outline text="B" xmlUrl="https://b.example/feed"/></body></opml>',
    ),
    "markdown": (
        b'---\ndate: 2024-12-20\n---\n# Log\n\n## Sea\n\n- [Tides](https://a.example/ "T") by Jo:'
        b" how it *moves*\n- <https://b.example/>\n\n### Title\nhttps://c.example/\n\n[r]: "
        b"https://d.example 'D'\n\nSee [R][r], ![x](https://e.example/x.png) and `https://f.example`\n",
        b"```\nhttps://no.example\n```\n> 1. [A [b] c](<https://g.example/a b>)\n",
    ),
    "pocket": (
        b"title,url,time_added,tags,status\nA,https://a.example/,1700000000,one|two,unread\n",
    ),
    "raindrop": (
        b"id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        b'1,"A, a",N,E,https://a.example/,Reading / Sea,"one, two",2024-12-20T10:00:00Z,,,no\n',
    ),
    "pinboard": (
        b'[{"href":"https://a.example/","description":"A","extended":"N",'
        b'"time":"2024-12-20T10:00:00Z","tags":"one two"}]',
    ),
    "json": (
        b'{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://a.example/",'
        b'"id":"1","title":"A","authors":[{"name":"Jo"}],"tags":["one"],"summary":"S",'
        b'"content_html":"<a href=\'https://x.example/\'>X</a>","date_published":"2024-12-20"}]}',
    ),
    "csv": (
        b'url,title,author,note,tags,added\nhttps://a.example/,"A ""a""",Jo,N,"a,b",2024-12-20\n',
    ),
    "urls": (b"# to read\r\nhttps://a.example/\r\n\r\nHTTPS://b.example/ A title\n",),
    "yaml": ARCHIVES,
}

JSON_TOKENS = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"true", b"1e999", b"-0", b"NaN",
    b'"type":', b'"\\ud800"', b"\\u0000", b"9" * 400, b'"x":', b'"id":', b"\xff", b" ",
)  # fmt: skip
BINARY_TOKENS = (
    b"\x00", b"\x01", b"\x02", b"\x7f", b"\x80", b"\xff", b"\xff\xff\xff\xff\x0f",
    b"\xff\xff\xff\xff\x7f", b"\x00\x00\xc0\x7f", b"\x00\x00\x80\x7f",
)  # fmt: skip
YAML_TOKENS = (
    b"\n", b"  ", b"- ", b": ", b"#", b"'", b'"', b"|", b">-", b"[", b"]", b"{", b"}", b"&a ",
    b"*a", b"<<: ", b"!!set ", b"!t ", b"%YAML 1.1\n", b"---\n", b"...\n", b"? ", b"\t", b",",
    b"title: ", b"url: ", b"links:", b"tags: ", b"added: ", b"id: ", b"note: ", b"2024-02-30",
    b"\\x", b"\\U00110000", b"\xef\xbb\xbf", b"\xff", b"\xe2\x80\xa8", b"\xc2\x85", b"\x00", b"\r",
    b"https://", b"0x1F", b"~", b"1e400", b"\xe2\x80\xae",
)  # fmt: skip
URL_TOKENS = (
    b"http", b"https", b"://", b":", b"/", b"//", b"?", b"#", b"@", b"[", b"]", b"%", b"%2", b"%00",
    b".", b"..", b"/../", b"xn--", b"www.", b"0x7f", b"1", b"65536", b"\\", b" ", b"\t", b"&", b"=",
    b"utm_x=", b"s=1", "ß".encode(), "\u200d".encode(), "\u3002".encode(), "İ".encode(), b"\xff",
    b"-", b"_", b"youtube.com/watch?v=", b"e.g",
)  # fmt: skip
MARKUP_TOKENS = (
    b"<", b">", b"</", b"<!--", b"-->", b"<a href=", b"</a>", b"<dl>", b"</dl>", b"<dt>", b"<dd>",
    b"<h3>", b"&#0;", b"&#x110000;", b"&#99999999999;", b"&amp", b"&lt;", b"'", b'"', b"=", b"/",
    b"<![CDATA[", b"]]>", b"<?xml version='1.0' encoding='utf-7'?>", b"<!DOCTYPE ", b"<!ENTITY ",
    b"https://", b"https://a.example/", b"//a.example", b" add_date=", b"-99999999999999",
    b"1700000000", b"1e99", b"<script>", b"\x00", b"\xff", b"\n", b" ", b"xmlns='x' ",
    b"<item>", b"<link>", b"<outline ", b"<body>", b"<pubDate>", b"<entry>", b"\xc2\xa0",
)  # fmt: skip
MARKDOWN_TOKENS = (
    b"[", b"]", b"(", b")", b"](", b"]: ", b"<", b">", b"!", b"#", b"##", b"- ", b"* ", b"> ", b"`",
    b"```", b"~~~", b"\n", b"\n\n", b"\\", b"*", b"_", b"https://a.example/", b" by ", b"|",
    b"---\n", b"===\n", b"1. ", b"  ", b"\t", b'"', b"'", b"2024-12-20", b"May 2024", b"<!--",
    b"-->", b"[^1]", b"<a href=", b"&amp;", b"\r",
    b"\x0c", b"\xe2\x80\xa8", b"\x00", b"+++\n", b"date: ",
)  # fmt: skip
TABLE_TOKENS = (
    b",", b'"', b'""', b"\n", b"\r", b"\r\n", b";", b"\t", b"|", b" / ", b"\x00", b"\xff",
    b"url", b"title", b"tags", b"note", b"added", b"https://a.example/", b"1700000000",
    b"99999999999999999999", b"2024-12-20", b"0000-00-00", b"\xef\xbb\xbf", b"x" * 140,
)  # fmt: skip

IMPORT_TOKENS: dict[str, tuple[bytes, ...]] = {
    "html": MARKUP_TOKENS,
    "feed": MARKUP_TOKENS,
    "opml": MARKUP_TOKENS,
    "markdown": MARKDOWN_TOKENS,
    "pocket": TABLE_TOKENS,
    "raindrop": TABLE_TOKENS,
    "pinboard": (*JSON_TOKENS, b'"href":', b'"tags":', b'"time":', b"https://a.example/"),
    "json": (*JSON_TOKENS, b'"items":', b'"tags":', b'"authors":', b'"content_html":', b"<a href="),
    "csv": TABLE_TOKENS,
    "urls": (*URL_TOKENS, b"\n", b"\r", b"# "),
    "yaml": YAML_TOKENS,
}


def of_all_formats() -> Iterator[bytes]:
    """Every seed of every format."""
    for some in IMPORTS.values():
        yield from some


def all_tokens() -> tuple[bytes, ...]:
    """The pieces of every format."""
    return tuple(sorted({token for some in IMPORT_TOKENS.values() for token in some}))
