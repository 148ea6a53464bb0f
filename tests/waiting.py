"""Waiting for a condition, and never for a time."""

import time
from collections.abc import Callable

PATIENCE_S = 60  # ends a hopeless wait; no test that passes comes near it on a busy machine
LOOK_EVERY_S = 0.005


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition; what was waited for in vain is said."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline_s, f"waited {PATIENCE_S} s in vain for {what}"
        time.sleep(LOOK_EVERY_S)
