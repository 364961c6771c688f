"""The lines of the point-to-point editor, looked at as a whole."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.errors import Cancelled
from smsdesk.domain.lines import parse_lines
from smsdesk.domain.text import segments
from smsdesk.jobs.reviewing import WRONG, Review, Rules, review

LINES = st.lists(
    st.sampled_from(
        ["", "  ", "13800000000#一", "138 0000 0000#一", "13800000000#二", "13800000001#" + "长" * 90, "138#短", "没有"]
    ),
    max_size=12,
)


def reviewed(lines: list[str], before: Review | None = None, *, abroad: bool = False) -> Review:
    return review(lines, before or Review(), Rules(abroad), threading.Event())


@given(LINES, LINES)
def test_a_review_finds_what_a_reading_of_the_whole_text_finds(earlier: list[str], lines: list[str]) -> None:
    found = reviewed(lines, reviewed(earlier))
    parsed = parse_lines("\n".join(lines))
    good = [line for line in parsed if line.problem is None]
    assert (found.good, found.wrong) == (len(good), len(parsed) - len(good))
    assert found.segments == sum(segments(line.content) for line in good)
    assert [(one.mobile, one.content, one.line) for one in found.messages()] == [
        (line.mobile, line.content, line.number) for line in good
    ]
    worth = [line for line in parsed if line.problem] + [line for line in good if line.duplicate_of]
    assert [*found.worth] == worth
    marks = {line.number: WRONG if line.problem else line.duplicate_of for line in worth}
    assert found.marks == [marks.get(number, 0) for number in range(1, len(lines) + 1)]
    before = [(line.mobile, line.content) for line in good]
    assert found.repeats == [line.number for at, line in enumerate(good) if before[at] in before[:at]]


def test_what_is_worth_a_look_stays_the_same_object_while_it_is_the_same() -> None:
    first = reviewed(["138#短", "13800000000#一"])
    assert reviewed(["138#短", "13800000000#一二"], first).worth is first.worth
    assert reviewed(["13800000000#一"], first).worth is not first.worth


def test_numbers_are_read_anew_when_the_account_may_send_abroad() -> None:
    lines = ["+852 6123 4567#您好"]
    first = reviewed(lines)
    assert first.wrong == 1
    assert reviewed(lines, first, abroad=True).good == 1


def test_a_review_ends_at_once_when_it_is_no_longer_wanted() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        review(["13800000000#一"], Review(), Rules(), stop)
