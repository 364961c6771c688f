from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.text import (
    MissingValue,
    Template,
    has_line_break,
    segment_starts,
    segments,
    signature_problem,
    signed,
    utf16_units,
    with_one_signature,
    without_second,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("你", 1),
        ("你" * 70, 1),
        ("你" * 71, 2),
        ("a" * 70, 1),
        ("a" * 71, 2),
        ("你" * 134, 2),
        ("你" * 135, 3),
        ("你" * 201, 3),
        ("你" * 202, 4),
        ("你" * 68 + "😊", 1),  # 70 units
        ("你" * 69 + "😊", 2),  # 71 units
        ("😊" * 35, 1),
        ("😊" * 36, 2),
        ("你" * 132 + "😊", 2),  # 134 units
        ("你" * 133 + "😊", 3),  # 135 units
    ],
)
def test_segments_are_counted_as_the_carriers_count_them(text: str, expected: int) -> None:
    assert segments(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_units_are_those_of_utf_16(text: str) -> None:
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2


@given(st.text(), st.text(min_size=1))
def test_a_longer_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text)


def test_a_signature_goes_in_front_unless_one_is_there() -> None:
    assert signed("【商城】", "您好") == "【商城】您好"
    assert signed("【商城】", "【别家】您好") == "【别家】您好"
    assert signed("", "您好") == "您好"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_line_end_of_p2p_is_a_line_break(end: str) -> None:
    assert has_line_break(f"您好{end}再见")
    assert not has_line_break("您好\t再见 #\u2028")


@given(st.text())
def test_an_escaped_text_renders_as_itself(text: str) -> None:
    template = Template.parse(text.replace("{", "{{").replace("}", "}}"))
    assert template.render({}) == text
    assert not template.is_personal


@given(st.text(), st.text(), st.text(min_size=1).map(str.strip).filter(bool))
def test_a_value_goes_out_as_it_stands_whatever_it_holds(before: str, after: str, value: str) -> None:
    def escaped(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    template = Template.parse(escaped(before) + "{姓名}" + escaped(after))
    assert template.render({"姓名": value}) == before + value + after


def test_placeholders_are_named_once_each_in_order() -> None:
    template = Template.parse("{姓名|客户}您好，{ 金额 }元，{姓名}，{{不是}}")
    assert template.names == ("姓名", "金额")
    assert template.is_personal
    assert template.unknown(("姓名",)) == ("金额",)
    assert template.render({"姓名": "张三", "金额": "5"}) == "张三您好，5元，张三，{不是}"


def test_braces_around_a_placeholder_are_kept() -> None:
    assert Template.parse("{{{姓名}}}").render({"姓名": "张三"}) == "{张三}"


@pytest.mark.parametrize("empty", [{}, {"姓名": ""}, {"姓名": " \t "}])
def test_an_empty_value_takes_the_fallback_and_never_becomes_a_word_of_its_own(empty: dict[str, str]) -> None:
    assert Template.parse("{姓名|客户}您好").render(empty) == "客户您好"
    assert Template.parse("{姓名|}您好").render(empty) == "您好"
    with pytest.raises(MissingValue) as caught:
        Template.parse("{姓名}您好").render(empty)
    assert caught.value.name == "姓名"


def test_a_zero_is_a_value() -> None:
    assert Template.parse("欠{金额|不}元").render({"金额": "0"}) == "欠0元"


def test_blanks_around_a_value_are_left_out() -> None:
    assert Template.parse("{姓名}您好").render({"姓名": " 张三 "}) == "张三您好"


@pytest.mark.parametrize(
    ("text", "place", "brace"),
    [("您好{", 3, "{"), ("}您好", 1, "}"), ("{姓名", 1, "{"), ("您{}好", 2, "{"), ("{{}", 3, "}"), ("{a{b}", 1, "{")],
)
def test_a_lone_brace_is_named_with_its_place(text: str, place: int, brace: str) -> None:
    with pytest.raises(InputProblem) as caught:
        Template.parse(text)
    assert f"第 {place} 个字处的“{brace}”" in caught.value.words.zh
    assert f"'{brace}' at character {place} " in caught.value.words.en
    assert "{name}" in caught.value.words.en


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", []),
        ("你" * 70, []),
        ("你" * 71, [67]),
        ("你" * 135, [67, 134]),
        ("你" * 66 + "😊" + "你" * 10, [67]),  # the emoji begins in the first segment
        ("😊" * 36, [34]),
    ],
)
def test_each_further_segment_has_a_place_where_it_begins(text: str, starts: list[int]) -> None:
    assert segment_starts(text) == starts


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_a_text_has_as_many_beginnings_as_segments(text: str) -> None:
    assert abs(len(segment_starts(text)) + 1 - max(segments(text), 1)) <= (1 if max(text, default="") > "\uffff" else 0)


@pytest.mark.parametrize(
    ("signature", "text", "wrong"),
    [
        ("【商城】", "您好", None),
        ("【商城】", "【别家】您好", None),
        ("", "您好", None),
        ("", "【商城】您好【重要】请看", None),  # brackets in the midst are no signature
        ("【商城】", "【别家您好", "不完整"),
        ("", "【】您好", "不完整"),
        ("【商城】", "【甲】【乙】您好", "两个签名"),
        ("【商城】", "您好【商城】", "两个签名"),
        ("", "您好【商城】", None),
    ],
)
def test_a_signature_is_checked_before_the_gateway_rejects_it(signature: str, text: str, wrong: str | None) -> None:
    problem = signature_problem(signature, text)
    assert (problem is None) if wrong is None else (problem is not None and wrong in problem.zh)


def test_a_place_of_the_rendered_text_is_found_in_the_typed_one() -> None:
    template = Template.parse("{{您{姓名}好{到期|…}吗")
    fields = {"姓名": "李建国"}
    assert template.render(fields) == "{您李建国好…吗"
    assert [template.typed_place(fields, at) for at in range(8)] == [0, 2, 3, 3, 3, 7, 8, 14]


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("【甲】【乙】您好", "【甲】您好"),
        ("【甲】 【乙】【丙】您好", "【甲】您好"),
        ("【甲】您好 【乙】 ", "【甲】您好 "),
        ("【甲】【商城】您好", "【商城】您好"),
        ("【商城】【商城】您好", "【商城】您好"),
        ("【甲】您好【商城】", "您好【商城】"),
        ("【甲】您好", "【甲】您好"),
        ("您好【甲】", "您好【甲】"),
    ],
)
def test_of_two_signatures_one_is_left_the_accounts_if_it_is_there(text: str, one: str) -> None:
    assert with_one_signature(text, "【商城】") == one
    assert signature_problem("", one) is None


def test_a_text_keeps_no_signature_beside_the_one_that_is_put_in_front() -> None:
    assert without_second("【商城】", "您好【甲】") == "您好"
    assert without_second("【商城】", " 【商城】您好") == "您好"
    assert without_second("【商城】", "【甲】【乙】您好") == "【甲】您好"
    assert without_second("【商城】", "【甲】您好【商城】") == "您好"
