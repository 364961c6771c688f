"""Recipient files: read once, cleaned as often as the person changes the column.

    table = read_table(path, sheet=None, stop=stop, tell=tell)   # slow: a child process reads the file
    result = recipients(table)                                   # fast: the guessed column, or another
    result = recipients([table, another])                        # several files are one list
    result = recipients([table], without=[another])              # those who are not in the other

`jobs.pasting` makes tables of what is in the clipboard, `jobs.rejects` saves the refused rows to be mended.

What is counted are rows, file by file and in all: each row below the header is exactly one of valid, invalid,
duplicate, excluded and blank, and rows = valid + invalid + duplicates + excluded + blank. A row is

* blank when its number cell is (whatever else is in it; blank rows below the last filled one are no rows),
* invalid when its number cell is refused, which is then a problem with its reason,
* duplicate when every number in it stands in a row above or in a file before, which is then a problem naming the
  first row,
* excluded when its number stands in a list that is left out, which is then a problem naming that list,
* valid otherwise. A cell with several numbers makes several recipients of one valid row, so there may be more
  recipients than valid rows; those of its numbers that stand above already, or in a list that is left out, are
  counted in `repeated`.

What a duplicate row says of its number besides is not thrown away: `repeats` has it, for texts that differ.

`hidden` counts the rows that are hidden or filtered out in the spreadsheet. They are rows as any other, unless they
are left out on request: then they are problems, are counted in `skipped`, and are none of the `rows`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.mobile import Reason, clean, to_code
from smsdesk.domain.words import Words
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.sheets.blocks import CELL_SEPARATOR, Block
from smsdesk.sheets.columns import SheetRow as SheetRow
from smsdesk.sheets.columns import index_of, letter
from smsdesk.sheets.outcome import Problems, Recipients
from smsdesk.sheets.reader import Limits, Request, SheetStart, stream
from smsdesk.sheets.table import SheetInfo
from smsdesk.sheets.table import Table as Table
from smsdesk.sheets.tables import Tables
from smsdesk.sheets.text import ENCODINGS as ENCODINGS
from smsdesk.sheets.text import SEPARATORS as SEPARATORS

_LETTERS: Final = re.compile(r"[A-Za-z]{1,3}")
_USUAL: Final = re.compile(r"1[3-9][0-9]{9}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s()（）.·-]")
_LEFT_OUT: Final = CELL_SEPARATOR  # stands for the cell of a row that is left out; no cell can hold it

_NO_COLUMN_GUESSED: Final = Words(
    "没有找到像手机号的列，请指定手机号所在的列。现有列：{columns}。",
    "No column looks like mobile numbers; name the one that has them. There are: {columns}.",
)
_NO_SUCH_COLUMN: Final = Words(
    "没有“{wanted}”这一列，现有列：{columns}。", "There is no column “{wanted}”; there are: {columns}."
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What rows became; see the head of this module for what each means."""

    rows: int = 0
    valid: int = 0
    invalid: int = 0
    duplicates: int = 0
    excluded: int = 0
    blank: int = 0
    repeated: int = 0
    hidden: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Counts):
    """What one file's rows became, and how it was read.

    `header_row` is a row number, None without a header; `column` is a name, and `why` says why it is that one.
    `sheets` are all sheets of the file; `encoding` and `separator` are of text files.
    """

    path: Path
    sheet: str
    sheets: tuple[SheetInfo, ...]
    encoding: str | None
    separator: str | None
    header_row: int | None
    column: str
    why: Words


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A list whose numbers are left out: its number column, how many it has, and its cells that have none."""

    name: str
    column: str
    numbers: int
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Counts):
    """What the rows of one or several files became: the counts of all, and of each in `parts`.

    `column` is the number column's name in the first file, `columns` are the names of all columns of all files.
    `recipients`, `repeats` (what duplicate rows say of numbers among them) and `problems` (of invalid, duplicate,
    excluded and skipped rows) are sequences in the order of the files that make their values when asked.
    """

    parts: tuple[Part, ...]
    columns: tuple[str, ...]
    problems: Problems
    recipients: Recipients
    repeats: Recipients
    left_out: tuple[LeftOut, ...]

    @property
    def path(self) -> Path:
        """The first file."""
        return self.parts[0].path

    @property
    def sheet(self) -> str:
        """The sheet of the first file."""
        return self.parts[0].sheet

    @property
    def header_row(self) -> int | None:
        """The header row of the first file: a row number, None without a header."""
        return self.parts[0].header_row

    @property
    def column(self) -> str:
        """The name of the number column in the first file."""
        return self.parts[0].column


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
    """Read a file in a child process: one sheet, and those of the others that are small, as `others`.

    Without a name, the sheet is the first with a number column. `encoding` and `separator` are for text files, found
    by content when not given. Raises :class:`~smsdesk.domain.errors.SheetProblem` when the file cannot be read or has
    no such sheet, and :class:`~smsdesk.domain.errors.Cancelled` at once when `stop` is set.
    """
    tell(Opening(path.name))
    throttle = Throttle(tell)
    sheets: list[tuple[SheetStart, list[Block]]] = []
    rows = 0
    for part in stream(path, Request(sheet, encoding, separator), stop, limits):
        if isinstance(part, SheetStart):
            sheets.append((part, []))
            continue
        start, blocks = sheets[-1]
        blocks.append(part)
        if len(sheets) == 1:
            rows += len(part.lines)
            throttle(RowsRead(path.name, start.sheet, rows, start.rows))
    throttle(RowsRead(path.name, sheets[0][0].sheet, rows, rows))
    throttle.flush()
    table, *others = (
        Table.of(path, start.sheet, start.sheets, blocks, encoding=start.encoding, separator=start.separator)
        for start, blocks in sheets
        if blocks
    )
    return replace(table, others=tuple(others))


def previewed(table: Table) -> list[SheetRow]:
    """The rows that show how a table is read: its first ones, or those from the header on where it stands below."""
    rows = table.sample()
    at = max(0, table.layout.first - 1)
    return rows if at < len(rows) else table.sample(start=at)


def recipients(
    tables: Table | Sequence[Table],
    column: str | int | None = None,
    *,
    without: Sequence[Table] = (),
    visible_only: bool = False,
    abroad: bool = False,
    stop: Stop | None = None,
    tell: Tell | None = None,
) -> Import:
    """Clean the numbers of one column of each table: by name, by letter (A, B, …), by index from 0; None is its own.

    Numbers that stand in the tables `without`, in their own columns, are left out. With `visible_only` so are the rows
    that are hidden in the spreadsheet; with `abroad` numbers from abroad are let through. About a second for a full
    sheet. Raises :class:`~smsdesk.domain.errors.InputProblem` naming the columns there are when there is no such one,
    and :class:`~smsdesk.domain.errors.Cancelled` when `stop` is set.
    """
    tables = [tables] if isinstance(tables, Table) else tables
    together = Tables.of(tables, [column_of(table, column) for table in tables])
    tally = _Tally(together, without, visible_only=visible_only, abroad=abroad)
    throttle = Throttle(tell) if tell is not None else None
    for part in together.parts():
        if stop is not None and stop.is_set():
            raise Cancelled
        table = tables[part.table]
        start = part.start - together.offsets[part.table]
        skip = min(max(0, table.layout.first - start), len(part.block.lines))
        tally.count(part.table, part.block, part.start, skip)
        if throttle is not None:
            throttle(RowsCleaned(table.path.name, start + len(part.block.lines), table.height))
    return tally.result()


class _Tally:
    """The counting of the rows of some tables."""

    def __init__(self, tables: Tables, without: Sequence[Table], *, visible_only: bool, abroad: bool):
        self._tables = tables
        self._visible_only = visible_only
        self._clean = partial(clean, abroad=True) if abroad else clean
        self._recipients = Recipients(tables)
        self._repeats = Recipients(tables)
        self._problems = Problems(tables, tuple(table.path.name for table in without))
        self._seen: dict[int, int] = {}  # number: index of the first row that has it; below 0 in a list left out
        self._left_out = tuple(self._leave_out(table, -1 - place) for place, table in enumerate(without))
        self._counts = [Counter[str]() for _ in tables.tables]

    def _leave_out(self, table: Table, mark: int) -> LeftOut:
        """None of the numbers of this table is valid, nor any that a cell seems to have which is refused otherwise."""
        column, unreadable = column_of(table, None), 0
        cells = (cell for block in table.blocks for cell in block.cells(column))
        numbers: set[int] = set()
        for cell in islice(cells, table.layout.first, None):
            found = (cell,) if _USUAL.fullmatch(cell) else clean(cell, abroad=True)
            if isinstance(found, Reason):
                found = tuple(_USUAL.findall(_BETWEEN_DIGITS.sub("", cell)))
                unreadable += not found
            numbers.update(map(to_code, found))
        self._seen.update(dict.fromkeys(numbers, mark))
        return LeftOut(table.path.name, table.layout.columns[column], len(numbers), unreadable)

    def count(self, table: int, block: Block, start: int, skip: int) -> None:
        """Count a block of a table without its first `skip` rows; `start` is the index of its first row."""
        cells = block.cells(self._tables.numbers[table])
        hidden = [place for place in block.hidden if place >= skip]
        counts = self._counts[table]
        counts["hidden"] += len(hidden)
        counts["rows"] += len(cells) - skip
        if self._visible_only:
            counts["rows"] -= len(hidden)
            for place in hidden:
                cells[place] = _LEFT_OUT
        self._count(cells[skip:], start + skip, counts)

    def _count(self, cells: list[str], start: int, counts: Counter[str]) -> None:
        usual = _USUAL.fullmatch
        seen, add = self._seen, self._recipients.add_number
        valid = 0
        for row, cell in enumerate(cells, start):
            if usual(cell):
                number = int(cell)  # as to_code packs it; a call would cost as much as the rest
                if seen.setdefault(number, row) == row:
                    valid += 1
                    add(row, number)
                else:
                    self._duplicate(row, (number,), counts)
            elif cell:
                self._count_other(row, cell, counts)
            else:
                counts["blank"] += 1
        counts["valid"] += valid

    def _count_other(self, row: int, cell: str, counts: Counter[str]) -> None:
        if cell == _LEFT_OUT:
            counts["skipped"] += 1
            self._problems.add_skipped(row)
            return
        found = self._clean(cell)
        if isinstance(found, Reason):
            counts["invalid"] += 1
            self._problems.add_invalid(row, found)
            return
        if not found:
            counts["blank"] += 1
            return
        numbers = list(map(to_code, found))
        new = [number for number in numbers if self._seen.setdefault(number, row) == row]
        if not new:
            self._duplicate(row, numbers, counts)
            return
        counts["valid"] += 1
        counts["repeated"] += len(numbers) - len(new)
        for number in numbers:
            if self._seen[number] == row:
                self._recipients.add_number(row, number)
            elif self._seen[number] >= 0:
                self._repeats.add_number(row, number)

    def _duplicate(self, row: int, numbers: Sequence[int], counts: Counter[str]) -> None:
        """None of the row's numbers is new."""
        known = [number for number in numbers if self._seen[number] >= 0]
        if not known:
            counts["excluded"] += 1
            self._problems.add_excluded(row, numbers[0], -1 - self._seen[numbers[0]])
            return
        counts["duplicates"] += 1
        self._problems.add_duplicate(row, known[0], self._seen[known[0]])
        for number in known:
            self._repeats.add_number(row, number)

    def result(self) -> Import:
        """What was counted."""
        parts = tuple(
            Part(
                path=table.path,
                sheet=table.sheet,
                sheets=table.sheets,
                encoding=table.encoding,
                separator=table.separator,
                header_row=table.layout.header_row,
                column=table.layout.columns[number],
                why=table.layout.with_column(number).reason if number != table.layout.column else table.layout.reason,
                **counts,
            )
            for table, number, counts in zip(self._tables.tables, self._tables.numbers, self._counts, strict=True)
        )
        return Import(
            parts=parts,
            columns=self._tables.columns,
            problems=self._problems,
            recipients=self._recipients,
            repeats=self._repeats,
            left_out=self._left_out,
            **sum(self._counts, Counter[str]()),
        )


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
        if text in names:  # before any that is spelled alike: `Phone` may stand beside `phone`
            return names.index(text)
        for index, name in enumerate(names):
            if name.casefold() == text.casefold():
                return index
        if _LETTERS.fullmatch(text) and index_of(text) < len(names):
            return index_of(text)
    raise InputProblem(_NO_SUCH_COLUMN.fill(wanted=wanted, columns=_list(names)))


def _list(names: tuple[str, ...]) -> str:
    shown = "、".join(f"{name}（{letter(j)}）" for j, name in enumerate(names[:30]))
    return shown + ("…" if len(names) > 30 else "")
