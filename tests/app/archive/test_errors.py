"""What an error of the archive says, and that all of them are one family."""

import pytest

from app.archive import errors
from app.archive.errors import ArchiveError, ArchiveFaultError, UnknownFormatError
from app.archive.problem import Problem, Severity


def test_an_archive_error_tells_its_first_error_and_counts_the_rest():
    warning = Problem(1, 1, "", "is a pity", Severity.WARNING)
    first, second = Problem(2, 1, "", "is wrong"), Problem(3, 1, "", "is wrong too")
    error = ArchiveError("links.yaml", (warning, first, second, second))
    assert str(error) == "links.yaml: line 2, column 1: is wrong (and 2 more)"
    assert error.name == "links.yaml"
    assert error.problems == (warning, first, second, second)
    assert error.first is first


def test_two_errors_are_one_and_one_more():
    problem = Problem(0, 0, "", "is wrong")
    assert str(ArchiveError("f", (problem, problem))) == "f: is wrong (and 1 more)"


def test_a_single_error_counts_nothing():
    warning = Problem(1, 1, "", "is a pity", Severity.WARNING)
    assert str(ArchiveError("f", (Problem(0, 0, "", "is wrong"), warning))) == "f: is wrong"


@pytest.mark.parametrize(
    "kind", [kind for name, kind in vars(errors).items() if name.endswith("Error")]
)
def test_every_error_of_the_package_is_of_one_tree(kind):
    assert issubclass(kind, ArchiveFaultError)


def test_an_unknown_format_is_told_in_short_with_the_known_ones():
    error = UnknownFormatError("x" * 60, ("html", "opml"))
    assert str(error) == f"'{'x' * 40}' is no format; known are html, opml"
