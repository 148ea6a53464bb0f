"""Real Chromium on a real server; every page must load clean and stay at home."""

import http.server
import shutil
import threading

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.servers import serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    assert path, "these tests need Debian's chromium: `make browser` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def elsewhere():
    """A stand-in for the sites that links lead to; nothing leaves this machine."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = f"<title>elsewhere</title>{self.path}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def archive(elsewhere, tmp_path_factory):
    """A few links, all of which lead to the stand-in."""
    titles = [
        "A quiet essay",
        "<script>document.title='taken'</script>",
        '"><img src=x onerror=alert(1)>',
        "Notes on tides",
        "책 읽는 오후 📚",
        "The long talk about nothing in particular, given twice",
        "Ants",
        "A map of currents",
    ]
    lines = ["links:"]
    for number, title in enumerate(titles):
        quoted = title.replace("'", "''")
        lines += [
            f"  - title: '{quoted}'",
            f"    url: {elsewhere}/{number}",
            f"    tags: [{'talks' if number % 2 else 'writings'}]",
            "    added: 2024-01-02",
            "    note: '<b>a note</b> & more'",
        ]
    path = tmp_path_factory.mktemp("archive") / "links.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="module")
def water(archive):
    """A small archive, served."""
    with serving(archive) as server:
        yield server


@pytest.fixture(scope="module")
def bundled():
    """The archive that comes with the project, served."""
    with serving() as server:
        yield server


class Visitor:
    """One browser context with one page, and what went wrong in it."""

    def __init__(self, browser, url, **options):
        options = {"viewport": {"width": 1600, "height": 1000}, "color_scheme": "light"} | options
        self.context = browser.new_context(**options)
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

    def wait_for_state(self, state):
        expect(self.page.locator("html")).to_have_attribute("data-drift", state)

    def wait_until(self, script, argument=None):
        self.page.wait_for_function(script, arg=argument, timeout=PATIENCE_MS)

    def place(self, link_id):
        """Where a link's pill is drawn: world units."""
        return self.page.evaluate(
            """(id) => {
                const { drift, camera } = window.linkDrift;
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


@pytest.fixture
def visitors(chromium, water):
    """Make visitors; afterwards none may have seen an error or a foreign host."""
    made = []

    def make(url=water.url, **options):
        visitor = Visitor(chromium, url, **options)
        made.append(visitor)
        return visitor

    yield make
    for visitor in made:
        visitor.context.close()
    for visitor in made:
        assert visitor.troubles == []
        assert visitor.strangers == []


@pytest.fixture
def ids(water):
    return [link.id for link in water.site.archive]
