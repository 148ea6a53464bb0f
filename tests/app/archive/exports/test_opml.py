"""OPML, character by character."""

from app.archive.exports.formats import export, export_format
from tests.two_links import ARCHIVE


def test_opml():
    assert export(ARCHIVE, export_format("opml"), title="M & <i>") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        "  <head>\n    <title>M &amp; &lt;i&gt;</title>\n  </head>\n  <body>\n"
        '    <outline type="link" text="A &lt;b&gt; &amp; &quot;c&quot;"'
        ' url="https://a.example/?x=1&amp;y=2" author="Jo &amp; Flo"'
        ' description="Why &lt;not&gt;?" category="one,a &amp; b,//c"'
        ' created="Fri, 20 Dec 2024 00:00:00 GMT"/>\n'
        '    <outline type="link" text="Plain" url="https://b.example/"/>\n'
        "  </body>\n</opml>\n"
    )
