"""Between the decision to park and the parking."""

import threading

import pytest

from app.drift.simulation import PARK_AFTER_S, Simulation
from tests.worlds import make_world


class LateWake(threading.Event):
    """Is cleared just after somebody set it; a wait would never end."""

    def __init__(self, coming):
        super().__init__()
        self._coming = coming

    def clear(self):
        self._coming()
        super().clear()

    def wait(self, _timeout=None):
        raise AssertionError("it sleeps, and nobody is left to wake it")


@pytest.mark.parametrize("coming", ["watch", "stir", "stop"])
def test_who_comes_as_it_parks_is_not_slept_over(coming):
    now_s = [1_000.0]
    simulation = Simulation(make_world(), lambda _told: None, lambda: None, lambda: now_s[0])
    now_s[0] += PARK_AFTER_S

    def come():
        if coming == "watch":
            simulation.watch(1)
        elif coming == "stir":
            simulation.stir()
        else:
            simulation._stopping = True

    assert simulation._idle(now_s[0])
    simulation._wake = LateWake(come)
    simulation._park()
    assert not simulation.health.parked
