import pytest
from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.servers import serving

pytestmark = pytest.mark.browser

NEAR = """([id, x, y, reach]) => {
    const { drift } = window.linkDrift;
    const slot = drift.bodies.byId.get(id).slot;
    return Math.hypot(drift.bodies.drawn.x[slot] - x, drift.bodies.drawn.y[slot] - y) < reach;
}"""
FAR = NEAR.replace("< reach", "> reach")


def test_the_page_comes_alive_with_every_link(visitors, bundled):
    visitor = visitors(bundled.url).visit()
    shown = visitor.page.evaluate(
        """() => [...window.linkDrift.drift.bodies.byId.values()]
            .filter((link) => window.linkDrift.drift.bodies.shown(link.slot)).length"""
    )
    assert shown == 101
    first = visitor.page.evaluate("() => Array.from(window.linkDrift.drift.bodies.drawn.x)")
    visitor.wait_until(
        """(first) => window.linkDrift.drift.bodies.drawn.x
            .filter((x, slot) => Math.abs(x - first[slot]) > 2).length > 80""",
        first,
    )


def test_labels_are_as_wide_as_their_pills(visitors, bundled):
    """What you see is what collides: the server's sum of advances is what Chromium draws."""
    visitor = visitors(bundled.url).visit()
    widths = visitor.page.evaluate(
        """() => {
            const ctx = document.createElement("canvas").getContext("2d");
            ctx.fontKerning = "none";
            ctx.textRendering = "optimizeSpeed";
            return [...window.linkDrift.drift.bodies.byId.values()].map((link) => {
                ctx.font = `${link.font_px}px Literata`;
                const padding = 2 * link.font_px;
                return [link.label, ctx.measureText(link.label).width, link.width - padding];
            });
        }"""
    )
    latin = [row for row in widths if row[0].replace("…", "").replace("’", "").isascii()]
    assert len(latin) > 90
    for label, drawn, computed in latin:
        assert drawn == pytest.approx(computed, abs=0.5), label


def test_a_drag_is_seen_by_another_visitor(visitors, ids):
    anna, bert = visitors().visit(), visitors().visit()
    link_id = ids[0]
    at = anna.hover(link_id)
    start = anna.place(link_id)
    mouse = anna.page.mouse
    mouse.down()
    across = 260 if at["x"] < 800 else -260
    down = 40 if at["y"] < 500 else -40
    for step in range(1, 21):
        mouse.move(at["x"] + across * step / 20, at["y"] + down * step / 20)
    goal = {"x": start["x"] + across, "y": start["y"] + down}
    anna.next_picture()
    assert anna.place(link_id) == pytest.approx(goal, abs=5), "the hand's own picture is not late"
    bert.wait_until(NEAR, [link_id, goal["x"], goal["y"], 30])
    mouse.up()


def test_a_fling_travels_in_both_pictures(lonely, visitors):
    """At 250 units / s a fling glides 500 units, and comes to rest before the shore."""
    anna, bert = visitors(lonely.url).visit(), visitors(lonely.url).visit()
    (link_id,) = [link.id for link in lonely.site.archive]
    at = anna.hover(link_id)
    before = anna.place(link_id)
    hand = Hand(anna)
    hand.move(at["x"], at["y"])
    hand.press()
    way = 1 if before["x"] < 640 else -1
    for step in range(1, 9):
        hand.rest(40)
        hand.move(at["x"] + way * 10 * step, at["y"])
    hand.release()
    for visitor in (anna, bert):
        visitor.wait_until(FAR, [link_id, before["x"], before["y"], 300])


def test_a_held_link_is_refused_to_the_second_hand(visitors, ids):
    anna, bert = visitors().visit(), visitors().visit()
    link_id = ids[6]
    at = anna.hover(link_id)
    anna.page.mouse.down()
    anna.page.mouse.move(at["x"] + 30, at["y"] + 5, steps=4)
    bert.wait_until("(id) => window.linkDrift.drift.view.marks.held.has(id)", link_id)
    at = bert.hover(link_id)
    bert.page.mouse.down()
    bert.page.mouse.move(at["x"] + 80, at["y"], steps=6)
    bert.wait_until_said("Another visitor has this one in hand.")
    bert.page.mouse.up()
    anna.page.mouse.up()
    bert.wait_until("(id) => !window.linkDrift.drift.view.marks.held.has(id)", link_id)


@pytest.mark.parametrize("how", ["button", "key"])
def test_lucky_flies_to_a_pick_and_says_why(visitors, water, how):
    visitor = visitors().visit()
    if how == "button":
        visitor.page.get_by_role("button", name="I’m feeling lucky").click()
    else:
        visitor.page.keyboard.press("l")
    card = visitor.page.locator("#preview")
    expect(card).to_be_visible()
    expect(card.locator(".why")).not_to_be_empty()
    permalink = card.get_by_role("link", name="Permalink").get_attribute("href")
    link_id = permalink.rpartition("/l/")[2]
    title = water.site.archive.get(link_id).title
    expect(card.locator("h2")).to_have_text(title)
    visitor.wait_until(
        """(id) => {
            const at = window.linkDrift.bodyAt(id);
            return at.x > 0 && at.x < innerWidth && at.y > 0 && at.y < innerHeight;
        }""",
        link_id,
    )
    expect(visitor.page.locator("#live")).to_contain_text(title)


