"""Where the page, its font and the bundled links lie: beside the package, or in a checkout."""

import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
IS_INSTALLED = (_PACKAGE / "static").is_dir()
_ROOT = _PACKAGE if IS_INSTALLED else _PACKAGE.parent

STATIC = _ROOT / "static"
TEMPLATES = _PACKAGE / "templates"
BUNDLED_ARCHIVE = _ROOT / "links.yaml"
FONT = STATIC / "fonts" / "literata-latin-400.woff2"


def static_version() -> str:
    """Name the present content of `STATIC`, so that its files may be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
