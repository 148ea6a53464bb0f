"""Whatever a page names or leads to is there."""

import os
import re
from functools import cache

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, links, prose, spans

NOT_OURS = {
    ".git",
    ".venv",
    "node_modules",
    "__pycache__",
    ".hypothesis",
    ".fuzz",
    "dist",
    "mutants",
}
# Files of the reader's, or made on the way, which the pages speak of.
NOT_IN_THE_TREE = {
    ".venv/bin",
    ".venv/bin/link-drift",
    "/etc/systemd/system/link-drift.service",
    "links.sqlite",
    "links.sqlite-shm",
    "links.sqlite-wal",
    "links.sqlite.corrupt-1",
}
_MEDIA_TYPE = re.compile(r"(?:text|image|application|font)/[\w.+-]+(?:; .*)?")
_ENDING = r"css|html|js|json|md|mjs|png|py|sqlite(?:[.-][\w-]+)?|svg|toml|txt|xml|ya?ml"
# With a folder, or with the ending of a file; routes, addresses and words with a space aside.
_PATH = re.compile(rf"[\w.-]+(?:/[\w.*-]+)*/|[\w.-]+(?:/[\w.*-]+)+|[\w-][\w.-]*\.(?:{_ENDING})")


@cache
def tree():
    """List every file and folder of the project, with slashes at both ends of folders."""
    found = set()
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [one for one in folders if one not in NOT_OURS]
        place = "/" + os.path.relpath(folder, ROOT).replace(os.sep, "/") + "/"
        place = place.replace("/./", "/")
        found |= {place, *(place + file for file in files)}
    return found


def is_there(path):
    """Tell whether a file or folder is at this path, or at the end of a longer one.

    ARCHITECTURE.md says `drift/room.py` for `app/drift/room.py`, which reads well.
    """
    name = path.rstrip("/")
    return any(one.rstrip("/").endswith("/" + name) for one in tree())


def paths(page):
    """Find what a page names as a path in our tree."""
    for span in spans(prose(page)):
        word = span.split(" ")[0] if span.startswith("bench/") else span
        if not _MEDIA_TYPE.fullmatch(word) and _PATH.fullmatch(word):
            yield word


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_is_there(page):
    named = set(paths(page)) - NOT_IN_THE_TREE
    assert sorted(path for path in named if not is_there(path)) == []


def test_paths_are_found_at_all():
    found = {path for page in PAGES for path in paths(page)}
    assert {"app/wire/PROTOCOL.md", "docs/", "constraints.txt", "physics/world.py"} <= found


def test_a_path_that_is_not_there_is_told_from_one_that_is():
    assert is_there("app/settings.py")
    assert is_there("settings.py")
    assert is_there("tests/docs/")
    assert not is_there("app/setting.py")
    assert not is_there("ettings.py")
    assert not is_there("app/settings")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for link in links(page):
        if link.startswith(("http://", "https://")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_what_is_not_in_the_tree_is_spoken_of():
    said = {span for page in PAGES for span in spans(prose(page))}
    assert NOT_IN_THE_TREE - said == set()
