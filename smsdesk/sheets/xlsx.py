"""Workbooks by openpyxl in its write-only mode; `sheets.writer` is the way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

_LONGEST_CELL: Final = 32_767  # characters, Excel's limit
_MOST_ROWS: Final = 1_048_576
_NOT_PLAIN: Final = ("=", "#")  # what openpyxl would take for a formula or an error value
_TOO_MANY: Final = Words(
    "超过一张工作表的 1,048,576 行，请改存为 CSV。", "More than the 1,048,576 rows of a sheet; save as CSV instead."
)


def save(
    file: BinaryIO,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    above: Sequence[Sequence[str]],
    title: str,
) -> int:
    """Write the workbook into `file`, as :func:`smsdesk.sheets.writer.write_workbook` says."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(title)
    try:
        count = _fill(sheet, header, rows, above)
    finally:
        sheet.close()  # also when rows fail: openpyxl has a file of its own open
    book.save(file)
    return count


def _fill(
    sheet: WriteOnlyWorksheet, header: Sequence[str], rows: Iterable[Sequence[str]], above: Sequence[Sequence[str]]
) -> int:
    sheet.freeze_panes = f"A{len(above) + 2}"
    for row in above:
        sheet.append([_cell(sheet, text) for text in row])
    sheet.append([_cell(sheet, text, bold=True) for text in header])
    count = 0
    for row in rows:
        count += 1
        if count + len(above) >= _MOST_ROWS:
            raise InputProblem(_TOO_MANY)
        sheet.append([_cell(sheet, text) for text in row])
    return count


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> object:
    """A cell that holds `text` as text: `=1+1` is what the person wrote, and `#N/A` no error."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text[:_LONGEST_CELL])
    if not bold and not text.startswith(_NOT_PLAIN):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
