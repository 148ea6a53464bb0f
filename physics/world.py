"""The world: link bodies on the water, moved one step at a time.

Rules: only `World.step` advances time; every number that enters is checked
here; nothing but the owning thread may touch an instance.
"""

from collections.abc import Mapping

import numpy as np
import pymunk

from physics import guard
from physics.basin import Basin
from physics.bodies import Batch, make_body
from physics.current import STEP_S, FloatArray, Mode
from physics.errors import QuantityError, UnknownSlotError, require_finite
from physics.flight import VX, VY, Flight
from physics.hands import Hands
from physics.harbour import berths, gate, world_size
from physics.pills import Pill
from physics.shadow import Corrections, IntArray, Shadow
from physics.snapshot import BodyState, Snapshot
from physics.spread import AHEAD_TICKS, EVERY_TICKS, Spread, measure
from physics.tether import clamp_speed

FLING_SPEED = 2400.0  # world units / s: a laptop screen in half a second
SIZE_SLACK = 0.1  # share by which a world may be too wide or narrow before it is resized


class World:
    """Pills afloat, with their shadows.

    Args:
        pills: Slot → pill; slots are stable, non-negative names chosen by the caller.
        seed: Decides the current and the first places.

    Attributes:
        tick: Steps taken since the world's epoch.
        respawned: How many bodies were lost to a fault and put back.
    """

    def __init__(self, pills: Mapping[int, Pill], *, seed: int) -> None:
        if not pills:
            raise QuantityError("a world needs at least one pill")
        self.seed = seed
        self.tick = 0
        self.respawned = 0
        self._space = pymunk.Space()
        self._basin = Basin(self._space, seed, *world_size(tuple(pills.values())))
        self._batch = Batch(self._space)
        self._pills: dict[int, Pill] = {}
        self._bodies: dict[int, pymunk.Body] = {}
        self._hands = Hands(self._space)
        ordered = [pills[slot] for slot in sorted(pills)]
        places = berths(ordered, self.width, self.height, seed)
        for slot, pill, (x, y) in zip(sorted(pills), ordered, places, strict=True):
            self._float(slot, pill, x, y)
        self._arrange()
        self._shadow = Shadow(self._state, self.tick)

    @property
    def width(self) -> float:
        """World units."""
        return self._basin.width

    @property
    def height(self) -> float:
        """World units."""
        return self._basin.height

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The current's modes."""
        return self._basin.modes

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """The spreads that carry bodies now or soon, by rising tick."""
        return self._basin.current.spreads

    # --- time ---------------------------------------------------------------

    def step(self) -> None:
        """Advance true bodies and shadows by one fixed step."""
        count = len(self._slots)
        together = self._together
        together[:, :count] = self._state
        together[:, count:] = self._shadow.state
        self._basin.flight.accelerate(together, self.tick, self._acceleration)
        self._hands.push(self._state, self._rows, self.tick, self._acceleration)
        np.multiply(self._acceleration[:, :count], self._inertia, out=self._forces)
        self._batch.push(self._forces)
        self._hands.pull()
        self._space.step(STEP_S)
        Flight.advance(self._shadow.state, self._acceleration[:, count:])
        # Count after stepping: a tick names the state it shows.
        self.tick += 1
        self._batch.read(self._state)
        self._guard()
        if self.tick % EVERY_TICKS == 0:
            x, y = self._state[:2]
            self._basin.current.announce(
                measure(x, y, self.width, self.height, self.tick + AHEAD_TICKS)
            )

    def corrections(self) -> Corrections:
        """Put right the shadows that strayed; what is returned must be told to every client."""
        return self._shadow.correct(self._state, self._slots, self.tick)

    def snapshot(self) -> Snapshot:
        """Copy the true state."""
        return Snapshot(self.tick, self._slots.copy(), self._state.copy())

    def state_of(self, slot: int) -> BodyState:
        """Read one body.

        Raises:
            UnknownSlotError: No such body.
        """
        body = self._body(slot)
        return BodyState(
            self.tick, *body.position, body.angle, *body.velocity, body.angular_velocity
        )

    def shadow_snapshot(self) -> Snapshot:
        """Copy the shadows: what a client that missed nothing sees."""
        return Snapshot(self.tick, self._slots.copy(), self._shadow.state.copy())

    def _guard(self) -> None:
        """Slow what is too fast, bring back what is outside, respawn what is lost."""
        state = self._state
        fast = guard.too_fast(state)
        for row in fast:
            guard.slow(self._bodies[self._slots.item(row)])
        if fast:
            self._batch.read(state)
        inside = self._basin.holds(state)
        if inside.all():
            return
        for lost in np.flatnonzero(~inside):
            slot = int(self._slots[lost])
            body = self._bodies[slot]
            if guard.retrieve(body, self._basin, self._pills[slot].height / 2):
                self._space.reindex_shapes_for_body(body)
            else:
                self._respawn(slot)
        self._arrange()

    def _respawn(self, slot: int) -> None:
        """Put a fresh body in a lost one's place: its cached contacts go with it."""
        pill = self._pills[slot]
        self._sink(slot)
        self._float(slot, pill, self.width / 2, self.height / 2)
        self.respawned += 1

    # --- bodies -------------------------------------------------------------

    def repopulate(self, pills: Mapping[int, Pill]) -> None:
        """Float these pills and no others.

        Bodies whose slot stays keep place and velocity, also under a pill of another
        size; newcomers enter from an edge; the rest leaves, with whatever holds it.
        Water that has become much too wide or narrow takes a new size, and the
        bodies spread with it.

        Args:
            pills: Slot → pill; a slot that stays names the same link as before.

        Raises:
            QuantityError: There is none, or a slot is negative.
        """
        if not pills or min(pills) < 0:
            raise QuantityError("a world needs at least one pill, and slots from 0")
        for slot in [slot for slot in self._bodies if slot not in pills]:
            self._hands.forget(slot)
            self._sink(slot)
        stretched = self._resize(*world_size(tuple(pills.values())))
        for slot, pill in pills.items():
            if slot not in self._bodies:
                place, velocity = gate(pill, self.width, self.height, self.seed + slot)
                self._float(slot, pill, *place)
                self._bodies[slot].velocity = velocity
            elif pill != self._pills[slot]:
                self._exchange(slot, pill)
        self._rearrange(afresh=stretched)

    def _resize(self, width: float, height: float) -> bool:
        """Take a new size, unless the present one still serves; tell whether it did."""
        if abs(width / self.width - 1) <= SIZE_SLACK:
            return False
        stretch_x, stretch_y = width / self.width, height / self.height
        self._basin.flood(width, height)
        for body in self._bodies.values():
            body.position = body.position.x * stretch_x, body.position.y * stretch_y
            self._space.reindex_shapes_for_body(body)
        return True

    def _exchange(self, slot: int, pill: Pill) -> None:
        """Give a body another pill; a hand that held it has let go."""
        before = self._bodies[slot]
        self._sink(slot)
        self._float(slot, pill, *before.position)
        after = self._bodies[slot]
        after.angle, after.angular_velocity = before.angle, before.angular_velocity
        after.velocity = before.velocity

    def _float(self, slot: int, pill: Pill, x: float, y: float) -> None:
        body, shape = make_body(pill, x, y)
        self._space.add(body, shape)
        self._pills[slot] = pill
        self._bodies[slot] = body

    def _sink(self, slot: int) -> None:
        self._hands.let_go(slot)  # the joint goes before its body
        body = self._bodies.pop(slot)
        del self._pills[slot]
        self._space.remove(body, *body.shapes)

    def _arrange(self) -> None:
        """Lay out rows and work arrays for the present bodies, in slot order."""
        slots = sorted(self._bodies)
        count = len(slots)
        self._slots: IntArray = np.array(slots, dtype=np.int64)
        self._rows = {slot: row for row, slot in enumerate(slots)}
        bodies = [self._bodies[slot] for slot in slots]
        self._batch.follow(bodies)
        mass = [body.mass for body in bodies]
        self._inertia = np.array([mass, mass, [body.moment for body in bodies]])
        self._state: FloatArray = np.empty((6, count))
        self._together = np.empty((6, 2 * count))
        self._acceleration = np.empty((3, 2 * count))
        self._forces = np.empty((3, count))
        self._batch.read(self._state)

    def _rearrange(self, *, afresh: bool) -> None:
        """Follow bodies that came or went; afresh, no shadow is what it was."""
        before = {} if afresh else self._rows
        self._arrange()
        rows = np.array([before.get(int(slot), -1) for slot in self._slots], dtype=np.int64)
        self._shadow = self._shadow.rearranged(rows, self._state, self.tick)

    def _body(self, slot: int) -> pymunk.Body:
        try:
            return self._bodies[slot]
        except KeyError:
            raise UnknownSlotError(f"no body floats in slot {slot}") from None

    # --- hands --------------------------------------------------------------

    def tether(self, slot: int, x: float, y: float) -> None:
        """Take hold of a body by the point of it nearest to (x, y).

        Raises:
            UnknownSlotError: No such body.
            TetherError: It is held already.
            QuantityError: A coordinate is not finite.
        """
        body = self._body(slot)
        at = self._basin.clamp(x, y)
        self._hands.take(slot, body, self._pills[slot], at, tick=self.tick)

    def lead(self, slot: int, x: float, y: float) -> None:
        """Aim a held body's point at (x, y), clamped to the world.

        Raises:
            UnknownSlotError: No such body.
            TetherError: Nobody holds it.
            QuantityError: A coordinate is not finite.
        """
        self._body(slot)
        self._hands.lead(slot, self._basin.clamp(x, y))

    def release(self, slot: int) -> None:
        """Let go of a held body; it keeps the velocity it has.

        Raises:
            UnknownSlotError: No such body.
            TetherError: Nobody holds it.
        """
        self._body(slot)
        self._hands.release(slot)

    def fling(self, slot: int, vx: float, vy: float) -> None:
        """Give a body this velocity, clamped in length to `FLING_SPEED`; a tether is let go.

        Raises:
            UnknownSlotError: No such body.
            QuantityError: A component is not finite.
        """
        body = self._body(slot)
        vx, vy = require_finite("vx", vx), require_finite("vy", vy)
        self._hands.let_go(slot)
        self._hands.stop_carrying(slot, tick=self.tick)
        body.velocity = clamp_speed(vx, vy, FLING_SPEED)
        row = self._rows[slot]
        self._state[VX, row], self._state[VY, row] = body.velocity

    def carry(self, slot: int, x: float, y: float) -> int:
        """Carry a body to (x, y) and light it; one in hand is only lit.

        Returns:
            The tick at which its light goes out.

        Raises:
            UnknownSlotError: No such body.
            QuantityError: A coordinate is not finite.
        """
        self._body(slot)
        return self._hands.carry(slot, self._basin.clamp(x, y), tick=self.tick)

    @property
    def lit(self) -> dict[int, int]:
        """Slot → tick until which it is lit."""
        return self._hands.lit

    @property
    def held(self) -> frozenset[int]:
        """Slots in somebody's hand."""
        return self._hands.held
