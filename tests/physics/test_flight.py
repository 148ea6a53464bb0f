import numpy as np
import pytest

from physics.current import STEP_S, Current, draw_modes
from physics.flight import DAMPING, PULL, STIFFNESS, Flight

WIDTH, HEIGHT = 1600.0, 900.0


def make_flight():
    return Flight(Current(draw_modes(3, WIDTH, HEIGHT), WIDTH, HEIGHT))


def fly(flight, state, ticks):
    acceleration = np.empty((3, state.shape[1]))
    for tick in range(ticks):
        flight.accelerate(state, tick, acceleration)
        Flight.advance(state, acceleration)
    return state


def test_the_acceleration_is_the_waters_own_and_a_pull_towards_its_velocity():
    flight = make_flight()
    x, y = np.array([300.0, 900.0]), np.array([200.0, 700.0])
    velocity, angle, omega = np.array([[50.0, -9.0], [3.0, 400.0]]), np.array([0.4, -2.0]), 1.5
    state = np.vstack([x, y, angle, velocity, [omega, omega]])
    flow = flight.current.sample(x, y, 70, np.empty((4, 2))).copy()
    found = flight.accelerate(state, 70, np.empty((3, 2)))
    assert found[:2] == pytest.approx(flow[2:] + PULL * (flow[:2] - velocity))
    assert found[2] == pytest.approx(-STIFFNESS * np.sin(angle) - DAMPING * omega)


def test_position_moves_with_the_old_velocity():
    state = np.array([[100.0], [100.0], [0.5], [60.0], [-30.0], [6.0]])
    Flight.advance(state, np.array([[600.0], [60.0], [-60.0]]))
    moved = [100 + 60 * STEP_S, 100 - 30 * STEP_S, 0.5 + 6 * STEP_S]
    assert state.ravel() == pytest.approx([*moved, 70.0, -29.0, 5.0])


def test_swirls_throw_nothing_outwards():
    """A minute: what starts with the water stays with the water that was around it."""
    flight = make_flight()
    x, y = np.meshgrid(np.linspace(150, WIDTH - 150, 8), np.linspace(100, HEIGHT - 100, 6))
    water = np.array([x.ravel(), y.ravel()])
    state = np.zeros((6, water.shape[1]))
    state[:2] = water
    state[3:5] = flight.current.sample(*water, 0, np.empty((4, water.shape[1])))[:2]
    fly(flight, state, 3600)
    out = np.empty((4, water.shape[1]))
    for tick in range(3600):
        water += STEP_S * flight.current.sample(*water, tick, out)[:2]
    away = np.hypot(*(state[:2] - water))
    assert np.median(away) < 10  # without the water's own acceleration: well over it
