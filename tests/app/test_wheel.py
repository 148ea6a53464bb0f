"""The wheel works by itself: installed in an empty place, run from outside the checkout.

What it needs is not fetched again: the packages that its own metadata asks for, and
what these ask for, are lent to the empty place by links, and no others. That they can
be fetched and fit together was proved when this environment was made from the same
metadata.
"""

import os
import re
import signal
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

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
        "app/wire/PROTOCOL.md",
        "physics/world.py",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


def asked_for(packages):
    """Distributions that the one installed here needs, and those that these need."""
    (ours,) = metadata.distributions(path=[str(packages)])
    needed, ahead = {}, [(ours, "")]
    while ahead:
        dist, extra = ahead.pop()
        for requirement in map(Requirement, dist.requires or ()):
            marker = requirement.marker
            if marker is not None and not marker.evaluate({"extra": extra}):
                continue
            for one in ("", *requirement.extras):
                if (requirement.name, one) not in needed:
                    needed[requirement.name, one] = metadata.distribution(requirement.name)
                    ahead.append((needed[requirement.name, one], one))
    return list(needed.values())


def lend(distributions, packages):
    """Link each file and folder that the distributions installed into another place."""
    for dist in distributions:
        for name in {file.parts[0] for file in dist.files} - {"..", "__pycache__"}:
            place = packages / name
            if not place.exists():
                place.symlink_to(dist.locate_file(name))


def test_an_installed_wheel_serves_from_outside_the_checkout(wheel, tmp_path):
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    pip += ["--python", venv / "bin" / "python"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True, cwd=tmp_path)
    (packages,) = (venv / "lib").glob("python*/site-packages")
    lend(asked_for(packages), packages)
    subprocess.run([*pip, "check"], check=True, cwd=tmp_path)
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
