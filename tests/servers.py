"""A real server in a thread, for tests that speak to a socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from app.archive.file.load import load
from app.assets import BUNDLED_ARCHIVE
from app.main import create_app
from app.memory.memory import VolatileMemory
from app.settings import Settings
from app.web.server.uvicorn_server import Server
from tests.waiting import PATIENCE_S, wait_until


@contextmanager
def serving(
    archive: Path = BUNDLED_ARCHIVE, *, port: int = 0, **settings: Any
) -> Iterator["Running"]:
    """Serve an archive on a free port for as long as the context lasts."""
    options = Settings(archive=archive, port=port, seed=1, **settings)
    memory = VolatileMemory()
    app = create_app(options, load(archive), memory)
    ready = threading.Event()
    urls: list[str] = []

    def on_ready(url: str) -> None:
        urls.append(url)
        ready.set()

    server = Server(app, options, on_ready)
    thread = threading.Thread(target=server.run, name="server")
    thread.start()
    try:
        assert ready.wait(PATIENCE_S), "the server did not start"
        yield Running(urls[0], app.state.site, server, thread)
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), "the server did not stop"


@contextmanager
def serving_one(folder: Path) -> Iterator["Running"]:
    """Serve an archive of a single link: nothing in the water is in its way."""
    path = folder / "links.yaml"
    path.write_text("links:\n  - {title: Ants, url: 'https://one.example/'}\n")
    with serving(path) as server:
        yield server


class Running:
    """A server that answers at `url`."""

    def __init__(self, url: str, site: Any, server: Server, thread: threading.Thread) -> None:
        self.url = url
        self.site = site
        self.server = server
        self.thread = thread

    @property
    def host(self) -> str:
        """Host and port."""
        return self.url.removeprefix("http://")

    @property
    def socket_url(self) -> str:
        """Where the drift is."""
        return f"ws://{self.host}/ws"

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Ask for a path; the answer may take its time on a busy machine."""
        return httpx.get(self.url + path, timeout=PATIENCE_S, **options)

    def let_pass(self, ticks: int) -> None:
        """Wait until the world is that many steps on; somebody must be watching it."""
        goal = self.site.host.health.tick + ticks
        wait_until(lambda: self.site.host.health.tick >= goal, f"tick {goal} of the world")
