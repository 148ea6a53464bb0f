"""Adds up a run of mutmut: ``python bench/mutants.py``; ``make mutate`` does both.

What is mutated is listed once, in ``[tool.mutmut]`` of ``pyproject.toml``. A fault is
noticed when a test fails by it, hangs or breaks down; what no test runs through is
not. ``bench/MUTANTS.md`` is written anew: a table by folder, then every survivor with
its change. A reason written by hand after a survivor's dash stays with it, as long as
the same change survives in the same function.

Mutmut leaves alone what stands outside functions, so every constant, and functions
under a decorator; those are held by tests that were seen to fail, not counted here.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

ROOT = Path(__file__).parents[1]
RUN = ROOT / "mutants"
REPORT = ROOT / "bench" / "MUTANTS.md"
UNNOTICED = {"survived", "no tests"}
UNDECIDED = {"not checked", "skipped", "check was interrupted by user"}
DASH = " \N{EM DASH} "


@dataclass(frozen=True)
class Mutant:
    """One fault and what became of it."""

    file: str
    name: str
    status: str

    @property
    def folder(self) -> str:
        """The package it is counted under."""
        return str(Path(self.file).parent)

    def entry(self) -> str:
        """Say what it changes, on one line that stays the same from run to run."""
        function, owner = orig_function_and_class_names_from_key(self.name)
        where = ".".join(filter(None, (owner, function.rpartition(".")[2])))
        lines = get_diff_for_mutant(self.name, path=self.file).splitlines()
        taken = " ".join(line[1:].strip() for line in lines if is_change(line, "-"))
        put = " ".join(line[1:].strip() for line in lines if is_change(line, "+"))
        untested = " (no test runs it)" if self.status == "no tests" else ""
        return f"- `{where}`: `{taken}` → `{put}`{untested}"


def is_change(line: str, sign: str) -> bool:
    return line.startswith(sign) and not line.startswith(sign * 3)


def read_run() -> list[Mutant]:
    """Read the verdicts mutmut keeps beside each mutated file."""
    found: list[Mutant] = []
    for meta in sorted(RUN.rglob("*.py.meta")):
        file = str(meta.relative_to(RUN)).removesuffix(".meta")
        if (ROOT / file).exists():
            verdicts = json.loads(meta.read_text())["exit_code_by_key"]
            found.extend(Mutant(file, name, status_by_exit_code[v]) for name, v in verdicts.items())
    return found


def reasons_given() -> dict[str, str]:
    """Collect the reasons of the report before, by what they were given for."""
    if not REPORT.exists():
        return {}
    reasons, file = {}, ""
    for line in REPORT.read_text().splitlines():
        if line.startswith("### "):
            file = line
        elif line.startswith("- ") and DASH in line:
            entry, _, reason = line.rpartition(DASH)
            reasons[file + entry] = reason
    return reasons


def table(mutants: list[Mutant]) -> list[str]:
    every = Counter(one.folder for one in mutants)
    missed = Counter(one.folder for one in mutants if one.status in UNNOTICED)
    lines = ["| package | mutants | noticed | percent |", "|---|---|---|---|"]
    for name, total, unnoticed in [
        *((folder, every[folder], missed[folder]) for folder in sorted(every)),
        ("**all**", every.total(), missed.total()),
    ]:
        share = 100 * (total - unnoticed) / total
        lines.append(f"| {name} | {total} | {total - unnoticed} | {share:.1f} |")
    return lines


def survivors(mutants: list[Mutant]) -> list[str]:
    reasons = reasons_given()
    by_file: defaultdict[str, list[Mutant]] = defaultdict(list)
    for one in mutants:
        if one.status in UNNOTICED:
            by_file[one.file].append(one)
    lines = []
    for file, missed in sorted(by_file.items()):
        heading = f"### {file}"
        lines += ["", heading, ""]
        for entry in sorted({one.entry() for one in missed}):
            reason = reasons.get(heading + entry)
            lines.append(entry if reason is None else entry + DASH + reason)
    return lines


def main() -> None:
    mutants = read_run()
    decided = [one for one in mutants if one.status not in UNDECIDED]
    if not decided:
        sys.exit("no verdict in mutants/: run `make mutate`")
    figures = table(decided)
    left = len(mutants) - len(decided)
    partial = [f"Of {left} more mutants this run says nothing.", ""] if left else []
    text = ["# Faults put in, and noticed", "", *partial, *figures, "", "## Survivors"]
    REPORT.write_text("\n".join([*text, *survivors(decided)]) + "\n")
    print(*figures, *partial, sep="\n")
    print(f"survivors: {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
