"""The API's page in real Chromium: it reads, it asks, and it stays at home."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PATIENCE_MS
from tests.servers import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


@pytest.fixture
def documentation(chromium, running):
    """The page; afterwards it may have seen no error and no foreign host."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    troubles, asked = [], []
    page.on("console", lambda one: troubles.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: troubles.append(str(one)))
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{running.url}/docs")
    yield page
    context.close()
    assert troubles == []
    assert [url for url in asked if not url.startswith(running.url)] == []


def test_a_route_is_tried_where_it_is_told(documentation):
    told = documentation.locator("#random_link")
    told.get_by_label("tag").fill("papers")
    told.get_by_label("n", exact=True).fill("2")
    told.get_by_role("button", name="Ask").click()
    expect(told.get_by_role("status")).to_have_text("200 OK from /api/random?tag=papers&n=2")
    expect(told.get_by_label("The answer")).to_contain_text('"picks"')


def test_a_path_is_filled_in_with_a_link_that_is_there(documentation, running):
    told = documentation.locator("#related_links")
    told.get_by_role("button", name="Ask").click()
    link_id = running.site.archive.links[0].id
    expect(told.get_by_role("status")).to_have_text(f"200 OK from /api/links/{link_id}/related")


def test_nothing_can_be_tried_without_scripts_and_everything_read(chromium, running):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{running.url}/docs")
    expect(page.get_by_role("heading", name="Pick at random")).to_be_visible()
    expect(page.get_by_role("button", name="Ask")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_never_scrolls_sideways(documentation, width):
    documentation.set_viewport_size({"width": width, "height": 800})
    assert documentation.evaluate("document.documentElement.scrollWidth") <= width
