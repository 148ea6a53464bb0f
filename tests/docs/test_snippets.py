"""Every snippet of the pages is run, or held to what it speaks of.

`sh`, `python`, `js` run, in a folder with the files that the pages speak of and
against a server of the archive that comes along. `console` is for the reader's own
machine (root, containers): its words are looked at, one line after the other.
"""

import configparser
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.docs import built
from tests.docs.pages import DOCS, PAGES, ROOT, all_fences, fences, source
from tests.servers import serving

RUN = {"sh", "python", "js"}
COMPARED = {"json", "yaml", "yaml broken", "text check", "ini", "nginx", "caddy", "console"}
DRAWINGS = {"ARCHITECTURE.md": {""}}
HERE = "http://127.0.0.1:8000"
ELSEWHERE = "https://links.example"
WITHIN_S = 60
CURL_REFUSED = 22  # what curl ends with when the server refused
PROBLEM = '"type": "about:blank"'

ARCHIVE = "links:\n  - title: Tides\n    url: https://tides.example/\n    tags: [writings]\n"
FILES = {
    "links.yaml": ARCHIVE,
    "my-links.yaml": ARCHIVE,
    "bookmarks.html": "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT>"
    '<A HREF="https://moon.example/">Moon</A></DL>',
    "feed.xml": "<rss version='2.0'><channel><item><title>A</title>"
    "<link>https://a.example/</link></item></channel></rss>",
    "log.md": "# Sea\n\n- [B](https://b.example/)\n",
    "urls.txt": "https://c.example/\nhttps://d.example/\n",
}


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / ".curlrc").write_text("fail-with-body\n")
    return tmp_path


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if "LINK_DRIFT" not in name}
    own = Path(sys.executable).parent
    return (
        kept
        | {"PATH": f"{own}:{kept['PATH']}", "BROWSER": "true", "LINK_DRIFT_PORT": "0"}
        | {"CURL_HOME": str(tmp_path)}
    )


def ran(words, folder, environment, *, text=None, ends_with=0):
    done = subprocess.run(
        words, cwd=folder, env=environment, input=text, text=True,
        capture_output=True, timeout=WITHIN_S, check=False,
    )  # fmt: skip
    assert done.returncode == ends_with, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def served_by(words, folder, environment):
    """Start a server as a page says, on a free port, and tell what it answers."""
    words = [
        "0" if before == "--port" else word
        for before, word in zip(["", *words], words, strict=False)
    ]
    with subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        late = threading.Timer(WITHIN_S, server.kill)
        late.start()
        try:
            url = server.stdout.readline().rpartition(" at ")[2].strip()
            return httpx.get(f"{url}/healthz").text
        finally:
            late.cancel()
            server.terminate()


def is_refused(fence):
    """Tell whether the page goes on with the server's refusal."""
    later = [one for one in fences(fence.page) if one.line > fence.line]
    return bool(later) and later[0].kind == "json" and PROBLEM in later[0].text


def run_shell(fence, folder, environment, url):
    if "link-drift init" in fence.text:
        (folder / "links.yaml").unlink()
    lines = fence.text.replace(HERE, url).splitlines()
    servers = [line for line in lines if line.startswith("link-drift serve")]
    script = "\n".join(line for line in lines if line not in servers)
    ends_with = CURL_REFUSED if is_refused(fence) else 0
    out = ran(["bash", "-euo", "pipefail", "-c", script], folder, environment, ends_with=ends_with)
    for line in servers:
        words = shlex.split(line, comments=True)
        assert served_by(words, folder, environment) == "ok\n", line
    return out.replace(url, ELSEWHERE)


@pytest.mark.parametrize("fence", all_fences("sh"), ids=str)
def test_a_shell_snippet_runs(fence, folder, environment, running):
    run_shell(fence, folder, environment, running.url)


@pytest.mark.parametrize("fence", all_fences("python"), ids=str)
def test_a_python_snippet_runs(fence, folder, environment, running):
    script = fence.text.replace(HERE, running.url).replace(
        "ws://127.0.0.1:8000", f"ws://{running.host}"
    )
    ran([sys.executable, "-W", "error", "-"], folder, environment, text=script)


@pytest.mark.parametrize("fence", all_fences("js"), ids=str)
def test_a_script_of_a_page_runs(fence, folder, environment, running):
    script = fence.text.replace(ELSEWHERE, running.url)
    ran(["node", "--input-type=module", "-"], folder, environment, text=script)


def answers():
    """Pair what is asked for with the answer that is told after it."""
    for page in PAGES:
        found = fences(page)
        for asked, told in pairwise(found):
            if told.kind == "json":
                yield pytest.param(asked, told, id=str(told))


@pytest.mark.parametrize(("asked", "told"), list(answers()))
def test_an_answer_is_as_told(asked, told, folder, environment, running):
    assert asked.kind == "sh"
    answer = run_shell(asked, folder, environment, running.url)
    assert alike(json.loads(answer), json.loads(told.text))


VOLATILE = {"epoch", "loaded_at"}


def alike(got, told, key=""):
    """Compare an answer with what is told: its fields and its words, not its numbers."""
    if isinstance(told, dict):
        assert sorted(got) == sorted(told), key
        return all(alike(got[name], value, name) for name, value in told.items())
    if isinstance(told, list):
        assert isinstance(got, list), key
        return all(alike(got[place], value, key) for place, value in enumerate(told))
    if isinstance(told, str) and key not in VOLATILE:
        assert got == told, key
    if isinstance(told, (int, float)) and not isinstance(told, bool):
        assert isinstance(got, (int, float)), key
        return True
    assert type(got) is type(told), key
    return True


