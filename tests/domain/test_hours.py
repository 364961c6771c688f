from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.chinatime import CHINA
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.hours import MARKETING, Hours


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, 1, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [(at(7, 59), False), (at(8), True), (at(20, 59), True), (at(21), False), (at(0), False)],
)
def test_marketing_goes_out_from_eight_to_nine_china_time(moment: datetime, allowed: bool) -> None:
    assert MARKETING.allow(moment) is allowed
    assert MARKETING.allow(moment.astimezone(UTC)) is allowed


def test_the_next_opening_is_this_morning_or_tomorrows() -> None:
    assert MARKETING.next_opening(at(3)) == at(8)
    assert MARKETING.next_opening(at(12)) == at(12)
    assert MARKETING.next_opening(at(22)) == at(8) + timedelta(days=1)


@given(
    st.integers(0, 3_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.integers(0, 1439),
    st.data(),
)
def test_the_next_opening_allows_and_comes_within_a_day(moment: datetime, start: int, data: st.DataObject) -> None:
    hours = Hours(start, data.draw(st.integers(start + 1, 1440)))
    opening = hours.next_opening(moment)
    assert hours.allow(opening)
    assert timedelta(0) <= opening - moment < timedelta(days=1)
    assert Hours.parse(str(hours)) == hours


def test_a_whole_day_has_no_gap() -> None:
    day = Hours.parse("0-24")
    assert str(day) == "00:00-24:00"
    assert all(day.allow(at(hour, minute)) for hour in range(24) for minute in range(60))


@pytest.mark.parametrize("text", ["8-21", "08:00-21:00", " 8:00 – 21:00 "])
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert Hours.parse(text) == MARKETING


@pytest.mark.parametrize("text", ["", "8", "21-8", "8-8", "25-26", "8:60-9", "eight to nine"])
def test_what_is_no_range_of_hours_is_told(text: str) -> None:
    with pytest.raises(InputProblem, match="8:00-21:00"):
        Hours.parse(text)
