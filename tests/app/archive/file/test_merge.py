"""Bookmarks go into the owner's file; what the owner wrote stays."""

import difflib
import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import ArchiveError
from app.archive.file.load import parse
from app.archive.file.merge import Outcome, merge
from app.archive.imports.bookmark import Bookmark
from app.cli.import_report import summary, table

BUNDLED = (Path(__file__).parents[4] / "links.yaml").read_bytes()

HAND_WRITTEN = """\
# My links, by hand.
title: Mine   # shown on top

links:
  # The first one.
  - title: 'One'   # quoted on purpose
    url:   https://one.example/
    tags: [a,   b]

  - url: "https://two.example/"
    title: >-
      Two, over
      lines
    note: |
      A note.

    tags:
      - c   # why c
      - d
    # the end of two

  - {title: Three, url: https://three.example/}
# the end
"""

STYLES = {
    "by hand": HAND_WRITTEN,
    "no final newline": HAND_WRITTEN.rstrip("\n"),
    "windows": HAND_WRITTEN.replace("\n", "\r\n"),
    "dashes at the margin": "links:\n- title: One\n  url: https://one.example/\n",
    "a bare list": "- url: https://one.example/\n  title: One\n",
    "wide indentation": "links:\n    -   title: One\n        url: https://one.example/\n",
    "links first": "links:\n  - title: One\n    url: https://one.example/\ntitle: Mine\n",
    "json": '{"links": [{"title": "One", "url": "https://one.example/", "tags": ["a"]}]}',
    "flow, trailing commas": "[{title: One, url: https://one.example/, tags: [a,],},]",
    "empty values": "- title: One\n  url: https://one.example/\n  tags:\n  note:\n  author: ~\n",
    "empty tags": "- title: One\n  url: https://one.example/\n  tags: []\n",
    "folded url": "- title: One\n  url: >-\n    https://one.example/\n",
    "document marks": "---\n- title: One\n  url: https://one.example/\n...\n",
    "an anchor-like title": "- title: 'x & y'\n  url: https://one.example/ # &x\n",
    "byte order mark": "\ufeff- title: One\n  url: https://one.example/\n",
    "kept line ends": "- title: One\n  url: https://one.example/\n  note: |+\n    text\n\n\n",
}


def merged(text, *bookmarks, **options):
    data = text.encode() if isinstance(text, str) else text
    return merge(data, bookmarks, name="links.yaml", **options)


def links(text):
    return parse(text.encode(), "links.yaml").archive.links


def lines_taken_out(before, after):
    return [
        line[2:]
        for line in difflib.ndiff(before.splitlines(), after.splitlines())
        if line.startswith("- ")
    ]


NEW = Bookmark("https://new.example/", "New: it's", "Jo", "Why", ("a", "new"), date(2024, 1, 2))
MORE = Bookmark("http://www.one.example", "Other", "Jo: x", "More", ("A", "e"), date(2024, 1, 2))


@pytest.mark.parametrize("style", STYLES)
def test_a_new_link_is_added_at_the_end_in_any_style(style):
    before = STYLES[style]
    result = merged(before, NEW)
    *old, new = links(result.text)
    assert old == list(links(before))
    assert (new.title, new.url, new.author) == ("New: it's", "https://new.example/", "Jo")
    assert (new.note, new.tags, new.added) == ("Why", ("a", "new"), date(2024, 1, 2))


@pytest.mark.parametrize("style", STYLES)
def test_a_link_gains_what_it_lacks_in_any_style(style):
    before = links(STYLES[style])[0]
    after = links(merged(STYLES[style], MORE).text)[0]
    assert (after.url, after.title) == (before.url, before.title)
    assert after.author == "Jo: x"
    assert after.note == (before.note or "More")
    assert after.added == date(2024, 1, 2)
    assert after.tags == ((*before.tags, "e") if "a" in before.tags else ("A", "e"))


@pytest.mark.parametrize("style", STYLES)
def test_everything_else_stays_as_it_was(style):
    before = STYLES[style].removeprefix("\ufeff")
    after = merged(STYLES[style], NEW, MORE).text
    changed = lines_taken_out(before, after)
    assert all("tags" in line or "{" in line or line.rstrip()[-1:] in ":~]" for line in changed)
    assert [line for line in after.splitlines() if line.strip().startswith("#")] == [
        line for line in before.splitlines() if line.strip().startswith("#")
    ]


def test_the_owners_file_differs_by_the_new_lines_only():
    result = merged(HAND_WRITTEN, NEW)
    assert lines_taken_out(HAND_WRITTEN, result.text) == []
    assert result.text.replace("\r", "").endswith(
        "  - {title: Three, url: https://three.example/}\n\n"
        '  - title: "New: it\'s"\n'
        "    url: https://new.example/\n"
        "    author: Jo\n"
        '    note: "Why"\n'
        "    tags: [a, new]\n"
        "    added: 2024-01-02\n"
        "# the end\n"
    )


def test_windows_line_ends_stay():
    after = merged(STYLES["windows"], NEW, MORE).text
    assert after.count("\n") == after.count("\r\n")


def test_json_stays_json():
    after = json.loads(merged(STYLES["json"], NEW, MORE).text)
    assert [link["title"] for link in after["links"]] == ["One", "New: it's"]


