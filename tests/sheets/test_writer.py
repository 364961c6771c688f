"""Workbooks and CSV files out."""

from __future__ import annotations

import errno
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from smsdesk.domain.errors import InputProblem
from smsdesk.sheets import text as text_files
from smsdesk.sheets import xlsx
from smsdesk.sheets.writer import defused, write_csv, write_workbook


def test_cells_are_text_and_never_formulas(tmp_path: Path) -> None:
    cells = ["013800000001", "=1+1", "#N/A", "+8613800000001", "a\x0bb", "", "-1"]
    assert write_workbook(tmp_path / "a.xlsx", ["=标题", "2"], [cells]) == 1
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["013800000001", "=1+1", "#N/A", "+8613800000001", "a␋b", None, "-1"]
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
    assert written[1:] == text or written == text
    if written[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        assert written[1:].replace(".", "").replace(",", "").isdigit()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")

    def rows() -> Iterator[list[str]]:
        yield ["1"]
        raise OSError(28, "No space left on device")

    with pytest.raises(InputProblem, match="disk is full"):
        write_csv(path, ["a"], rows())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="cannot be written"):
        write_workbook(tmp_path / "no" / "a.xlsx", ["a"], [])


def test_characters_that_xml_cannot_hold_are_seen_and_excel_unescapes_nothing(tmp_path: Path) -> None:
    cells = ["a\x00b\x0bc", "\ud800\uffff", "_x0041_", "a\r\nb", " 空 "]
    write_workbook(tmp_path / "a.xlsx", ["h"], [cells])
    raw = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_" in raw
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["a␀b␋c", "\ufffd\ufffd", "_x005F_x0041_", "a␍\nb", " 空 "]


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(tmp_path: Path) -> None:
    fits, long, wide = "字" * 32_767, "字" * 32_768, "😀" * 20_000
    write_workbook(tmp_path / "a.xlsx", ["h"], [[fits, long, wide]])
    found = [str(cell.value) for cell in load_workbook(tmp_path / "a.xlsx").worksheets[0][2]]
    assert found[0] == fits
    for text, cell in zip((long, wide), found[1:], strict=True):
        kept, _, more = cell.partition(" …(+")
        assert text.startswith(kept)
        assert len(kept) + int(more.rstrip(")")) == len(text)
        assert len(cell.encode("utf-16-le")) // 2 <= 32_767


def test_columns_are_as_wide_as_their_texts_and_the_header_filters(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", ["号码", "内容"], [["13800000001", "字" * 100]])
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet.column_dimensions["A"].width >= 11
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width < 60


def test_more_rows_than_a_sheet_takes_go_on_on_the_next(tmp_path: Path) -> None:
    """With sheets of five rows; each has the header."""
    for count, sheets in ((0, [0]), (4, [4]), (5, [4, 1]), (9, [4, 4, 1])):
        with (tmp_path / "a.xlsx").open("wb") as file:
            rows = ([str(n)] for n in range(count))
            assert xlsx.save(file, ["列"], rows, above=[], title="表", most_rows=5) == count
        found = load_workbook(tmp_path / "a.xlsx").worksheets
        assert [sheet.max_row - 1 for sheet in found] == sheets
        assert {sheet["A1"].value for sheet in found} == {"列"}
        assert [cell.value for sheet in found for cell in sheet["A"][1:]] == [str(n) for n in range(count)]


@given(st.lists(st.text("=+-@'＝a1 ,;\"", max_size=6), min_size=1, max_size=5))
def test_what_was_defused_is_read_back_as_it_was(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        write_csv(path, ["h", "i"], [["13800000001", text] for text in texts])
        blocks = list(text_files.blocks(path, text_files.TextForm("utf-8-sig", ",")))
        kept_as_text = [text for block in blocks for text in block.cells(1)][1:]
        assert kept_as_text == texts


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "in use"), (errno.EIO, "cannot be written")]
)
def test_why_a_file_cannot_be_written_is_told(tmp_path: Path, number: int, says: str) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["1"]
        raise OSError(number, "…")

    with pytest.raises(InputProblem, match=says):
        write_csv(tmp_path / "a.csv", ["a"], rows())
