"""The wheel works by itself: installed in an empty place, run from outside the checkout."""

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
START_S = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_page_font_templates_and_links(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "app/links.yaml",
        "app/static/js/pages/playground.js",
        "app/static/fonts/literata-latin-400.woff2",
        "app/static/fonts/literata-LICENSE.txt",
        "app/templates/page.html",
        "app/drift/PROTOCOL.md",
        "physics/world.py",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


def test_an_installed_wheel_serves_from_outside_the_checkout(wheel, tmp_path):
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    python = venv / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = ROOT / "constraints.txt"
    subprocess.run([*install, "--constraint", constraints, wheel], check=True, cwd=tmp_path)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    server = subprocess.Popen(
        [venv / "bin" / "link-drift", "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = server.stdout.readline()
        url = re.search(r"http://\S+", line).group()
        page = httpx.get(url, timeout=START_S)
        assert page.status_code == 200
        script = re.search(r'src="(/static/[^"]+/js/pages/playground.js)"', page.text).group(1)
        assert httpx.get(url + script).status_code == 200
        assert httpx.get(url + "/api/links").json()["total"] == 101
        assert str(ROOT) not in line
    finally:
        server.terminate()
        server.communicate(timeout=START_S)
    # Uvicorn ends by the signal it was sent, once everything is closed.
    assert server.returncode in (0, -signal.SIGTERM)
