import pytest

from app.drift.pace import Metronome, NetworkRate

STEP_S = 1 / 60
# What the room promises under load, written out.
MOST_CATCH_UP = 4
LATE_S = 2 / 60
PATIENCE_S = 2.0
INTERVALS = (2, 4, 6)  # 30, 15, 10 Hz


def test_steps_keep_up_with_time_without_drift():
    metronome = Metronome(100.0)
    taken = sum(metronome.due(100.0 + k * 0.013) for k in range(1, 10_001))
    assert taken == int(130.0 * 60)
    assert metronome.dropped == 0


def test_nothing_is_due_before_the_deadline():
    metronome = Metronome(0.0)
    assert metronome.due(metronome.deadline_s - 1e-4) == 0
    assert metronome.due(metronome.deadline_s) == 1


def test_a_long_sleep_is_dropped_and_counted():
    metronome = Metronome(0.0)
    assert metronome.due(30.0) == MOST_CATCH_UP
    assert metronome.dropped == 30 * 60 - MOST_CATCH_UP
    assert metronome.due(30.0 + STEP_S) == 1


def test_a_clock_that_goes_back_takes_no_step():
    metronome = Metronome(50.0)
    metronome.due(60.0)
    assert metronome.due(40.0) == 0


def test_time_spent_parked_is_no_time():
    metronome = Metronome(0.0)
    metronome.restart(1_000.0)
    assert metronome.due(1_000.0 + STEP_S) == 1
    assert metronome.dropped == 0


def observe(rate, lateness_s, seconds, start=0.0):
    for k in range(round(seconds * 60)):
        rate.observe(lateness_s, start + k * STEP_S)
    return start + seconds


def test_the_rate_falls_step_by_step_while_late_and_rises_again():
    rate = NetworkRate()
    now = observe(rate, LATE_S * 2, PATIENCE_S + 0.1)
    assert rate.interval == INTERVALS[1]
    now = observe(rate, LATE_S * 2, PATIENCE_S * 3, now)
    assert rate.interval == INTERVALS[-1]
    now = observe(rate, 0.0, PATIENCE_S + 0.1, now)
    assert rate.interval == INTERVALS[1]
    observe(rate, 0.0, PATIENCE_S + 0.1, now)
    assert rate.interval == INTERVALS[0]


@pytest.mark.parametrize("lateness_s", [0.0, LATE_S])
def test_a_room_in_time_keeps_its_rate(lateness_s):
    rate = NetworkRate()
    observe(rate, lateness_s, 20)
    assert rate.interval == INTERVALS[0]


def test_a_short_hiccup_changes_nothing():
    rate = NetworkRate()
    now = observe(rate, LATE_S * 2, PATIENCE_S * 0.9)
    observe(rate, 0.0, 0.1, now)
    assert rate.interval == INTERVALS[0]


def test_four_steps_may_be_caught_up_and_none_is_dropped():
    metronome = Metronome(0.0)
    assert metronome.due(4 * STEP_S) == 4
    assert metronome.dropped == 0
    assert metronome.due(9 * STEP_S) == 4
    assert metronome.dropped == 1


def test_what_is_dropped_adds_up():
    metronome = Metronome(0.0)
    metronome.due(1.0)
    metronome.due(2.0)
    assert metronome.dropped == 2 * (60 - MOST_CATCH_UP)


def test_a_step_is_due_a_sixtieth_after_the_one_before():
    metronome = Metronome(10.0)
    assert metronome.deadline_s == pytest.approx(10 + STEP_S)
    metronome.due(10 + 3 * STEP_S)
    assert metronome.deadline_s == pytest.approx(10 + 4 * STEP_S)


def test_a_deadline_after_a_long_sleep_is_the_next_one():
    metronome = Metronome(0.0)
    metronome.due(30.0)
    assert metronome.deadline_s == pytest.approx(30 + STEP_S)


def test_a_clock_that_goes_back_drops_nothing():
    metronome = Metronome(50.0)
    metronome.due(50.0 + STEP_S)
    metronome.due(40.0)
    assert metronome.dropped == 0
    assert metronome.due(50.0 + 2 * STEP_S) == 1


def test_a_new_beginning_counts_from_its_own_time():
    metronome = Metronome(0.0)
    metronome.due(1.0)
    metronome.restart(500.0)
    assert metronome.deadline_s == pytest.approx(500 + STEP_S)
    assert metronome.due(500.0) == 0


def test_the_rate_changes_after_two_seconds_and_not_before():
    rate = NetworkRate()
    rate.observe(1.0, 10.0)
    rate.observe(1.0, 11.99)
    assert rate.interval == 2
    rate.observe(1.0, 12.0)
    assert rate.interval == 4
    rate.observe(1.0, 13.99)
    assert rate.interval == 4
    rate.observe(1.0, 14.0)
    assert rate.interval == 6


def test_the_rate_never_leaves_its_steps():
    rate = NetworkRate()
    now = observe(rate, 1.0, 20)
    assert rate.interval == 6
    observe(rate, 0.0, 20, now)
    assert rate.interval == 2


def test_lateness_is_more_than_two_steps():
    rate = NetworkRate()
    observe(rate, LATE_S + 0.001, 3)
    assert rate.interval == 4


def test_a_step_in_time_begins_the_wait_anew():
    rate = NetworkRate()
    rate.observe(1.0, 0.0)
    rate.observe(0.0, 1.5)
    rate.observe(1.0, 1.6)
    rate.observe(1.0, 3.5)
    assert rate.interval == 2
    rate.observe(1.0, 3.6)
    assert rate.interval == 4


def test_a_rate_that_fell_needs_two_seconds_in_time_to_rise():
    rate = NetworkRate(level=2)
    rate.observe(0.0, 0.0)
    rate.observe(0.0, 1.9)
    assert rate.interval == 6
    rate.observe(0.0, 2.0)
    assert rate.interval == 4
