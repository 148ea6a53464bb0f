"""A problem is one sentence with its place."""

from app.archive.problem import Problem, Severity


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
