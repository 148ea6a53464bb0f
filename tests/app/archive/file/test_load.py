"""The owner's file becomes an archive whole, or is refused with every reason."""

import hashlib
import json
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archive.errors import ArchiveError
from app.archive.file.load import MAX_FILE_BYTES, digest, load, parse, read, unreadable
from app.archive.problem import Severity

BUNDLED = Path(__file__).parents[4] / "links.yaml"


def refused(text):
    with pytest.raises(ArchiveError) as error:
        parse(text.encode() if isinstance(text, str) else text, "links.yaml")
    return error.value.problems


def reasons(text):
    return [problem.reason for problem in refused(text)]


def warned(text):
    return [problem.reason for problem in parse(text.encode(), "links.yaml").warnings]


def one(fields):
    return parse(("- title: T\n  url: https://a.example/\n" + fields).encode(), "x").archive.links[
        0
    ]


def test_the_bundled_archive_holds_101_links_without_a_warning():
    loaded = load(BUNDLED)
    assert len(loaded.archive) == 101
    assert loaded.warnings == ()


def test_every_field_arrives():
    link = one("  author: A\n  note: N\n  tags: [x, y z]\n  added: 2024-12-20\n  id: mine-1\n")
    assert (link.id, link.author, link.note, link.tags) == ("mine-1", "A", "N", ("x", "y z"))
    assert link.added == date(2024, 12, 20)
    assert link.host == "a.example"


def test_a_bare_list_is_an_archive_too():
    assert len(parse(b"- {title: T, url: 'https://a.example/'}", "x").archive) == 1


def test_the_site_may_have_a_title():
    text = b"title: My shelf\nlinks:\n- {title: T, url: 'https://a.example/'}"
    assert parse(text, "x").title == "My shelf"


@pytest.mark.parametrize("word", ["no", "1984", "1_000", "2024-12-20", "12:30", "0x1F", "yes"])
def test_a_title_is_the_text_that_was_written(word):
    archive = parse(f"- title: {word}\n  url: https://a.example/\n".encode(), "x").archive
    assert archive.links[0].title == word


def test_a_json_file_may_escape_what_is_not_ascii():
    text = json.dumps([{"title": "caf\u00e9 \U0001f30a", "url": "https://a.example/"}])
    assert parse(text.encode(), "x").archive.links[0].title == "caf\u00e9 \U0001f30a"


def test_a_byte_order_mark_is_no_problem():
    assert len(parse(b"\xef\xbb\xbf- title: T\n  url: https://a.example/", "x").archive) == 1


def test_windows_line_ends_are_no_problem():
    assert len(parse(b"- title: T\r\n  url: https://a.example/\r\n", "x").archive) == 1


def test_white_space_in_a_note_becomes_one_line():
    assert one("  note: |\n    two\n    lines\n").note == "two lines"


def test_a_key_without_a_value_is_as_good_as_no_key():
    assert one("  author:\n  added: ~\n").author is None


def test_tags_are_kept_once():
    assert one("  tags: [x, X, y, x]\n").tags == ("x", "y")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment\n", "---\n", "links:\n", "links: []", "[]", "~"]
)
def test_no_links_is_an_error_and_never_an_empty_archive(text):
    assert any("at least one link" in reason for reason in reasons(text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "must be a list of links"),
        ("a: 1", "has no key 'links'"),
        ("links: 5", "must be a list"),
        ("- 5", "must be a link"),
        ("- url: https://a.example/", "is missing"),
        ("- title: T", "is missing"),
        ("- {title: ' ', url: 'https://a.example/'}", "is empty"),
        ("- {title: [x], url: 'https://a.example/'}", "must be a text"),
        (f"- {{title: {'x' * 301}, url: 'https://a.example/'}}", "has 301 characters"),
        ("- {title: T, url: 'javascript:alert(1)'}", "only http and https"),
        ("- {title: T, url: 'https://a.example/', tags: x}", "must be a list"),
        ("- {title: T, url: 'https://a.example/', tags: ['a, b']}", "comma"),
        (
            f"- {{title: T, url: 'https://a.example/', tags: [{','.join(map(str, range(21)))}]}}",
            "21",
        ),
        ("- {title: T, url: 'https://a.example/', added: 2024-02-30}", "not a day"),
        ("- {title: T, url: 'https://a.example/', added: yesterday}", "YYYY-MM-DD"),
        ("- {title: T, url: 'https://a.example/', added: 20241220}", "YYYY-MM-DD"),
        ("- {title: T, url: 'https://a.example/', id: Mine}", "a-z"),
        (f"- {{title: T, url: 'https://a.example/', note: {'x' * 1001}}}", "1,001"),
        ('- {title: "a\\u0007b", url: "https://a.example/"}', "U+0007"),
        ('- {title: "a\\uD800b", url: "https://a.example/"}', "U+D800"),
        ('- {title: "a\\u202Eb", url: "https://a.example/"}', "U+202E"),
        ("a: &x 1\nlinks: []", "anchor &x"),
        ("a: *x", "alias *x"),
        ("- {<<: 1}", "merge key"),
        ("- !!python/object/apply:os.system [x]", "tag"),
        ("- !!str x", "tag"),
        ("- {title: A, title: B}", "second time"),
        ("- ? [a]\n  : b", "single word"),
        ("links: []\n---\nlinks: []", "second document"),
        ("[" * 50, "nested more than"),
        ("- title: 'x", "never closed"),
        ("- title: a: b", "quotes"),
        ("-\n\ttitle: x", "tab"),
        ("- [a", "never closed"),
        ('"\\U00110000"', "cannot be read"),
        ("a: \x07", "U+0007"),
    ],
)
def test_what_is_wrong_is_named(text, reason):
    assert any(reason in told for told in reasons(text)), reasons(text)


