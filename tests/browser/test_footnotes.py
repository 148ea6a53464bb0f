import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CARD = "#preview"
NOTES = "#preview ol a"


class Related:
    """Answers for the server: each link's footnotes are those after it in the file.

    Args:
        held: Answers wait until `answer` is called.
    """

    def __init__(self, visitor, archive, count=3, status=200, *, held=False):
        self.asked = []
        self._links = list(archive)
        self._count = count
        self._status = status
        self._held = held
        self._waiting = []
        visitor.context.route("**/api/links/*/related", self._hear)

    def answer(self):
        self._held = False
        for route in self._waiting:
            self._fulfill(route)

    def _hear(self, route):
        self.asked.append(self._asked_for(route))
        if self._held:
            self._waiting.append(route)
        else:
            self._fulfill(route)

    @staticmethod
    def _asked_for(route):
        return route.request.url.split("/")[-2]

    def _fulfill(self, route):
        links = self._links
        place = [link.id for link in links].index(self._asked_for(route))
        after = [links[(place + step) % len(links)] for step in range(1, self._count + 1)]
        notes = [
            {"link": one.model_dump(mode="json", exclude_none=True), "why": f"also {one.title}"}
            for one in after
        ]
        route.fulfill(status=self._status, json={"related": notes})


def relate(visitor, archive, count=3, status=200, *, held=False):
    return Related(visitor, archive, count, status, held=held)


def focus(visitor, link_id):
    visitor.page.locator(f'#links [data-id="{link_id}"]').focus()


def title(water, link_id):
    return water.site.archive.get(link_id).title


def test_a_card_lists_three_footnotes_with_their_reasons(visitors, water, ids):
    visitor = visitors().visit()
    relate(visitor, water.site.archive)
    visitor.hover(ids[2])
    notes = visitor.page.locator(NOTES)
    expect(notes).to_have_count(3)
    for note, link_id in zip(notes.all(), ids[3:6], strict=True):
        expect(note).to_contain_text(title(water, link_id))
        expect(note).to_contain_text(f"also {title(water, link_id)}")
        assert note.get_attribute("href") == f"/l/{link_id}"


def test_a_card_keeps_its_size_when_they_come(visitors, water, ids):
    visitor = visitors().visit()
    related = relate(visitor, water.site.archive, held=True)
    focus(visitor, ids[0])
    before = visitor.page.locator(CARD).bounding_box()
    related.answer()
    expect(visitor.page.locator(NOTES)).to_have_count(3)
    assert visitor.page.locator(CARD).bounding_box()["height"] == before["height"]


def test_a_card_of_fewer_footnotes_draws_in_and_stays_on_the_screen(visitors, water, ids):
    visitor = visitors().visit()
    related = relate(visitor, water.site.archive, count=1, held=True)
    focus(visitor, ids[0])
    before = visitor.page.locator(CARD).bounding_box()["height"]
    related.answer()
    visitor.wait_until(
        "(before) => document.querySelector('#preview').offsetHeight < before - 60", before
    )
    visitor.wait_until_calm()
    visitor.next_picture()
    box = visitor.page.locator(CARD).bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 1000


def test_following_one_swims_there_and_opens_nothing(visitors, water, ids):
    visitor = visitors().visit()
    relate(visitor, water.site.archive)
    visitor.hover(ids[2])
    visitor.page.locator(NOTES).nth(1).click()
    card = visitor.page.locator(CARD)
    expect(card.locator("h2")).to_have_text(title(water, ids[4]))
    expect(card.locator(".why")).to_have_text(f"also {title(water, ids[4])}")
    expect(visitor.page.locator("#live")).to_contain_text(title(water, ids[4]))
    visitor.wait_until(
        """(id) => {
            const at = window.linkDrift.bodyAt(id);
            return at.x > 0 && at.x < innerWidth && at.y > 0 && at.y < innerHeight;
        }""",
        ids[4],
    )
    assert visitor.context.pages == [visitor.page]
    assert visitor.page.url == visitor.url + "/"


@pytest.mark.parametrize("way", ["button", "key", "browser"])
def test_there_is_a_way_back(visitors, water, ids, way):
    visitor = visitors().visit()
    relate(visitor, water.site.archive)
    page, heading = visitor.page, visitor.page.locator("#preview h2")
    focus(visitor, ids[0])
    back = page.locator(CARD).get_by_role("button", name="Back")
    expect(back).to_be_hidden()
    for step in (1, 2):
        expect(page.locator(NOTES).first).to_contain_text(title(water, ids[step]))
        page.keyboard.press("1")
        expect(heading).to_have_text(title(water, ids[step]))
    for step in (1, 0):
        if way == "button":
            visitor.reach(page.locator(CARD))
            back.click()
        elif way == "key":
            page.keyboard.press("Backspace")
        else:
            page.go_back()
        expect(heading).to_have_text(title(water, ids[step]))
    expect(back).to_be_hidden()


