import contextlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.errors import WorldError
from physics.pills import Pill
from tests.worlds import make_world

SLOTS = st.integers(-1, 9)
NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
NEAR = st.floats(-5_000, 5_000)
PILLS = st.builds(Pill, st.floats(40, 400), st.just(33.0))
POPULATIONS = st.dictionaries(st.integers(-1, 12), PILLS, max_size=12)
COMMANDS = st.one_of(
    st.tuples(st.just("tether"), SLOTS, NEAR, NEAR),
    st.tuples(st.just("lead"), SLOTS, NUMBERS | NEAR, NUMBERS | NEAR),
    st.tuples(st.just("fling"), SLOTS, NUMBERS | NEAR, NUMBERS | NEAR),
    st.tuples(st.just("carry"), SLOTS, NUMBERS | NEAR, NUMBERS | NEAR),
    st.tuples(st.just("release"), SLOTS),
    st.tuples(st.just("repopulate"), POPULATIONS),
)


def obey(world, commands):
    for name, *arguments in commands:
        with contextlib.suppress(WorldError):
            getattr(world, name)(*arguments)
        for _ in range(3):
            world.step()
        world.corrections()


@settings(max_examples=60)
@given(st.lists(COMMANDS, max_size=25), st.integers(0, 3))
def test_everything_stays_finite_and_inside(commands, seed):
    world = make_world(count=8, seed=seed)
    obey(world, commands)
    for snapshot in (world.snapshot(), world.shadow_snapshot()):
        assert np.isfinite(snapshot.state).all()
    x, y = world.snapshot().state[:2]
    assert ((x > 0) & (x < world.width) & (y > 0) & (y < world.height)).all()


@settings(max_examples=25)
@given(st.lists(COMMANDS, max_size=15), st.integers(0, 3))
def test_the_same_commands_give_the_same_snapshot(commands, seed):
    first, second = make_world(count=8, seed=seed), make_world(count=8, seed=seed)
    obey(first, commands)
    obey(second, commands)
    assert (first.snapshot().state == second.snapshot().state).all()
    assert (first.shadow_snapshot().state == second.shadow_snapshot().state).all()
