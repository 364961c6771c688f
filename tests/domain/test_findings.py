from __future__ import annotations

import pytest

from smsdesk.domain.findings import OPT_OUT_ENDING, Finding, Kind, Severity, TextFindings


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


def looked(text: str, *, typed: str | None = None, sensitive: tuple[str, ...] = ()) -> Finding:
    look = TextFindings(is_marketing=False, sensitive=sensitive, signature="【商城】", typed=typed)
    look.look("【甲】您好", "13800000000", 2)
    look.look(text, "13800000001", 3)
    (finding,) = look.found()
    return finding


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("【甲】😊见https://example.com/a?b=1，或到店", "https://example.com/a?b=1"),
        ("【甲】😊免费贷款", "贷款"),
        ("【甲】 【乙】您好", "【乙】"),
        ("【甲】您好😊【乙】 ", "【乙】"),
        ("【甲您好", "【"),
        ("【甲】" + "😊" * 200, ""),
    ],
)
def test_the_last_button_leads_to_where_it_was_found(text: str, found: str) -> None:
    finding = looked(text, sensitive=("贷款",))
    spot = finding.leads_to(len(finding.mends) - 1)
    assert spot is not None
    assert (spot.mobile, spot.line, spot.text, spot.found) == ("13800000001", 3, text, found)


def test_a_second_signature_can_be_taken_out_where_a_person_typed_it() -> None:
    assert len(looked("【甲】【乙】您好").mends) == 2
    assert len(looked("【商城】您好【乙】", typed="您好【乙】").mends) == 2
    assert len(looked("【商城】您好【乙】", typed="{问候}").mends) == 1, "it came with the list"
    assert len(looked("【甲您好").mends) == 1, "nobody knows how it goes on"


@pytest.mark.parametrize(
    ("typed", "selected"),
    [
        ("😊免费{{贷款}}", "贷款"),
        ("免费{产品|贷款}，您好", "{产品|贷款}"),
        ("{优惠}款，您好", "{优惠}款"),
        ("您好", None),
        ("{没有}贷款", None),
    ],
)
def test_what_was_found_is_traced_to_what_was_typed(typed: str, selected: str | None) -> None:
    fields = {"优惠": "免费贷"}
    texts = {"😊免费{{贷款}}": "😊免费{贷款}", "免费{产品|贷款}，您好": "免费贷款，您好"}
    spot = looked("【商城】" + texts.get(typed, "免费贷款，您好"), sensitive=("贷款",)).spot
    assert spot is not None
    span = spot.typed(typed, "【商城】", fields)
    assert (span and typed[slice(*span)]) == selected


def test_one_bad_text_of_many_is_enough() -> None:
    assert Kind.NO_SIGNATURE in found("【商城】您好", "您好")
