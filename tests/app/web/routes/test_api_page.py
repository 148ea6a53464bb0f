import json
import re

import httpx
import pytest

from app.web.routes.api_page import _operation
from tests.servers import serving

HOSTILE = """<script>alert("'1'")</script>"""


@pytest.fixture(scope="module")
def openapi(running):
    return running.get("/openapi.json").json()


@pytest.fixture(scope="module")
def page(running):
    return running.get("/docs")


def test_the_page_tells_every_operation(openapi, page):
    for methods in openapi["paths"].values():
        for told in methods.values():
            assert f'<article id="{told["operationId"]}"' in page.text
            assert f'href="#{told["operationId"]}"' in page.text
    for name in ("Link", "Pick", "Problem"):
        assert f'id="shape-{name}"' in page.text


def test_the_page_needs_nobody_else(running, page):
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]*)"', page.text)
    assert loaded
    assert all(one.startswith(running.site.static) for one in loaded)
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_only_asking_can_be_tried(openapi, page):
    forms = set(re.findall(r'<form action="([^"]*)" method="get"', page.text))
    free = {
        path
        for path, methods in openapi["paths"].items()
        if "get" in methods and "303" not in methods["get"]["responses"]
    }
    assert forms == free


def test_every_get_of_the_page_works_as_it_stands(running, page):
    paths = re.findall(rf"<code>curl {re.escape(running.url)}(/\S*)</code>", page.text)
    assert len(paths) >= 10
    assert {running.get(path).status_code for path in paths} == {200}


def test_every_example_of_a_request_is_accepted(running, openapi):
    # Backwards: what is flung must not be in the hand of the drag.
    for path, methods in sorted(openapi["paths"].items(), reverse=True):
        for method, told in methods.items():
            if "requestBody" not in told:
                continue
            example = told["requestBody"]["content"]["application/json"]["example"]
            (link_id,) = [one["example"] for one in told.get("parameters", ())] or [""]
            url = running.url + path.replace("{id}", link_id)
            assert httpx.request(method, url, json=example).status_code == 200, path


def test_what_an_owner_writes_is_only_ever_text(tmp_path):
    archive = tmp_path / "links.yaml"
    entry = {"title": HOSTILE, "url": "https://a.example/", "note": HOSTILE, "tags": [HOSTILE]}
    archive.write_text(json.dumps({"title": HOSTILE, "links": [entry]}))
    with serving(archive) as server:
        text = server.get("/docs").text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        answer = server.get("/openapi.json").json()
        shown = answer["paths"]["/api/links/{id}"]["get"]["responses"]["200"]
        assert shown["content"]["application/json"]["example"]["title"] == HOSTILE


def test_an_archive_without_tags_is_documented_too(tmp_path):
    archive = tmp_path / "links.yaml"
    archive.write_text("- title: One\n  url: https://a.example/\n")
    with serving(archive) as server:
        assert server.get("/docs").status_code == 200
        paths = server.get("/openapi.json").json()["paths"]
        (tag,) = [one for one in paths["/lucky"]["get"]["parameters"] if one["name"] == "tag"]
        assert "example" not in tag


def test_a_sample_is_an_address_whatever_stands_in_the_path():
    parameter = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "example": "a/b ü?",
    }
    told = {
        "operationId": "show",
        "summary": "Show",
        "description": "",
        "parameters": [parameter],
        "responses": {},
    }
    assert _operation({}, "get", "/api/links/{id}", told).sample == "/api/links/a%2Fb%20%C3%BC%3F"
