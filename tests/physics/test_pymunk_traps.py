"""What bites in Pymunk 7.3, one guard a test."""

import inspect
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pymunk
import pymunk.batch
import pytest

import physics
from physics import bodies
from physics.guard import TOP_SPEED
from physics.pills import Pill
from physics.world import World
from tests.worlds import admit, advance, dismiss, make_world

SOURCES = sorted(Path(physics.__file__).parent.glob("*.py"))


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("position", (math.nan, 5.0)),
        ("position", (5.0, math.inf)),
        ("velocity", (math.nan, 0.0)),
        ("velocity", (0.0, -math.inf)),
        ("angular_velocity", math.inf),
        ("angle", math.nan),
        ("angular_velocity", math.nan),
    ],
)
def test_a_body_that_is_no_longer_a_number_is_put_back(attribute, value):
    world = make_world(count=20)
    setattr(world._bodies[4], attribute, value)
    advance(world, 60)
    state = world.snapshot().state
    assert np.isfinite(state).all()
    assert ((state[0] >= 0) & (state[0] <= world.width)).all()
    assert world.respawned >= 1
    assert np.isfinite(world.shadow_snapshot().state).all()


def test_a_body_outside_the_walls_is_put_back():
    world = make_world(count=3)
    world._bodies[1].position = (world.width + 5_000, 10.0)
    advance(world, 2)
    assert world.respawned == 1
    assert 0 < world.state_of(1).x < world.width


def test_our_own_checks_survive_optimisation():
    """Pymunk's mass and moment checks are asserts, gone under -O; ours are not."""
    code = (
        "from physics.pills import Pill\n"
        "from physics.errors import QuantityError\n"
        "try: Pill(float('nan'), 3)\n"
        "except QuantityError: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-O", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(physics.__file__).parents[1],
    )
    assert done.stdout == "refused\n"


def test_no_callback_runs_inside_a_step():
    hooks = re.compile(r"on_collision|velocity_func|position_func|pre_solve|post_solve|\.begin\b")
    for path in SOURCES:
        assert not hooks.search(path.read_text()), path


def test_the_solver_runs_on_one_thread():
    assert make_world()._space.threaded is False


def test_batch_rows_are_matched_by_id_after_bodies_came_and_went():
    world = make_world(count=10)
    dismiss(world, 0, 5, 9)
    admit(world, 3_000, Pill(90, 33))
    admit(world, 5, Pill(120, 33))
    advance(world, 7)
    snapshot = world.snapshot()
    for slot, state in zip(snapshot.slots.tolist(), snapshot.state.T, strict=True):
        body = world._bodies[slot]
        assert tuple(state[:2]) == tuple(body.position)
        assert state[2] == body.angle


def test_forces_reach_the_body_they_are_meant_for():
    world = make_world(count=6)
    dismiss(world, 0)
    forces = np.zeros((3, 5))
    forces[0, 3] = 1e4
    world._batch.read(world._state)
    world._batch.push(forces)
    moved = [slot for slot, body in world._bodies.items() if body.force.x != 0]
    assert moved == [world.snapshot().slots[3]]


def test_a_slot_outlives_its_pymunk_body():
    world = make_world(count=4)
    before = world._bodies[2].id
    world._bodies[2].velocity = (math.nan, 0)
    advance(world, 1)
    assert world._bodies[2].id != before
    assert world.snapshot().slots.tolist() == [0, 1, 2, 3]


def test_no_new_buffer_is_made_while_running(monkeypatch):
    """Each Buffer leaks its arrays."""
    world = make_world(count=10)
    made = []
    monkeypatch.setattr(bodies, "Buffer", lambda: made.append(1))
    advance(world, 20)
    dismiss(world, 3)
    admit(world, 3, Pill(100, 33))
    advance(world, 20)
    assert not made


def test_states_are_copied_out_of_the_buffer():
    world = make_world(count=5)
    kept = world.snapshot().state.copy()
    held = world.snapshot().state
    for slot in range(100, 160):
        admit(world, slot, Pill(60, 33))
    advance(world, 5)
    assert (held == kept).all()


