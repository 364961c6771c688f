"""Workbooks through python-calamine, inside the child process: sheets, cells as a person sees them, blocks."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import python_calamine as calamine

from smsdesk.sheets.blocks import CELL_SEPARATOR, ROWS_IN_A_BLOCK, Block, blank, join, without_blank_end
from smsdesk.sheets.columns import guess
from smsdesk.sheets.faults import ErrorCells, ErrorSearch
from smsdesk.sheets.kinds import Kind
from smsdesk.sheets.problems import CannotRead, Key
from smsdesk.sheets.table import SAMPLE_ROWS, SheetInfo

_EXACT: Final = 1e15  # up to here a spreadsheet shows every digit of a whole number


class Book:
    """An open workbook."""

    def __init__(self, path: Path, kind: Kind):
        self._path = path
        self._kind = kind
        try:
            # A file object, so that calamine looks at the content; by path it would go by the name.
            with path.open("rb") as file:
                self._book = calamine.CalamineWorkbook.from_filelike(file)
        except calamine.CalamineError as error:
            raise CannotRead(Key.PASSWORD if _has_password(path, kind) else Key.DAMAGED) from error
        self.sheets: tuple[SheetInfo, ...] = tuple(
            SheetInfo(meta.name, hidden=meta.visible != calamine.SheetVisibleEnum.Visible)
            for meta in self._book.sheets_metadata
            if meta.typ in (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet)
        )

    def choose(self, wanted: str | None) -> Sheet:
        """The sheet named `wanted`; without a name the first that has a number column, visible ones first.

        When none has, the first with anything in it.
        """
        if wanted is not None:
            for info in self.sheets:
                if info.name == wanted or info.name.strip().casefold() == wanted.strip().casefold():
                    return self._open(info.name)
            raise CannotRead(Key.NO_SHEET, "、".join(info.name for info in self.sheets))
        fallback = None
        for info in sorted(self.sheets, key=lambda info: info.hidden):
            sheet = self._open(info.name)
            if sheet.has_numbers():
                return sheet
            if fallback is None and not sheet.is_empty:
                fallback = info.name
        if fallback is None:
            raise CannotRead(Key.EMPTY)
        # Read again rather than kept: two full sheets at once would be too much.
        return self._open(fallback)

    def _open(self, name: str) -> Sheet:
        search = ErrorSearch(self._path, name) if self._kind is Kind.XLSX else None
        try:
            return Sheet(self._book.get_sheet_by_name(name), search)
        except calamine.CalamineError as error:
            raise CannotRead(Key.DAMAGED) from error


class Sheet:
    """One sheet, parsed."""

    def __init__(self, sheet: calamine.CalamineSheet, search: ErrorSearch | None):
        self._sheet = sheet
        self._errors = search.cells() if search else {}
        self.name = sheet.name
        self.rows = sheet.end[0] + 1 if sheet.end else 0
        self._first_column = sheet.start[1] if sheet.start else 0  # calamine leaves out blank columns at the left

    @property
    def is_empty(self) -> bool:
        """Whether no cell has a value."""
        return self._sheet.start is None

    def has_numbers(self) -> bool:
        """Whether a column of the first rows looks like mobile numbers."""
        if self._sheet.start is None:
            return False
        first = self._sheet.start[0]
        rows = [row for block in self.blocks(first + SAMPLE_ROWS) for row in block.rows() if row.line > first]
        return guess(rows, len(rows[0].cells) if rows else 0).column is not None

    def blocks(self, until: int | None = None) -> Iterator[Block]:
        """The rows, from row 1 on, without the blank ones after the last filled one; at most the first `until`."""
        return without_blank_end(self._all_blocks(until))

    def _all_blocks(self, until: int | None) -> Iterator[Block]:
        rows = islice(self._sheet.iter_rows(), until)
        start = 0
        while chunk := list(islice(rows, ROWS_IN_A_BLOCK)):
            columns = [blank(len(chunk))] * self._first_column
            columns += [column_text(column) for column in zip(*chunk, strict=True)]
            if self._errors:
                _put_errors(columns, start, len(chunk), self._errors)
            yield Block(range(start + 1, start + len(chunk) + 1), tuple(columns))
            start += len(chunk)


def _has_password(path: Path, kind: Kind) -> bool:
    """Whether a password is why the file cannot be opened.

    calamine tells so only when it goes by the file's name, which may be the wrong one: a copy gets the right one.
    (A workbook of the newer formats with a password is another file altogether, which `kinds` recognises.)
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, f"book.{kind}")
        shutil.copyfile(path, copy)
        try:
            calamine.CalamineWorkbook.from_path(copy).close()
        except calamine.PasswordError:
            return True
        except calamine.CalamineError:
            return False
    return False


def _put_errors(columns: list[str], start: int, count: int, errors: ErrorCells) -> None:
    here = [(row, cells) for row in range(start, start + count) if (cells := errors.get(row))]
    split: dict[int, list[str]] = {}
    for row, cells in here:
        for column, text in cells.items():
            if column < len(columns):
                if column not in split:
                    split[column] = columns[column].split(CELL_SEPARATOR)
                split[column][row - start] = text
    for column, texts in split.items():
        columns[column] = join(texts)


def column_text(cells: Sequence[Any]) -> str:
    """The cells of a column as text, joined. Columns of one type take the way through C alone."""
    types = set(map(type, cells))
    if types == {str}:
        return join(cells)
    if types == {float} and all(map(float.is_integer, cells)) and -_EXACT < min(cells) <= max(cells) < _EXACT:
        return CELL_SEPARATOR.join(map(str, map(int, cells)))
    return join([cell if type(cell) is str else _TEXT.get(type(cell), str)(cell) for cell in cells])


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(value, ".15g").upper()  # a spreadsheet keeps fifteen digits


def _date_time(value: dt.datetime) -> str:
    # Times are fractions of a day there: 08:30 may come out as 08:29:59.999999.
    return (value + dt.timedelta(microseconds=500_000)).isoformat(" ", "seconds")


def _time(value: dt.time) -> str:
    seconds = value.hour * 3600 + value.minute * 60 + value.second + (value.microsecond >= 500_000)
    return _duration(dt.timedelta(seconds=seconds))


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_TEXT: Final[dict[type, Callable[[Any], str]]] = {
    int: str,
    float: _number,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.date: dt.date.isoformat,
    dt.datetime: _date_time,
    dt.time: _time,
    dt.timedelta: _duration,
}
