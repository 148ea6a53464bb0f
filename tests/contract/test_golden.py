"""What is built and what is written agree: routes and settings."""

import re
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from app.settings import Settings
from tests.servers import serving

ROOT = Path(__file__).parents[2]

PAGES = {"/", "/l/{id}", "/list", "/docs", "/robots.txt"}  # for eyes and crawlers: not in OpenAPI


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def openapi(running):
    return running.get("/openapi.json").json()


@pytest.fixture(scope="module")
def routes(running):
    """Every route as `METHOD /path`, static files aside."""
    return {
        f"{method} {context.path}"
        for context in iter_route_contexts(running.server.config.app.routes)
        if not context.path.startswith("/static/")
        for method in context.methods or {"WS"}
    }


def section(text, title):
    """What stands under a heading, up to the next of its rank."""
    rank = title.split()[0]
    return re.split(rf"^#{{1,{len(rank)}}} ", text.split(f"\n{title}\n")[1], flags=re.MULTILINE)[0]


def test_openapi_holds_every_route_but_pages_and_the_socket(routes, openapi):
    described = {
        f"{method.upper()} {path}"
        for path, methods in openapi["paths"].items()
        for method in methods
    }
    assert described == routes - {f"GET {path}" for path in PAGES} - {"WS /ws"}


def test_every_operation_is_told_whole(openapi):
    tags = {tag["name"] for tag in openapi["tags"]}
    ids = set()
    for path, methods in openapi["paths"].items():
        for told in methods.values():
            assert set(told["tags"]) <= tags, path
            assert told["summary"], path
            assert told["description"], path
            assert re.fullmatch(r"[a-z_]+", told["operationId"]), path
            assert told["operationId"] not in ids, path
            ids.add(told["operationId"])
            for parameter in told.get("parameters", ()):
                assert parameter["description"], path
            for status, answer in told["responses"].items():
                assert answer["description"], path
                if int(status) >= 400:
                    (content,) = answer["content"].items()
                    assert content[0] == "application/problem+json", (path, status)
                    assert content[1]["schema"] == {"$ref": "#/components/schemas/Problem"}
                    assert content[1]["example"]["status"] == int(status)
                    assert content[1]["example"]["detail"]
            if path.startswith("/api/"):
                (answer,) = told["responses"]["200"]["content"].values()
                assert "example" in answer or "examples" in answer, path


def test_reading_a_body_can_fail_in_all_its_ways(openapi):
    for methods in openapi["paths"].values():
        for method, told in methods.items():
            if method == "post":
                assert {"400", "404", "413", "422"} <= set(told["responses"])


def test_every_setting_says_what_it_does():
    assert [name for name, told in Settings.model_fields.items() if not told.description] == []
