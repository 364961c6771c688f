"""Where the table begins, what its columns are called, and which has the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.sheets.columns import Layout, SheetRow, guess, index_of, letter, unique_names

A, B, C = "13800000001", "13800000002", "13800000003"


def layout(*rows: list[str], header_row: int | None = -1) -> Layout:
    width = max(map(len, rows))
    padded = [SheetRow(i, tuple(row + [""] * (width - len(row)))) for i, row in enumerate(rows, 1)]
    return guess(padded, width, header_row)


def test_the_header_is_found_below_a_title_and_blank_rows() -> None:
    found = layout(["2026 年客户手机名单"], [], ["制表：王经理"], ["序号", "姓名", "手机号码"], ["1", "张三", A])
    assert (found.header_row, found.first, found.columns[2], found.column) == (4, 4, "手机号码", 2)


def test_the_lower_of_two_header_rows_is_the_header() -> None:
    found = layout(
        ["基本信息", "", "联系方式", ""], ["姓名", "性别", "手机", "座机"], ["张三", "男", A, "010-62345678"]
    )
    assert (found.header_row, found.column) == (2, 2)


def test_a_sheet_without_a_header_has_column_letters_and_loses_no_row() -> None:
    found = layout(["张三", A], ["李四", B])
    assert (found.header_row, found.first, found.columns, found.column) == (None, 0, ("列A", "列B"), 1)


def test_a_first_number_that_is_wrong_is_no_header() -> None:
    assert layout(["1380000"], [A], [B]).header_row is None
    assert layout(["手机号"], ["1380000"], [A]).header_row == 1


def test_a_header_in_traditional_characters_is_one() -> None:
    assert layout(["手機"], ["0938"], [A]).header_row == 1
    found = layout(["會員名稱", "行動電話", "聯絡電話"], ["張三", A, "010-62345678"])
    assert (found.header_row, found.columns[1], found.column) == (1, "行動電話", 1)


def test_a_header_of_unknown_words_is_found_above_the_numbers() -> None:
    assert layout(["Konto", "Nummer"], ["x", A], ["y", B]).header_row == 1


@pytest.mark.parametrize(
    "name",
    ["手机", "手机号", "*手机号码（必填）：", "电话", "联系电话", "Mobile", "phone", "Tel", "PHONE NUMBER", "移动电话"],
)
def test_a_column_with_only_a_telling_name_is_proposed(name: str) -> None:
    found = layout(["姓名", name], ["张三", "待补"])
    assert (found.header_row, found.column) == (1, 1)


def test_the_mobile_column_is_preferred_to_the_landline_and_the_emergency_number() -> None:
    header = ["座机", "紧急联系人电话", "手机号", "电话"]
    assert layout(header, [A, B, C, A], [B, C, A, B]).column == 2
    assert layout(["座机", "电话"], ["010-62345678", A]).column == 1


def test_content_counts_more_than_the_name() -> None:
    found = layout(["电话", "备注"], ["010-62345678", A], ["010-62345679", B])
    assert found.column == 1
    assert "备注" in found.reason.zh
    assert "2" in found.reason.en


def test_remarks_with_a_number_in_some_are_no_number_column() -> None:
    assert layout(["姓名", "备注"], ["甲", f"家人 {A}"], *[["乙", "无"]] * 9).column is None


def test_a_sheet_without_numbers_has_no_column_and_says_so() -> None:
    found = layout(["姓名", "城市"], ["张三", "北京"])
    assert found.column is None
    assert "请选择" in found.reason.zh


def test_another_header_row_can_be_given() -> None:
    rows = (["说明"], ["姓名", "手机号"], ["张三", A])
    assert layout(*rows, header_row=1).columns == ("说明", "列B")
    assert layout(*rows, header_row=None).first == 0


def test_names_are_unique_and_on_one_line() -> None:
    assert unique_names(["电话", "", "电话", "会员\n等级", "电话_C"], 6) == (
        "电话",
        "列B",
        "电话_C",
        "会员 等级",
        "电话_C_E",
        "列F",
    )


@given(st.lists(st.sampled_from(["", "a", "a_B", "列B", "列A", " a "]), max_size=8), st.integers(0, 9))
def test_names_are_unique_whatever_the_header(header: list[str], width: int) -> None:
    names = unique_names(header, width)
    assert len(set(names)) == len(names) == max(len(header), width)


@given(st.integers(0, 20_000))
def test_letters_and_indices_are_inverse(index: int) -> None:
    assert index_of(letter(index)) == index


def test_letters_are_the_spreadsheets() -> None:
    assert [letter(i) for i in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
