from __future__ import annotations

import pytest

from smsdesk.jobs.pace import RECOVER_AFTER, Pace, Speed


def test_a_pace_without_a_limit_never_waits() -> None:
    pace = Pace(connections=2, rate=0, now=0.0)
    pace.take(10_000, 0.0)
    assert pace.wait_for(10_000, 0.0) == 0.0
    assert pace.size(200) == 200


def test_a_rate_is_kept_over_time() -> None:
    pace = Pace(connections=2, rate=100, now=0.0)
    clock, sent = 0.0, 0
    while sent < 1_000:
        size = pace.size(200)
        clock += pace.wait_for(size, clock)
        pace.take(size, clock)
        sent += size
    assert clock == pytest.approx(9.0, abs=0.1)  # the first second's worth goes out at once


def test_an_overtaxed_gateway_gets_half_and_then_slowly_all_again() -> None:
    pace = Pace(connections=8, rate=100, now=0.0)
    pace.lower(0.0)
    pace.lower(0.0)
    assert (pace.at_once, pace.size(200), pace.is_lowered) == (2, 25, True)
    for batch in range(20 * RECOVER_AFTER):
        pace.went_through(float(batch))
        if batch == RECOVER_AFTER - 1:
            assert pace.at_once == 3
    assert (pace.at_once, pace.size(200), pace.is_lowered) == (8, 100, False)


def test_one_request_at_a_time_is_the_least() -> None:
    pace = Pace(connections=1, rate=1, now=0.0)
    for _ in range(5):
        pace.lower(0.0)
    assert (pace.at_once, pace.size(200)) == (1, 1)


def test_the_speed_is_that_of_the_last_seconds() -> None:
    speed = Speed(0.0)
    assert speed.per_second(100, 1.0) == 100.0
    for second in range(2, 30):
        speed.per_second(100 * second, float(second))
    for second in range(30, 45):
        last = speed.per_second(2_900 + 10 * (second - 29), float(second))
    assert last == pytest.approx(10.0)