def test_lucky_does_not_repeat_itself(visitors, ids):
    visitor = visitors().visit()
    seen = set()
    for _ in ids:
        before = visitor.page.locator("#preview .doors a[data-part=permalink]").get_attribute(
            "href"
        )
        visitor.page.keyboard.press("l")
        link = visitor.page.locator("#preview a[data-part=permalink]")
        expect(link).not_to_have_attribute("href", before)
        seen.add(link.get_attribute("href").rpartition("/l/")[2])
    assert seen == set(ids)


def test_a_click_opens_the_link_in_a_new_tab(visitors, ids, water, elsewhere):
    visitor = visitors().visit()
    at = visitor.hover(ids[7])
    with visitor.context.expect_page() as opened:
        Hand(visitor).click(at["x"], at["y"])
    tab = opened.value
    tab.wait_for_load_state()
    assert tab.url == f"{elsewhere}/7"
    assert tab.evaluate("() => window.opener === null && document.referrer === ''")
    assert water.site.memory.recall(ids[7]).opened == 1


def test_a_permalink_brings_its_link_forward(visitors, ids, water):
    visitor = visitors().visit(f"/l/{ids[5]}")
    card = visitor.page.locator("#preview")
    expect(card.locator("h2")).to_have_text(water.site.archive.get(ids[5]).title)
    visitor.wait_until(
        "(id) => { const at = window.linkDrift.bodyAt(id); return at.x > 0 && at.x < innerWidth; }",
        ids[5],
    )


def test_hover_holds_a_pill_still_and_shows_the_whole_title(visitors, ids, water):
    visitor = visitors().visit()
    visitor.hover(ids[5])
    card = visitor.page.locator("#preview")
    expect(card.locator("h2")).to_have_text(water.site.archive.get(ids[5]).title)
    expect(card).to_contain_text("<b>a note</b> & more")
    held = visitor.place(ids[5])
    tick = visitor.page.evaluate("() => window.linkDrift.tick()")
    visitor.wait_until("(tick) => window.linkDrift.tick() > tick + 60", tick)
    assert visitor.place(ids[5]) == held
    box, pill = card.bounding_box(), visitor.on_screen(ids[5])
    inside_x = box["x"] < pill["x"] < box["x"] + box["width"]
    inside_y = box["y"] < pill["y"] < box["y"] + box["height"]
    assert not (inside_x and inside_y), "the card covers its pill"


def test_everything_works_from_the_keyboard(visitors, ids, water, elsewhere):
    visitor = visitors().visit()
    page = visitor.page
    page.locator(f'[data-id="{ids[2]}"]').first.focus()
    expect(page.locator("#preview h2")).to_have_text(water.site.archive.get(ids[2]).title)
    page.keyboard.press("Tab")
    expect(page.locator("#preview h2")).to_have_text(water.site.archive.get(ids[3]).title)
    before = visitor.place(ids[3])
    for _ in range(3):
        page.keyboard.press(f"Shift+Arrow{'Right' if before['x'] < 640 else 'Left'}")
    visitor.wait_until(FAR, [ids[3], before["x"], before["y"], 30])
    with visitor.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{elsewhere}/3"
    opened.value.close()
    page.bring_to_front()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("p")
    visitor.wait_for_state("paused")
    page.keyboard.press("p")
    visitor.wait_for_state("live")
    zoom = page.evaluate("() => window.linkDrift.camera.zoom")
    page.keyboard.press("+")
    visitor.wait_until("(zoom) => window.linkDrift.camera.zoom > zoom", zoom)
    middle = page.evaluate("() => window.linkDrift.camera.screenX(0)")
    page.keyboard.press("ArrowRight")
    visitor.wait_until("(x) => window.linkDrift.camera.screenX(0) !== x", middle)


BARE = """() => {
    // Of the places well inside the window, the one farthest from every pill's middle line.
    const { drift, camera } = window.linkDrift;
    const { bodies } = drift;
    let best = { x: 0, y: 0, free: -Infinity };
    for (let x = 500; x <= 1100; x += 20) {
        for (let y = 350; y <= 650; y += 20) {
            let free = Infinity;
            for (const { slot, width } of bodies.byId.values()) {
                const dx = Math.abs(camera.screenX(bodies.drawn.x[slot]) - x);
                const dy = Math.abs(camera.screenY(bodies.drawn.y[slot]) - y);
                free = Math.min(free, Math.hypot(Math.max(0, dx - (width / 2) * camera.zoom), dy));
            }
            if (free > best.free) best = { x, y, free };
        }
    }
    return best;
}"""
UNDER = """({ x, y }) => {
    const { camera } = window.linkDrift;
    const box = document.getElementById("stage").getBoundingClientRect();
    return { x: camera.worldX(x - box.left), y: camera.worldY(y - box.top) };
}"""