def test_an_import_twice_changes_nothing_the_second_time():
    once = merged(HAND_WRITTEN, NEW, MORE)
    twice = merged(once.text, NEW, MORE)
    assert twice.text == once.text
    assert not twice.changed
    assert twice.count(Outcome.SKIPPED) == 2


def test_rows_say_what_became_of_each():
    result = merged(
        HAND_WRITTEN,
        NEW,
        MORE,
        Bookmark("https://three.example/", "Three"),
        Bookmark("javascript:void(0)", "Bookmarklet"),
        Bookmark("https://new.example/?utm_source=x", "Again", tags=("z",)),
        Bookmark("https://new.example/", "Again"),
    )
    assert [(row.outcome, row.why) for row in result.rows] == [
        (Outcome.ADDED, ""),
        (Outcome.MERGED, "already on line 7; gained an author, a note, a day, the tag e"),
        (Outcome.SKIPPED, "already on line 22"),
        (Outcome.SKIPPED, "its URL uses the scheme javascript; only http and https are links here"),
        (Outcome.MERGED, "twice in this import; gained the tag z"),
        (Outcome.SKIPPED, "twice in this import"),
    ]
    assert links(result.text)[-1].tags == ("a", "new", "z")


def test_own_dates_and_notes_are_kept():
    text = "- {title: T, url: 'https://a.example/', note: mine, added: 2020-01-01}"
    result = merged(text, Bookmark("https://a.example/", note="theirs", added=date(2024, 1, 1)))
    assert not result.changed


def test_tags_take_the_spelling_of_the_archive():
    result = merged(BUNDLED, Bookmark("https://new.example/", "N", tags=("WRITINGS", "Agi")))
    assert links(result.text)[-1].tags == ("writings", "agi")


def test_tags_for_all():
    result = merged(HAND_WRITTEN, NEW, tags=("imported",))
    assert links(result.text)[-1].tags == ("a", "new", "imported")


@pytest.mark.parametrize("before", [None, b"", b"# only a comment\r\n", b"\n"])
def test_a_file_that_says_nothing_yet_is_begun(before):
    result = merged(before, NEW)
    assert len(links(result.text)) == 1
    assert result.text.startswith("#" if before != b"\n" else "links:")


def test_nothing_is_begun_with_nothing():
    result = merged(None, Bookmark("javascript:x"))
    assert (result.text, result.changed) == ("", False)


def test_a_broken_file_is_refused():
    with pytest.raises(ArchiveError):
        merged("links: [", NEW)


def test_a_text_that_is_too_large_to_be_served_says_so():
    many = [Bookmark(f"https://a.example/{number}", "x" * 200) for number in range(5000)]
    assert merged(None, *many).is_too_large
    assert not merged(None, *many[:100]).is_too_large


def test_progress_is_told():
    told = []
    many = [Bookmark(f"https://a.example/{number}") for number in range(2500)]
    merged(None, *many, total=2500, progress=lambda done, total: told.append((done, total)))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]


@pytest.mark.long
def test_merging_many_is_linear():
    def spent_s(count):
        many = [
            Bookmark(f"https://a{n % 97}.example/{n}", f"Title {n}", tags=(f"t{n % 50}",))
            for n in range(count)
        ]
        began_s = time.process_time()
        merged(None, *many)
        return time.process_time() - began_s

    spent_s(500)
    small, large = spent_s(5_000), spent_s(20_000)
    assert large < 4 * small * 2.5


texts = st.text(
    st.one_of(
        st.sampled_from(list("abc \"'\\:#-&*!|>%@`{}[],?~\t\n0")),
        st.characters(codec="utf-8"),
    ),
    max_size=25,
)
bookmarks = st.builds(
    Bookmark,
    st.sampled_from(
        [
            "https://one.example/",
            "https://two.example",
            "https://three.example",
            "http://x.example:8/?,",
            "https://y.example/a:",
            "https://z.example/#!/x",
        ]
    ),
    texts,
    texts,
    texts,
    st.lists(texts, max_size=3).map(tuple),
    st.one_of(st.none(), st.dates()),
)


@pytest.mark.parametrize("style", STYLES)
@given(st.lists(bookmarks, min_size=1, max_size=4))
def test_whatever_is_merged_reads_back(style, found):
    """The merge itself refuses what does not read back: it never has to."""
    result = merged(STYLES[style], *found)
    assert result.count(Outcome.SKIPPED) <= len(found)
    assert merged(result.text, *found).text == result.text


def test_the_table_tells_and_sums_up():
    result = merged(HAND_WRITTEN, NEW, Bookmark("javascript:x", "日本語" * 20), MORE)
    rows = table(result, width=80).splitlines()
    assert [row.split()[0] for row in rows[:3]] == ["added", "merged", "skipped"]
    assert rows[-1] == summary(result) == "added 1, merged 1, skipped 1"
    assert "uses the scheme javascript" in rows[2]


def test_a_long_table_is_counted():
    many = [Bookmark("https://one.example/")] * 10 + [Bookmark("mailto:a@b")] * 50
    rows = table(merged(HAND_WRITTEN, *many), limit=5).splitlines()
    assert "… and 55 more" in rows[5]
    assert "50: its URL uses the scheme mailto" in rows[6]
    assert "5: already" in rows[7]
