"""Real Chromium on a real server; every page must load clean and stay at home."""

import http.server
import shutil
import threading

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.visitor import PATIENCE_MS, Visitor
from tests.servers import serving, serving_one

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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


@pytest.fixture
def lonely(tmp_path):
    with serving_one(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def bundled():
    """The archive that comes with the project, served."""
    with serving() as server:
        yield server


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
