import pytest

from app.drift.pace import INTERVALS, LATE_S, MOST_CATCH_UP, PATIENCE_S, Metronome, NetworkRate

STEP_S = 1 / 60


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
