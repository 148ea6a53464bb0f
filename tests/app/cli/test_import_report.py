"""The account of an import fits its terminal, and leaves nothing uncounted."""

import pytest

from app.archive.file.merge import Merged, Outcome, Row
from app.archive.render import columns
from app.cli.import_report import summary, table

ADDED = Row(Outcome.ADDED, "A", "https://a.example/", "")
MERGED = Row(Outcome.MERGED, "B", "https://b.example/", "already on line 2; gained a day")


def skipped(why="already on line 2", title="C"):
    return Row(Outcome.SKIPPED, title, "https://c.example/", why)


def lines(*rows, **options):
    return table(Merged("", rows, changed=True), **options).splitlines()


def test_rows_stand_by_outcome_and_the_last_line_sums_up():
    assert lines(skipped(), MERGED, ADDED, skipped(title="D")) == [
        f"added    {'A':<35}  https://a.example/",
        f"merged   {'B':<35}  already on line 2; gained a day",
        f"skipped  {'C':<35}  already on line 2",
        f"skipped  {'D':<35}  already on line 2",
        "added 1, merged 1, skipped 2",
    ]


def test_nothing_found_is_summed_up_too():
    assert lines() == ["added 0, merged 0, skipped 0"]


def test_thousands_are_set_apart():
    assert summary(Merged("", (ADDED,) * 1234, changed=True)) == "added 1,234, merged 0, skipped 0"


def test_forty_rows_of_each_outcome_are_shown_and_the_rest_is_counted():
    told = lines(*[ADDED] * 40, *[MERGED] * 41)
    assert len([line for line in told if "A  " in line]) == 40
    assert told[-2] == "merged   … and 1 more"
    assert len(told) == 40 + 40 + 1 + 1


def test_the_rest_is_counted_in_thousands():
    assert lines(*[ADDED] * 2000, limit=2)[2] == "added    … and 1,998 more"


def test_reasons_of_the_rest_are_counted_without_their_places_the_most_frequent_first():
    rest = [skipped(f"already on line {number}") for number in range(3)]
    rest += [skipped(why) for why in ("twice in this import", "a", "b", "c", "d")]
    told = lines(skipped("first"), *rest, *[skipped("twice in this import")] * 3, limit=1)
    assert told[1:-1] == [
        "skipped  … and 11 more",
        "           4: twice in this import",
        "           3: already",
        "           1: a",
        "           1: b",
        "           1: c",
    ]


def test_only_what_was_skipped_has_its_reasons_counted():
    assert len(lines(*[MERGED] * 3, limit=1)) == 3


def test_a_row_without_a_reason_tells_its_address_and_one_without_a_title_too():
    (line, _) = lines(Row(Outcome.ADDED, "", "https://a.example/", ""))
    assert line.split() == ["added", "https://a.example/", "https://a.example/"]


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("title", ["t" * 200, "日本語" * 60])
def test_a_row_fits_its_terminal(width, title):
    (line, _) = lines(Row(Outcome.SKIPPED, title, "u", "w" * 200), width=width)
    assert width - 4 <= columns(line) <= width
    assert line.count("…") == 2


@pytest.mark.parametrize("width", [1, 40, 51])
def test_a_row_never_shrinks_below_what_can_be_read(width):
    (line, _) = lines(Row(Outcome.SKIPPED, "t" * 99, "u", "w" * 99), width=width)
    assert line == f"skipped  {'t' * 15}…  {'w' * 23}…"


def test_titles_take_two_fifths_of_the_room():
    (line, _) = lines(Row(Outcome.SKIPPED, "t" * 99, "u", "w" * 99), width=111)
    assert line == f"skipped  {'t' * 39}…  {'w' * 59}…"


def test_what_just_fits_is_not_cut():
    (line, _) = lines(Row(Outcome.SKIPPED, "t" * 40, "u", "w" * 60), width=111)
    assert line == f"skipped  {'t' * 40}  {'w' * 60}"


def test_what_would_move_the_cursor_is_blank():
    (line, _) = lines(Row(Outcome.ADDED, "a\x1b[2Jb\nc", "u", "d\re"))
    assert line.startswith("added    a [2Jb c ")
    assert line.endswith(" d e")