def test_the_force_array_is_as_long_as_the_batch():
    """A shorter one is read out of bounds."""
    world = make_world(count=5)
    for change in (lambda: dismiss(world, 1), lambda: admit(world, 8, Pill(60, 33))):
        change()
        buffer = pymunk.batch.Buffer()
        pymunk.batch.get_space_bodies(world._space, pymunk.batch.BodyFields.BODY_ID, buffer)
        rows = len(np.frombuffer(buffer.int_buf(), dtype=np.uintp))
        assert world._batch._forces.shape == (rows, 3)


def test_the_batch_module_still_works_as_we_use_it():
    """A canary: the module is marked experimental, and Pymunk is pinned for it."""
    space = pymunk.Space()
    body = pymunk.Body(2, 3)
    body.position = 10, 20
    space.add(body, pymunk.Circle(body, 5))
    batch = bodies.Batch(space)
    batch.follow([body])
    state = np.empty((6, 1))
    batch.read(state)
    assert state[:, 0].tolist() == [10, 20, 0, 0, 0, 0]
    batch.push(np.array([[4.0], [6.0], [9.0]]))
    assert (tuple(body.force), body.torque) == ((4.0, 6.0), 9.0)
    space.step(0.5)
    batch.read(state)
    assert state[:, 0].tolist() == [10, 20, 0, 1.0, 1.5, 1.5]


def test_nothing_falls_asleep():
    """Setting forces wakes sleepers, and a threshold of 0 never lets one sleep."""
    assert math.isinf(make_world()._space.sleep_time_threshold)


def test_a_huge_velocity_hangs_nothing():
    world = make_world(count=4)
    world._bodies[0].velocity = (1e308, 0)
    world._bodies[1].velocity = (1e12, 1e12)
    advance(world, 30)
    state = world.snapshot().state
    assert np.isfinite(state).all()
    assert np.abs(state[3:5]).max() <= TOP_SPEED


def test_a_step_has_no_length_to_get_wrong():
    assert list(inspect.signature(World.step).parameters) == ["self"]


def test_a_tether_has_finite_force_and_goes_before_its_body():
    world = make_world(count=3)
    world.tether(1, 50.0, 50.0)
    (joint,) = world._space.constraints
    assert math.isfinite(joint.max_force)
    assert joint.max_force > 0
    world._bodies[1].position = (math.nan, 0)
    advance(world, 5)
    assert not world._space.constraints
    assert world.held == frozenset()


def test_a_space_is_never_pickled():
    for path in SOURCES:
        assert not re.search(r"\bpickle\b|deepcopy|\.copy\(\)\s*#\s*space", path.read_text()), path


def test_pymunk_is_pinned_and_is_the_one_that_runs():
    pins = (Path(physics.__file__).parents[1] / "constraints.txt").read_text()
    assert f"pymunk=={pymunk.version}\n" in pins


def test_states_and_forces_have_a_buffer_each():
    """Reading into the buffer that is written from would change its length."""
    batch = make_world()._batch
    assert batch._incoming is not batch._outgoing


def test_the_space_keeps_its_own_index():
    """A spatial hash hangs on a huge velocity."""
    for path in SOURCES:
        assert not re.search(
            r"use_spatial_hash|idle_speed_threshold|\.sleep\b", path.read_text()
        ), path


def test_a_step_is_a_sixtieth_of_a_second(monkeypatch):
    """A long one throws bodies through the walls."""
    world, steps = make_world(), []
    monkeypatch.setattr(world._space, "step", steps.append)
    world.step()
    assert steps == [1 / 60]


def test_every_shape_has_finite_numbers():
    """A friction that is not a number aborts the process at the next touch."""
    world = make_world(count=3)
    for shape in world._space.shapes:
        for value in (shape.friction, shape.elasticity, shape.radius):
            assert math.isfinite(value)
            assert value >= 0
    for body in world._space.bodies:
        assert math.isfinite(body.mass)
        assert math.isfinite(body.moment)


def test_the_world_starts_no_thread():
    """A space changed from another thread during a step ends the process."""
    for path in SOURCES:
        assert not re.search(
            r"\b(threading|concurrent|asyncio|multiprocessing)\b", path.read_text()
        )
