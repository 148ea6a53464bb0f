"""What a kill costs: ``python bench/memory_kill.py [KILLS]``.

Again and again a process counts 1,000 openings, one every millisecond, and is killed
with SIGKILL at a random moment of it; the file is then opened as after a
restart. Printed: how many seconds of counts the worst kill lost (at most 1), how
long the worst restart took, and how many files were found damaged (none).
"""

import random
import subprocess
import sys
import tempfile
from contextlib import closing
from os import environ
from pathlib import Path
from time import perf_counter

from app.memory.errors import DamagedError
from app.memory.ledger import Ledger

ROOT = Path(__file__).parents[1]
CHILD = ROOT / "tests" / "app" / "lucky" / "counting_process.py"
OPENINGS, PAUSE_S = 1_000, 0.001


def count_and_kill(path: Path, lines: int) -> dict[int, float]:
    """Kill after so many openings; return when each was counted, by the monotonic clock."""
    process = subprocess.Popen(
        [sys.executable, CHILD, path, str(OPENINGS), "0", str(PAUSE_S)],
        env=environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said.extend(process.stdout.read().splitlines())
    words = (line.split() for line in said)
    return {int(one[1]): float(one[2]) for one in words if len(one) == 3}


def main(kills: int) -> None:
    dice = random.Random(1)
    damaged, worst_lost, worst_lost_s, worst_open_s = 0, 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "links.sqlite"
        before = 0
        for _ in range(kills):
            counted = count_and_kill(path, dice.randrange(1, OPENINGS))
            start = perf_counter()
            try:
                with closing(Ledger(path)) as ledger:
                    written = sum(one.opened for one in ledger.read().links.values())
            except DamagedError as error:
                damaged += 1
                print(f"damaged: {error}")
                path.unlink()
                before = 0
                continue
            worst_open_s = max(worst_open_s, perf_counter() - start)
            last = max(counted)
            survived = written - before
            if survived < last:
                worst_lost = max(worst_lost, last - survived)
                lost_s = counted[last] - counted[survived + 1]
                worst_lost_s = max(worst_lost_s, lost_s)
            before = written
    print(
        f"{kills} kills during {OPENINGS:,} openings: at worst {worst_lost} openings"
        f" of {worst_lost_s:.2f} s lost (budget 1 s), restart {1_000 * worst_open_s:.0f} ms,"
        f" {damaged} files damaged (budget 0)"
    )
    if damaged or worst_lost_s > 1.0:
        sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
