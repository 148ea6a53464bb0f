import subprocess
import sys
from pathlib import Path

import pytest

import physics

ROOT = Path(physics.__file__).parents[1]
FORBIDDEN = {"asyncio", "fastapi", "starlette", "uvicorn", "pydantic", "app", "websockets", "anyio"}


@pytest.mark.long
def test_the_world_loads_nothing_of_the_web():
    modules = sorted(path.stem for path in (ROOT / "physics").glob("*.py"))
    code = "import sys\n" + "".join(
        f"import physics.{name}\n" for name in modules if name != "__init__"
    )
    code += "print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.split())
    assert "physics.world" in loaded
    assert not loaded & FORBIDDEN
