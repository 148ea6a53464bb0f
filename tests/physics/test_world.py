import math

import numpy as np
import pytest

from physics.carrying import CARRY_TICKS, GLOW_TICKS
from physics.errors import QuantityError, TetherError, UnknownSlotError
from physics.pills import Pill
from physics.tether import LEAD_SPEED
from physics.world import FLING_SPEED, World
from tests.worlds import admit, advance, body_of, dismiss, make_world, put


def place(world, slot):
    body = world.state_of(slot)
    return body.x, body.y


def distance(a, b):
    return math.dist(a, b)


def test_bodies_drift():
    world = make_world()
    before = world.snapshot().state[:2]
    advance(world, 240)
    assert (np.hypot(*(world.snapshot().state[:2] - before)) > 5).all()


def test_same_commands_give_the_same_snapshot():
    def play():
        world = make_world(count=30)
        world.tether(3, *place(world, 3))
        for step in range(200):
            world.lead(3, 100.0 + 5 * step, 300.0)
            world.step()
        world.fling(3, 900.0, 100.0)
        world.carry(7, 800.0, 400.0)
        advance(world, 200)
        return world.snapshot()

    first, second = play(), play()
    assert first.tick == second.tick
    assert (first.state == second.state).all()


def test_a_snapshot_cannot_be_changed():
    snapshot = make_world().snapshot()
    with pytest.raises(ValueError, match="read-only"):
        snapshot.state[0, 0] = 1.0


def test_labels_come_upright_again():
    world = make_world(count=1)
    world._bodies[0].angle = 1.2
    advance(world, 240)
    assert abs(world.state_of(0).angle) < 0.02


def test_a_tethered_body_follows_the_hand():
    world = make_world(count=1)
    x, y = place(world, 0)
    world.tether(0, x, y)
    target = (x + 300, y - 80)
    world.lead(0, *target)
    advance(world, 60)
    assert distance(place(world, 0), target) < 5


def test_a_body_is_held_by_the_point_that_was_grabbed():
    world = make_world(count=1)
    x, y = place(world, 0)
    world.tether(0, x + 30, y)
    world.lead(0, x + 30, y + 100)
    advance(world, 240)
    point = world._bodies[0].local_to_world((30, 0))
    assert distance(point, (x + 30, y + 100)) < 2


def test_a_grab_beside_the_pill_takes_its_nearest_point():
    world = make_world(count=1)
    world.tether(0, 0.0, 0.0)
    world.step()
    body, joint = world._bodies[0], next(iter(world._space.constraints))
    assert abs(joint.anchor_b.x) <= world._pills[0].width / 2
    assert abs(joint.anchor_b.y) <= world._pills[0].height / 2
    assert body.position.length > 50


def test_the_hand_has_a_top_speed():
    world = make_world(count=1)
    x, y = place(world, 0)
    world.tether(0, x, y)
    world.lead(0, 0.0, 0.0)
    for tick in range(1, 20):
        world.step()
        assert distance(place(world, 0), (x, y)) <= tick * LEAD_SPEED / 60 + 1


def test_a_hand_cannot_leave_the_world():
    world = make_world(count=1)
    world.tether(0, *place(world, 0))
    world.lead(0, -1e9, 1e9)
    advance(world, 300)
    joint = next(iter(world._space.constraints))
    assert tuple(joint.a.position) == (0, world.height)
    assert world.respawned == 0


def test_a_grab_outside_the_world_leads_to_its_edge():
    world = make_world(count=1)
    world.tether(0, 1e9, -1e9)
    advance(world, 300)
    joint = next(iter(world._space.constraints))
    assert tuple(joint.a.position) == (world.width, 0)


def test_a_released_body_drifts_again():
    world = make_world(count=1)
    world.tether(0, *place(world, 0))
    advance(world, 30)
    world.release(0)
    assert world.held == frozenset()
    before = place(world, 0)
    advance(world, 240)
    assert distance(place(world, 0), before) > 5


