"""Where the page, its font and the bundled links lie: beside the package, or in a checkout."""

import hashlib
import re
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
IS_INSTALLED = (_PACKAGE / "static").is_dir()
_ROOT = _PACKAGE if IS_INSTALLED else _PACKAGE.parent

STATIC = _ROOT / "static"
TEMPLATES = _PACKAGE / "templates"
BUNDLED_ARCHIVE = _ROOT / "links.yaml"
FONT = STATIC / "fonts" / "literata-latin-400.woff2"

# A module's import statement; types are imported in comments and load nothing.
_IMPORT = re.compile(r'^import [^;"]*"(\.[^"]+)";', re.MULTILINE)


def static_version() -> str:
    """Name the present content of `STATIC`, so that its files may be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@cache
def modules_of(entry: str, static: Path = STATIC) -> tuple[str, ...]:
    """Name every module that a page's entry imports, so that all are asked for at once.

    Without this list a browser finds them one import after the other.

    Args:
        entry: A module's path within `static`, such as ``js/pages/list.js``.
        static: Where the modules lie.

    Returns:
        Paths within `static`, sorted; the entry is not among them.
    """
    root = static.resolve()
    found = {root / entry}
    waiting = [root / entry]
    while waiting:
        module = waiting.pop()
        for path in _IMPORT.findall(module.read_text()):
            imported = (module.parent / path).resolve()
            if imported not in found:
                found.add(imported)
                waiting.append(imported)
    return tuple(sorted(path.relative_to(root).as_posix() for path in found - {root / entry}))
