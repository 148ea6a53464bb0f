"""How the errors of a route stand in the OpenAPI document."""

from app.web.told import refusals


def test_every_route_may_be_asked_under_a_foreign_name():
    assert refusals.of().keys() == {400}
    assert refusals.of()[400]["description"] == refusals.UNKNOWN_HOST


def test_a_route_with_a_body_may_be_sent_too_much_or_what_is_no_json():
    told = refusals.of({404: refusals.NO_SUCH_LINK}, has_body=True)
    assert [*told] == [400, 404, 413]
    assert told[400]["description"] == refusals.UNREADABLE
    assert told[413]["description"] == refusals.TOO_LARGE


def test_an_error_is_problem_json_with_an_example_of_its_own():
    content = refusals.of({404: refusals.NO_SUCH_TAG})[404]["content"]["application/problem+json"]
    assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert content["example"] == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "no link carries the tag 'nowhere'",
        "field": "tag",
        "code": "unknown_tag",
    }


def test_a_wrong_field_is_named_in_its_example():
    example = refusals.invalid("n", "too many")[422]["content"]["application/problem+json"][
        "example"
    ]
    assert example["errors"] == [{"field": "n", "detail": "too many"}]
    assert (example["field"], example["detail"]) == ("n", "n: too many")


def test_an_answer_that_keeps_says_how_long_and_what_is_unchanged():
    told = refusals.unchanged("no-cache")
    assert told.keys() == {200, 304}
    assert told[200]["headers"]["Cache-Control"]["schema"]["examples"] == ["no-cache"]