def test_a_fling_is_a_velocity_and_lets_go():
    world = make_world(count=1)
    world.tether(0, *place(world, 0))
    world.fling(0, 300.0, -400.0)
    body = world.state_of(0)
    assert (body.vx, body.vy) == (300.0, -400.0)
    assert world.held == frozenset()


@pytest.mark.parametrize("huge", [1e5, 1e200, 1e308])
def test_a_fling_is_clamped_in_length_and_keeps_its_direction(huge):
    world = make_world(count=1)
    world.fling(0, huge, huge)
    body = world.state_of(0)
    assert math.hypot(body.vx, body.vy) == pytest.approx(2400)
    assert body.vx == pytest.approx(body.vy)


def test_a_flung_body_stays_inside_and_upright_enough():
    world = make_world(count=20)
    for slot in range(20):
        world.fling(slot, FLING_SPEED * (-1) ** slot, FLING_SPEED / 3)
    for _ in range(300):
        world.step()
        x, y = world.snapshot().state[:2]
        assert ((x > 0) & (x < world.width)).all()
        assert ((y > 0) & (y < world.height)).all()
    assert world.respawned == 0


def test_a_pick_carries_a_body_to_its_point_and_lights_it():
    world = make_world(count=1)
    target = (world.width * 0.8, world.height * 0.3)
    lit_until = world.carry(0, *target)
    assert lit_until == GLOW_TICKS
    assert world.lit == {0: lit_until}
    advance(world, CARRY_TICKS - 1)
    assert distance(place(world, 0), target) < 30


def test_the_light_goes_out():
    world = make_world(count=1)
    world.carry(0, 100.0, 100.0)
    advance(world, GLOW_TICKS + 1)
    assert world.lit == {}


def test_a_hand_is_stronger_than_a_carrying():
    world = make_world(count=1)
    x, y = place(world, 0)
    world.carry(0, 0.0, 0.0)
    world.tether(0, x, y)
    world.carry(0, 0.0, 0.0)
    assert world.lit
    advance(world, 120)
    assert distance(place(world, 0), (x, y)) < 5


def test_a_fling_ends_a_carry_and_leaves_the_light():
    world = make_world(count=1)
    world.carry(0, 100.0, 100.0)
    advance(world, 30)
    world.fling(0, 0.0, 0.0)
    before = place(world, 0)
    advance(world, 60)
    assert distance(place(world, 0), before) < 40
    assert world.lit


def test_others_keep_their_place_when_one_comes_and_one_goes():
    world = make_world(count=8)
    advance(world, 100)
    before = {slot: world.state_of(slot) for slot in range(8)}
    dismiss(world, 2)
    admit(world, 40, Pill(150, 33))
    for slot in (0, 1, 3, 4, 5, 6, 7):
        assert world.state_of(slot) == before[slot]
    assert world.snapshot().slots.tolist() == [0, 1, 3, 4, 5, 6, 7, 40]
    advance(world, 60)
    assert np.isfinite(world.snapshot().state).all()


def test_a_body_may_go_while_held():
    world = make_world(count=3)
    world.tether(1, *place(world, 1))
    dismiss(world, 1)
    assert world.held == frozenset()
    assert not world._space.constraints
    advance(world, 10)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_are_refused(bad):
    world = make_world(count=2)
    before = world.snapshot().state
    world.tether(1, 10.0, 10.0)
    for call in (
        lambda: world.tether(0, bad, 1.0),
        lambda: world.lead(1, 1.0, bad),
        lambda: world.fling(0, bad, 0.0),
        lambda: world.fling(0, 0.0, bad),
        lambda: world.carry(0, bad, 0.0),
    ):
        with pytest.raises(QuantityError):
            call()
    assert world.held == {1}
    assert (world.snapshot().state == before).all()


def test_unknown_slots_are_refused():
    world = make_world(count=2)
    for call in (
        lambda: world.tether(5, 1.0, 1.0),
        lambda: world.lead(5, 1.0, 1.0),
        lambda: world.release(5),
        lambda: world.fling(5, 1.0, 1.0),
        lambda: world.carry(5, 1.0, 1.0),
        lambda: world.state_of(-1),
    ):
        with pytest.raises(UnknownSlotError):
            call()


