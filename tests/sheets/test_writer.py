"""Workbooks and CSV files out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from smsdesk.domain.errors import InputProblem
from smsdesk.sheets.writer import defused, write_csv, write_workbook


def test_cells_are_text_and_never_formulas(tmp_path: Path) -> None:
    cells = ["013800000001", "=1+1", "#N/A", "+8613800000001", "a\x0bb", "", "-1"]
    assert write_workbook(tmp_path / "a.xlsx", ["=标题", "2"], [cells]) == 1
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["013800000001", "=1+1", "#N/A", "+8613800000001", "ab", None, "-1"]
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}
    assert sheet["A1"].data_type == "s"


def test_the_header_is_bold_and_stays_in_sight_below_what_is_above(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", ["手机号"], [["13800000001"]], above=[["名单"], []], title="会员")
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert (sheet.title, sheet["A1"].value, sheet["A3"].value, sheet["A3"].font.bold) == (
        "会员",
        "名单",
        "手机号",
        True,
    )
    assert sheet.freeze_panes == "A4"


def test_a_csv_opens_in_excel_with_its_characters_and_without_formulas(tmp_path: Path) -> None:
    assert write_csv(tmp_path / "a.csv", ["姓名"], [["=cmd|'/c calc'!A1"], ["-5.20"], ["a,b"]]) == 3
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "姓名\r\n'=cmd|'/c calc'!A1\r\n-5.20\r\n\"a,b\"\r\n"


@given(st.text(max_size=20))
def test_no_cell_of_a_csv_begins_like_a_formula_unless_it_is_a_plain_number(text: str) -> None:
    written = defused(text)
    assert written.removeprefix("'") == text or written == text
    if written[:1] in ("=", "+", "-", "@", "\t", "\r"):
        assert written[1:].replace(".", "").replace(",", "").isdigit()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    def rows() -> Iterator[list[str]]:
        yield ["1"]
        raise OSError(28, "No space left on device")

    with pytest.raises(InputProblem, match="No space left"):
        write_csv(path, ["a"], rows())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="cannot be written"):
        write_workbook(tmp_path / "no" / "a.xlsx", ["a"], [])