def test_all_problems_are_told_at_once_in_the_order_of_the_file():
    problems = refused(
        "links:\n"
        "  - title: A\n"
        "    url: ftp://a.example/\n"
        "    added: never\n"
        "  - titel: B\n"
        "    url: https://b.example/\n"
    )
    assert [(p.line, p.column, p.path, p.severity) for p in problems] == [
        (3, 10, "links[0].url", Severity.ERROR),
        (4, 12, "links[0].added", Severity.ERROR),
        (5, 5, "links[1]", Severity.WARNING),
        (5, 5, "links[1].title", Severity.ERROR),
    ]


def test_a_problem_carries_its_line_and_its_width():
    (problem,) = refused("- title: A\n  url: ftp://a.example/\n")
    assert problem.excerpt == "  url: ftp://a.example/"
    assert problem.excerpt[problem.column - 1 :][: problem.width] == "ftp://a.example/"


def test_problems_before_a_syntax_error_are_told_with_it():
    problems = refused("- title: A\n  url: ftp://a.example/\n- title: 'x\n")
    assert [problem.line for problem in problems] == [2, 3]


def test_an_unknown_key_is_a_warning_that_guesses():
    assert "did you mean 'tags'?" in warned("- {title: T, url: 'https://a.example/', tag: x}")[0]


def test_an_unencrypted_link_is_a_warning():
    assert "not encrypted" in warned("- {title: T, url: 'http://a.example/'}")[0]


@pytest.mark.parametrize("tags", ["[]", "~", "['']", "[x, ~]"])
def test_an_empty_tag_is_a_warning(tags):
    assert "empty" in warned(f"- {{title: T, url: 'https://a.example/', tags: {tags}}}")[0]


@pytest.mark.parametrize("breaks", ["\n", ""])
def test_of_two_ways_to_write_a_link_the_first_is_kept(breaks):
    text = (
        "[{title: A, url: 'https://a.example/x'},"
        + breaks
        + ("{title: B, url: 'http://www.a.example/x/'}]")
    )
    loaded = parse(text.encode(), "x")
    assert [link.title for link in loaded.archive] == ["A"]
    assert any("same link as on line 1" in problem.reason for problem in loaded.warnings)


def test_an_id_given_twice_is_an_error():
    text = (
        "- {title: A, url: 'https://a.example/', id: x}\n"
        "- {title: B, url: 'https://b.example/', id: x}\n"
    )
    assert "taken by the link on line 1" in reasons(text)[0]


def test_an_id_that_another_link_derives_is_an_error():
    text = (
        "- {title: A, url: 'https://qntm.org/transi'}\n"
        "- {title: B, url: 'https://b.example/', id: e7bw06y5}\n"
    )
    assert "taken by the link on line 1" in reasons(text)[0]


def test_a_file_in_another_encoding_names_the_byte_and_its_place():
    (problem,) = refused(b"- title: caf\xe9\n")
    assert (problem.line, problem.column) == (1, 13)
    assert "0xE9" in problem.reason


def test_utf_16_is_named():
    assert "UTF-16" in reasons("- title: T".encode("utf-16"))[0]


