"""What an owner begins with."""

from datetime import date

from app.archive.file.example import example
from app.archive.file.load import parse


def test_the_example_is_an_archive_of_the_day_it_is_written():
    loaded = parse(example(date(2026, 1, 2)).encode(), "links.yaml")
    assert loaded.warnings == ()
    assert date(2026, 1, 2) in {link.added for link in loaded.archive}
