"""What a source shows of itself to those who are to recognise it."""

import pytest

from app.archive.imports.sample import Sample, decoded


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xff\xfeh\0\xe9\0", "hé"),
        (b"\xfe\xff\0h\0\xe9", "hé"),
        (b"\xff\xfeh", "\ufffd"),
        (b"\xef\xbb\xbfh\xc3\xa9", "hé"),
        (b"h\xe9\x80", "h\xe9€"),
        (b"h\x81\xe9", "h\ufffd\xe9"),
    ],
)
def test_bytes_are_read_as_the_text_they_most_likely_are(data, text):
    assert decoded(data) == text


def test_only_what_begins_with_a_bracket_is_tried_as_json():
    assert Sample(b'\xef\xbb\xbf {"a": 1}').json == {"a": 1}
    assert not Sample(b'"a"').is_json
    assert Sample(b"[]").is_json


def test_broken_json_is_no_json():
    assert not Sample(b"[a](https://a.example/)").is_json
    assert Sample(b"[a](https://a.example/)").json is None


def test_the_root_is_the_first_element_after_what_xml_may_begin_with():
    assert Sample(b"<?xml version='1.0'?><!-- <a> --><!DOCTYPE x><RSS>").root == "rss"
    assert Sample(b"words <rss>").root == ""
    assert Sample(b"\x0c<rss>").root == ""


def test_white_space_before_a_tag_does_not_count():
    assert Sample(b" \n<p>").is_markup
    assert not Sample(b"words <p>").is_markup


def test_white_space_of_any_kind_is_blank():
    assert Sample(b" \n\x0c").is_blank
    assert not Sample(b" \n.").is_blank
