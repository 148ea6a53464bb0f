"""Every table of the pages agrees with the code, both ways round."""

import re

import pytest

from tests.docs import built
from tests.docs.pages import DOCS, ROOT, prose, section, source, spans, table


@pytest.fixture(scope="module")
def routes():
    return built.routes(built.bundled_app())


def test_the_api_page_lists_every_route_and_no_other(routes):
    rows = table(source(DOCS / "api.md"), "address")
    assert {spans(row[0])[0] for row in rows} == set(routes)


def test_the_api_page_lists_every_parameter_of_every_route_and_no_other(routes):
    rows = table(source(DOCS / "api.md"), "address")
    assert {spans(row[0])[0]: set(spans(row[1])) for row in rows} == routes


def test_the_api_page_explains_every_parameter_and_no_other(routes):
    rows = table(source(DOCS / "api.md"), "parameter")
    explained = [name for row in rows for name in spans(row[0])]
    assert sorted(explained) == sorted(set().union(*routes.values()))


def test_the_settings_are_all_listed_and_no_other():
    rows = table(source(DOCS / "deploy.md"), "variable")
    assert [spans(row[0]) for row in rows] == [
        [name.upper()] for name in built.Settings.model_fields
    ]


def test_the_settings_have_the_defaults_that_are_told():
    for name, default, _ in table(source(DOCS / "deploy.md"), "variable"):
        field = built.Settings.model_fields[spans(name)[0].lower()]
        told = re.fullmatch(r"`([^`]+)`", default)
        assert (told[1] if told else None) == (
            None if field.default in (None, []) else str(field.default)
        ), name


def test_every_command_has_its_section_and_no_other():
    headings = re.findall(r"^## (.*)$", prose(DOCS / "command-line.md"), re.MULTILINE)
    assert set(headings) == set(built.commands())


@pytest.mark.parametrize("command", built.commands())
def test_every_option_of_a_command_is_listed_and_no_other(command):
    told = section(DOCS / "command-line.md", f"## {command}")
    options = built.commands()[command]
    rows = table(told, "option") if options else []
    assert {option for row in rows for option in spans(row[0])} == options
    assert options or "| option" not in told


def test_the_formats_that_are_read_are_all_listed_and_no_other():
    rows = table(source(DOCS / "imports-and-exports.md"), "`--from`")
    assert {spans(row[0])[0]: set(spans(row[1])) for row in rows} == built.import_formats()


def test_the_formats_that_are_written_are_all_listed_and_no_other():
    rows = table(source(DOCS / "imports-and-exports.md"), "format")
    assert {spans(row[0])[0]: set(spans(row[1])) for row in rows} == built.export_formats()
    assert {spans(row[0])[0]: spans(row[2])[0] for row in rows} == built.export_media_types()


NUMBERS = dict(
    zip(("five", "ten", "eleven", "twelve", "thirteen"), (5, 10, 11, 12, 13), strict=True)
)


def test_the_readme_counts_the_formats():
    (told,) = re.findall(r"(\w+) formats in, (\w+) out", source(ROOT / "README.md"))
    assert [NUMBERS[word] for word in told] == [
        len(built.import_formats()),
        len(built.export_formats()),
    ]


WORDS = {"two": 2}
TOLD = [
    ("SECURITY.md", r"(\d+) KiB outstanding", "outstanding KiB"),
    ("SECURITY.md", r"(\d+) KiB and [\d,]+ bytes", "body KiB"),
    ("SECURITY.md", r"\d+ KiB and ([\d,]+) bytes", "message bytes"),
    ("SECURITY.md", r"leases that end, (\w+) an address", "hands an address"),
    ("docs/deploy.md", r"a ping every (\d+) seconds", "ping s"),
    ("docs/api.md", r"It ends (\d+) seconds", "lease s"),
    ("docs/performance.md", r"nothing asked\s+for (\d+) seconds", "parks after s"),
    ("docs/archive-file.md", r"file is at most (\d+) MiB", "file MiB"),
    ("docs/archive-file.md", r"names the site, with at most (\d+)", "site title"),
    ("docs/imports-and-exports.md", r"source is at most (\d+) MiB", "source MiB"),
    ("docs/imports-and-exports.md", r"the (\d+) MiB that is served", "file MiB"),
]


@pytest.mark.parametrize(("page", "sentence", "figure"), TOLD)
def test_a_figure_that_is_told_in_passing_is_the_codes(page, sentence, figure):
    text = re.sub(r"\s+", " ", prose(ROOT / page))
    (told,) = re.findall(sentence, text)
    number = WORDS[told] if told in WORDS else int(told.replace(",", ""))
    assert number == built.FIGURES[figure]


def test_every_figure_is_told_somewhere():
    assert {figure for _, _, figure in TOLD} == set(built.FIGURES)


def test_the_fields_of_a_link_are_all_listed_with_their_limits():
    rows = table(source(DOCS / "archive-file.md"), "field")
    told = {spans(row[0])[0]: [int(most) for most in re.findall(r"\d+", row[1])] for row in rows}
    assert told == built.link_fields()


def test_the_fields_that_must_be_there_are_marked():
    rows = table(source(DOCS / "archive-file.md"), "field")
    marked = {spans(row[0])[0] for row in rows if "required" in row[2]}
    assert marked == built.required_fields()


def test_everything_that_is_stored_is_listed_and_no_more():
    rows = table(source(DOCS / "privacy.md"), "table", "column")
    assert {(spans(row[0])[0], spans(row[1])[0]) for row in rows} == built.state_columns()


def test_everything_that_a_browser_keeps_is_listed_and_no_more():
    rows = table(source(DOCS / "privacy.md"), "key")
    assert {spans(row[0])[0] for row in rows} == built.browser_storage()


ARROWS = {"←": "ArrowLeft", "→": "ArrowRight", "↑": "ArrowUp", "↓": "ArrowDown"}
BROWSERS_OWN = {"Tab", "Enter"}  # of every link on every page
MODIFIERS = {"Shift"}


def test_every_key_is_listed_and_no_other():
    rows = table(source(DOCS / "keyboard-and-gestures.md"), "what", "hand", "key")
    told = {ARROWS.get(key, key) for row in rows for key in spans(row[2])}
    assert told - BROWSERS_OWN - MODIFIERS == built.page_keys()


def test_every_script_of_make_bench_is_listed_and_no_other():
    rows = table(source(DOCS / "performance.md"), "script")
    assert {spans(row[0])[0] for row in rows} == built.scripts_of("bench")


def test_make_runs_every_bench():
    run = set().union(*map(built.scripts_of, built.make_targets()))
    assert run == built.benches()


def test_the_readme_leads_to_every_page():
    text = source(ROOT / "README.md")
    assert [page.name for page in DOCS.glob("*.md") if f"](docs/{page.name})" not in text] == []
