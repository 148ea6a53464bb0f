"""The rule of free flight, number by number; PROTOCOL.md states it for every client."""

import math

import numpy as np
import pytest

from physics.current import Current, draw_modes
from physics.flight import DAMPING, PULL, STIFFNESS, Flight

WIDTH, HEIGHT = 1600.0, 900.0
STEP_S = 1 / 60


def accelerations(*states, tick=0):
    flight = make_flight()
    state = np.array(states, dtype=float).T
    return flight.accelerate(state, tick, np.empty((3, len(states)))).T


def test_the_water_brakes_a_body_by_a_third_of_its_speed_a_second():
    still, fast = accelerations((400, 300, 0, 0, 0, 0), (400, 300, 0, 100, -60, 0))
    assert (fast - still)[:2] == pytest.approx((-35, 21))


@pytest.mark.parametrize("angle", [0.1, -2.0, math.pi / 2, 8.0])
def test_a_label_is_drawn_upright_by_the_sine_of_its_tilt(angle):
    ((_, _, alpha),) = accelerations((400, 300, angle, 0, 0, 0))
    assert alpha == pytest.approx(-6 * math.sin(angle))


def test_a_turning_label_is_braked_by_three_of_its_spin_a_second():
    ((_, _, alpha),) = accelerations((400, 300, 0, 0, 0, 1.5))
    assert alpha == pytest.approx(-4.5)


def test_labels_swing_upright_in_about_a_second_and_hardly_overshoot():
    flight = Flight(Current(draw_modes(3, WIDTH, HEIGHT), WIDTH, HEIGHT))
    state = np.array([[400.0, 300.0, 1.0, 0.0, 0.0, 0.0]]).T
    tilt = []
    for tick in range(180):
        Flight.advance(state, flight.accelerate(state, tick, np.empty((3, 1))))
        tilt.append(float(state[2, 0]))
    assert abs(tilt[59]) < 0.35
    assert min(tilt) > -0.15


def test_a_place_moves_with_the_old_velocity():
    state = np.array([[10.0, 20.0, 0.5, 6.0, -12.0, 3.0]]).T
    Flight.advance(state, np.array([[600.0], [60.0], [-6.0]]))
    expected = (10.1, 19.8, 0.55, 16.0, -11.0, 2.9)
    assert state[:, 0] == pytest.approx(expected)


def test_each_body_is_flown_by_itself():
    """One flight serves now many, now few, and the order does not matter."""
    states = [(100 + 9 * k, 50 + 7 * k, k / 9, k, -k, k / 5) for k in range(90)]
    together = accelerations(*states, tick=77)
    for k in (0, 41, 89):
        assert accelerations(states[k], tick=77)[0] == pytest.approx(together[k])


def test_the_current_is_that_of_the_tick():
    first, later = (accelerations((400, 300, 0, 0, 0, 0), tick=tick) for tick in (0, 1800))
    assert np.abs(first - later).max() > 1


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
