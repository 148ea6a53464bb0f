"""Keeping a site in step with a file: what is served, what is told, and since when."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.archive.errors import ArchiveError
from app.archive.file.load import Loaded
from app.archive.file.watch import Broken, Reloaded
from app.archive.problem import Problem, Severity
from app.web import keeper as keepers
from app.web.keeper import Keeper
from tests.some_links import make_archive

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Site:
    """Notes down what it is asked to do."""

    def __init__(self):
        self.now = NOON
        self.archive = make_archive(3)
        self.adopted = []
        self.reported = []
        self.room = SimpleNamespace(report=self.reported.append)

    def clock(self):
        return self.now

    def adopt(self, loaded):
        self.adopted.append(loaded)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def keeper(site):
    return Keeper(site, Path("mine/links.yaml"), Loaded(site.archive))


def broken(*reasons, line=4):
    problems = tuple(Problem(line, 1, "", reason) for reason in reasons or ["no url"])
    return ArchiveError("mine/links.yaml", problems)


def test_a_file_that_was_good_is_no_trouble(keeper):
    assert keeper.trouble is None
    assert keeper.loaded_at == NOON


def test_a_trouble_dates_from_when_it_was_first_seen(site, keeper):
    keeper.found_broken(broken("first mistake"))
    site.now = NOON + timedelta(hours=1)
    keeper.found_broken(broken("second mistake"))
    assert keeper.trouble.since == NOON
    assert keeper.trouble.error.problems[0].reason == "second mistake"


def test_a_trouble_after_a_good_file_dates_from_anew(site, keeper):
    keeper.found_broken(broken())
    keeper.found_good(Loaded(make_archive(2)))
    site.now = NOON + timedelta(hours=1)
    keeper.found_broken(broken())
    assert keeper.trouble.since == NOON + timedelta(hours=1)


def test_a_broken_file_changes_nothing_and_is_told_in_the_room_and_the_log(site, keeper, caplog):
    site.now = NOON + timedelta(minutes=5)
    keeper.found_broken(broken("a link has no url"))
    assert site.adopted == []
    assert keeper.loaded_at == NOON
    said = "links.yaml, line 4: a link has no url, since 12:05 UTC. The last good archive is shown."
    assert site.reported == [said]
    assert "a link has no url" in caplog.text
    assert "of 3 links, is still served" in caplog.text
    assert {record.levelname for record in caplog.records} == {"ERROR"}


def test_a_good_file_is_served_and_ends_the_trouble(site, keeper, caplog):
    keeper.found_broken(broken())
    site.now = NOON + timedelta(hours=2)
    good = Loaded(make_archive(2))
    keeper.found_good(good)
    assert site.adopted == [good]
    assert keeper.trouble is None
    assert keeper.loaded_at == NOON + timedelta(hours=2)
    assert caplog.messages[-1] == "mine/links.yaml: 2 links"


def test_further_mistakes_are_counted(keeper):
    keeper.found_broken(broken("first", "second", "third"))
    assert "first (and 2 more), since" in str(keeper.trouble)


def test_a_warning_before_the_mistake_is_neither_told_nor_counted(keeper):
    warning = Problem(1, 1, "", "is a pity", Severity.WARNING)
    mistake = Problem(7, 1, "", "is wrong")
    keeper.found_broken(ArchiveError("links.yaml", (warning, mistake)))
    assert str(keeper.trouble).startswith("links.yaml, line 7: is wrong, since")


def test_a_trouble_of_the_file_as_a_whole_names_no_line(keeper):
    keeper.found_broken(broken("there is no such file", line=0))
    assert str(keeper.trouble).startswith("links.yaml: there is no such file, since 12:00 UTC.")


def test_each_change_is_taken_for_what_it_is(site, keeper, monkeypatch):
    good = Loaded(make_archive(2))
    asked = []

    async def changes(path, loaded, *, stop):
        asked.append((path, loaded, stop))
        yield Broken(broken())
        yield Reloaded(good)
        yield Broken(broken("at last"))

    monkeypatch.setattr(keepers, "changes", changes)
    stop = asyncio.Event()
    asyncio.run(keeper.keep(stop))
    assert asked == [(keeper.path, Loaded(site.archive), stop)]
    assert site.adopted == [good]
    assert keeper.trouble.error.problems[0].reason == "at last"
