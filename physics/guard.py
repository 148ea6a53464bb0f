"""The guard: what is too fast is slowed, what left the water is brought back.

Chipmunk itself checks neither; a body that became NaN stays so in silence, and
its collisions spread it.
"""

import numpy as np
import pymunk

from physics.basin import Basin
from physics.current import FloatArray
from physics.flight import OMEGA, VX, VY
from physics.tether import clamp_speed

TOP_SPEED = 6000.0  # units / s, whatever the cause: 100 units a step, half a wall's depth
TOP_SPIN = 30.0  # rad / s
LEEWAY = 150.0  # units outside before a body counts as lost: more than a step at top speed


def too_fast(state: FloatArray) -> list[int]:
    """List the rows of a ``(6, n)`` state over `TOP_SPEED` or `TOP_SPIN`."""
    speed = np.maximum(np.abs(state[VX]), np.abs(state[VY]))
    rows: list[int] = np.flatnonzero(
        (speed > TOP_SPEED) | (np.abs(state[OMEGA]) > TOP_SPIN)
    ).tolist()
    return rows


def slow(body: pymunk.Body) -> None:
    """Clamp speed and spin; a body that is no longer finite is left to `retrieve`."""
    vx, vy = body.velocity
    if np.isfinite((vx, vy, body.angular_velocity)).all():
        body.velocity = clamp_speed(vx, vy, TOP_SPEED)
        body.angular_velocity = min(max(body.angular_velocity, -TOP_SPIN), TOP_SPIN)


def retrieve(body: pymunk.Body, basin: Basin, edge: float) -> bool:
    """Put a body back that a crowd pressed into a wall.

    Args:
        body: In the basin's space.
        basin: Its water.
        edge: World units from the wall at which it is put.

    Returns:
        False if it is lost: no longer finite, or further out than `LEEWAY`.
    """
    found = body.position
    if not np.isfinite((*found, body.angle, *body.velocity, body.angular_velocity)).all():
        return False
    place = basin.clamp(*found, edge=edge)
    if max(abs(found.x - place.x), abs(found.y - place.y)) > LEEWAY:
        return False
    body.position = place
    vx, vy = body.velocity
    body.velocity = vx if place.x == found.x else 0.0, vy if place.y == found.y else 0.0
    return True
