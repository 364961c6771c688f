"""How the gateway's count of a day and ours compare."""

from __future__ import annotations

from datetime import date

import pytest

from smsdesk.domain.inbox import DayFigures
from smsdesk.domain.statis import Agreement, DayCompared, OurFigures

OURS = OurFigures(accepted=10, segments=14, delivered=8, failed=1, in_doubt=2)


@pytest.mark.parametrize(
    ("total", "success", "fail", "agreement", "differs"),
    [
        (10, 8, 1, Agreement.SAME, False),
        (10, 9, 1, Agreement.OUTCOMES, True),
        (14, 11, 2, Agreement.SAME_SEGMENTS, False),
        (12, 10, 1, Agreement.PERHAPS, False),
        (13, 8, 1, Agreement.MORE, True),
        (9, 8, 1, Agreement.FEWER, True),
    ],
)
def test_a_difference_is_told_apart(total: int, success: int, fail: int, agreement: Agreement, differs: bool) -> None:
    theirs = DayFigures(date(2026, 5, 20), total, success, total - success - fail, fail, 80.0)
    day = DayCompared(theirs.day, theirs, OURS)
    assert (day.agreement, day.agreement.differs, day.more) == (agreement, differs, total - 10)


def test_a_day_that_was_not_over_proves_nothing() -> None:
    theirs = DayFigures(date(2026, 5, 20), 3, 3, 0, 0, 100.0)
    assert DayCompared(theirs.day, theirs, OURS, is_over=False).agreement is Agreement.NOT_OVER


def test_a_day_of_which_the_gateway_says_nothing_does_not_differ() -> None:
    assert not DayCompared(date(2026, 5, 20), None, OURS).agreement.differs