def test_a_walk_by_keys_goes_on_by_keys(visitors, water, ids, elsewhere):
    visitor = visitors().visit()
    relate(visitor, water.site.archive)
    focus(visitor, ids[0])
    expect(visitor.page.locator(NOTES)).to_have_count(3)
    visitor.page.keyboard.press("2")
    expect(visitor.page.locator(f'#links [data-id="{ids[2]}"]')).to_be_focused()
    with visitor.context.expect_page() as opened:
        visitor.page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{elsewhere}/2"


def test_they_are_reached_by_tab_on_a_card_brought_forward(visitors, water, ids):
    visitor = visitors()
    relate(visitor, water.site.archive)
    visitor.visit(f"/l/{ids[5]}")
    page = visitor.page
    expect(page.locator(NOTES)).to_have_count(3)
    page.locator(CARD).get_by_role("button", name="Close").focus()
    page.keyboard.press("Tab")
    expect(page.locator(NOTES).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#preview h2")).to_have_text(title(water, ids[6]))
    expect(page.locator(f'#links [data-id="{ids[6]}"]')).to_be_focused()


def test_a_card_stands_beside_its_pill_from_the_first_moment(visitors, ids):
    """Elsewhere it would take the mouse from its pill, and go again."""
    visitor = visitors().visit()
    first = visitor.page.evaluate(
        """(id) => {
            window.linkDrift.drift.view.attention.set("hovered", id);
            const { x, y } = document.getElementById("preview").getBoundingClientRect();
            return { x, y };
        }""",
        ids[2],
    )
    visitor.next_picture()
    box = visitor.page.locator(CARD).bounding_box()
    assert {"x": box["x"], "y": box["y"]} == pytest.approx(first, abs=5)


def test_a_card_under_the_mouse_keeps_still(visitors, water, ids):
    """Also that of a link brought forward, which drifts on until then."""
    visitor = visitors()
    relate(visitor, water.site.archive)
    visitor.visit(f"/l/{ids[5]}")
    card = visitor.page.locator(CARD)
    visitor.reach(card)
    before = card.bounding_box()
    visitor.wait_until(
        """(id) => {
            const { bodies } = window.linkDrift.drift;
            const { slot } = bodies.byId.get(id);
            const { drawn, state } = bodies;
            return Math.hypot(state.x[slot] - drawn.x[slot], state.y[slot] - drawn.y[slot]) > 10;
        }""",
        ids[5],
    )
    assert card.bounding_box() == pytest.approx(before, abs=2)


def test_going_over_to_the_card_keeps_it(visitors, water, ids):
    visitor = visitors().visit()
    relate(visitor, water.site.archive)
    focus(visitor, ids[1])
    expect(visitor.page.locator(NOTES)).to_have_count(3)
    visitor.page.locator(NOTES).nth(2).focus()
    expect(visitor.page.locator(CARD)).to_be_visible()
    expect(visitor.page.locator("#preview h2")).to_have_text(title(water, ids[1]))


def test_each_link_is_asked_for_once(visitors, water, ids):
    visitor = visitors().visit()
    related = relate(visitor, water.site.archive)
    for link_id in (ids[0], ids[1], ids[0]):
        focus(visitor, link_id)
        expect(visitor.page.locator("#preview h2")).to_have_text(title(water, link_id))
        expect(visitor.page.locator(NOTES)).to_have_count(3)
    assert related.asked == ids[:2]


def test_without_an_answer_there_are_none_and_no_fuss(visitors, water, ids):
    visitor = visitors().visit()
    relate(visitor, water.site.archive, status=503)
    focus(visitor, ids[0])
    expect(visitor.page.locator("#preview ol")).to_have_attribute("data-rows", "0")
    expect(visitor.page.locator(NOTES)).to_have_count(0)
    expect(visitor.page.locator("#notice")).to_be_hidden()
    # The browser itself reports the answer; the page adds nothing to it.
    assert [one for one in visitor.troubles if "503" not in one] == []
    visitor.troubles.clear()


def test_a_phone_follows_them_from_its_sheet(visitors, water, ids):
    phone = visitors(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    relate(phone, water.site.archive)
    phone.visit(f"/l/{ids[5]}")
    note = phone.page.locator(NOTES).first
    expect(note).to_be_in_viewport()
    assert note.bounding_box()["height"] >= 24
    note.tap()
    expect(phone.page.locator("#preview h2")).to_have_text(title(water, ids[6]))
    phone.wait_until_calm()
    phone.next_picture()
    box = phone.page.locator(CARD).bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844


def test_a_card_leaves_the_button_free_for_another_try(visitors, water):
    visitor = visitors(viewport={"width": 1280, "height": 800})
    relate(visitor, water.site.archive)
    visitor.visit()
    lucky = visitor.page.get_by_role("button", name="I’m feeling lucky")
    for _ in range(4):
        lucky.click()  # refused by Playwright where something covers it
        expect(visitor.page.locator(NOTES)).to_have_count(3)
        visitor.wait_until("() => !window.linkDrift.camera.flight")
