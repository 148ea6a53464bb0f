"""Pymunk bodies in bulk: one call reads all states, one call writes all forces.

Pymunk's batch rows come in an order of its own that changes when bodies come
and go, and hold the static body too. So every read takes the body ids along and
maps them to our rows; tests/physics/test_pymunk_traps.py holds the rest of the traps.
"""

import numpy as np
import pymunk
from pymunk.batch import BodyFields, Buffer, get_space_bodies, set_space_bodies

from physics.current import FloatArray
from physics.flight import ANGLE, OMEGA, VX, VY, X, Y
from physics.pills import Pill
from physics.shadow import IntArray

DENSITY = 0.001  # mass / square unit: a common pill weighs about 8
FRICTION = 0.15  # labels slide along each other rather than roll up
ELASTICITY = 0.55  # they part after a touch, which also spares corrections

_STATE = (
    BodyFields.BODY_ID
    | BodyFields.POSITION
    | BodyFields.ANGLE
    | BodyFields.VELOCITY
    | BodyFields.ANGULAR_VELOCITY
)
_FORCE = BodyFields.FORCE | BodyFields.TORQUE


def make_body(pill: Pill, x: float, y: float) -> tuple[pymunk.Body, pymunk.Segment]:
    """Make a pill's body and shape, at rest and upright at (x, y)."""
    mass = DENSITY * pill.area
    body = pymunk.Body(mass, pymunk.moment_for_box(mass, (pill.width, pill.height)))
    body.position = x, y
    shape = pymunk.Segment(body, (-pill.half_span, 0), (pill.half_span, 0), pill.height / 2)
    shape.friction = FRICTION
    shape.elasticity = ELASTICITY
    return body, shape


class Batch:
    """Reads and writes the bodies of one space, in the caller's row order.

    Both buffers live as long as the batch: Pymunk never frees one, and its views
    dangle once it grows, so values are always copied out.
    """

    def __init__(self, space: pymunk.Space) -> None:
        self._space = space
        self._incoming = Buffer()
        self._outgoing = Buffer()
        self._ids = np.empty(0, dtype=np.uintp)
        self._row_of: dict[int, int] = {}
        self._batch_rows = np.empty(0, dtype=np.intp)  # batch row of each of ours
        self._forces = np.zeros((0, 3))

    def follow(self, bodies: list[pymunk.Body]) -> None:
        """Take ``bodies``, in this order, as rows 0, 1, … from the next read on."""
        self._row_of = {body.id: row for row, body in enumerate(bodies)}
        self._ids = np.empty(0, dtype=np.uintp)

    def read(self, out: FloatArray) -> None:
        """Copy all states into ``out``, ``(6, n)``."""
        self._incoming.clear()
        get_space_bodies(self._space, _STATE, self._incoming)
        ids = np.frombuffer(self._incoming.int_buf(), dtype=np.uintp)
        if not np.array_equal(ids, self._ids):
            self._map(ids)
        table = np.frombuffer(self._incoming.float_buf()).reshape(len(ids), 6)
        np.take(table.T, self._batch_rows, axis=1, out=out)

    def push(self, forces: FloatArray) -> None:
        """Set force x, y and torque of every body from ``(3, n)``.

        Must follow a `read` with no body added or removed since.
        """
        self._forces[self._batch_rows] = forces.T
        self._outgoing.set_float_buf(self._forces)
        set_space_bodies(self._space, _FORCE, self._outgoing)

    def _map(self, ids: "np.ndarray[tuple[int], np.dtype[np.uintp]]") -> None:
        self._ids = ids.copy()
        batch_rows: IntArray = np.full(len(self._row_of), -1, dtype=np.intp)
        for batch_row, body_id in enumerate(ids.tolist()):
            row = self._row_of.get(body_id)
            if row is not None:
                batch_rows[row] = batch_row
        assert (batch_rows >= 0).all(), "a followed body is not in the space"
        self._batch_rows = batch_rows
        # Rows that are not ours (the static body) are written as zeros. A short array
        # would be read out of bounds.
        self._forces = np.zeros((len(ids), 3))


assert tuple(range(6)) == (X, Y, ANGLE, VX, VY, OMEGA), "Pymunk's field order is ours"
