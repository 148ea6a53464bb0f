"""The schema that editors read says what the loader does."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from app.archive.errors import ArchiveError
from app.archive.file.example import example
from app.archive.file.load import parse
from app.archive.schema import MODELINE, schema, schema_text

ROOT = Path(__file__).parents[3]
URL = "url: https://a.example/"


def editor_accepts(text):
    """Judge as an editor does: by the values that YAML 1.2 resolves, dates left as text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", lambda constructor, node: constructor.construct_scalar(node)
    )
    return jsonschema_rs.validator_for(schema(), validate_formats=True).is_valid(yaml.load(text))


def loader_accepts(text):
    with suppress(ArchiveError):
        return len(parse(text.encode(), "x").archive) > 0
    return False


def test_the_committed_schema_is_the_generated_one():
    """When this fails: `link-drift schema > schema.json`."""
    assert (ROOT / "schema.json").read_text("utf-8") == schema_text()


def test_the_bundled_archive_points_its_editor_to_the_schema_and_satisfies_it():
    text = (ROOT / "links.yaml").read_text("utf-8")
    assert text.startswith(MODELINE + "\n")
    assert editor_accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        f"- {{title: T, {URL}}}",
        f"title: S\nlinks:\n- {{title: T, {URL}}}",
        f"- {{title: 1984, {URL}, author: no, note: 3.5, tags: [2024, true]}}",
        f"- {{title: T, {URL}, author: ~, note: ~, tags: ~, added: ~, id: ~}}",
        f"- {{title: T, {URL}, tags: [a, ~, ''], added: 2024-12-20, id: 12}}",
        "- {title: T, url: HTTP://a.example}",
        "[]",
        "links: []",
        "hello",
        "{}",
        f"- {{{URL}}}",
        "- {title: T}",
        f"- {{title: [T], {URL}}}",
        f"- {{title: '', {URL}}}",
        f"- {{title: {'x' * 301}, {URL}}}",
        "- {title: T, url: 'ftp://a.example'}",
        "- {title: T, url: 'https://a.example/a b'}",
        f"- {{title: T, {URL}, tags: x}}",
        f"- {{title: T, {URL}, tags: [{', '.join(map(str, range(21)))}]}}",
        f"- {{title: T, {URL}, added: 2024-13-01}}",
        f"- {{title: T, {URL}, added: soon}}",
        f"- {{title: T, {URL}, id: Mine}}",
        f"- {{title: T, {URL}, note: {'x' * 1001}}}",
    ],
)
def test_editor_and_loader_agree(text):
    assert editor_accepts(text) == loader_accepts(text)


def test_an_unknown_key_is_marked_in_the_editor():
    assert not editor_accepts(f"- {{title: T, {URL}, tag: x}}")


def test_the_example_is_an_archive_without_a_warning():
    text = example(date(2026, 1, 2))
    loaded = parse(text.encode(), "links.yaml")
    assert loaded.title == "My links"
    assert loaded.warnings == ()
    assert editor_accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        f"- {{title: {'x' * 300}, {URL}, author: {'x' * 200}, note: {'x' * 1000}}}",
        f"- {{title: T, {URL}, author: {'x' * 201}}}",
        f"- {{title: T, {URL}, tags: [{', '.join(map(str, range(20)))}]}}",
        f"- {{title: T, {URL}, tags: [{'x' * 50}]}}",
        f"- {{title: T, {URL}, tags: [{'x' * 51}]}}",
        f"- {{title: T, {URL}, tags: [[x]]}}",
        f"- {{title: T, {URL}, id: {'x' * 32}}}",
        f"- {{title: T, {URL}, id: {'x' * 33}}}",
        f"- {{title: T, {URL}, author: [x]}}",
        f"- {{title: T, {URL}, note: {{x: 1}}}}",
        f"- {{title: T, {URL}, added: [x]}}",
        f"- {{title: true, {URL}, author: 1.5}}",
        f"- {{title: ~, {URL}}}",
        "- {title: T, url: ~}",
        "- {title: T, url: 5}",
        "- 5",
        f"title: {'x' * 100}\nlinks: [{{title: T, {URL}}}]",
        f"title: {'x' * 101}\nlinks: [{{title: T, {URL}}}]",
        f"title: [x]\nlinks: [{{title: T, {URL}}}]",
        f"title: 5\nlinks: [{{title: T, {URL}}}]",
        f"title: ~\nlinks: [{{title: T, {URL}}}]",
        "title: x",
        "links: x",
        "links:\n- x",
    ],
)
def test_editor_and_loader_agree_at_every_limit(text):
    assert editor_accepts(text) == loader_accepts(text)


def test_an_unknown_key_of_the_file_is_marked_too():
    assert not editor_accepts(f"x: 1\nlinks: [{{title: T, {URL}}}]")


def test_every_field_says_what_it_is_for():
    made = schema()
    link = made["definitions"]["link"]
    assert [*link["properties"]] == ["url", "title", "author", "note", "tags", "added", "id"]
    for field in (*link["properties"].values(), made["definitions"]["file"]["properties"]["title"]):
        assert field["description"].endswith((".", "?"))
        assert not {"default", "title", "anyOf"} & field.keys()


def test_the_schema_is_written_for_people_too():
    assert schema_text().startswith('{\n  "$schema": "http://json-schema.org/draft-07/schema#",\n')
    assert schema_text().endswith("}\n")
    assert "\\u" not in schema_text()


def test_the_example_is_dated_and_shows_every_field():
    links = parse(example(date(2026, 1, 2)).encode(), "links.yaml").archive.links
    assert [link.added for link in links] == [date(2026, 1, 2), date(2026, 1, 2), None]
    first, _, last = links
    assert (first.author, bool(first.note)) == ("Vannevar Bush", True)
    assert first.tags == ("writings", "hypertext")
    assert last.id == "random-article"