def test_a_second_tether_and_a_move_without_one_are_refused():
    world = make_world(count=2)
    world.tether(0, 1.0, 1.0)
    with pytest.raises(TetherError):
        world.tether(0, 2.0, 2.0)
    with pytest.raises(TetherError):
        world.lead(1, 2.0, 2.0)
    with pytest.raises(TetherError):
        world.release(1)


def test_an_empty_world_is_refused():
    with pytest.raises(QuantityError):
        World({}, seed=1)


@pytest.mark.parametrize("pills", [{}, {-1: Pill(100, 33)}])
def test_a_population_of_none_or_below_zero_is_refused(pills):
    world = make_world(count=2)
    with pytest.raises(QuantityError):
        world.repopulate(pills)
    assert world.snapshot().slots.tolist() == [0, 1]


def test_newcomers_enter_from_an_edge():
    world = make_world(count=3)
    for slot in range(10, 20):
        admit(world, slot, Pill(150, 33))
        body = world.state_of(slot)
        to_edge = min(body.x - 75, world.width - 75 - body.x, body.y - 16.5)
        to_edge = min(to_edge, world.height - 16.5 - body.y)
        assert to_edge == pytest.approx(0, abs=1e-6)
        inwards = (world.width / 2 - body.x) * body.vx + (world.height / 2 - body.y) * body.vy
        assert inwards > 0
    advance(world, 120)
    assert world.respawned == 0


def test_a_pill_of_another_size_keeps_its_place_and_speed():
    world = make_world(count=3)
    world.fling(1, 50.0, 20.0)
    before = world.state_of(1)
    admit(world, 1, Pill(222, 33))
    assert world.state_of(1) == before
    assert world._pills[1].width == 222


def test_water_grows_with_its_population_and_bodies_spread_with_it():
    world = make_world(count=100)
    width = world.width
    advance(world, 30)
    before = world.snapshot().state[0] / width
    pills = {**world._pills, **{slot: Pill(200, 33) for slot in range(100, 260)}}
    world.repopulate(pills)
    assert world.width > 1.3 * width
    assert world.snapshot().state[0, :100] / world.width == pytest.approx(before)
    assert (world.shadow_snapshot().state == world.snapshot().state).all()
    assert len(world.corrections()) == 260
    advance(world, 120)
    x, y = world.snapshot().state[:2]
    assert ((x > 0) & (x < world.width) & (y > 0) & (y < world.height)).all()


def test_water_grows_and_shrinks_again_and_again():
    world = make_world(count=10)
    few = dict(world._pills)
    many = few | {slot: Pill(250, 33) for slot in range(10, 70)}
    for pills in (many, few, many, few):
        world.repopulate(pills)
        advance(world, 30)
        x, y = world.snapshot().state[:2]
        assert ((x > 0) & (x < world.width) & (y > 0) & (y < world.height)).all()
    assert len(world._space.static_body.shapes & set(world._space.shapes)) == 4


def test_water_keeps_its_size_for_one_link_more_or_less():
    world = make_world(count=100)
    size, modes = (world.width, world.height), world.modes
    admit(world, 100, Pill(200, 33))
    dismiss(world, 3)
    assert ((world.width, world.height), world.modes) == (size, modes)


def test_a_world_is_drawn_from_its_seed():
    first, second, other = (make_world(seed=seed) for seed in (4, 4, 5))
    pills = dict(first._pills)
    assert first.modes == second.modes != other.modes
    places = [World(pills, seed=seed).snapshot().state for seed in (4, 4, 5)]
    assert (places[0] == places[1]).all()
    assert (places[0] != places[2]).any()


def test_a_tick_names_the_state_it_shows():
    world = make_world(count=2)
    assert (world.tick, world.snapshot().tick, world.shadow_snapshot().tick) == (0, 0, 0)
    advance(world, 7)
    assert world.tick == world.snapshot().tick == world.shadow_snapshot().tick == 7
    assert world.state_of(0).tick == 7
    world.step()
    assert world.corrections().tick == 8