@pytest.mark.parametrize("fence", all_fences("yaml"), ids=str)
def test_an_archive_is_in_order(fence, folder, environment):
    (folder / "links.yaml").write_text(fence.text)
    assert "no problems" in ran(["link-drift", "check"], folder, environment)


@pytest.mark.parametrize("fence", all_fences("yaml broken"), ids=str)
def test_a_broken_archive_is_reported_as_told(fence, folder, environment):
    (told,) = [one for one in fences(fence.page) if one.kind == "text check"]
    (folder / "links.yaml").write_text(fence.text)
    done = subprocess.run(
        ["link-drift", "check"], cwd=folder, env=environment, text=True,
        capture_output=True, timeout=WITHIN_S, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == told.text


def lines_for_a_reader():
    for fence in all_fences("console"):
        for line in fence.text.splitlines():
            yield pytest.param(line, id=f"{fence.page.name}: {line[:50].strip()}")


@pytest.mark.parametrize("line", list(lines_for_a_reader()))
def test_a_line_for_the_readers_own_machine_speaks_of_what_is_there(line):
    words = shlex.split(line, comments=True)
    match Path(words[0]).name, words[1:]:
        case "make", [*targets]:
            named = {target for target in targets if "=" not in target}
            assert named <= built.make_targets()
        case "link-drift", rest:
            built.parse_command(rest)
        case "pip", ["install", "--constraint", constraints, "."]:
            assert (ROOT / constraints).is_file()
        case "docker", ["build", *_, "."]:
            assert (ROOT / "Dockerfile").is_file()
        case "docker", ["run", *options]:
            dockerfile = source(ROOT / "Dockerfile")
            port = options[options.index("--publish") + 1].rpartition(":")[2]
            assert f"EXPOSE {port}\n" in dockerfile
            home = options[options.index("--volume") + 1].rpartition(":")[2]
            assert dockerfile.rpartition("WORKDIR ")[2].startswith(f"{home}\n")
        case program, [module_or_file, *rest] if program.startswith("python"):
            module = rest[0] if module_or_file == "-m" else None
            assert module in {"venv", "pytest", "build"} or (
                module is None and (ROOT / module_or_file).is_file()
            )
        case "node", ["--test", tests]:
            assert (ROOT / tests).exists()
        case "git" | "rm" | "sqlite3", _:
            pass
        case _:
            raise AssertionError(f"nothing is known of {words[0]}")


class Unit(configparser.RawConfigParser):
    """Systemd's names keep their case."""

    def optionxform(self, optionstr):
        return optionstr


def unit():
    (fence,) = all_fences("ini")
    parser = Unit(strict=False, delimiters="=")
    parser.read_string(re.sub(r"^Environment=", "Environment ", fence.text, flags=re.MULTILINE))
    return parser["Service"]


def unit_settings():
    return {
        name.split()[1].removeprefix("LINK_DRIFT_").lower(): value
        for name, value in unit().items()
        if name.startswith("Environment ")
    }


def test_the_service_starts_what_the_command_line_takes():
    program, *words = shlex.split(unit()["ExecStart"])
    assert program.endswith("/bin/link-drift")
    built.parse_command(words)


def test_the_service_refuses_a_word_that_the_command_line_does_not_take():
    with pytest.raises(Exception, match="No such option"):
        built.parse_command(["serve", "--prot", "1"])


def test_the_service_sets_what_can_be_set():
    told = unit_settings()
    assert told
    settings = built.Settings(**told)
    assert settings.model_fields_set == set(told)
    assert set(told) <= set(built.Settings.model_fields)


NGINX = {"$host": "links.example", "$remote_addr": "203.0.113.7", "$scheme": "https"}


def proxied_headers():
    """What nginx would send on, as the page sets it up, for a plain request."""
    (fence,) = all_fences("nginx")
    told = dict(re.findall(r"proxy_set_header (\S+) (\S+);", fence.text))
    return {name: NGINX[value] for name, value in told.items() if value in NGINX}


@pytest.fixture
def behind_a_proxy():
    told = unit_settings()
    told.pop("public_url")  # so that the host is the request's, which the proxy passes on
    with serving(**told) as server:
        yield server


def test_behind_the_proxy_of_the_page_addresses_are_the_visitors(behind_a_proxy):
    answer = httpx.get(f"{behind_a_proxy.url}/api/random", headers=proxied_headers())
    assert answer.json()["permalink"].startswith("https://links.example/l/")
    assert "strict-transport-security" in answer.headers


def test_behind_the_proxy_of_the_page_the_pages_own_socket_is_let_in(behind_a_proxy):
    headers = proxied_headers()
    name, port = behind_a_proxy.host.split(":")
    with connect(
        f"ws://{headers.pop('Host')}/ws", origin=Origin(ELSEWHERE),
        sock=socket.create_connection((name, int(port))),
        subprotocols=[Subprotocol("link-drift.v1")], additional_headers=headers,
    ) as connection:  # fmt: skip
        assert json.loads(connection.recv())["type"] == "welcome"


def test_the_proxies_lead_to_where_the_server_listens():
    fields = built.Settings.model_fields
    address = f"{fields['host'].default}:{fields['port'].default}"
    for kind, word in (("nginx", "proxy_pass http://"), ("caddy", "reverse_proxy ")):
        (fence,) = all_fences(kind)
        assert re.findall(rf"{word}([\d.:]+)", fence.text) == [address]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_snippet_is_of_a_kind_that_is_held(page):
    kinds = {fence.kind for fence in fences(page)}
    assert kinds <= RUN | COMPARED | DRAWINGS.get(page.name, set())


def test_the_pages_have_snippets_of_every_kind():
    kinds = {
        fence.kind for page in (ROOT / "README.md", *DOCS.glob("*.md")) for fence in fences(page)
    }
    assert kinds == RUN | COMPARED
