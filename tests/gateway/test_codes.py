from __future__ import annotations

import re

import pytest

from smsdesk.domain.message import Delivery
from smsdesk.gateway import codes
from smsdesk.gateway.codes import Code, Handling
from smsdesk.gateway.errors import Refused

STATUS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20, 21, 30, 31, 100, 102)
RESULT = (0, 10, 12, 15, 17)
STAT = (
    *("DELIVRD", "ACCEPTD", "EXPIRED", "DELETED", "REJECTED"),
    *(f"MA:{n:04}" for n in (*range(1, 7), 9, *range(11, 16), 17, *range(21, 31), 33, 44)),
    *("MO:200", "MO:0254", "MO:0255"),
)
"""Every code of both editions of the document."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[a-z]{2}")


def assert_speaks_both_languages(code: Code) -> None:
    for words in (code.meaning, code.remedy):
        if words is not None:
            assert _CHINESE.search(words.zh), code
            assert _LATIN.search(words.en), code
            assert not _CHINESE.search(words.en), code
            assert "{" not in words.zh + words.en, code
    assert not code.meaning.zh.endswith("。")
    if code.remedy is not None:
        assert code.remedy.zh.endswith("。")
        assert code.remedy.en.endswith(".")


@pytest.mark.parametrize("number", [*STATUS, 999, -1])
def test_every_status_is_explained_in_both_languages(number: int) -> None:
    found = codes.status(number)
    assert found.code == str(number)
    assert_speaks_both_languages(found)
    assert ("unknown status" in found.meaning.en) == (number not in STATUS)


@pytest.mark.parametrize("number", [*RESULT, 999])
def test_every_result_is_explained_in_both_languages(number: int) -> None:
    found = codes.result(number)
    assert found.code == str(number)
    assert_speaks_both_languages(found)
    assert ("unknown result" in found.meaning.en) == (number not in RESULT)


@pytest.mark.parametrize("stat", STAT)
def test_every_stat_is_explained_in_both_languages(stat: str) -> None:
    found = codes.stat(stat)
    assert found.code == stat
    assert_speaks_both_languages(found)
    assert found.meaning.en != "unknown code"


@pytest.mark.parametrize("number", [10, 15, 17])
def test_what_would_refuse_all_that_follows_says_what_to_mend(number: int) -> None:
    assert number in codes.BLOCKING_RESULTS
    assert codes.result(number).remedy is not None


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [
        ("MA:0001 ", "MA:0001"),
        (" MA:0001", "MA:0001"),
        ("MA:00022", "MA:0022"),
        ("ma:0022", "MA:0022"),
        ("MA:22", "MA:0022"),
        ("MA0022", "MA:0022"),
        ("MO:0200", "MO:200"),
        ("mo:254", "MO:0254"),
        ("MO:00255", "MO:0255"),
    ],
)
def test_stray_blanks_and_other_spellings_mean_the_same_and_are_shown_as_they_came(spelling: str, plain: str) -> None:
    found = codes.stat(spelling)
    assert found.meaning == codes.stat(plain).meaning
    assert found.code == spelling.strip()


def test_a_code_of_the_upstream_gateway_says_who_can_explain_it() -> None:
    assert "upstream gateway" in codes.stat("MO:3150").meaning.en
    assert codes.stat("MO:3150").code == "MO:3150"


@pytest.mark.parametrize("stat", ["CB:0010", "", "MA:", "MA:x", "你好", "0"])
def test_an_unknown_stat_is_shown_as_it_came(stat: str) -> None:
    assert codes.stat(stat).code == stat
    assert codes.stat(stat).meaning.en == "unknown code"


def test_only_delivrd_is_delivered_and_only_acceptd_is_not_final() -> None:
    delivered = {stat for stat in STAT if codes.delivery(stat) is Delivery.DELIVERED}
    under_way = {stat for stat in STAT if codes.delivery(stat) is Delivery.UNDERWAY}
    assert (delivered, under_way) == ({"DELIVRD"}, {"ACCEPTD"})
    assert codes.delivery("CB:0010") is Delivery.FAILED


def test_a_refusal_is_handled_as_the_document_of_the_project_says() -> None:
    handled = {number: codes.handling(number) for number in STATUS if number}
    assert {n for n, how in handled.items() if how is Handling.WAIT} == {21, 31}
    assert {n for n, how in handled.items() if how is Handling.HALVE} == {102}
    assert {n for n, how in handled.items() if how is Handling.MEND} == {2, 3, 4, 6, 7}
    assert codes.handling(100) is codes.handling(5) is codes.handling(1) is codes.handling(999) is Handling.RETRY


def test_a_refusal_is_a_sentence_with_its_code_its_meaning_and_what_to_do() -> None:
    refused = Refused(3)
    assert "(3)" in refused.words.en
    assert "account or password is wrong" in refused.words.en
    assert "Enter account and password again" in refused.words.en
    assert "（3）：账号或密码不正确。这次请求没有发出任何短信。请" in refused.words.zh
    assert "999" in Refused(999).words.en
