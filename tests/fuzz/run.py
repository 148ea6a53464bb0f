"""Running a target for a while, and keeping the input that broke it."""

import hashlib
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.inputs import inputs
from tests.fuzz.targets import Target

SLOWEST_INPUT_S = 5.0  # inputs are a few kB: whatever takes longer does not end in good time
ROUND = 200  # inputs between two looks at the clock


class TooSlowError(Exception):
    """An input took longer than any honest one."""


@dataclass(frozen=True)
class Found:
    """What came of fuzzing a target.

    Attributes:
        executions: Inputs that were tried.
        broken: The smallest input that was found to break it, if any.
        error: What it raised.
    """

    executions: int
    broken: bytes | None = None
    error: BaseException | None = None


def fuzz(
    target: Target,
    budget_s: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    profile: str = "explore",
    inputs_a_round: int = ROUND,
) -> Found:
    """Try inputs until the time is over or one breaks the target; it is made small then.

    Args:
        target: What to try.
        budget_s: Looked at between rounds; one round is always tried.
        clock: Monotonic seconds.
        profile: Of hypothesis: ``explore`` draws other inputs each time, ``default`` the same.
        inputs_a_round: How many are tried between two looks at the clock.
    """
    ends_s = clock() + budget_s
    executions = 0
    last = b""

    # Nothing is kept between runs: a failure is kept as a file.
    @settings(
        parent=settings.get_profile(profile),
        max_examples=inputs_a_round,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(inputs(target))
    def one_round(data: bytes) -> None:
        nonlocal executions, last
        executions += 1
        last = data
        once(target, data)

    while True:
        try:
            one_round()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            # Hypothesis runs the smallest failing input last.
            return Found(executions, last, error)
        if clock() >= ends_s:
            return Found(executions)


def once(target: Target, data: bytes) -> None:
    """Try one input.

    Raises:
        TooSlowError: It takes longer than `SLOWEST_INPUT_S`.
        Exception: Whatever the target could not cope with.
    """
    with _no_longer_than(SLOWEST_INPUT_S):
        target.run(data)


def keep(target: Target, data: bytes, folder: Path) -> Path:
    """Write an input down under a name that tells target and content."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    return file


@contextmanager
def _no_longer_than(limit_s: float) -> Iterator[None]:
    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"not done after {limit_s:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
