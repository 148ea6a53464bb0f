"""Which formats are written, and what they are called."""

import json

import pytest

from app.archive.errors import UnknownFormatError
from app.archive.exports.formats import FORMATS, export, export_format
from app.archive.file.load import parse
from tests.two_links import ARCHIVE


def markdown(**fields):
    told = {"title": "T", "url": "https://a.example/"} | fields
    archive = parse(json.dumps([told]).encode(), "x").archive
    return export(archive, export_format("markdown")).partition("-->\n\n")[2]


def test_every_format_has_its_media_type():
    assert {form.name: form.media_type for form in FORMATS} == {
        "html": "text/html; charset=utf-8",
        "opml": "text/x-opml; charset=utf-8",
        "markdown": "text/markdown; charset=utf-8",
        "json": "application/feed+json",
        "csv": "text/csv; charset=utf-8",
    }


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((form.name, form.name) for form in FORMATS),
        ("bookmarks", "html"),
        ("json-feed", "json"),
        ("jsonfeed", "json"),
        ("md", "markdown"),
        ("netscape", "html"),
        (" CSV ", "csv"),
    ],
)
def test_a_format_has_its_names(name, form):
    assert export_format(name).name == form


def test_an_unknown_format_is_cut_in_its_message():
    with pytest.raises(UnknownFormatError) as error:
        export_format("x" * 60)
    assert str(error.value) == (
        f"'{'x' * 40}' is no format; known are html, opml, markdown, json, csv"
    )


def test_a_document_without_a_title_is_a_link_archive():
    assert export(ARCHIVE, export_format("markdown")).startswith("<!-- Link archive -->\n")
