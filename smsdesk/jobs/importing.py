"""Recipient files: read once, cleaned as often as the person changes the column, refused rows saved.

    table = read_table(path, sheet=None, stop=stop, tell=tell)   # slow: a child process reads the file
    result = recipients(table)                                   # fast: the guessed column, or another
    save_rejects(table, result, out)                             # the refused rows, to be mended

What is counted are rows: each row below the header is exactly one of valid, invalid, duplicate and blank,
and rows = valid + invalid + duplicates + blank. A row is

* blank when its number cell is (whatever else is in it; blank rows below the last filled one are no rows),
* invalid when its number cell is refused, which is then a problem with its reason,
* duplicate when every number in it stands in a row above, which is then a problem naming the first row,
* valid otherwise. A cell with several numbers makes several recipients of one valid row, so there may be more
  recipients than valid rows; those of its numbers that stand above already are left out and are counted in
  `repeated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.sheets.blocks import Block
from smsdesk.sheets.columns import index_of, letter
from smsdesk.sheets.outcome import Problems, Recipients
from smsdesk.sheets.reader import Limits, Request, SheetStart, stream
from smsdesk.sheets.table import Table as Table
from smsdesk.sheets.writer import write_workbook

_LETTERS: Final = re.compile(r"[A-Za-z]{1,3}")
_USUAL: Final = re.compile(r"1[3-9][0-9]{9}")
_NO_COLUMN_GUESSED: Final = Words(
    "没有找到像手机号的列，请指定手机号所在的列。现有列：{columns}。",
    "No column looks like mobile numbers; name the one that has them. There are: {columns}.",
)
_NO_SUCH_COLUMN: Final = Words(
    "没有“{wanted}”这一列，现有列：{columns}。", "There is no column “{wanted}”; there are: {columns}."
)
_REASON: Final = Words("原因", "Reason")
_ROW_AND_REASON: Final = Words("第 {line} 行：{reason}", "Row {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Opening:
    """Progress: the file is being opened; how long that takes is not known."""

    file: str


@dataclass(frozen=True, slots=True)
class RowsRead:
    """Progress: `rows` of `of` rows are read; `of` is None when it is not known (text files)."""

    file: str
    sheet: str
    rows: int
    of: int | None


@dataclass(frozen=True, slots=True)
class RowsCleaned:
    """Progress: the numbers of `rows` of `of` rows are cleaned."""

    file: str
    rows: int
    of: int


@dataclass(frozen=True, slots=True)
class Import:
    """What a file's rows became; see the head of this module for what the counts mean.

    `header_row` is a row number, None without a header; `column` is the number column's name, `columns` are all
    in order. `recipients` and `problems` (of invalid and duplicate rows) are sequences in the table's order that
    make their values when asked.
    """

    path: Path
    sheet: str
    header_row: int | None
    column: str
    columns: tuple[str, ...]
    rows: int
    valid: int
    invalid: int
    duplicates: int
    blank: int
    repeated: int
    problems: Problems
    recipients: Recipients


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    stop: Stop,
    tell: Tell,
    limits: Limits | None = None,
) -> Table:
    """Read one sheet of a file in a child process. Without a name, the first sheet with a number column.

    `encoding` and `separator` are for text files, found by content when not given. Raises
    :class:`~smsdesk.domain.errors.SheetProblem` when the file cannot be read or has no such sheet, and
    :class:`~smsdesk.domain.errors.Cancelled` at once when `stop` is set.
    """
    tell(Opening(path.name))
    throttle = Throttle(tell)
    start: SheetStart | None = None
    blocks: list[Block] = []
    rows = 0
    for part in stream(path, Request(sheet, encoding, separator), stop, limits):
        if isinstance(part, SheetStart):
            start = part
            continue
        assert start is not None  # noqa: S101 - the child sends it first
        blocks.append(part)
        rows += len(part.lines)
        throttle(RowsRead(path.name, start.sheet, rows, start.rows))
    assert start is not None  # noqa: S101
    throttle(RowsRead(path.name, start.sheet, rows, rows))
    throttle.flush()
    return Table.of(path, start.sheet, start.sheets, blocks, encoding=start.encoding, separator=start.separator)


def recipients(
    table: Table, column: str | int | None = None, *, stop: Stop | None = None, tell: Tell | None = None
) -> Import:
    """Clean the numbers of one column: by name, by letter (A, B, …), by index from 0; None is the guessed one.

    About a second for a full sheet. Raises :class:`~smsdesk.domain.errors.InputProblem` naming the columns there
    are when there is no such one, and :class:`~smsdesk.domain.errors.Cancelled` when `stop` is set.
    """
    at = column_of(table, column)
    tally = _Tally(table, at)
    throttle = Throttle(tell) if tell is not None else None
    for block, start in zip(table.blocks, table.starts, strict=False):
        if stop is not None and stop.is_set():
            raise Cancelled
        skip = max(0, table.layout.first - start)
        tally.count(block.cells(at)[skip:], start + skip)
        if throttle is not None:
            throttle(RowsCleaned(table.path.name, start + len(block.lines), table.height))
    return tally.result()


class _Tally:
    """The counting of one column."""

    def __init__(self, table: Table, column: int):
        self._table = table
        self._recipients = Recipients(table, column)
        self._problems = Problems(table, column)
        self._seen: dict[int, int] = {}  # number: index of the first row that has it
        self._rows = self._valid = self._invalid = self._duplicates = self._blank = self._repeated = 0

    def count(self, cells: list[str], start: int) -> None:
        """Count cells of consecutive rows, the first with index `start`."""
        usual = _USUAL.fullmatch
        seen, add = self._seen, self._recipients.add_number
        valid = 0
        for row, cell in enumerate(cells, start):
            if usual(cell):
                number = int(cell)
                if seen.setdefault(number, row) == row:
                    valid += 1
                    add(row, number)
                else:
                    self._duplicate(row, number)
            elif cell:
                self._count_other(row, cell)
            else:
                self._blank += 1
        self._valid += valid
        self._rows += len(cells)

    def _count_other(self, row: int, cell: str) -> None:
        found = clean(cell)
        if isinstance(found, Reason):
            self._invalid += 1
            self._problems.add_invalid(row, found)
            return
        if not found:
            self._blank += 1
            return
        numbers = [int(mobile) for mobile in found]
        new = [number for number in numbers if self._seen.setdefault(number, row) == row]
        if not new:
            self._duplicate(row, numbers[0])
            return
        self._valid += 1
        self._repeated += len(numbers) - len(new)
        for number in new:
            self._recipients.add_number(row, number)

    def _duplicate(self, row: int, number: int) -> None:
        self._duplicates += 1
        self._problems.add_duplicate(row, number, self._seen[number])

    def result(self) -> Import:
        """What was counted."""
        layout = self._table.layout
        return Import(
            path=self._table.path,
            sheet=self._table.sheet,
            header_row=layout.header_row,
            column=layout.columns[self._recipients.column],
            columns=layout.columns,
            rows=self._rows,
            valid=self._valid,
            invalid=self._invalid,
            duplicates=self._duplicates,
            blank=self._blank,
            repeated=self._repeated,
            problems=self._problems,
            recipients=self._recipients,
        )


def save_rejects(table: Table, result: Import, path: Path, *, language: Language = Language.ZH) -> int:
    """Save the invalid and duplicate rows as an .xlsx laid out as the original, and give their number.

    What stands above the table comes along; a last column says the original row and the reason. Mended, the
    file can be imported again. Raises :class:`~smsdesk.domain.errors.InputProblem` when it cannot be written.
    """
    layout = table.layout
    top = [table.row(i).cells for i in range(layout.first)]
    if layout.header_row is None:
        above, header = top, layout.columns
    else:
        above, header = top[:-1], tuple(cell or name for cell, name in zip(top[-1], layout.columns, strict=True))
    rows = _reject_rows(table, result, language)
    return write_workbook(path, [*header, _REASON.text(language)], rows, above=above, title=_sheet_title(table.sheet))


def _reject_rows(table: Table, result: Import, language: Language) -> Iterator[list[str]]:
    width = len(table.layout.columns)
    number, cells = -1, [[""]]
    for index, problem in zip(result.problems.rows, result.problems, strict=True):
        if (block := table.block_of(index)) != number:
            number, cells = block, [table.blocks[block].cells(j) for j in range(width)]
        place = index - table.starts[number]
        reason = _ROW_AND_REASON.fill(line=problem.line, reason=problem.reason)
        yield [*(column[place] for column in cells), reason.text(language)]


def _sheet_title(name: str) -> str:
    """A name that a workbook takes: a text file's name may be longer or hold other characters."""
    return re.sub(r"[\\/*?:\[\]']", " ", name)[:31].strip() or "Sheet1"


def column_of(table: Table, wanted: str | int | None) -> int:
    """The index of a column: by name, by letter (A, B, …), by index from 0; None is the guessed one.

    Raises:
        InputProblem: there is no such column; the sentence names those that there are.
    """
    names = table.layout.columns
    if wanted is None:
        if table.layout.column is None:
            raise InputProblem(_NO_COLUMN_GUESSED.fill(columns=_list(names)))
        return table.layout.column
    if isinstance(wanted, int):
        if 0 <= wanted < len(names):
            return wanted
    else:
        text = wanted.strip()
        for index, name in enumerate(names):
            if name == text or name.casefold() == text.casefold():
                return index
        if _LETTERS.fullmatch(text) and index_of(text) < len(names):
            return index_of(text)
    raise InputProblem(_NO_SUCH_COLUMN.fill(wanted=wanted, columns=_list(names)))


def _list(names: tuple[str, ...]) -> str:
    shown = "、".join(f"{name}（{letter(j)}）" for j, name in enumerate(names[:30]))
    return shown + ("…" if len(names) > 30 else "")
