"""Numbers as offices write them."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from itertools import accumulate

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.mobile import Reason, clean, from_code, is_from_abroad, is_mobile, single, to_code
from smsdesk.domain.words import Language

MOBILE = "13800000001"
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
FULL_WIDTH = str.maketrans("0123456789+-()", "０１２３４５６７８９＋－（）")


@pytest.mark.parametrize("start", [str(segment) for segment in range(130, 200)])
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
        "13.800000001E+9",
        "1.38000000010E+10",
        "8.613800000001E+12",
        "13,800,000,001",
        "13,800,000,001.00",
        "+(86)138 0000 0001",
        "+008613800000001",
        "00 86 138 0000 0001",
        "86+13800000001",
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
        "13800000001 (王 总)",
        "2026-05-01 13800000001",
        "13800000001 2026/5/1 13:45:00",
        "13800000001 充值50元",
        "13800000001 元芳",
        "13800000001(微信同号)",
        "手机卡号13800000001",
        "QQ 123456 13800000001",
        "①13800000001",
        "Wang2 13800000001",
        "T: 13800000001",
        "13800000001ext12",
        "13800000001QQ12345678",
        "2号楼5E301 13800000001",
        "13800000001 zhang@example.com",
    ],
)
def test_a_note_beside_the_number_is_left_out(text: str) -> None:
    assert clean(text) == (MOBILE,)


def test_labels_beside_two_numbers_are_left_out() -> None:
    assert clean("tel1:13800000001tel2:13900000002") == ("13800000001", "13900000002")


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
        "010 62345678 13800000001",
        "张三 110101199003071234 13800000001",
        "110101 19900307 1234/13800000001",
        "11010119900307123X 13800000001",
        "QQ:1390000002 手机:13800000001",
        "1234567890@example.com 13800000001",
        "订单号13900000002，电话13800000001",
    ],
)
def test_what_certainly_is_no_mobile_number_is_passed_over_beside_one(text: str) -> None:
    assert clean(text) == (MOBILE,)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001/1390000000",  # the second has lost a digit
        "13800000001/02",  # 13800000001 and 13800000002?
        "13800000001 5",
        "13800000001/+852 9123 4567",
        "13800000001~13800000099",  # from … to …
        "13800000001至13800000099",
        "13800000001 到 99",
        "QQ 13900000002 13900000003/13800000001",  # of which of the two is it said?
        "1、13800000001 2、13900000002",
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
        ("13.8E+9", Reason.LOST_DIGITS),
        ("1,38E+10", Reason.LOST_DIGITS),
        ("8.6138E+12", Reason.LOST_DIGITS),
        ("1.38E+10(王总)", Reason.LOST_DIGITS),
        ("1.38E+10/1.39E+10", Reason.LOST_DIGITS),
        ("1.38E-10", Reason.NOT_WHOLE),
        ("1.38000000015E+10", Reason.NOT_WHOLE),
        ("13800000001.5", Reason.NOT_WHOLE),
        ("0.15", Reason.NOT_WHOLE),
        ("010-62345678", Reason.LANDLINE),
        ("(0571)8888 8888", Reason.LANDLINE),
        ("0571-88888888转801", Reason.LANDLINE),
        ("010-62345678-801", Reason.LANDLINE),
        ("+86 10 62345678", Reason.LANDLINE),
        ("62345678", Reason.LANDLINE),
        ("62345678-801", Reason.LANDLINE),
        ("0086-571-88888888", Reason.LANDLINE),
        ("400-800-8888", Reason.HOTLINE),
        ("800 810 1234", Reason.HOTLINE),
        ("95588", Reason.HOTLINE),
        ("96110", Reason.HOTLINE),
        ("10101111", Reason.HOTLINE),
        ("+86 400 800 8888", Reason.HOTLINE),
        ("4000-800-800转1", Reason.HOTLINE),
        ("10086", Reason.SHORT_CODE),
        ("110", Reason.SHORT_CODE),
        ("12345", Reason.SHORT_CODE),
        ("106900001234", Reason.SHORT_CODE),
        ("1069 0000 1380 0000 0001", Reason.SHORT_CODE),
        ("1440000000001", Reason.DATA_CARD),
        ("1064800000001", Reason.DATA_CARD),
        ("+852 9123 4567", Reason.FOREIGN),
        ("0085291234567", Reason.FOREIGN),
        ("+1 380 000 0001", Reason.FOREIGN),
        ("+13800000001", Reason.FOREIGN),
        ("+13800000001.0", Reason.FOREIGN),
        ("+1.3800000001E+10", Reason.FOREIGN),
        ("000123456789", Reason.TOO_LONG),
        ("001234567890123456", Reason.TOO_LONG),
        ("1-380-000-0001", Reason.ODD_GROUPS),  # of the countries with +1?
        ("1 (415) 555-2671", Reason.ODD_GROUPS),
        ("1 415 555 2671", Reason.ODD_GROUPS),
        ("15-2024-00001", Reason.ODD_GROUPS),  # a contract
        ("19990101-001", Reason.ODD_GROUPS),  # an order of a day
        ("+86 15-2024-00001", Reason.ODD_GROUPS),
        ("1380000000", Reason.TOO_SHORT),
        ("1380000000.0", Reason.TOO_SHORT),
        ("+86 1380000000", Reason.TOO_SHORT),
        ("0", Reason.TOO_SHORT),
        ("138000000001", Reason.TOO_LONG),
        ("138 0000 0001 5", Reason.TOO_LONG),
        ("13800000001-13800000099", Reason.TOO_LONG),
        ("013800000001", Reason.TOO_LONG),
        ("6222021380000000019", Reason.TOO_LONG),
        ("6222 0213 8000 0000 019", Reason.TOO_LONG),
        ("110101199003071234", Reason.ID_CARD),
        ("130102 19900101 1234", Reason.ID_CARD),
        ("11010119900307123X", Reason.ID_CARD),
        ("身份证：110101199003071234", Reason.OTHER_NUMBER),
        ("QQ13800000001", Reason.OTHER_NUMBER),
        ("qq号：13800000001", Reason.OTHER_NUMBER),
        ("订单编号 13800000001", Reason.OTHER_NUMBER),
        ("13800000001@qq.com", Reason.OTHER_NUMBER),
        ("￥13800000001", Reason.OTHER_NUMBER),
        ("¥13,800,000,001.00", Reason.OTHER_NUMBER),
        ("13800000001元", Reason.OTHER_NUMBER),
        ("13800000001%", Reason.OTHER_NUMBER),
        ("192.168.100.12", Reason.OTHER_NUMBER),
        ("12800000001", Reason.NOT_MOBILE),
        ("23800000001", Reason.NOT_MOBILE),
        ("1380000000O", Reason.LETTERS),
        ("138O0000001", Reason.LETTERS),
        ("13800000001a", Reason.LETTERS),
        ("13800000001AB12", Reason.LETTERS),
        ("12AB13800000001", Reason.LETTERS),
        ("138****0001", Reason.MASKED),
        ("138xxxx0001", Reason.MASKED),
        ("138××××0001", Reason.MASKED),
        ("#N/A", Reason.CELL_ERROR),
        ("#REF!", Reason.CELL_ERROR),
        ("无", Reason.NO_NUMBER),
        ("-", Reason.NO_NUMBER),
        ("张三", Reason.NO_NUMBER),
        ("2号楼301", Reason.NO_NUMBER),
        ("2026-05-01", Reason.NO_NUMBER),
        ("2026/5/1 13:45:00", Reason.NO_NUMBER),
        ("1990-05-01-001", Reason.TOO_SHORT),
        ("字" * 2000, Reason.A_TEXT),
    ],
)
def test_what_is_no_mobile_number_is_refused_with_its_own_reason(text: str, reason: Reason) -> None:
    assert clean(text) is reason


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0", "\u200b", "'", "\t\n", " " * 5000])
def test_a_blank_cell_is_blank_and_no_problem(text: str) -> None:
    assert clean(text) == ()


GROUPS = ((3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (5, 6), (6, 5), (11,))


def in_groups(digits: str, lengths: tuple[int, ...], gap: str) -> str:
    ends = list(accumulate(lengths))
    return gap.join(digits[start:end] for start, end in zip([0, *ends], ends, strict=False))


@given(mobiles, st.sampled_from(["", "+86", "0086", "86", "86-", "+86 ", "(+86)", "+(86)", "0086-"]), st.data())
def test_any_number_in_any_spelling_is_found(mobile: str, prefix: str, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["", " ", "-", "\u00a0", "\u200b", " - ", "\u2013", "."]))
    lengths = (3, 4, 4) if gap == "." else data.draw(st.sampled_from(GROUPS))
    text = prefix + in_groups(mobile, lengths, gap)
    if data.draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    text = data.draw(st.sampled_from(["{}", "'{}", " {} ", "{}\u200b", "手机{}", "{}(王总)"])).format(text)
    for abroad in (False, True):
        assert clean(text, abroad=abroad) == (mobile,)


@given(mobiles, st.sampled_from(["", "+86 ", "86"]))
def test_a_number_that_the_spreadsheet_took_for_an_amount_is_found(mobile: str, prefix: str) -> None:
    whole = int((prefix + mobile).strip("+").replace(" ", ""))
    for text in (f"{whole}.0", f"{whole}.00", f"{whole:,}", f"{whole:,.2f}", f"{whole:.12E}", str(float(whole))):
        assert clean(text) == (mobile,), text


@given(st.text("0123456789", min_size=1, max_size=24))
def test_no_digits_but_those_of_a_mobile_number_give_one(digits: str) -> None:
    found = re.fullmatch(r"(?:0086|86)?(1[3-9][0-9]{9})", digits)
    for abroad in (False, True):
        numbers = clean(digits, abroad=abroad)
        if found:
            assert numbers == (found[1],)
        elif not isinstance(numbers, Reason):
            assert abroad
            assert digits.startswith("00")


@given(
    st.sampled_from(["110101", "130102", "139001", "152000", "440301", "659001"]),
    st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
    st.sampled_from(["", " ", "-"]),
)
def test_an_identity_cards_number_never_gives_one(place: str, born: date, order: int, last: str, gap: str) -> None:
    """Those of Hebei begin with 13, and those who were born in 19xx have that inside."""
    found = clean(gap.join((place, f"{born:%Y%m%d}", f"{order:03}{last}")))
    assert found is Reason.ID_CARD


@given(
    st.sampled_from(["62", "4", "5", "356", "13", "18"]), st.text("0123456789", min_size=16, max_size=16), st.booleans()
)
def test_a_bank_cards_number_never_gives_one(start: str, digits: str, in_fours: bool) -> None:
    card = (start + digits)[:16]
    assert isinstance(clean(" ".join(re.findall(r"[0-9]{1,4}", card)) if in_fours else card), Reason)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 99999))
def test_a_date_never_is_part_of_a_number(day: date, count: int) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d 13:45:00", "%Y年%m月%d日", "%Y%m%d"):
        assert isinstance(clean(day.strftime(form)), Reason)
        assert isinstance(clean(f"{day.strftime(form)} {count:03}"), Reason)
    assert isinstance(clean(f"{day:%Y-%m-%d}-{count:03}"), Reason)


@given(mobiles, st.sampled_from(["订单号{}", "QQ：{}", "￥{}", "{}元", "{}@qq.com", "A{}", "{}AB12", "卡号:{}", "{}%"]))
def test_a_number_that_is_said_to_be_something_else_is_refused(mobile: str, form: str) -> None:
    assert isinstance(clean(form.format(mobile)), Reason)


@given(st.text(max_size=60) | st.text(alphabet="0123456789+-. ()/eE,王a", max_size=40), st.booleans())
def test_any_text_gives_numbers_a_reason_or_blank(text: str, abroad: bool) -> None:
    found = clean(text, abroad=abroad)
    if isinstance(found, Reason):
        assert found.words.zh
    else:
        assert all(is_mobile(one) or (abroad and is_from_abroad(one)) for one in found)
        assert len(set(found)) == len(found)
        digits = "".join(c for c in text if c.isdecimal())
        assert bool(found) <= (len(digits) >= (8 if abroad else 11))
        assert all(clean(one, abroad=abroad) == (one,) for one in found), "what is clean stays as it is"


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


def test_every_reason_says_something_of_its_own_in_both_languages() -> None:
    for language in Language:
        assert len({reason.words.text(language) for reason in Reason}) == len(Reason)


# -- from abroad

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS - {"CN"})
HONG_KONG = "+85261234567"


@pytest.mark.parametrize(
    "text",
    [
        "+85261234567",
        "+852 6123 4567",
        "0085261234567",
        "00 852 6123-4567",
        "00852-6123-4567",
        "(+852) 6123 4567",
        "+(852) 6123 4567",
        "+ 852 6123 4567",
        "＋８５２　６１２３　４５６７",
        "\u202a+852\u00a06123\u20114567\u202c",
        "'+85261234567",
        "+85261234567.0",
        "+852 6123 4567(陈生)",
        "香港：+852 6123 4567",
        "陈生 0085261234567",
    ],
)
def test_a_number_from_abroad_is_taken_where_it_is_allowed_and_only_there(text: str) -> None:
    assert clean(text, abroad=True) == (HONG_KONG,)
    assert clean(text) is Reason.FOREIGN
    assert "账号设置" in Reason.FOREIGN.words.zh


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+1 (415) 555-2671", "+14155552671"),
        ("+1.4155552671", "+14155552671"),
        ("001 415 555 2671", "+14155552671"),
        ("+1 380 200 1234", "+13802001234"),
        ("+886 912-345-678", "+886912345678"),
        ("+886 0912 345 678", "+886912345678"),
        ("+853 6612 3456", "+85366123456"),
        ("+44 (0)7911 123456", "+447911123456"),
        ("+82 10-1234-5678", "+821012345678"),
    ],
)
def test_numbers_of_other_countries_come_out_in_e164(text: str, number: str) -> None:
    assert clean(text, abroad=True) == (number,)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("85261234567", Reason.NOT_MOBILE),  # without + or 00 nobody says that it is abroad
        ("852-6123-4567", Reason.NOT_MOBILE),
        ("1 (415) 555-2671", Reason.ODD_GROUPS),
        ("+852 2123 4567", Reason.LANDLINE),
        ("+44 20 7946 0958", Reason.LANDLINE),
        ("+1 800 555 0199", Reason.HOTLINE),
        ("+852 6123 456", Reason.FOREIGN_WRONG),
        ("+852 6123 45678", Reason.FOREIGN_WRONG),
        ("+999 1234 5678", Reason.FOREIGN_WRONG),
        ("+1 380 000 0001", Reason.FOREIGN_WRONG),
        ("+13800000001", Reason.FOREIGN_WRONG),
        ("+86 1380000000", Reason.TOO_SHORT),
        ("+86 10 62345678", Reason.LANDLINE),
        ("+8.526123E+10", Reason.LOST_DIGITS),
        ("13900000002+14155552671", Reason.TOO_LONG),  # a + between two numbers may be a separator
        ("+852 6123 4567/5", Reason.SEVERAL),
        ("+852 6123 4567 5", Reason.FOREIGN_WRONG),
        ("+85261234567/1390000000", Reason.SEVERAL),
        ("QQ+85261234567", Reason.OTHER_NUMBER),
        ("+852 6123 4567 / 6123 4568", Reason.SEVERAL),  # another of Hong Kong, and no landline of here
        ("+852 6123 4567 / 9512 3456", Reason.SEVERAL),  # and no hotline
        ("+44 7911 123456 / 07912 345678", Reason.SEVERAL),
        ("+852 6123 4567 / +852 2123 4567", Reason.SEVERAL),
    ],
)
def test_what_is_no_mobile_number_abroad_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    assert clean(text, abroad=True) is reason


@pytest.mark.parametrize(
    "text",
    [
        "+85261234567/13800000001",
        "+852 6123 4567 13800000001",
        "+852 6123 4567 +86 138 0000 0001",
        "0085261234567、138 0000 0001",
        "+85261234567 138-0000-0001",
        "+85261234567；QQ 123456789；13800000001",
        "+85261234567 (+86)13800000001",
    ],
)
def test_a_cell_may_hold_numbers_from_here_and_abroad(text: str) -> None:
    assert clean(text, abroad=True) == (HONG_KONG, MOBILE)
    assert isinstance(clean(text), Reason), "one of them would be lost"


@given(st.sampled_from(REGIONS), st.sampled_from(["+{}", "00{}", "+ {}", "(+{})", "00-{}"]), st.data())
def test_any_mobile_number_of_any_country_in_any_spelling_is_found(region: str, form: str, data: st.DataObject) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        return
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL).removeprefix("+")
    gap = data.draw(st.sampled_from([" ", "-", "", "\u00a0", "."]))
    text = form.format(re.sub(r"[ -]", gap, written))
    if data.draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    found = clean(text, abroad=True)
    assert found == (e164,)
    assert clean(e164, abroad=True) == found
    assert from_code(to_code(e164)) == e164
    assert clean(text) is Reason.FOREIGN


@given(st.text("0123456789", min_size=1, max_size=18))
def test_digits_after_a_plus_are_never_taken_for_a_mainland_number_without_86(digits: str) -> None:
    found = clean(f"+{digits}", abroad=True)
    if not isinstance(found, Reason):
        assert all(map(is_from_abroad, found)) or digits.removeprefix("00").startswith("86")


@given(mobiles, mobiles)
def test_a_number_is_packed_into_64_bits_and_one_from_abroad_is_another(one: str, other: str) -> None:
    codes = {to_code(one): one, to_code(f"+{one}"): f"+{one}", to_code(other): other, to_code(f"+{other}"): f"+{other}"}
    assert len(codes) == 2 * len({one, other})
    assert all(0 <= code < 2**63 and from_code(code) == mobile for code, mobile in codes.items())
    assert to_code(one) == int(one)


def test_a_list_without_numbers_from_abroad_does_not_load_the_tables_of_all_countries() -> None:
    program = """
import sys
from smsdesk.domain.mobile import clean
for cell in ("13800000001", "+86 138 0000 0001", "010-62345678", "张三", "1.38E+10"):
    clean(cell, abroad=True)
assert "phonenumbers" not in sys.modules
clean("+85261234567", abroad=True)
assert "phonenumbers" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
