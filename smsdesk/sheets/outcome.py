"""What a table's rows became, as long lists that take little memory.

A million :class:`~smsdesk.domain.recipient.Recipient` values with their fields would take half a gigabyte.
These sequences keep the number and the row's index, and make each value when it is asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, overload

from smsdesk.domain.mobile import Reason
from smsdesk.domain.recipient import ProblemKind, Recipient, RowProblem
from smsdesk.domain.words import Words
from smsdesk.sheets.table import Table

_REASONS: Final = tuple(Reason)
_CODES: Final = {reason: code for code, reason in enumerate(_REASONS)}
_DUPLICATE: Final = 255
_DUPLICATE_WORDS: Final = Words("与第 {line} 行的号码重复。", "The same number as in row {line}.")


@dataclass(frozen=True, slots=True, eq=False)
class Recipients(Sequence[Recipient]):
    """The recipients in the order of the table. Going through all is fast, indexing one takes about a millisecond."""

    table: Table
    column: int
    numbers: array[int] = field(default_factory=lambda: array("Q"), repr=False)
    rows: array[int] = field(default_factory=lambda: array("Q"), repr=False)

    def add_number(self, row: int, number: int) -> None:
        """Used while the list is made: the number stands in the row with index `row`."""
        self.rows.append(row)
        self.numbers.append(number)

    def mobiles(self) -> Iterator[str]:
        """The numbers alone, for a text that is the same for all: several times faster than the recipients."""
        return map(str, self.numbers)

    def places(self) -> Iterator[tuple[str, int]]:
        """Number and row number of each, for a text that is the same for all: several times faster, too."""
        at, rows = 0, self.rows
        for block, start in zip(self.table.blocks, self.table.starts, strict=False):
            end = bisect_left(rows, start + len(block.lines), at)
            for number, row in zip(self.numbers[at:end], rows[at:end], strict=True):
                yield str(number), block.lines[row - start]
            at = end

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Recipient: ...
    @overload
    def __getitem__(self, index: slice) -> list[Recipient]: ...
    def __getitem__(self, index: int | slice) -> Recipient | list[Recipient]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        line, cells = self.table.row(self.rows[index])
        names = self.table.layout.columns
        fields = {names[j]: cells[j] for j in range(len(names)) if j != self.column}
        return Recipient(str(self.numbers[index]), fields, line)

    def __iter__(self) -> Iterator[Recipient]:
        others = [j for j in range(len(self.table.layout.columns)) if j != self.column]
        names = [self.table.layout.columns[j] for j in others]
        at = 0
        for block, start in zip(self.table.blocks, self.table.starts, strict=False):
            cells = [block.cells(j) for j in others]
            end = start + len(block.lines)
            while at < len(self.rows) and self.rows[at] < end:
                i = self.rows[at] - start
                fields = dict(zip(names, [column[i] for column in cells], strict=True))
                yield Recipient(str(self.numbers[at]), fields, block.lines[i])
                at += 1


@dataclass(frozen=True, slots=True, eq=False)
class Problems(Sequence[RowProblem]):
    """The rows that are not sent to, in the order of the table, one problem a row."""

    table: Table
    column: int
    rows: array[int] = field(default_factory=lambda: array("Q"), repr=False)
    codes: bytearray = field(default_factory=bytearray, repr=False)
    firsts: array[int] = field(default_factory=lambda: array("Q"), repr=False)
    numbers: array[int] = field(default_factory=lambda: array("Q"), repr=False)

    def add_invalid(self, row: int, reason: Reason) -> None:
        """Used while the list is made: the row with index `row` is refused."""
        self._add(row, _CODES[reason], 0, 0)

    def add_duplicate(self, row: int, number: int, first: int) -> None:
        """Used while the list is made: the number of the row stands already in the row with index `first`."""
        self._add(row, _DUPLICATE, first, number)

    def _add(self, row: int, code: int, first: int, number: int) -> None:
        self.rows.append(row)
        self.codes.append(code)
        self.firsts.append(first)
        self.numbers.append(number)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> RowProblem: ...
    @overload
    def __getitem__(self, index: slice) -> list[RowProblem]: ...
    def __getitem__(self, index: int | slice) -> RowProblem | list[RowProblem]:
        if isinstance(index, slice):
            return [self._problem(i, *self._cell(self.rows[i])) for i in range(*index.indices(len(self)))]
        return self._problem(index, *self._cell(self.rows[index]))

    def __iter__(self) -> Iterator[RowProblem]:
        for number, group in groupby(range(len(self)), key=lambda i: self.table.block_of(self.rows[i])):
            block, start = self.table.blocks[number], self.table.starts[number]
            cells = block.cells(self.column)
            for i in group:
                place = self.rows[i] - start
                yield self._problem(i, block.lines[place], cells[place])

    def _cell(self, row: int) -> tuple[int, str]:
        block, place = self.table.place(row)
        return block.lines[place], block.cells(self.column)[place]

    def _problem(self, index: int, line: int, value: str) -> RowProblem:
        column = self.table.layout.columns[self.column]
        code = self.codes[index]
        if code != _DUPLICATE:
            return RowProblem(line, column, value, _REASONS[code].words, ProblemKind.INVALID)
        first = self.table.line(self.firsts[index])
        words = _DUPLICATE_WORDS.fill(line=first)
        return RowProblem(line, column, value, words, ProblemKind.DUPLICATE, str(self.numbers[index]), first)
