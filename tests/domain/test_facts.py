"""Small facts: China's time, sentences, what may become of a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.campaign import Counts
from smsdesk.domain.chinatime import from_gateway, in_china, now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.message import TRANSITIONS, Delivery, State
from smsdesk.domain.words import Language, Words


def test_the_gateways_time_is_chinas() -> None:
    assert from_gateway("2021-06-01 07:30:00") == datetime(2021, 5, 31, 23, 30, tzinfo=UTC)
    assert from_gateway("2021-06-01 07:30:00.123") == datetime(2021, 5, 31, 23, 30, tzinfo=UTC)
    assert from_gateway("  2021-06-01 07:30:00 ") == datetime(2021, 5, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "null", "2021-06-01", "2021-13-01 00:00:00", "20210601073000", "0001-01-01 00:00:00"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert from_gateway(text) is None


def test_times_are_shown_in_chinas_whatever_zone_they_are_in() -> None:
    moment = datetime(2021, 6, 1, 1, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert in_china(moment).strftime("%Y-%m-%d %H:%M:%S") == "2021-06-01 14:00:00"


def test_now_has_a_zone_and_whole_milliseconds() -> None:
    moment = now()
    assert moment.utcoffset() == timedelta(0)
    assert moment.microsecond % 1000 == 0
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_words_come_back_from_their_stored_form(zh: str, en: str) -> None:
    assert Words.from_json(Words(zh, en).to_json()) == Words(zh, en)


def test_words_are_filled_in_each_language_with_its_own() -> None:
    filled = Words("“{what}”有 {n} 条", "{n} of '{what}'").fill(what=Words("短信", "messages"), n=3)
    assert filled == Words("“短信”有 3 条", "3 of 'messages'")
    assert filled.text(Language.ZH) == "“短信”有 3 条"
    assert filled.text(Language.EN) == "3 of 'messages'"


def test_a_filled_value_may_hold_braces() -> None:
    assert Words("{a}", "{a}").fill(a="{0}").en == "{0}"


def test_a_problem_says_its_sentence_in_both_languages() -> None:
    shown = str(InputProblem(Words("请先写内容。", "Write the text first.")))
    assert "请先写内容。" in shown
    assert "Write the text first." in shown


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_CN", Language.ZH),
        ("zh-Hant-TW", Language.ZH),
        ("ZH", Language.ZH),
        ("en_US.UTF-8", Language.EN),
        ("C", Language.EN),
    ],
)
def test_any_chinese_locale_speaks_chinese_and_all_else_english(tag: str, language: Language) -> None:
    assert Language.of_locale(tag) is language


def test_counts_add_up() -> None:
    counts = Counts(queued=1, claimed=2, accepted=3, rejected=4, in_doubt=5, skipped=6, delivered=2, failed=1)
    assert counts.total == 21
    assert counts.settled == 18


def test_nothing_that_may_have_been_sent_goes_back_to_the_queue_by_a_way_that_is_not_named() -> None:
    back = {state for state, to in TRANSITIONS.items() if State.QUEUED in to}
    assert back == {State.CLAIMED, State.REJECTED, State.IN_DOUBT}
    assert set(TRANSITIONS) == set(State)
    assert TRANSITIONS[State.ACCEPTED] == frozenset()


def test_a_claimed_message_is_queued_in_the_words_of_the_command_line() -> None:
    assert {state.word for state in State} == {"queued", "accepted", "rejected", "in_doubt", "skipped"}


def test_only_delivered_and_failed_are_final() -> None:
    assert [delivery for delivery in Delivery if delivery.is_final] == [Delivery.DELIVERED, Delivery.FAILED]
