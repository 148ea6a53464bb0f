"""What may stand in XML."""

import pytest

from app.archive.exports.xml_text import xml


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('<a href="x">\'&', "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;"),
        ("a\tb\nc\rd", "a\tb\nc\rd"),
        ("\x00\x08\x0b\x1f\x7f", "\ufffd\ufffd\ufffd\ufffd\x7f"),
        ("\ud800\ufffe\uffff", "\ufffd\ufffd\ufffd"),
        ("\ud7ff\ue000\ufffd\U00010000\U0010ffff", "\ud7ff\ue000\ufffd\U00010000\U0010ffff"),
    ],
)
def test_xml_holds_only_what_it_may(text, written):
    assert xml(text) == written
