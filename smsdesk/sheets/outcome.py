"""What the rows of tables became, as long lists that take little memory.

A million :class:`~smsdesk.domain.recipient.Recipient` values with their fields would take half a gigabyte.
These sequences keep the number and the row's index, and make each value when it is asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, overload

from smsdesk.domain.mobile import Reason, from_code
from smsdesk.domain.recipient import ProblemKind, Recipient, RowProblem
from smsdesk.domain.words import Words
from smsdesk.sheets.columns import letter
from smsdesk.sheets.tables import Part, Tables, values

_REASONS: Final = tuple(Reason)
_CODES: Final = {reason: code for code, reason in enumerate(_REASONS)}
_DUPLICATE: Final = 255
_SKIPPED: Final = 254
_EXCLUDED: Final = 253
_DUPLICATE_WORDS: Final = Words("与第 {line} 行的号码重复。", "The same number as in row {line}.")
_DUPLICATE_ELSEWHERE: Final = Words(
    "与“{file}”第 {line} 行的号码重复。", "The same number as in row {line} of “{file}”."
)
_EXCLUDED_WORDS: Final = Words(
    "号码在“{file}”中，按您的选择剔除。", "The number stands in “{file}”, whose numbers are left out as chosen."
)
_SKIPPED_WORDS: Final = Words(
    "该行在表格中被隐藏或筛选掉，按您的选择未导入。",
    "The row is hidden or filtered out in the spreadsheet, and left out as chosen.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Recipients(Sequence[Recipient]):
    """The recipients in the order of the tables. Going through all is fast, indexing one takes about a millisecond.

    `numbers` are packed in 64 bits, as :func:`~smsdesk.domain.mobile.to_code` does.
    """

    tables: Tables = field(repr=False)
    numbers: array[int] = field(default_factory=lambda: array("Q"), repr=False)
    rows: array[int] = field(default_factory=lambda: array("Q"), repr=False)

    def add_number(self, row: int, number: int) -> None:
        """Used while the list is made: the number stands in the row with index `row`."""
        self.rows.append(row)
        self.numbers.append(number)

    def mobiles(self) -> Iterator[str]:
        """The numbers alone, for a text that is the same for all: several times faster than the recipients."""
        return map(from_code, self.numbers)

    def places(self) -> Iterator[tuple[str, int]]:
        """Number and row number of each, for a text that is the same for all: several times faster, too."""
        for part, first, end in self._by_block():
            for number, row in zip(self.numbers[first:end], self.rows[first:end], strict=True):
                yield from_code(number), part.block.lines[row - part.start]

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Recipient: ...
    @overload
    def __getitem__(self, index: slice) -> list[Recipient]: ...
    def __getitem__(self, index: int | slice) -> Recipient | list[Recipient]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        row = self.rows[index]
        part = self.tables.part_of(row)
        return self._recipient(part, row - part.start, self.numbers[index], self._columns(part))

    def __iter__(self) -> Iterator[Recipient]:
        for part, first, end in self._by_block():
            columns = self._columns(part)
            for at in range(first, end):
                yield self._recipient(part, self.rows[at] - part.start, self.numbers[at], columns)

    def _by_block(self) -> Iterator[tuple[Part, int, int]]:
        """Each block with the recipients that it has, from the first up to the one after the last."""
        at = 0
        for part in self.tables.parts():
            end = bisect_left(self.rows, part.start + len(part.block.lines), at)
            if end > at:
                yield part, at, end
            at = end

    def _columns(self, part: Part) -> list[list[str]]:
        return [values(part.block, j) for j in self.tables.sources(part.table)]

    def _recipient(self, part: Part, place: int, number: int, columns: list[list[str]]) -> Recipient:
        fields = dict(zip(self.tables.fields, [column[place] for column in columns], strict=True))
        return Recipient(from_code(number), fields, part.block.lines[place], self.tables.labels[part.table])


@dataclass(frozen=True, slots=True, eq=False)
class Problems(Sequence[RowProblem]):
    """The rows that are not sent to, in the order of the tables, one problem a row.

    `without` are the names of the lists whose numbers are left out.
    """

    tables: Tables = field(repr=False)
    without: tuple[str, ...] = ()
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

    def add_excluded(self, row: int, number: int, place: int) -> None:
        """Used while the list is made: the number of the row stands in the list with this place in `without`."""
        self._add(row, _EXCLUDED, place, number)

    def add_skipped(self, row: int) -> None:
        """Used while the list is made: the row is hidden, and left out for that."""
        self._add(row, _SKIPPED, 0, 0)

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
            return [self[i] for i in range(*index.indices(len(self)))]
        part = self.tables.part_of(self.rows[index])
        return self._problem(index, part, part.block.cells(self.tables.numbers[part.table]))

    def __iter__(self) -> Iterator[RowProblem]:
        for part, first, end in self.by_block():
            cells = part.block.cells(self.tables.numbers[part.table])
            for index in range(first, end):
                yield self._problem(index, part, cells)

    def by_block(self) -> Iterator[tuple[Part, int, int]]:
        """Each block that has problems, with their indices: from the first up to the one after the last."""
        at = 0
        while at < len(self.rows):
            part = self.tables.part_of(self.rows[at])
            end = bisect_left(self.rows, part.start + len(part.block.lines), at)
            yield part, at, end
            at = end

    def _problem(self, index: int, part: Part, cells: list[str]) -> RowProblem:
        row, code = self.rows[index], self.codes[index]
        place, column = row - part.start, self.tables.numbers[part.table]
        line, label = part.block.lines[place], self.tables.labels[part.table]
        name = self.tables.tables[part.table].layout.columns[column]
        where = (line, name, f"{letter(column)}{line}", cells[place])
        if code == _SKIPPED:
            return RowProblem(*where, _SKIPPED_WORDS, ProblemKind.SKIPPED, file=label)
        if code == _EXCLUDED:
            reason = _EXCLUDED_WORDS.fill(file=self.without[self.firsts[index]])
            return RowProblem(*where, reason, ProblemKind.EXCLUDED, from_code(self.numbers[index]), file=label)
        if code != _DUPLICATE:
            return RowProblem(*where, _REASONS[code].words, ProblemKind.INVALID, file=label)
        first_label, first = self.tables.line(self.firsts[index])
        template = _DUPLICATE_WORDS if first_label == label else _DUPLICATE_ELSEWHERE
        reason = template.fill(line=first, file=first_label)
        mobile = from_code(self.numbers[index])
        return RowProblem(*where, reason, ProblemKind.DUPLICATE, mobile, first, label, first_label)
