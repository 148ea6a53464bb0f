"""A visitor with a real browser: looks, aims and waits; never by the wall's clock.

The water moves and the machine may be slow. So whoever waits, waits for a condition;
`PATIENCE_MS` only ends what is hopeless. Whoever aims at a link holds it still first,
and aims anew until it is hit.
"""

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.waiting import PATIENCE_S, wait_until

PATIENCE_MS = 1000 * PATIENCE_S
LOOK_MS = 500  # between two aims at what moves

# Keeps what the page said after it is gone from the screen, and never gives up on an
# answer: tests decide when answers come.
AT_THE_START = """
window.said = [];
new MutationObserver(() => {
    const text = document.getElementById("notice")?.textContent;
    if (text && window.said.at(-1) !== text) window.said.push(text);
}).observe(document, { subtree: true, childList: true });
AbortSignal.timeout = () => new AbortController().signal;
"""

# Whether the mouse rests on a link, which is then held still, and a press where it is
# drawn would meet nothing else.
HOVERED = """(id) => {
    const { drift } = window.linkDrift;
    const { bodies, view } = drift;
    const slot = bodies.byId.get(id).slot;
    const meets = bodies.at(bodies.drawn.x[slot], bodies.drawn.y[slot], 0);
    return view.attention.ids.hovered === id && bodies.pins.has(slot) && meets === slot;
}"""


class Visitor:
    """One browser context with one page, and what went wrong in it."""

    def __init__(self, browser, url, **options):
        options = {"viewport": {"width": 1600, "height": 1000}, "color_scheme": "light"} | options
        self.context = browser.new_context(**options)
        self.context.add_init_script(AT_THE_START)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.url = url
        self.troubles = []
        self.strangers = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._request)

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def _request(self, request):
        if not request.url.startswith((self.url, "data:")):
            self.strangers.append(request.url)

    def visit(self, path="/", state="live"):
        self.page.goto(self.url + path)
        self.wait_for_state(state)
        return self

    # Waiting

    def wait_for_state(self, state):
        expect(self.page.locator("html")).to_have_attribute("data-drift", state)

    def wait_until(self, script, argument=None):
        try:
            self.page.wait_for_function(script, arg=argument, timeout=PATIENCE_MS)
        except PlaywrightTimeoutError:
            raise AssertionError(f"the page never came to {script} with {argument}") from None

    def wait_until_said(self, text):
        """Wait until the page has shown a sentence, be it gone again or not."""
        self.wait_until("(text) => window.said.some((one) => one.includes(text))", text)

    def wait_until_calm(self):
        """Wait until nothing on the page fades or grows any more."""
        self.wait_until("() => document.getAnimations().length === 0")

    def next_picture(self):
        """Wait until what happened so far was drawn."""
        self.page.evaluate(
            """() => new Promise((done) => {
                requestAnimationFrame(() => requestAnimationFrame(() => done()));
            })"""
        )

    # Aiming

    def place(self, link_id):
        """Where a link's pill is drawn: world units."""
        return self.page.evaluate(
            """(id) => {
                const { drift } = window.linkDrift;
                const slot = drift.bodies.byId.get(id).slot;
                return { x: drift.bodies.drawn.x[slot], y: drift.bodies.drawn.y[slot] };
            }""",
            link_id,
        )

    def on_screen(self, link_id):
        """Where a link's pill is drawn: CSS pixels of the viewport."""
        return self.page.evaluate("(id) => window.linkDrift.bodyAt(id)", link_id)

    def bring(self, link_id):
        """Look at a link; where it is on the screen, clear of the page's furniture.

        The small archive's whole world fits the usual window with room to spare.
        """
        self.page.evaluate(
            """(id) => {
                const { drift, camera } = window.linkDrift;
                const slot = drift.bodies.byId.get(id).slot;
                const { x, y } = drift.bodies.drawn;
                camera.fly(() => ({ x: x[slot], y: y[slot] }), { cut: true });
            }""",
            link_id,
        )
        self.wait_until("() => !window.linkDrift.camera.flight")
        return self.on_screen(link_id)

    def hover(self, link_id):
        """Rest the mouse on a link's middle until it is held still; where that is.

        Until then it drifts on: what was aimed at may have moved on, or lie under another.
        """
        self.bring(link_id)
        wait_until(lambda: self._aim(link_id), f"{link_id} under the mouse, held still")
        at = self.on_screen(link_id)
        self.page.mouse.move(at["x"], at["y"])
        return at

    def _aim(self, link_id):
        at = self.on_screen(link_id)
        self.page.mouse.move(at["x"], at["y"])
        try:
            self.page.wait_for_function(HOVERED, arg=link_id, timeout=LOOK_MS)
        except PlaywrightTimeoutError:
            return False
        return True

    def reach(self, card):
        """Go to the card with the mouse: from then on it keeps still."""
        wait_until(lambda: self._touch(card), "a card under the mouse, held still")

    def _touch(self, card):
        box = card.bounding_box()
        if box is None:
            return False
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
        self.next_picture()
        return self.page.evaluate(
            """() => {
                const { camera, drift } = window.linkDrift;
                const { attention, preview } = drift.view;
                const inHand = document.querySelector("#preview:hover") !== null;
                return inHand && !camera.flight && attention.ids.hovered === preview.link?.id;
            }"""
        )

    def still(self):
        """Stop the water, for a hand that cannot hold a link before it touches it."""
        self.page.keyboard.press("p")
        self.wait_for_state("paused")
        self.next_picture()
        return self
