"""The tether: the soft joint by which a hand leads a body.

Whose hand it is, and for how long, is not known here.
"""

import math

import pymunk

from physics.current import STEP_HZ, STEP_S
from physics.pills import Pill

LEAD_SPEED = 4000.0  # world units / s: faster hands are followed at this speed
GRIP = 12_000.0  # units / s²: pulls briskly, yet a crowd in the way holds it back
STRETCH_LEFT = 0.6  # share of the joint's error that is left after one step


class Tether:
    """Holds one point of a body and leads it towards a target."""

    def __init__(
        self, space: pymunk.Space, body: pymunk.Body, pill: Pill, at: pymunk.Vec2d
    ) -> None:
        self._space = space
        # Not added to the space: it is moved by hand, and would only be one more row.
        self._hand = pymunk.Body(body_type=pymunk.Body.KINEMATIC)
        local = body.world_to_local(at)
        anchor = pymunk.Vec2d(
            min(max(local.x, -pill.half_span), pill.half_span),
            min(max(local.y, -pill.height / 2), pill.height / 2),
        )
        self._hand.position = body.local_to_world(anchor)
        self._target = at
        self._joint = pymunk.PivotJoint(self._hand, body, (0, 0), anchor)
        self._joint.max_force = GRIP * body.mass
        self._joint.error_bias = STRETCH_LEFT**STEP_HZ
        space.add(self._joint)

    def lead(self, target: pymunk.Vec2d) -> None:
        """Aim the held point at a place in the world."""
        self._target = target

    def pull(self) -> None:
        """Move the hand by one step towards its target, no faster than `LEAD_SPEED`."""
        way = self._target - self._hand.position
        reach = LEAD_SPEED * STEP_S
        if way.length > reach:
            way = way.scale_to_length(reach)
        self._hand.position += way
        self._hand.velocity = way / STEP_S

    def cut(self) -> None:
        """Take the joint out of the space."""
        self._space.remove(self._joint)


def clamp_speed(vx: float, vy: float, limit: float) -> tuple[float, float]:
    """Shorten a velocity to ``limit``, keeping its direction."""
    largest = max(abs(vx), abs(vy))
    if largest == 0.0:
        return vx, vy
    # Scaled before it is squared: the length of a huge velocity is no longer finite.
    unit_x, unit_y = vx / largest, vy / largest
    length = math.hypot(unit_x, unit_y)
    if largest <= limit / length:
        return vx, vy
    return unit_x * limit / length, unit_y * limit / length
