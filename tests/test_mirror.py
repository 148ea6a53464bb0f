"""Every module with logic has tests under its own name, or stands here with the reason.

The tests of `app/a/b.py` are `tests/app/a/test_b.py`; more of them on one subject are
`tests/app/a/test_b_subject.py`. A module has logic where it has a function; one of
constants, types and exceptions has none.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("app", "physics")
MOST_LINES = 350

# Modules without a test of their name, and what holds them instead.
EXEMPT = {
    "app/archive/imports/import_format.py": "a declaration: each in it is tried by test_formats.py",
    "app/drift/commands.py": "each is a call of the world: test_host.py and test_simulation.py",
    "app/drift/publication.py": "made by tests/rooms.py, read by test_frame_log.py and others",
    "app/drift/typeface.py": "one look into the font's file, which test_looks.py asks for",
    "app/main.py": "puts all together, for every test with a server and for test_routes.py",
    "app/settings.py": "types and defaults: test_golden.py and tests/docs/ hold every one of them",
    "app/web/gate/headers.py": "what test_shields.py finds on every kind of path",
    "app/web/routes/health.py": "routes, asked in test_routes.py and test_api.py",
    "app/web/routes/pages.py": "routes, asked in test_routes.py, test_shields.py and in browsers",
    "app/web/routes/redirects.py": "routes, asked in test_routes.py and test_api.py",
    "app/web/server/static_files.py": "what test_validators.py is answered with",
    "app/web/told/openapi.py": "held to the routes by test_golden.py and test_documents.py",
    "app/wire/outgoing.py": "what tests/rooms.py and test_transport.py send",
    "app/wire/server_messages.py": "held field by field to PROTOCOL.md by test_wire.py",
    "physics/snapshot.py": "what test_world.py reads of a world, and test_frames.py encodes",
}

# Tests of what no single module has.
OF_MANY = {
    "tests/app/test_wheel.py": "what is built and installed",
    "tests/app/web/routes/test_session.py": "a visitor's way through all routes",
    "tests/app/web/test_modules.py": "what pages ask for, as app/assets.py lists it",
    "tests/app/web/test_routes.py": "what all routes have in common",
    "tests/physics/test_purity.py": "what the package may load",
    "tests/physics/test_pymunk_traps.py": "what pymunk does",
}

MODULES = [file for name in PACKAGES for file in sorted((ROOT / name).rglob("*.py"))]
TESTS = [file for name in PACKAGES for file in sorted((ROOT / "tests" / name).rglob("test_*.py"))]


def told(file):
    return file.relative_to(ROOT).as_posix()


def namesake(module):
    return ROOT / "tests" / module.relative_to(ROOT).with_name(f"test_{module.name}")


def has_logic(module):
    """Tell whether a module does anything but say what things are made of."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name not in {"__init__", "__str__"}
        for node in ast.walk(ast.parse(module.read_text()))
    )


def modules_named(test):
    """List the modules that a test's name begins with."""
    folder = ROOT / test.relative_to(ROOT / "tests").parent
    words = test.stem.split("_")[1:]
    stems = ["_".join(words[:count]) for count in range(1, len(words) + 1)]
    return [folder / f"{stem}.py" for stem in stems if (folder / f"{stem}.py").exists()]


def test_there_is_something_to_compare():
    assert len(MODULES) > 100
    assert len(TESTS) > 60


@pytest.mark.parametrize("module", [m for m in MODULES if has_logic(m)], ids=told)
def test_a_module_with_logic_has_tests_of_its_name_or_a_reason(module):
    assert namesake(module).exists() != (told(module) in EXEMPT)


@pytest.mark.parametrize("test", TESTS, ids=told)
def test_a_test_names_its_module_or_is_of_many(test):
    assert bool(modules_named(test)) != (told(test) in OF_MANY)


@pytest.mark.parametrize("path", [*EXEMPT, *OF_MANY])
def test_what_has_a_reason_is_there(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", EXEMPT)
def test_what_needs_no_reason_has_none(path):
    assert has_logic(ROOT / path)


@pytest.mark.parametrize("module", MODULES, ids=told)
def test_no_module_is_longer_than_can_be_read_at_once(module):
    assert len(module.read_text().splitlines()) <= MOST_LINES
