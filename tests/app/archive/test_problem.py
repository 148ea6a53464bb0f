"""A problem is one sentence with its place, a broken file is all of its problems."""

from app.archive.problem import ArchiveError, Problem, Severity


def test_a_problem_names_place_subject_and_reason():
    assert str(Problem(3, 5, "links[0].url", "is odd")) == "line 3, column 5: links[0].url: is odd"


def test_a_problem_of_the_whole_file_has_no_place():
    assert str(Problem(0, 0, "", "is empty")) == "is empty"
    assert str(Problem(0, 0, "title", "is empty")) == "title: is empty"


def test_a_problem_is_an_error_of_one_character_unless_told():
    problem = Problem(1, 1, "", "x")
    assert (problem.severity, problem.width, problem.excerpt) == (Severity.ERROR, 1, "")


def test_severities_have_names():
    assert [*map(str, Severity)] == ["error", "warning"]


def test_an_archive_error_tells_its_first_error_and_counts_the_rest():
    warning = Problem(1, 1, "", "is a pity", Severity.WARNING)
    first, second = Problem(2, 1, "", "is wrong"), Problem(3, 1, "", "is wrong too")
    error = ArchiveError("links.yaml", (warning, first, second, second))
    assert str(error) == "links.yaml: line 2, column 1: is wrong (and 2 more)"
    assert error.name == "links.yaml"
    assert error.problems == (warning, first, second, second)


def test_two_errors_are_one_and_one_more():
    problem = Problem(0, 0, "", "is wrong")
    assert str(ArchiveError("f", (problem, problem))) == "f: is wrong (and 1 more)"


def test_a_single_error_counts_nothing():
    warning = Problem(1, 1, "", "is a pity", Severity.WARNING)
    assert str(ArchiveError("f", (Problem(0, 0, "", "is wrong"), warning))) == "f: is wrong"
