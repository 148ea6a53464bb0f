"""What visitors see while the owner edits the file."""

import re

import pytest
from playwright.sync_api import expect

from tests.servers import serving

pytestmark = pytest.mark.browser

GOOD = """links:
  - {title: A quiet essay, url: "https://one.example/", tags: [writings]}
  - {title: Notes on tides, url: "https://two.example/", tags: [talks]}
"""
MORE = (
    GOOD
    + """  - {title: Ants, url: "https://three.example/", tags: [talks]}
"""
)
BROKEN = GOOD + "  - {title: No address}\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text(GOOD)
    return path


@pytest.fixture
def edited(file):
    """Named before `visitors` in a test, it outlives them: a page left behind would reconnect."""
    with serving(file) as server:
        yield server


def lucky_top(visitor):
    return visitor.page.get_by_role("button", name="I’m feeling lucky").bounding_box()["y"]


def test_a_new_link_drifts_in_and_is_told_but_not_spoken(edited, visitors, file):
    visitor = visitors(edited.url).visit()
    file.write_text(MORE)
    expect(visitor.page.locator("#links")).to_contain_text("Ants")
    visitor.wait_until_said("One link drifted in.")
    expect(visitor.page.locator("#live")).to_be_empty()
    visitor.wait_until(
        """() => {
            const { bodies } = window.linkDrift.drift;
            return [...bodies.byId.values()].filter((link) => bodies.shown(link.slot)).length === 3;
        }"""
    )


def test_a_broken_file_is_told_at_the_foot_until_it_is_mended(edited, visitors, file):
    visitor = visitors(edited.url).visit()
    line = visitor.page.locator("#trouble")
    at_first = lucky_top(visitor)
    file.write_text(BROKEN)
    expect(line).to_have_text(re.compile(r"^links\.yaml, line 4: .*since \d\d:\d\d UTC"))
    expect(line).to_be_in_viewport()
    visitor.wait_until(
        "(y) => document.querySelector('.lucky').getBoundingClientRect().y < y", at_first
    )
    late = visitors(edited.url, java_script_enabled=False)
    for path in ("/", "/list"):
        late.page.goto(edited.url + path)
        expect(late.page.get_by_role("status").filter(has_text="links.yaml")).to_be_visible()
    file.write_text(GOOD)
    expect(line).to_be_empty()
    visitor.wait_until(
        "(y) => document.querySelector('.lucky').getBoundingClientRect().y === y", at_first
    )
