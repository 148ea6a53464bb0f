"""Raindrop's tables."""

from datetime import date

from app.archive.imports import raindrop
from app.archive.imports.bookmark import Bookmark

A = "https://a.example/"


DAY = date(2024, 12, 20)


def test_a_raindrops_collections_are_tags_unless_it_is_unsorted():
    text = (
        "id,title,note,excerpt,url,folder,tags,created\n"
        f'1,T,N,E,{A},R / S,"a, b",2024-12-20\n2,U,,,{A},UNSORTED,,\n'
    )
    assert [*raindrop.read(text)] == [
        Bookmark(A, "T", note="N", tags=("a", "b", "R", "S"), added=DAY),
        Bookmark(A, "U"),
    ]
