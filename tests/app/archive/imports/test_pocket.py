"""Pocket's tables."""

from datetime import date

from app.archive.imports import pocket
from app.archive.imports.bookmark import Bookmark

A = "https://a.example/"


DAY = date(2024, 12, 20)


def test_pocket_calls_a_page_without_title_by_its_address():
    text = f"title,url,time_added,tags\n{A},{A},1734652800,a| b ||c\nT,{A},,\n"
    assert [*pocket.read(text)] == [
        Bookmark(A, "", tags=("a", "b", "c"), added=DAY),
        Bookmark(A, "T"),
    ]
