"""The fuzzing itself: it covers every parser, finds what is wrong, and makes it small."""

import signal

import pytest

from app.archive.imports.formats import FORMATS
from tests.fuzz import seeds
from tests.fuzz.__main__ import main
from tests.fuzz.inputs import spoil
from tests.fuzz.run import SLOWEST_INPUT_S, TooSlowError, fuzz, keep, once
from tests.fuzz.targets import TARGETS, Target

NAMES = {target.name for target in TARGETS}


def target(run, seed=b"a good input"):
    return Target("made-up", run, (seed,), (b"!", b"?"))


def test_every_format_that_is_imported_is_a_target():
    assert {f"import-{form}" for form in FORMATS} <= NAMES


def test_every_format_that_is_imported_has_good_input_to_begin_with():
    assert {form.name for form in FORMATS} == set(seeds.IMPORTS) == set(seeds.IMPORT_TOKENS)


@pytest.mark.parametrize("one", TARGETS, ids=lambda one: one.name)
def test_a_target_copes_with_its_good_inputs(one):
    for seed in one.seeds:
        once(one, seed)


@pytest.mark.parametrize("one", TARGETS, ids=lambda one: one.name)
def test_a_target_copes_with_the_same_few_spoiled_inputs(one):
    found = fuzz(one, 0, profile="default", inputs_a_round=20)
    assert found.error is None, found
    assert found.executions >= 20


def test_what_breaks_a_target_is_found_and_made_small():
    def run(data):
        assert b"?" not in data

    found = fuzz(target(run), 0)
    assert isinstance(found.error, AssertionError)
    assert found.broken == b"?"


def test_rounds_go_on_until_the_time_is_over():
    moments = iter([0.0, 1.0, 2.0, 3.0])
    found = fuzz(target(len), 2.5, clock=lambda: next(moments), inputs_a_round=10)
    assert list(moments) == []
    assert found.executions > fuzz(target(len), 0, inputs_a_round=10).executions


def test_an_input_that_takes_too_long_is_a_failure(monkeypatch):
    monkeypatch.setattr("tests.fuzz.run.SLOWEST_INPUT_S", 0.01)

    def run(_data):
        while True:
            pass

    with pytest.raises(TooSlowError):
        once(target(run), b"")


def test_nothing_is_timed_once_an_input_is_done():
    before = signal.getsignal(signal.SIGALRM)
    once(target(len), b"")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_an_input_that_broke_is_kept_under_a_name_of_its_own(tmp_path):
    first, second = (keep(target(len), data, tmp_path / "new") for data in (b"1", b"2"))
    assert first != second
    assert first.read_bytes() == b"1"


def test_a_seed_is_spoiled_as_the_program_says():
    tokens = (b"!", b"?")
    no_edit, half_an_edit = b"", b"\0\0\0\0"
    assert spoil(b"abcd", no_edit, tokens) == spoil(b"abcd", half_an_edit, tokens) == b"abcd"
    at_the_start, two_bytes = b"\0\0", b"\2"
    assert spoil(b"abcd", at_the_start + two_bytes + b"\4\1", tokens) == b"?cd"
    assert spoil(b"abcd", at_the_start + two_bytes + b"\0\0", tokens) == b"cd"


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """A target that breaks, in place of all of them."""

    def run(data):
        assert len(data) < 3, "three bytes are too many"

    monkeypatch.setattr("tests.fuzz.__main__.TARGETS", (target(run),))
    return ["--seconds", "0", "--keep", str(tmp_path)]


def test_the_command_tells_what_broke_and_how_to_repeat_it(broken, capsys, tmp_path):
    assert main(broken) == 1
    told = capsys.readouterr()
    (kept,) = tmp_path.iterdir()
    assert f"python -m tests.fuzz made-up --replay {kept}" in told.err
    assert "three bytes are too many" in told.err
    assert "executions" in told.out
    with pytest.raises(AssertionError, match="three bytes are too many"):
        main(["made-up", "--replay", str(kept)])


def test_the_command_is_content_when_nothing_broke(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("tests.fuzz.__main__.TARGETS", (target(len),))
    assert main(["--seconds", "0", "--keep", str(tmp_path / "kept")]) == 0
    assert "1 targets, 0 broken" in capsys.readouterr().out
    assert not (tmp_path / "kept").exists()


def test_a_target_that_is_not_there_is_refused():
    with pytest.raises(SystemExit):
        main(["nothing"])


def test_the_limit_of_an_input_is_seconds_not_minutes():
    assert SLOWEST_INPUT_S <= 10