def test_a_snapshot_is_of_its_tick_for_good():
    world = make_world(count=3)
    kept = [world.snapshot(), world.shadow_snapshot()]
    before = [snapshot.state.copy() for snapshot in kept]
    advance(world, 10)
    for snapshot, state in zip(kept, before, strict=True):
        assert (snapshot.state == state).all()
        for values in (snapshot.state, snapshot.slots):
            assert not values.flags.writeable


def test_slots_rise_whatever_order_they_are_given_in():
    pills = {slot: Pill(100, 33) for slot in (9, 2, 30, 4)}
    world = World(pills, seed=1)
    assert world.snapshot().slots.tolist() == [2, 4, 9, 30]
    other = World(dict(sorted(pills.items())), seed=1)
    assert (world.snapshot().state == other.snapshot().state).all()


def test_one_body_reads_the_same_alone_and_among_all():
    world = make_world(count=4)
    advance(world, 50)
    body = world.state_of(2)
    row = [body.x, body.y, body.angle, body.vx, body.vy, body.omega]
    assert row == world.snapshot().state[:, 2].tolist()


def test_a_fling_shows_at_once():
    """Before the next step: whoever asked is told where the body goes from."""
    world = make_world(count=3)
    world.fling(1, 120.0, -80.0)
    assert world.snapshot().state[3:5, 1].tolist() == [120.0, -80.0]


def test_a_fling_within_bounds_is_exact_and_one_beyond_is_not():
    world = make_world(count=1)
    world.fling(0, 2400.0, 0.0)
    assert world.state_of(0).vx == 2400.0
    world.fling(0, 2400.0, 1000.0)
    assert math.hypot(*world.snapshot().state[3:5, 0]) == pytest.approx(2400.0)


def test_a_refused_fling_leaves_the_body_in_hand():
    world = make_world(count=1)
    world.tether(0, *place(world, 0))
    with pytest.raises(QuantityError):
        world.fling(0, math.nan, 0.0)
    assert world.held == {0}


def test_a_tether_may_be_tied_again_after_a_release():
    world = make_world(count=1)
    for _ in range(3):
        world.tether(0, *place(world, 0))
        assert world.held == {0}
        world.release(0)


def test_forces_of_a_step_are_those_of_its_own_tick():
    """Carrying, hand and water act from the step after they are asked for, not later."""
    world = make_world(count=1)
    world.carry(0, world.width, world.height)
    before = world.state_of(0)
    world.step()
    assert world.state_of(0).vx - before.vx > 10


def test_a_newcomer_moves_at_its_entry_speed():
    world = make_world(count=2)
    admit(world, 5, Pill(150, 33))
    body = world.state_of(5)
    assert {abs(body.vx), abs(body.vy)} == {0.0, 160.0}
    assert world.snapshot().state[3:5, 2].tolist() == [body.vx, body.vy]


def test_newcomers_come_through_gates_of_their_own():
    world = make_world(count=2)
    world.repopulate({slot: Pill(100, 33) for slot in range(12)})
    places = {place(world, slot) for slot in range(2, 12)}
    assert len(places) == 10


def test_a_newcomer_and_a_shadow_of_one_that_stays_are_told_apart():
    """Only the newcomer is news; the others' shadows are what they were."""
    world = make_world(count=4)
    advance(world, 40)
    shadows = world.shadow_snapshot().state
    dismiss(world, 1)
    admit(world, 7, Pill(100, 33))
    assert (world.shadow_snapshot().state[:, :3] == shadows[:, [0, 2, 3]]).all()
    world.step()
    world.step()
    assert 7 in world.corrections().slots.tolist()


def test_a_pill_of_another_size_keeps_its_tilt_and_spin_and_falls_out_of_hand():
    world = make_world(count=2)
    put(world, 1, angle=0.7, angular_velocity=1.5, velocity=(40, -30))
    world.tether(1, *place(world, 1))
    before = world.state_of(1)
    admit(world, 1, Pill(222, 33))
    assert world.state_of(1) == before
    assert world.held == frozenset()
    assert len(world._space.bodies) == 2
    (shape,) = body_of(world, 1).shapes
    assert shape.bb.right - shape.bb.left > 150


