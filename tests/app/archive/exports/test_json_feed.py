"""JSON Feed, item by item."""

import json

from app.archive.exports.formats import export, export_format
from tests.two_links import ARCHIVE

FIRST = ARCHIVE.links[0].id


def test_json_feed():
    text = export(ARCHIVE, export_format("json"), title="M & é")
    assert json.loads(text) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "M & é",
        "items": [
            {
                "id": FIRST,
                "url": "https://a.example/?x=1&y=2",
                "title": 'A <b> & "c"',
                "content_text": "Why <not>?",
                "summary": "Why <not>?",
                "authors": [{"name": "Jo & Flo"}],
                "tags": ["one", "a & b", "/c"],
                "date_published": "2024-12-20T00:00:00Z",
            },
            {"id": "plain", "url": "https://b.example/", "title": "Plain", "content_text": "Plain"},
        ],
    }
    assert "é" in text
    assert len(text.splitlines()) == 4
