"""XML from strangers: what is not read, and why."""

import pytest

from app.archive.imports import opml
from tests.refusing import refused


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
