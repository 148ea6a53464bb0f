"""JSON from strangers is a value or a clear error."""

from app.archive.imports import json_text, pinboard
from tests.refusing import refused


def test_what_is_not_json_is_told_with_its_place():
    assert refused(pinboard.read, "[\n1,") == "is not JSON: Expecting value at line 2, column 3"
    assert refused(pinboard.read, "[" * 100_000).startswith("is not JSON that can be read: ")


def test_the_first_text_with_something_in_it_is_taken():
    facts = {"a": " ", "b": 5, "c": " x ", "d": "y"}
    assert json_text.text_in(facts, "z", "a", "b", "c", "d") == "x"
    assert json_text.text_in(facts, "a") == ""
