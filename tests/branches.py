"""Print which share of lines and branches the tests took, a package a line: `make coverage`."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def shares(files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Sum what coverage found of each file by package, and in all.

    Args:
        files: As in coverage's JSON report, by path.
    """
    sums: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path, told in files.items():
        for package in (str(PurePath(path).parent), "in all"):
            for name in COUNTS:
                sums[package][name] += told["summary"][name]
    for package, found in sorted(sums.items(), key=lambda one: (one[0] == "in all", one[0])):
        lines = _share(found["covered_lines"], found["num_statements"])
        branches = _share(found["covered_branches"], found["num_branches"])
        yield f"{package:<24} lines {lines}  branches {branches}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    –  "


if __name__ == "__main__":
    command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"]
    report = subprocess.run(command, check=True, capture_output=True, text=True)
    print(*shares(json.loads(report.stdout)["files"]), sep="\n")
