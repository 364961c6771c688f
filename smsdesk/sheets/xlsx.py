"""Workbooks by openpyxl in its write-only mode; `sheets.writer` is the way in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

MOST_ROWS: Final = 1_048_576
"""Of a sheet: Excel's limit."""

_LONGEST_CELL: Final = 32_767  # in units of UTF-16: Excel's limit
_CUT: Final = " …(+{n})"
_NARROWEST, _WIDEST = 8, 48
_LOOKED_AT: Final = 100
"""Rows that decide how wide columns are."""
_FASTEST: Final = 1
"""Level of compression: the highest makes a file a fifth smaller and takes three times as long."""

# What openpyxl would take for a formula or an error, what XML cannot hold or changes, what Excel would unescape.
_ODD: Final = re.compile("^[=#]|[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_NO_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def save(
    file: IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    above: Sequence[Sequence[str]],
    title: str,
    most_rows: int = MOST_ROWS,
) -> int:
    """Write the workbook into `file`, as :func:`smsdesk.sheets.writer.write_workbook` says."""
    book = Workbook(write_only=True)
    count, coming = 0, iter(rows)
    with _no_traces(book):
        for number in range(1, most_rows):
            sheet: WriteOnlyWorksheet = book.create_sheet(title if number == 1 else f"{title[:27]} {number}")
            on_it = above if number == 1 else ()
            written = _fill(sheet, header, islice(coming, most_rows - 1 - len(on_it)), on_it)
            count += written
            following = list(islice(coming, 1))
            if not following:
                break
            coming = chain(following, coming)
        with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=_FASTEST) as archive:
            ExcelWriter(book, archive).write_data()
    return count


@contextmanager
def _no_traces(book: Workbook) -> Iterator[None]:
    """Leave no temporary file: openpyxl has one for each sheet until it is saved, and else to the program's end."""
    try:
        yield
    finally:
        sheets: list[Any] = list(book.worksheets)
        for sheet in sheets:
            if not sheet.closed:
                with suppress(OSError):  # a full disk, which is told already
                    sheet.close()
            writer = sheet._writer  # noqa: SLF001 - there is no public name for it
            if writer is not None and Path(writer.out).exists():
                writer.cleanup()


def _fill(
    sheet: Any,  # a WriteOnlyWorksheet, of which its types know half
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    above: Sequence[Sequence[str]],
) -> int:
    """Fill a sheet; returns the number of rows below its header."""
    top = len(above) + 1
    sheet.freeze_panes = f"A{top + 1}"
    coming = iter(rows)
    first = list(islice(coming, _LOOKED_AT))
    for place, width in enumerate(_widths([header, *first]), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in above:
        sheet.append([_cell(sheet, text) for text in row])
    sheet.append([_bold(sheet, text) for text in header])
    append, count = sheet.append, 0
    for count, row in enumerate(chain(first, coming), 1):  # noqa: B007 - counts them
        append([_cell(sheet, text) for text in row])
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(max(len(header), 1))}{top + count}"
    sheet.close()
    return count


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide columns are, in digits; a Chinese character is two."""
    widths = [_NARROWEST] * max(map(len, rows))
    for row in rows:
        for place, text in enumerate(row):
            shown = text[:_WIDEST]
            wide = sum(east_asian_width(character) in "WF" for character in shown)
            widths[place] = min(max(widths[place], len(shown) + wide + 2), _WIDEST)
    return widths


def _cell(sheet: WriteOnlyWorksheet, text: str) -> object:
    """A cell that holds `text` as text: `=1+1` is what the person wrote, and `#N/A` no error."""
    if len(text) <= _LONGEST_CELL // 2 and not _ODD.search(text):
        return text
    return _as_text(sheet, text)


def _as_text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=_held(text))
    cell.data_type = "s"
    return cell


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = _as_text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _held(text: str) -> str:
    """What a cell can hold of it: shortened with a mark, and with pictures of the characters that XML has no place for.

    A reader undoes `_x000D_` into the character of that number (ECMA-376, ST_Xstring): where a text has it by itself,
    its first underline is written in that way.
    """
    text = _NO_XML.sub(lambda found: _picture(found[0]), _shortened(text))
    return _ESCAPE.sub("_x005F_", text)


def _picture(character: str) -> str:
    """␀ to ␟ for control characters, � for what is no character."""
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def _shortened(text: str) -> str:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units <= _LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (_LONGEST_CELL - len(_CUT) - 10)]
    kept_text = kept.decode("utf-16-le", "ignore")
    return kept_text + _CUT.format(n=len(text) - len(kept_text))