def test_a_file_over_one_mebibyte_is_refused():
    assert "1 MiB" in reasons(b"#" * (MAX_FILE_BYTES + 1))[0]


def test_a_missing_file_is_an_archive_error(tmp_path):
    with pytest.raises(ArchiveError, match="No such file"):
        load(tmp_path / "links.yaml")


def test_a_folder_is_an_archive_error(tmp_path):
    with pytest.raises(ArchiveError, match="cannot be read"):
        load(tmp_path)


def merge_bomb(levels=16, width=9):
    lines = ["a0: &a0 {k: v}"]
    lines += [
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * width)}]}}" for n in range(1, levels + 1)
    ]
    return "\n".join(lines)


def test_a_merge_key_bomb_is_refused_at_once():
    began_s = time.process_time()
    assert refused(merge_bomb())
    assert time.process_time() - began_s < 0.05


@pytest.fixture(scope="module")
def bundled_bytes():
    return BUNDLED.read_bytes()[:1500]


@pytest.mark.long
def test_a_file_cut_at_any_byte_is_an_archive_or_an_archive_error(bundled_bytes):
    for cut in range(len(bundled_bytes)):
        with suppress(ArchiveError):
            assert len(parse(bundled_bytes[:cut], "cut").archive) > 0


@given(st.binary(max_size=200))
def test_any_bytes_are_an_archive_or_an_archive_error(text):
    with suppress(ArchiveError):
        assert len(parse(text, "junk").archive) > 0


@given(st.text("abc:-[]{}'\"&*!|>#%@`,?~\n \t<", max_size=60))
def test_any_yaml_like_text_is_an_archive_or_an_archive_error(text):
    with suppress(ArchiveError):
        assert len(parse(text.encode(), "junk").archive) > 0


def spaced(size):
    """A good file of so many bytes."""
    text = b"- {title: T, url: 'https://a.example/'}\n"
    return text + b"#" * (size - len(text))


def test_a_file_of_one_mebibyte_is_taken_and_one_byte_more_is_not(tmp_path):
    assert MAX_FILE_BYTES == 1_048_576
    path = tmp_path / "links.yaml"
    path.write_bytes(spaced(MAX_FILE_BYTES))
    assert len(load(path).archive) == 1
    path.write_bytes(spaced(MAX_FILE_BYTES + 1))
    with pytest.raises(ArchiveError) as error:
        load(path)
    (problem,) = error.value.problems
    assert str(problem) == "is larger than 1 MiB, the most an archive may take"


def test_a_file_that_is_too_large_is_refused_and_never_cut(tmp_path):
    """What fits into the limit is a good archive by itself: only one byte more tells."""
    path = tmp_path / "links.yaml"
    more = b"\n- {title: U, url: 'https://b.example/'}\n"
    path.write_bytes(spaced(MAX_FILE_BYTES) + more * 3)
    with pytest.raises(ArchiveError, match="larger than 1 MiB"):
        load(path)


def test_no_more_is_read_of_a_file_than_tells_that_it_is_too_large(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_bytes(b"x" * (MAX_FILE_BYTES + 100))
    assert read(path) == b"x" * (MAX_FILE_BYTES + 1)


def test_a_file_that_cannot_be_read_is_why(tmp_path):
    found = read(tmp_path / "links.yaml")
    assert isinstance(found, FileNotFoundError)


def test_a_digest_names_the_exact_bytes_and_is_not_compared():
    text = spaced(60)
    one, other = parse(text, "x"), parse(text + b" more", "x")
    assert one.digest == digest(text) == hashlib.sha256(text).hexdigest()
    assert one.digest != other.digest
    assert one == other


def test_the_systems_reason_is_told_or_the_errors_name():
    assert str(unreadable("f", OSError(13, "Permission denied"))) == (
        "f: cannot be read: Permission denied"
    )
    assert str(unreadable("f", TimeoutError())) == "f: cannot be read: TimeoutError"


def test_a_missing_file_names_itself_and_its_cause(tmp_path):
    path = tmp_path / "links.yaml"
    with pytest.raises(ArchiveError) as error:
        load(path)
    assert error.value.name == str(path)
    assert isinstance(error.value.__cause__, FileNotFoundError)
    (problem,) = error.value.problems
    assert (problem.line, problem.column, problem.severity) == (0, 0, Severity.ERROR)


def test_a_broken_file_names_itself(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text("hello")
    with pytest.raises(ArchiveError) as error:
        load(path)
    assert error.value.name == str(path)
