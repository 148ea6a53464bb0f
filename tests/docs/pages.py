"""The written pages, taken apart: fences, tables, code spans, links and headings."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted(DOCS.glob("*.md")),
)

_FENCE = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Fence:
    """A block of code.

    Attributes:
        page: Where it stands.
        line: The first of its own lines, from 1.
        kind: What is written after the backticks.
        text: Its lines.
    """

    page: Path
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


@cache
def source(page: Path) -> str:
    """Read a page."""
    return page.read_text()


def prose(page: Path) -> str:
    """Read a page without its blocks of code."""
    return _FENCE.sub("", source(page))


def fences(page: Path) -> list[Fence]:
    """Find a page's blocks of code, in order."""
    text = source(page)
    return [
        Fence(page, text.count("\n", 0, found.start()) + 2, found[1], found[2])
        for found in _FENCE.finditer(text)
    ]


def all_fences(kind: str) -> list[Fence]:
    """Find every page's blocks of one kind."""
    return [fence for page in PAGES for fence in fences(page) if fence.kind == kind]


def spans(text: str) -> list[str]:
    """Find what is set as code within a line."""
    return _SPAN.findall(text)


def links(page: Path) -> list[str]:
    """Find what a page links to, pictures included."""
    return _LINK.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """Name a page's headings as a link does."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def section(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its rank."""
    rank = heading.partition(" ")[0]
    after = source(page).partition(f"\n{heading}\n")[2]
    assert after, f"{page.name} has no {heading}"
    return re.split(rf"^#{{1,{len(rank)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str, *heads: str) -> list[list[str]]:
    """Find the rows of the one table whose head begins with these cells."""
    lines = text.splitlines()
    starts = [
        place
        for place, line in enumerate(lines)
        if line.startswith("|") and _cells(line)[: len(heads)] == list(heads)
    ]
    (start,) = starts
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(_cells(line))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
