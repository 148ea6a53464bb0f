"""What is exported and imported again is the same, for what each format holds."""

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import UnknownFormatError
from app.archive.exports.formats import FORMATS, export, export_format
from app.archive.file.load import load, parse
from app.archive.imports.admit import admit
from app.archive.imports.formats import detect, import_format, read
from app.archive.link import Archive

BUNDLED = load(Path(__file__).parents[4] / "links.yaml").archive

# What each format has a place for, beside url and title.
FIELDS = {
    "html": {"note", "tags", "added"},
    "opml": {"author", "note", "tags", "added"},
    "markdown": {"author", "note", "first tag", "added"},
    "json": {"author", "note", "tags", "added"},
    "csv": {"author", "note", "tags", "added"},
}


def facts(link, fields):
    """What a format should keep of a link."""
    told = [link.url, link.title]
    told += [getattr(link, name) for name in ("author", "note", "added") if name in fields]
    tags = [*link.tags]
    if "first tag" in fields:
        told.append(tags[:1])
    elif "tags" in fields:
        told.append(tags)
    return told


def round_trip(archive, form):
    text = export(archive, form, title="A & <B> --> \U0001f30a")
    bookmarks = read(text.encode(), form=import_format(form.name))
    return [facts(admit(bookmark), FIELDS[form.name]) for bookmark in bookmarks]


def original(archive, form):
    return [facts(link, FIELDS[form.name]) for link in archive]


def by_url(told):
    return sorted(told, key=lambda facts: facts[0])


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_the_bundled_archive_comes_back(form):
    assert by_url(round_trip(BUNDLED, form)) == by_url(original(BUNDLED, form))


@pytest.mark.parametrize("form", [form for form in FORMATS if form.name != "markdown"], ids=str)
def test_links_keep_their_order(form):
    assert round_trip(BUNDLED, form) == original(BUNDLED, form)


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_an_export_is_recognised_by_its_content(form):
    assert detect(export(BUNDLED, form).encode()) is import_format(form.name)


pieces = st.one_of(
    st.sampled_from(list("abcXYZ 0129-–—.:;,!?'\"*_`~#&<>[](){}|\\/+=@%^$")),
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
    st.sampled_from(["https://x.example/y", " by ", "2024-01-02", "&amp;", "1. ", "May 2024"]),
)
words = st.lists(pieces, min_size=1, max_size=20).map(
    lambda parts: " ".join("".join(parts).replace("\u202d", "").replace("\u202e", "").split())
)
texts = words.filter(lambda text: text)
tags = texts.map(lambda text: text.replace(",", " ").strip()).filter(lambda tag: 0 < len(tag) <= 50)
days = st.dates(date(1970, 1, 2), date(2999, 12, 31))
entries = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "author": texts,
        "note": texts,
        "tags": st.lists(tags, min_size=1, max_size=4, unique_by=str.casefold),
        "added": days.map(str),
        "query": st.text("abc&=;%()[]~!*'_-", max_size=12),
    },
)


@st.composite
def archives(draw):
    links = []
    for number, drawn in enumerate(draw(st.lists(entries, min_size=1, max_size=4))):
        entry = dict(drawn)
        entry["url"] = f"https://a.example/{number}?{entry.pop('query', '')}"
        links.append(entry)
    return parse(json.dumps(links).encode(), "x").archive  # JSON is YAML


@pytest.mark.parametrize("form", FORMATS, ids=str)
@given(archives())
def test_any_archive_comes_back(form, archive: Archive):
    assert by_url(round_trip(archive, form)) == by_url(original(archive, form))


def test_netscape_html_is_what_browsers_read():
    seen = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "a":
                seen.append(dict(attrs)["href"])

    Reader().feed(export(BUNDLED, export_format("html")))
    assert seen == [link.url for link in BUNDLED]


def test_opml_is_well_formed_and_2_0():
    root = ET.fromstring(export(BUNDLED, export_format("opml")).encode())
    assert root.attrib["version"] == "2.0"
    assert len(root.findall("body/outline")) == len(BUNDLED)


def test_json_feed_says_its_version():
    feed = json.loads(export(BUNDLED, export_format("json")))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"id", "url", "title", "content_text"} <= feed["items"][0].keys()


def test_csv_has_a_line_of_names():
    rows = list(csv.DictReader(io.StringIO(export(BUNDLED, export_format("csv")))))
    assert rows[0]["title"] == BUNDLED.links[0].title


def test_markdown_reads_well():
    archive = parse(
        b"- {title: 'A *b*', url: 'https://a.example/', author: Ted Chiang, note: Why.,"
        b" tags: [short stories], added: 2024-12-20}",
        "x",
    ).archive
    assert export(archive, export_format("markdown"), title="Mine") == (
        "<!-- Mine -->\n\n# short stories\n\n## 2024-12-20\n\n"
        "- [A \\*b\\*](<https://a.example/>) by Ted Chiang\n  Why.\n"
    )


def test_a_format_has_other_names():
    assert export_format("Netscape").name == "html"
    assert export_format("md").name == "markdown"


def test_an_unknown_format_is_told_with_the_known_ones():
    with pytest.raises(UnknownFormatError, match="html, opml, markdown, json, csv"):
        export_format("pdf")
