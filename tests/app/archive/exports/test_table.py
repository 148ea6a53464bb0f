"""CSV, cell by cell."""

import csv
import io

from app.archive.exports.formats import export, export_format
from tests.two_links import ARCHIVE


def test_csv():
    text = export(ARCHIVE, export_format("csv"))
    assert [*csv.reader(io.StringIO(text))] == [
        ["url", "title", "author", "note", "tags", "added"],
        [
            "https://a.example/?x=1&y=2",
            'A <b> & "c"',
            "Jo & Flo",
            "Why <not>?",
            "one,a & b,/c",
            "2024-12-20",
        ],
        ["https://b.example/", "Plain", "", "", "", ""],
    ]
    assert text.count("\r\n") == 3
