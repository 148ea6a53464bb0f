"""How serving begins and ends, with a server that does only what a test says."""

import webbrowser

import pytest
from typer.testing import CliRunner

from app.cli.command_line import app
from app.web.server.uvicorn_server import Server

GOOD = "links:\n  - title: Tides\n    url: https://tides.example/\n"


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """Serve a good file; the server runs as told."""
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)

    def serve(running, *words):
        monkeypatch.setattr(Server, "run", running)
        return CliRunner().invoke(app, ["serve", str(path), "--state", ":memory:", *words])

    return serve


def test_a_server_that_was_told_to_end_ends_well(serve):
    assert serve(lambda _server: None).exit_code == 0


def test_a_server_whose_room_died_ends_with_an_error_so_that_it_is_started_anew(serve):
    result = serve(lambda server: server._end_faulted())
    assert result.exit_code == 1
    assert "--port" not in result.output


@pytest.mark.parametrize(("words", "shown"), [(["--open"], ["http://here:1"]), ([], [])])
def test_a_browser_is_opened_once_there_is_something_to_show(serve, monkeypatch, words, shown):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)

    def run(server):
        assert opened == []
        server._on_ready("http://here:1")

    assert serve(run, *words).exit_code == 0
    assert opened == shown
