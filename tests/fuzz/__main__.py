"""The command line of `make fuzz`."""

import argparse
import sys
import traceback
import warnings
from pathlib import Path

from tests import conftest  # noqa: F401 - registers the profiles of hypothesis
from tests.fuzz.run import fuzz, keep, once
from tests.fuzz.targets import TARGETS, Target

FOLDER = Path(".fuzz")


def main(words: list[str] | None = None) -> int:
    """Fuzz every target, or those named; 1 if any broke."""
    named = {target.name: target for target in TARGETS}
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="target", help=f"of {', '.join(named)}")
    parser.add_argument("--seconds", type=float, default=60.0, help="in all; the default is 60")
    parser.add_argument("--keep", type=Path, default=FOLDER, help="where inputs that break go")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try this input alone")
    chosen = parser.parse_args(words)
    unknown = [name for name in chosen.names if name not in named]
    if unknown:
        parser.error(f"no target is called {unknown[0]}; known are {', '.join(named)}")
    targets = [named[name] for name in chosen.names] or list(TARGETS)
    warnings.simplefilter("error")
    if chosen.replay:
        data = chosen.replay.read_bytes()
        for target in targets:
            once(target, data)
            print(f"{target.name}: fine")
        return 0
    return _fuzz_all(targets, chosen.seconds, chosen.keep)


def _fuzz_all(targets: list[Target], seconds: float, folder: Path) -> int:
    broken = 0
    for target in targets:
        found = fuzz(target, seconds / len(targets))
        print(f"{target.name:<16} {found.executions:>9,} executions", flush=True)
        if found.broken is not None:
            broken += 1
            file = keep(target, found.broken, folder)
            traceback.print_exception(found.error)
            print(
                f"{target.name} is broken by {len(found.broken)} bytes: {found.broken[:200]!r}\n"
                f"  again: python -m tests.fuzz {target.name} --replay {file}",
                file=sys.stderr,
                flush=True,
            )
    print(f"{len(targets)} targets, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
