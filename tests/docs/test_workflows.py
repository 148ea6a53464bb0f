"""The workflows run what `make` offers, on what the project says it needs."""

import re

import pytest
from ruamel.yaml import YAML

from tests.docs import built
from tests.docs.pages import ROOT, source

FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))


def read(file):
    return YAML(typ="safe").load(source(file))


def commands(file):
    return [
        step["run"]
        for job in read(file)["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]  # fmt: skip


def test_there_are_the_two_that_are_spoken_of():
    assert [file.name for file in WORKFLOWS] == ["ci.yml", "fuzz.yml"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_runs_what_make_offers_and_nothing_else(file):
    assert commands(file)
    for command in commands(file):
        program, *words = command.split()
        assert program == "make"
        assert {word for word in words if "=" not in word} <= built.make_targets()


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_what_a_workflow_sets_is_a_variable_of_make(file):
    known = set(re.findall(r"^(\w+) \?=", source(ROOT / "Makefile"), re.MULTILINE))
    for command in commands(file):
        assert {word.partition("=")[0] for word in command.split() if "=" in word} <= known


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_may_read_and_no_more(file):
    assert read(file)["permissions"] == {"contents": "read"}


def test_every_push_runs_the_tests():
    told = read(FOLDER / "ci.yml")
    assert {"push", "pull_request"} <= set(told["on"])
    assert "make test" in commands(FOLDER / "ci.yml")


def test_the_oldest_python_that_is_promised_is_tested():
    pythons = read(FOLDER / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    (oldest,) = re.findall(r'requires-python = ">=([\d.]+)"', source(ROOT / "pyproject.toml"))
    assert pythons[0] == oldest
    assert source(ROOT / ".python-version").strip() == oldest


def test_the_fuzzing_is_weekly():
    (timer,) = read(FOLDER / "fuzz.yml")["on"]["schedule"]
    _minute, _hour, day_of_month, month, weekday = timer["cron"].split()
    assert (day_of_month, month) == ("*", "*")
    assert weekday.isdigit()
