"""Commands run in a folder of their own, beside a good archive."""

import pytest
from typer.testing import CliRunner

from tests.archive_commands import GOOD, cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments, **options):
        return CliRunner().invoke(cli, arguments, catch_exceptions=False, **options)

    return invoke


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text(GOOD)
    return path
