from __future__ import annotations

import pytest

from smsdesk.domain.findings import OPT_OUT_ENDING, Kind, Severity, TextFindings


def found(*texts: str, is_marketing: bool = False, sensitive: tuple[str, ...] = ()) -> dict[Kind, Severity]:
    look = TextFindings(is_marketing=is_marketing, sensitive=sensitive)
    for text in texts:
        look.look(text)
    return {one.kind: one.severity for one in look.found()}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("【商城】您好", set()),
        ("您好【商城】", set()),
        ("您好", {Kind.NO_SIGNATURE}),
        ("【商城】【别家】您好", {Kind.TWO_SIGNATURES}),
        ("【商城】详见 https://example.com/a", {Kind.LINK}),
        ("【商城】详见example.cn", {Kind.LINK}),
        ("【商城】共 3.5 元", set()),
        ("【商城】" + "好" * 264, set()),  # 4 segments
        ("【商城】" + "好" * 265, {Kind.LONG}),
    ],
)
def test_a_text_is_looked_at(text: str, kinds: set[Kind]) -> None:
    assert set(found(text)) == kinds


def test_a_text_is_long_by_what_the_account_counts() -> None:
    assert Kind.LONG in found("a" * 612)
    plain = TextFindings(is_marketing=False, gsm7=True)
    plain.look("a" * 612)  # 4 segments
    assert {one.kind for one in plain.found()} == {Kind.NO_SIGNATURE}
    plain.look("a" * 613)
    assert {one.kind for one in plain.found()} == {Kind.NO_SIGNATURE, Kind.LONG}


@pytest.mark.parametrize(
    "end", [OPT_OUT_ENDING, "退订回T", "回TD退订", "拒收回复R", "Reply STOP to opt out", "回N退订。"]
)
def test_a_marketing_message_says_how_to_opt_out(end: str) -> None:
    assert found(f"【商城】全场八折，{end}", is_marketing=True) == {}


def test_one_that_does_not_is_asked_about_when_it_is_marketing() -> None:
    assert found("【商城】全场八折", is_marketing=True) == {Kind.NO_OPT_OUT: Severity.WARNING}
    assert found("【商城】退订之后" + "还有很多很多很多很多很多很多很多很多很多内容", is_marketing=True) == {
        Kind.NO_OPT_OUT: Severity.WARNING
    }
    assert found("【商城】您的验证码是 1234") == {}


def test_two_signatures_stop() -> None:
    assert found("【甲】【乙】您好") == {Kind.TWO_SIGNATURES: Severity.ERROR}


def test_the_persons_own_words_are_named_once() -> None:
    look = TextFindings(is_marketing=False, sensitive=("贷款", "免费", " "))
    for name in ("王", "李"):
        look.look(f"【商城】{name}先生，免费贷款")
    (finding,) = look.found()
    assert finding.kind is Kind.SENSITIVE
    assert finding.words.zh == "内容含有您列出的敏感词：贷款、免费。"


def test_one_bad_text_of_many_is_enough() -> None:
    assert Kind.NO_SIGNATURE in found("【商城】您好", "您好")