def test_the_water_pans_and_zooms(visitors):
    visitor = visitors().visit()
    page = visitor.page
    for _ in range(3):
        page.keyboard.press("+")
    visitor.still()
    bare = page.evaluate(BARE)
    grasped = page.evaluate(UNDER, bare)
    page.mouse.move(bare["x"], bare["y"])
    page.mouse.down()
    page.mouse.move(bare["x"] - 60, bare["y"] + 40, steps=5)
    visitor.next_picture()
    there = {"x": bare["x"] - 60, "y": bare["y"] + 40}
    assert page.evaluate(UNDER, there) == pytest.approx(grasped, abs=1), "water sticks to the hand"
    page.mouse.up()
    zoom = page.evaluate("() => window.linkDrift.camera.zoom")
    page.keyboard.down("Control")
    page.mouse.wheel(0, 240)
    page.keyboard.up("Control")
    visitor.wait_until("(zoom) => window.linkDrift.camera.zoom < zoom", zoom)


def test_touch_shows_first_and_opens_second(visitors, ids, water, elsewhere):
    phone = visitors(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.visit().still()
    at = phone.bring(ids[3])
    phone.page.touchscreen.tap(at["x"], at["y"])
    card = phone.page.locator("#preview")
    expect(card.locator("h2")).to_have_text(water.site.archive.get(ids[3]).title)
    with phone.context.expect_page() as opened:
        card.get_by_role("link", name="Open").tap()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{elsewhere}/3"


def test_reduced_motion_starts_settled(visitors, ids, water):
    visitor = visitors(reduced_motion="reduce").visit(state="paused")
    before = visitor.place(ids[0])
    water.let_pass(60)  # ticks in which it would have moved
    visitor.next_picture()
    assert visitor.place(ids[0]) == before
    visitor.page.get_by_role("button", name="Let it drift").click()
    visitor.wait_for_state("live")
    visitor.wait_until(FAR, [ids[0], before["x"], before["y"], 1])


def test_a_paused_page_asks_for_nothing(visitors, water):
    visitor = visitors().visit()
    visitor.page.evaluate(
        """() => {
            window.sent = 0;
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) { window.sent += 1; send.call(this, data); };
        }"""
    )
    visitor.wait_until("() => window.sent > 0")
    visitor.page.keyboard.press("p")
    visitor.wait_for_state("paused")
    sent = visitor.page.evaluate("() => window.sent")
    water.let_pass(90)  # ticks, with the answers that were still in flight
    visitor.next_picture()
    assert visitor.page.evaluate("() => window.sent") == sent


def test_titles_are_text_and_nothing_else(visitors, ids, water):
    visitor = visitors().visit()
    page = visitor.page
    for link_id in ids[:3]:
        page.locator(f'[data-id="{link_id}"]').first.focus()
        expect(page.locator("#preview h2")).to_have_text(water.site.archive.get(link_id).title)
    assert page.title() != "taken"
    assert page.locator("img").count() == 0
    page.goto(visitor.url + "/list")
    assert page.locator("img").count() == 0


def test_the_page_comes_back_after_a_restart(visitors, archive):
    with serving(archive) as first:
        port = int(first.url.rpartition(":")[2])
        visitor = visitors(first.url).visit()
        epoch = first.site.room.epoch
    visitor.wait_until("() => document.documentElement.dataset.drift === 'stale'")
    expect(visitor.page.locator("#notice")).to_be_visible()
    with serving(archive, port=port) as second:
        assert second.site.room.epoch != epoch
        visitor.page.evaluate("() => window.dispatchEvent(new Event('online'))")
        visitor.wait_for_state("live")
        expect(visitor.page.locator("#notice")).to_be_hidden()
        visitor.context.close()
    # The browser itself reports each refused connection; nothing else may be wrong.
    visitor.troubles = [one for one in visitor.troubles if "ERR_CONNECTION" not in one]


def test_without_scripts_the_page_is_a_list(visitors, ids):
    visitor = visitors(java_script_enabled=False)
    visitor.page.goto(visitor.url)
    for link_id in ids:
        expect(visitor.page.locator(f'a[href="/go/{link_id}"]')).to_be_visible()


def test_the_list_filters_without_scripts(visitors):
    visitor = visitors(java_script_enabled=False)
    visitor.page.goto(visitor.url + "/list")
    links = visitor.page.locator('a[href^="/go/"]')
    expect(links).to_have_count(8)
    visitor.page.get_by_role("searchbox").fill("tides")
    visitor.page.keyboard.press("Enter")
    expect(links).to_have_count(1)
