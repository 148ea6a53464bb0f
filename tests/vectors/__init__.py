"""Vectors that Python and JavaScript shadows are both held to.

Write `shadow.json` anew with ``python -m tests.vectors``.
"""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np

from physics.current import STEP_HZ, Current, draw_modes
from physics.flight import DAMPING, PULL, STIFFNESS, Flight
from physics.spread import HIGHEST_ORDER, Spread

PATH = Path(__file__).parent / "shadow.json"
WIDTH, HEIGHT = 3459.0, 1946.0
START_TICK, STEPS, BODIES = 123_456, 600, 40


def shadow_vectors() -> dict[str, Any]:
    """Fly some bodies for ten seconds: slow, flung, spinning, beside walls."""
    dice = random.Random(2)
    modes = draw_modes(9, WIDTH, HEIGHT)
    orders = range(HIGHEST_ORDER + 1)
    before = [
        [
            round(dice.uniform(0, WIDTH), 3),
            round(dice.uniform(0, HEIGHT), 3),
            round(dice.uniform(-7, 7), 3),
            round(dice.gauss(0, 40 if number % 4 else 900), 3),
            round(dice.gauss(0, 40 if number % 4 else 900), 3),
            round(dice.gauss(0, 3), 3),
        ]
        for number in range(BODIES)
    ]
    state = np.array(before).T.copy()
    # One spread is in force at first, another comes after a third of the way.
    spreads = [
        Spread(
            from_tick,
            tuple(tuple(round(dice.gauss(0, 400)) for _ in orders) for _ in orders),
        )
        for from_tick in (START_TICK - 100, START_TICK + STEPS // 3)
    ]
    flight = Flight(Current(modes, WIDTH, HEIGHT, spreads))
    acceleration = np.empty((3, BODIES))
    for tick in range(START_TICK, START_TICK + STEPS):
        flight.accelerate(state, tick, acceleration)
        Flight.advance(state, acceleration)
    return {
        "world": {"width": WIDTH, "height": HEIGHT},
        "current": {
            "pull": PULL,
            "modes": [[m.m, m.n, m.amplitude, m.rate, m.phase] for m in modes],
            "spreads": [
                {"from_tick": one.from_tick, "strengths": list(map(list, one.strengths))}
                for one in spreads
            ],
        },
        "upright": {"stiffness": STIFFNESS, "damping": DAMPING},
        "step_hz": STEP_HZ,
        "start_tick": START_TICK,
        "bodies": before,
        "after": {"steps": STEPS, "bodies": state.T.tolist()},
    }


def write() -> None:
    """Write the file that both sides read."""
    PATH.write_text(json.dumps(shadow_vectors(), indent=1) + "\n")
