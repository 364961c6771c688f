"""Numbers as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.mobile import Reason, clean, is_mobile, masked, single
from smsdesk.domain.words import Language

MOBILE = "13800000001"
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
FULL_WIDTH = str.maketrans("0123456789+-()", "０１２３４５６７８９＋－（）")


@pytest.mark.parametrize(
    "start", ["130", "139", "145", "150", "162", "165", "166", "167", "170", "171", "173", "190", "199"]
)
def test_every_mainland_segment_is_accepted(start: str) -> None:
    assert clean(start + "00000001") == (start + "00000001",)


@pytest.mark.parametrize(
    "text",
    [
        "+8613800000001",
        "+86 138 0000 0001",
        "008613800000001",
        "0086-138-0000-0001",
        "86-13800000001",
        "8613800000001",
        "(+86)13800000001",
        "（86）138 0000 0001",
        "+86(138)0000-0001",
        "138 0000 0001",
        "138-0000-0001",
        "138.0000.0001",
        "138.00000001",
        "1380000.0001",
        "(138)0000 0001",
        "138—0000—0001",
        "１３８０００００００１",
        "＋８６－１３８０００００００１",
        "\u200b138\u00a00000\u30000001\ufeff",
        "\u202d13800000001\u202c",
        "'13800000001",
        "‘13800000001",
        "13800000001.0",
        "8613800000001.00",
        "\t13800000001\r\n",
        "1.3800000001E+10",
        "1.3800000001e10",
    ],
)
def test_a_spelling_of_one_number_becomes_eleven_digits(text: str) -> None:
    assert clean(text) == (MOBILE,)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001(王总)",
        "13800000001（2号楼）",
        "王总13800000001",
        "手机：138-0000-0001",
        "TEL:13800000001",
        "Wang 13800000001",
        "13800000001 转2",
        "13800000001【工号10023】",
        "张经理(手机13800000001)",
        "13800000001，",
    ],
)
def test_a_note_beside_the_number_is_left_out(text: str) -> None:
    assert clean(text) == (MOBILE,)


@pytest.mark.parametrize("separator", ["/", "、", ",", "，", ";", "；", " ", "\n", "|", " / ", "或", "和", "\\"])
def test_several_numbers_in_a_cell_are_several(separator: str) -> None:
    assert clean(f"13800000001{separator}13900000002") == ("13800000001", "13900000002")


def test_the_same_number_twice_in_a_cell_is_one() -> None:
    assert clean("13800000001/+86 138 0000 0001") == (MOBILE,)


@pytest.mark.parametrize("text", ["13800000001/010-62345678", "010-62345678 13800000001", "13800000001、400-800-8888"])
def test_a_landline_or_hotline_beside_a_mobile_is_passed_over(text: str) -> None:
    assert clean(text) == (MOBILE,)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001/1390000000",  # the second has lost a digit
        "13800000001/02",  # 13800000001 and 13800000002?
        "13800000001 5",
        "13800000001/+852 9123 4567",
    ],
)
def test_a_cell_with_a_doubtful_second_number_is_refused_whole(text: str) -> None:
    assert clean(text) is Reason.SEVERAL


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.38E+10", Reason.LOST_DIGITS),
        ("1.38e10", Reason.LOST_DIGITS),
        ("1.380000E+10", Reason.LOST_DIGITS),
        ("1.38000000015E+10", Reason.NOT_WHOLE),
        ("13800000001.5", Reason.NOT_WHOLE),
        ("0.15", Reason.NOT_WHOLE),
        ("010-62345678", Reason.LANDLINE),
        ("(0571)8888 8888", Reason.LANDLINE),
        ("0571-88888888转801", Reason.LANDLINE),
        ("010-62345678-801", Reason.LANDLINE),
        ("+86 10 62345678", Reason.LANDLINE),
        ("62345678", Reason.LANDLINE),
        ("400-800-8888", Reason.HOTLINE),
        ("800 810 1234", Reason.HOTLINE),
        ("95588", Reason.HOTLINE),
        ("10086", Reason.SHORT_CODE),
        ("110", Reason.SHORT_CODE),
        ("106900001234", Reason.SHORT_CODE),
        ("+852 9123 4567", Reason.FOREIGN),
        ("0085291234567", Reason.FOREIGN),
        ("+1 380 000 0001", Reason.FOREIGN),
        ("+13800000001", Reason.FOREIGN),
        ("1380000000", Reason.TOO_SHORT),
        ("1380000000.0", Reason.TOO_SHORT),
        ("+86 1380000000", Reason.TOO_SHORT),
        ("0", Reason.TOO_SHORT),
        ("138000000001", Reason.TOO_LONG),
        ("138 0000 0001 5", Reason.TOO_LONG),
        ("13800000001-13800000099", Reason.TOO_LONG),
        ("110101199003071234", Reason.TOO_LONG),
        ("12800000001", Reason.NOT_MOBILE),
        ("23800000001", Reason.NOT_MOBILE),
        ("1380000000O", Reason.LETTERS),
        ("138O0000001", Reason.LETTERS),
        ("13800000001a", Reason.LETTERS),
        ("138****0001", Reason.MASKED),
        ("138xxxx0001", Reason.MASKED),
        ("#N/A", Reason.CELL_ERROR),
        ("#REF!", Reason.CELL_ERROR),
        ("无", Reason.NO_NUMBER),
        ("-", Reason.NO_NUMBER),
        ("张三", Reason.NO_NUMBER),
        ("2号楼301", Reason.NO_NUMBER),
        ("2026-05-01", Reason.NO_NUMBER),
        ("字" * 2000, Reason.A_TEXT),
    ],
)
def test_what_is_no_mobile_number_is_refused_with_its_own_reason(text: str, reason: Reason) -> None:
    assert clean(text) is reason


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0", "\u200b", "'", "\t\n", " " * 5000])
def test_a_blank_cell_is_blank_and_no_problem(text: str) -> None:
    assert clean(text) == ()


@given(mobiles, st.sampled_from(["", "+86", "0086", "86", "86-", "+86 ", "(+86)"]), st.data())
def test_any_number_in_any_spelling_is_found(mobile: str, prefix: str, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["", " ", "-", "\u00a0", "\u200b", " - "]))
    text = prefix + gap.join([mobile[:3], mobile[3:7], mobile[7:]])
    if data.draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    text = data.draw(st.sampled_from(["{}", "'{}", " {} ", "{}\u200b", "手机{}", "{}(王总)"])).format(text)
    assert clean(text) == (mobile,)


@given(st.text(max_size=60) | st.text(alphabet="0123456789+-. ()/eE,王a", max_size=40))
def test_any_text_gives_numbers_a_reason_or_blank(text: str) -> None:
    found = clean(text)
    if isinstance(found, Reason):
        assert found.words.zh
    else:
        assert all(map(is_mobile, found))
        assert len(set(found)) == len(found)
        digits = "".join(c for c in text if c.isdecimal())
        assert bool(found) <= (len(digits) >= 11)


@given(mobiles, st.integers(0, 10))
def test_a_number_that_lacks_a_digit_is_never_completed(mobile: str, gone: int) -> None:
    assert isinstance(clean(mobile[:gone] + mobile[gone + 1 :]), Reason)


@given(mobiles, st.integers(0, 11), st.sampled_from("0123456789"))
def test_a_number_with_a_digit_too_many_is_never_cut(mobile: str, at: int, digit: str) -> None:
    assert isinstance(clean(mobile[:at] + digit + mobile[at:]), Reason)


@given(st.lists(mobiles, min_size=1, max_size=8, unique=True), st.sampled_from(["/", "、", ";", " ", "\n", ","]))
def test_every_number_of_a_list_is_found_in_order(numbers: list[str], separator: str) -> None:
    assert clean(separator.join(numbers)) == tuple(numbers)


def test_a_single_number_is_asked_for() -> None:
    assert single(" 138 0000 0001") == MOBILE
    assert single("") is Reason.NO_NUMBER
    assert single("13800000001/13900000002") is Reason.SEVERAL


def test_logs_show_only_the_ends_of_a_number() -> None:
    assert masked("13800000001") == "138****0001"
    assert masked("12345") == "*****"


def test_every_reason_says_something_of_its_own_in_both_languages() -> None:
    for language in Language:
        assert len({reason.words.text(language) for reason in Reason}) == len(Reason)
