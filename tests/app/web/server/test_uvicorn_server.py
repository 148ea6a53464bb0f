"""How Uvicorn is configured, and what becomes of a server whose simulation dies."""

import asyncio
from types import SimpleNamespace

import pytest
import uvicorn

from app.settings import Settings
from app.web.server.transport import DeadlineHttp, DriftSocket
from app.web.server.uvicorn_server import Server


def make(on_ready=lambda _: None, **settings):
    host = SimpleNamespace(on_fault=None)
    app = SimpleNamespace(state=SimpleNamespace(site=SimpleNamespace(host=host)))
    return Server(app, Settings(**settings), on_ready), host


def test_connections_are_held_to_their_limits():
    config = make()[0].config
    assert config.http is DeadlineHttp
    assert config.ws is DriftSocket
    assert config.ws_max_size == 4_096
    assert (config.ws_ping_interval, config.ws_ping_timeout) == (10.0, 8.0)
    assert config.timeout_graceful_shutdown == 2


def test_frames_are_not_compressed_by_each_connection():
    assert make()[0].config.ws_per_message_deflate is False


def test_no_visitor_is_logged_and_no_software_named():
    config = make()[0].config
    assert config.access_log is False
    assert config.log_level == "error"
    assert config.server_header is False


def test_nobody_is_believed_to_be_a_proxy_unasked():
    assert make()[0].config.proxy_headers is False


def test_the_proxies_the_owner_names_are_believed_and_no_others():
    config = make(trusted_proxies=["192.0.2.1", "192.0.2.2"])[0].config
    assert config.proxy_headers is True
    assert config.forwarded_allow_ips == ["192.0.2.1", "192.0.2.2"]


def test_it_listens_where_it_is_told():
    config = make(host="::1", port=8080)[0].config
    assert (config.host, config.port) == ("::1", 8080)


def test_a_dead_simulation_ends_it_as_faulted():
    server, host = make()
    assert (server.should_exit, server.faulted) == (False, False)
    host.on_fault()
    assert (server.should_exit, server.faulted) == (True, True)


@pytest.mark.parametrize(
    ("bound", "url"),
    [
        (("127.0.0.1", 8000), "http://127.0.0.1:8000"),
        (("::1", 8000, 0, 0), "http://[::1]:8000"),
    ],
)
@pytest.mark.parametrize("starts", [True, False])
def test_it_tells_its_address_once_it_answers(monkeypatch, bound, url, starts):
    told = []
    server, _ = make(told.append)
    listener = SimpleNamespace(getsockname=lambda: bound)
    server.servers = [SimpleNamespace(sockets=[listener])]

    async def startup(self, *_):
        self.started = starts

    monkeypatch.setattr(uvicorn.Server, "startup", startup)
    asyncio.run(server.startup())
    assert told == ([url] if starts else [])
