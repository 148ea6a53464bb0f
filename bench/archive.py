"""What the archive's file costs: ``python bench/archive.py [BOOKMARKS]``.

Three lines are printed: reading a file of 5,000 links; importing so many bookmarks
(100,000 unless told) as a browser exports them, in a process of its own, against
the budget of 30 s and 500 MB; and refusing a merge-key bomb, against 50 ms.
"""

import subprocess
import sys
import tempfile
from contextlib import suppress
from os import environ
from pathlib import Path
from time import perf_counter

from app.archive.errors import ArchiveError
from app.archive.file.load import parse

ROOT = Path(__file__).parents[1]
IMPORT = (
    "import sys; from pathlib import Path; from app.cli.archive import import_links; "
    "import_links([sys.argv[1]], into=Path(sys.argv[2])); "
    # Not getrusage: its peak is inherited from the process that started this one.
    "print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
)
ICON = "iVBORw0KGgo" * 20


def links(count: int) -> bytes:
    """Make up a file as an owner would write it."""
    entries = (
        f'  - title: "A link with a number {n}"\n'
        f"    url: https://site{n % 50}.example/some/path/{n}?b=2&a=1\n"
        f"    author: Some Author\n    tags: [one, two, three]\n    added: 2024-12-20\n"
        for n in range(count)
    )
    return ("links:\n" + "".join(entries)).encode()


def bookmarks(count: int) -> str:
    """Make up a browser's export: folders of 500, icons, some wide characters."""
    parts = ["<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1>\n<DL><p>\n"]
    for n in range(count):
        if n % 500 == 0:
            parts.append(f"</DL><p>\n<DT><H3>Folder {n // 500}</H3>\n<DL><p>\n")
        parts.append(
            f'<DT><A HREF="https://site{n % 5000}.example/articles/{n}?id={n * 7919}"'
            f' ADD_DATE="{1_500_000_000 + n}" ICON="data:image/png;base64,{ICON}"'
            f' TAGS="tag{n % 40}">The title of article {n} \N{WATER WAVE}</A>\n'
        )
    return "".join(parts) + "</DL><p>\n"


def bomb() -> bytes:
    """Sixteen generations of nine-fold merge keys: 9¹⁶ entries, were they ever merged."""
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 17)]
    return "\n".join(lines).encode()


def main(count: int) -> None:
    file = links(5_000)
    began = perf_counter()
    parse(file, "links.yaml")
    print(f"read {len(file):,} bytes, 5,000 links: {perf_counter() - began:.2f} s")

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "bookmarks.html")
        source.write_text(bookmarks(count), "utf-8")
        began = perf_counter()
        told = subprocess.run(
            [sys.executable, "-c", IMPORT, source, Path(folder, "links.yaml")],
            env=environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        spent_s = perf_counter() - began
    peak_mb = int(told.split()[-2]) / 1024
    print(f"import {count:,} bookmarks: {spent_s:.1f} s (≤ 30), {peak_mb:.0f} MB (≤ 500)")

    began = perf_counter()
    with suppress(ArchiveError):
        parse(bomb(), "bomb.yaml")
    print(f"refuse a merge-key bomb: {(perf_counter() - began) * 1000:.0f} ms (≤ 50)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
