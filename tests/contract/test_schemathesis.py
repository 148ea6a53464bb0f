"""Schemathesis asks everything the OpenAPI document allows, and much that it does not."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import serving

EXAMPLES = 40  # for each operation and phase


@pytest.fixture(scope="module")
def running():
    with serving() as server:
        yield server


def schemathesis():
    beside = Path(sys.executable).with_name("schemathesis")
    return str(beside) if beside.exists() else shutil.which("schemathesis")


def test_every_answer_is_as_documented(running, tmp_path, caplog):
    """All phases and all checks, by the same dice every time.

    A program of its own, so that nothing of it can be mended by our fixtures, and so
    that links between operations are followed too, two at a time. No redirect is: they
    leave the house.
    """
    run = subprocess.run(
        [
            schemathesis(), "run", f"{running.url}/openapi.json",
            "--phases", "examples,coverage,fuzzing,stateful",
            "--checks", "all",
            "--generation-deterministic",
            "--max-examples", str(EXAMPLES),
            "--max-redirects", "0",
            "--workers", "2",
            "--continue-on-failure",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-5_000:]
    (asked, there) = re.findall(r"(\d+) selected / (\d+) total", run.stdout)[0]
    assert asked == there
    assert "No issues found" in run.stdout
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []
