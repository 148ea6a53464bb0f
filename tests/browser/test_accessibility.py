from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = pytest.mark.browser


def violations(page):
    """Run axe on the page once nothing fades any more, and list what it finds."""
    page.wait_for_function("() => document.getAnimations().length === 0")
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/list", "/docs", "/l/{id}"])
def test_pages_have_no_known_barrier(visitors, bundled, path, scheme):
    link_id = bundled.site.archive.links[4].id
    visitor = visitors(bundled.url, color_scheme=scheme)
    visitor.page.goto(bundled.url + path.format(id=link_id))
    if path.startswith("/l/"):
        visitor.wait_for_state("live")
        expect(visitor.page.locator("#preview")).to_be_visible()
    assert violations(visitor.page) == []


def test_help_and_find_have_no_known_barrier(visitors, bundled):
    visitor = visitors(bundled.url).visit()
    for key, dialog in (("?", "#help"), ("f", "#find")):
        visitor.page.keyboard.press(key)
        expect(visitor.page.locator(dialog)).to_be_visible()
        assert violations(visitor.page) == []
        visitor.page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_what_a_finger_meets_is_large_enough(visitors, bundled, size):
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels; the labels in the water included."""
    width, height = size
    visitor = visitors(bundled.url, viewport={"width": width, "height": height}).visit()
    boxes = [one.bounding_box() for one in visitor.page.get_by_role("button").all()]
    shown = [box for box in boxes if box]
    assert len(shown) >= 8
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in shown)
    least = visitor.page.evaluate(
        """() => Math.min(...[...window.linkDrift.drift.bodies.byId.values()]
            .map((link) => link.height)) * window.linkDrift.camera.zoom"""
    )
    assert least >= 24
