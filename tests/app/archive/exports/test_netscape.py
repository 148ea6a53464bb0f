"""Bookmarks for browsers, character by character."""

from app.archive.exports.formats import export, export_format
from tests.two_links import ARCHIVE


def test_netscape_html():
    assert export(ARCHIVE, export_format("html"), title="M & <i>") == (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
        "<!-- An export of a link archive. Browsers import this file as bookmarks. -->\n"
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
        "<TITLE>M &amp; &lt;i&gt;</TITLE>\n<H1>M &amp; &lt;i&gt;</H1>\n<DL><p>\n"
        '    <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1734652800"'
        ' TAGS="one,a &amp; b,/c">A &lt;b&gt; &amp; &quot;c&quot;</A>\n'
        "    <DD>Why &lt;not&gt;?\n"
        '    <DT><A HREF="https://b.example/">Plain</A>\n'
        "</DL><p>\n"
    )
