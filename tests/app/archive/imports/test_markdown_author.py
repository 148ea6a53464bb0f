"""Where a name begins and ends after a link in Markdown."""

import pytest

from app.archive.imports.markdown_author import MAX_NAME_WORDS, author_after


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        (" by Jo Doe", "Jo Doe"),
        (" by: Jo", "Jo"),
        (" BY Jo", "Jo"),
        (", *by* Jo", ""),
        ("by Jo", "Jo"),
        (" [by Jo]", "Jo"),
        (" by Jo, who", "Jo"),
        (" by Jo; who", "Jo"),
        (" by Jo: who", "Jo"),
        (" by Jo | x", "Jo"),
        (" by Jo\nwho", "Jo"),
        (" by Jo - who", "Jo"),
        (" by Jo – who", "Jo"),
        (" by Jo-Ann Doe", "Jo-Ann Doe"),
        (" by Jo Doeson. It is short", "Jo Doeson"),
        (" by J. R. R. Doe", "J. R. R. Doe"),
        (" by Jo\\, Doe", "Jo, Doe"),
        (" by *jo the small*, x", "jo the small"),
        (" by __jo doe__ x", "jo doe"),
        (" by de Jo", ""),
        (" by Jo doe", ""),
        (" by A B C D E F", "A B C D E F"),
        (" by A B C D E F G", ""),
        (" by ", ""),
        (" by , x", ""),
        (" bystanders", ""),
        (" and by Jo", ""),
    ],
)
def test_a_name_is_told_from_words(tail, name):
    assert author_after(tail)[0] == name
    assert MAX_NAME_WORDS == 6


def test_what_told_the_author_is_measured():
    assert author_after(" by Jo, x") == ("Jo", 6)
    assert author_after(" by *jo*, x") == ("jo", 8)
    assert author_after(" by far too") == ("", 0)
    assert author_after(" x") == ("", 0)