def test_a_pill_of_the_same_size_stays_in_hand():
    world = make_world(count=2)
    world.tether(1, *place(world, 1))
    dismiss(world, 0)
    assert world.held == {1}


@pytest.mark.parametrize(("share", "resized"), [(1.09, False), (1.13, True), (0.92, False)])
def test_water_takes_another_size_from_ten_per_cent_on(share, resized):
    """Of its width: the area of its pills may differ by a fifth."""
    world = World({slot: Pill(200, 33) for slot in range(100)}, seed=1)
    before = world.width
    world.repopulate({slot: Pill(200 * share**2, 33) for slot in range(100)})
    assert (world.width != before) is resized
    if resized:
        assert world.width == pytest.approx(before * share, rel=0.01)


def test_water_that_shrinks_takes_its_bodies_in():
    world = World({slot: Pill(200, 33) for slot in range(200)}, seed=1)
    before = world.state_of(0)
    share = before.x / world.width, before.y / world.height
    modes = world.modes
    world.repopulate({slot: Pill(200, 33) for slot in range(100)})
    body = world.state_of(0)
    assert (body.x / world.width, body.y / world.height) == pytest.approx(share)
    assert world.modes != modes, "the current is that of the new size"
    advance(world, 30)
    assert world.respawned == 0


def test_walls_follow_the_water():
    world = make_world(count=100)
    world.repopulate({slot: Pill(200, 33) for slot in range(300)})
    world.fling(0, 2400.0, 0.0)
    put(world, 0, position=(world.width - 150, world.height / 2))
    advance(world, 20)
    assert world.state_of(0).vx < 0, "it came back from the new wall"


def test_a_shadow_flies_by_the_same_water():
    """What nobody touches needs no correction for as long as a refresh is away."""
    world = World({0: Pill(120, 33)}, seed=9)
    put(world, 0, position=(world.width / 2, world.height / 2))
    world.corrections()
    told = []
    for _ in range(0, 600, 2):
        world.step()
        world.step()
        told += world.corrections().slots.tolist()
    assert told == []


@pytest.fixture
def gapped():
    """A world whose slots are not its rows."""
    return World({slot: Pill(60 + 20 * slot, 33) for slot in (2, 5, 9)}, seed=3)


def test_a_fling_shows_in_the_row_of_its_slot(gapped):
    before = gapped.snapshot().state
    gapped.fling(5, 120.0, -80.0)
    after = gapped.snapshot().state
    assert after[3:5, 1].tolist() == [120.0, -80.0]
    assert (after[:, [0, 2]] == before[:, [0, 2]]).all()


def test_a_carrying_pulls_the_row_of_its_slot(gapped):
    calm = World(dict(gapped._pills), seed=3)
    gapped.carry(9, 0.0, 0.0)
    for world in (calm, gapped):
        world.step()
    same = (calm.snapshot().state == gapped.snapshot().state).all(axis=0)
    assert same.tolist() == [True, True, False]


def test_a_correction_names_the_slot_of_its_row(gapped):
    advance(gapped, 2)
    gapped.fling(9, 2_000.0, 0.0)
    gapped.step()
    gapped.step()
    assert gapped.corrections().slots.tolist() == [9]


def test_every_pill_flies_as_its_shadow_whatever_its_size_tilt_and_spin(gapped):
    """Forces are in proportion to its own mass, torques to its own moment."""
    for number, slot in enumerate((2, 5, 9)):
        place_x = gapped.width * (number + 1) / 4
        put(gapped, slot, position=(place_x, 360), angle=0.9 * number - 1, angular_velocity=number)
    gapped._shadow.state[:] = gapped._state
    for _ in range(60):
        gapped.step()
    assert np.abs(gapped.shadow_snapshot().state - gapped.snapshot().state).max() < 1e-9
