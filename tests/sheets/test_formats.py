"""Number formats: the table says what Excel and WPS show (in Chinese), the properties what must hold for all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.sheets.formats import BUILT_IN, NumberFormat, general

MAY = 46143.0  # 2026-05-01, a Friday
YUAN = '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '

SHOWN: list[tuple[str, float, str]] = [
    # General
    ("General", 13800000000.0, "13800000000"),
    ("General", 6222021234567890.0, "6.22202E+15"),
    ("General", 0.1 + 0.2, "0.3"),
    ("General", 1 / 3, "0.333333333"),
    ("General", -1 / 3, "-0.333333333"),
    ("General", 1234567.891234, "1234567.891"),
    ("General", 123456789.123, "123456789.1"),
    ("General", 0.00001, "0.00001"),
    ("General", 0.000012345678, "1.23457E-05"),
    ("General", 1e20, "1E+20"),
    ("General", 1e-10, "1E-10"),
    ('General"元"', 12.5, "12.5元"),
    ("G/通用格式", 12.5, "12.5"),
    ("@", 13800000000.0, "13800000000"),
    ("", 5.25, "5.25"),
    # decimals, separators, percent
    ("0.00", 2.675, "2.68"),
    ("0.00", 1.005, "1.01"),
    ("0.00", -0.5, "-0.50"),
    ("0.000", 1e-7, "0.000"),
    ("0", 12.5, "13"),
    ("0%", 0.285, "29%"),
    ("0.00%", 0.12345, "12.35%"),
    ("0.0%", -0.05, "-5.0%"),
    ("#,##0", 1234567.0, "1,234,567"),
    ("#,##0.00", 0.0, "0.00"),
    ("#,##0.00", 999999.995, "1,000,000.00"),
    ("#,##0.00", -1234.5, "-1,234.50"),
    ("#,###", 0.0, ""),
    ("#.##", 12.0, "12."),
    ("#.##", 0.5, ".5"),
    ("0.0##", 1.25, "1.25"),
    ('#,##0.00"元"', 1234567.891, "1,234,567.89元"),
    ("¥#,##0.00", 1234.5, "¥1,234.50"),
    ('"¥"#,##0.00;"¥"-#,##0.00', -1234.5, "¥-1,234.50"),
    ("[$¥-804]#,##0.00", 5.0, "¥5.00"),
    ("[$USD] #,##0.00", 5.0, "USD 5.00"),
    ("[$$-409]#,##0.00", 1234.0, "$1,234.00"),
    ("\\¥0.0", -3.25, "-¥3.3"),
    ('0.0,"K"', 12345.0, "12.3K"),
    ("0.00,,", 12345678.0, "12.35"),
    ('0"天"', 3.0, "3天"),
    ('0!.0,"万"', 123456.0, "12.3万"),
    # signs and sections
    ("#,##0.00_);(#,##0.00)", -1234.5, "(1,234.50)"),
    ("0.00_);[Red](0.00)", -3.255, "(3.26)"),
    ("0;-0;;@", 0.0, ""),
    ("0;-0;;@", -5.0, "-5"),
    (";;;", 5.0, ""),
    ('"赚"0;"亏"0;"平"', -3.0, "亏3"),
    ('"赚"0;"亏"0;"平"', 0.0, "平"),
    ('[<60]"不及格";[>=90]"优秀";"及格"', 75.0, "及格"),
    ('[<60]"不及格";[>=90]"优秀";"及格"', 59.0, "不及格"),
    ("[Red][<0]0;0", -70.0, "70"),
    ("[=1]0%;0.0", 0.5, "0.5"),
    # accounting
    (YUAN, 1234.5, "¥1,234.50"),
    (YUAN, -1234.5, "¥-1,234.50"),
    (YUAN, 0.0, "¥-"),
    (BUILT_IN[43], 1234.5, "1,234.50"),
    (BUILT_IN[41], 0.0, "-"),
    # digits in patterns
    ("00000", 123.0, "00123"),
    ("000-00", 12345.0, "123-45"),
    ("(000) 000-0000", 4155552671.0, "(415) 555-2671"),
    ("0000\\-00\\-00", 20260501.0, "2026-05-01"),
    # mobile numbers keep their digits
    ("###-####-####", 13800000000.0, "138-0000-0000"),
    ("0_ ", 13800000000.0, "13800000000"),
    ("0_);[Red](0)", 13800000000.0, "13800000000"),
    ("#,##0", 13800000000.0, "13800000000"),
    ("#,##0.00", 13800000000.0, "13800000000"),
    ("0.00E+00", 13800000000.0, "13800000000"),
    ("[<=9999999]###-####;(###) ###-####", 13800000000.0, "(1380) 000-0000"),
    # exponents and fractions
    ("0.00E+00", 12345.0, "1.23E+04"),
    ("0.00E+00", 0.00012345, "1.23E-04"),
    ("0.00E+00", 9.999e9, "1.00E+10"),
    ("##0.0E+0", 12345.0, "12.3E+3"),
    ("0.0E-0", 12345.0, "1.2E4"),
    ("# ?/?", 1.5, "1 1/2"),
    ("# ?/?", 0.0, "0"),
    ("# ?/?", -0.5, "-1/2"),
    ("# ??/??", 2.25, "2  1/4"),
    ("# ??/??", 0.25, "1/4"),
    ("# ?/8", 1.3, "1 2/8"),
    ("?/?", 1.5, "3/2"),
    # days
    ("yyyy-mm-dd", MAY, "2026-05-01"),
    ("yyyy/m/d;@", MAY, "2026/5/1"),
    ('yyyy"年"m"月"d"日"', MAY, "2026年5月1日"),
    ('[$-804]yyyy"年"m"月"d"日";@', MAY, "2026年5月1日"),
    ("m/d/yy", MAY, "5/1/26"),
    ("dd.mm.yyyy", MAY, "01.05.2026"),
    ("e/m/d", MAY, "2026/5/1"),
    ("[$-404]e/m/d", MAY, "115/5/1"),
    ("[$-409]mmm\\-yy;@", MAY, "May-26"),
    ("[$-409]d\\-mmm\\-yyyy;@", MAY, "1-May-2026"),
    ("[$-409]mmmmm;@", MAY, "M"),
    ("dddd", MAY, "Friday"),
    ("[$-804]dddd", MAY, "星期五"),
    ("[$-804]aaaa;@", MAY, "星期五"),
    ("aaa", MAY, "五"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", MAY, "2026年5月1日"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', MAY, "二〇二六年五月一日"),
    ('[DBNum1][$-804]m"月"d"日";@', 46751.0, "十二月三十日"),
    ("yyyy-mm-dd", 60.0, "1900-02-29"),
    ("yyyy-mm-dd", 59.0, "1900-02-28"),
    ("yyyy-mm-dd", 61.0, "1900-03-01"),
    ("yyyy-mm-dd", 1.0, "1900-01-01"),
    ("yyyy-mm-dd", 2958465.0, "9999-12-31"),
    ("yyyy-mm-dd", -1.0, "-1"),
    ("yyyy-mm-dd", 13800000000.0, "13800000000"),
    # times
    ("yyyy/m/d\\ h:mm;@", MAY + 0.354166666, "2026/5/1 8:30"),
    ("yyyy\\-mm\\-dd hh:mm:ss", MAY + 0.99999999, "2026-05-02 00:00:00"),
    ("h:mm", 0.999, "23:58"),
    ("h:mm AM/PM", 0.75, "6:00 PM"),
    ("h:mm AM/PM", 0.0, "12:00 AM"),
    ("[$-804]h:mm AM/PM", 0.25, "6:00 上午"),
    ('上午/下午h"时"mm"分"', 0.75, "下午6时00分"),
    ("h:mm A/P", 0.75, "6:00 P"),
    ("[$-F400]h:mm:ss\\ AM/PM", 0.75, "18:00:00"),
    ("[h]:mm", 1.5, "36:00"),
    ("[h]:mm:ss", 30 / 24, "30:00:00"),
    ("[mm]:ss", 0.1, "144:00"),
    ("mm:ss.0", 0.00123, "01:46.3"),
    ("h:mm:ss.000", 0.5000001, "12:00:00.009"),
    ('[h]"小时"mm"分"', -0.5, "-12小时00分"),
    # numerals
    ("[DBNum1]General", 12.0, "十二"),
    ('[DBNum2][$-804]General"元"', 10203.0, "壹万零贰佰零叁元"),
    ("[DBNum2]General", 1234.5, "壹仟贰佰叁拾肆.伍"),
    ("[DBNum1]General", 100000000.0, "一亿"),
]


@pytest.mark.parametrize(("code", "value", "text"), SHOWN)
def test_a_number_is_shown_as_the_spreadsheet_shows_it(code: str, value: float, text: str) -> None:
    assert NumberFormat(code).text(value) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (14, "2026/5/1"),
        (15, "1-May-26"),
        (16, "1-May"),
        (17, "May-26"),
        (18, "6:00 PM"),
        (19, "6:00:00 PM"),
        (20, "18:00"),
        (21, "18:00:00"),
        (22, "2026/5/1 18:00"),
        (27, "2026年5月"),
        (28, "5月1日"),
        (30, "5-1-26"),
        (31, "2026年5月1日"),
        (32, "18时00分"),
        (33, "18时00分00秒"),
        (34, "下午6时00分"),
        (35, "下午6时00分00秒"),
        (36, "2026年5月"),
        (45, "00:00"),
        (46, "1107450:00:00"),
        (47, "00:00.0"),
        (51, "5月1日"),
        (55, "下午6时00分"),
        (57, "2026年5月"),
        (58, "5月1日"),
    ],
)
def test_built_in_formats_of_days_and_times_are_a_chinese_excels(number: int, text: str) -> None:
    assert NumberFormat(BUILT_IN[number]).text(MAY + 0.75) == text


def test_a_workbook_that_counts_from_1904_shows_its_own_days() -> None:
    shown = NumberFormat("yyyy-mm-dd", from_1904=True)
    assert [shown.text(value) for value in (0.0, 59.0, 60.0, MAY - 1462)] == [
        "1904-01-01",
        "1904-02-29",
        "1904-03-01",
        "2026-05-01",
    ]


@given(st.text(max_size=40), st.floats())
def test_no_code_and_no_number_is_too_odd(code: str, value: float) -> None:
    assert isinstance(NumberFormat(code).text(value), str)


@given(st.text('0#?.,%/E+-;@[]"\\_* ymdhsae:AMP年<>=$804DBNum1General', max_size=30), st.floats(allow_nan=False))
def test_no_mixture_of_what_codes_are_made_of_is_too_odd(code: str, value: float) -> None:
    assert isinstance(NumberFormat(code).text(value), str)


@given(st.integers(13_000_000_000, 19_999_999_999), st.sampled_from(sorted(BUILT_IN.values())))
def test_a_mobile_number_keeps_its_digits_in_every_built_in_format(mobile: int, code: str) -> None:
    assert NumberFormat(code).text(float(mobile)).strip("¥") == str(mobile)


@given(st.decimals(-(10**7), 10**7, places=4, allow_nan=False))
def test_decimals_are_rounded_as_written_with_halves_away_from_zero(value: object) -> None:
    cents = re.sub(r"[,.]", "", NumberFormat("#,##0.00").text(float(str(value))))
    exact = abs(int(str(value).replace(".", "")))
    assert int(cents) == (exact + 50) // 100 * (-1 if str(value).startswith("-") else 1)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_general_keeps_every_digit_of_a_whole_number(value: int) -> None:
    assert general(float(value)) == str(value)


@given(st.floats(-1e9, 1e9))
def test_general_is_as_near_as_its_characters_allow(value: float) -> None:
    text = general(value)
    assert float(text) == pytest.approx(value, rel=1e-5, abs=1e-9)
    assert float(value).is_integer() or len(text.lstrip("-")) <= 12
