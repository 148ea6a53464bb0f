"""A process that counts openings until it is killed, and says how far it came.

Lines on standard output: ``counted N SECONDS`` after the N-th opening and
``flushed N`` when the first N are known to be written. Seconds are those of the
machine's monotonic clock, which the parent shares.

Arguments: the state file, openings in all, openings between flushes (0: none),
pause after each opening in seconds.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic

from app.memory.lasting import LastingMemory


def main(path: str, openings: str, flush_every: str, pause_s: str) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    memory = LastingMemory(Path(path))
    for number in range(1, int(openings) + 1):
        memory.opened(f"link{number % 100:04d}", now)
        say(f"counted {number} {monotonic()}")
        if int(flush_every) and number % int(flush_every) == 0 and memory.flush():
            say(f"flushed {number}")
        if float(pause_s):
            Event().wait(float(pause_s))
    memory.close()
    say(f"flushed {openings}")


def say(line: str) -> None:
    # Whole lines, past every buffer: the next instruction may be the last.
    os.write(1, line.encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
