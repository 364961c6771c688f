"""Several tables as one list: their rows one after another, their columns united by name."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from smsdesk.domain.recipient import ERROR_MARKS, is_error
from smsdesk.sheets.blocks import Block
from smsdesk.sheets.table import Table


class Part(NamedTuple):
    """A block of one of the tables: which table, and the index of the block's first row among all rows."""

    table: int
    start: int
    block: Block


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables and the number column of each.

    A row's index counts through all tables. `fields` are the names of all other columns, each once: a table without
    one of them has blanks there. `labels` tell the files apart; a single one needs none and has an empty label.
    """

    tables: tuple[Table, ...]
    numbers: tuple[int, ...]
    offsets: array[int] = field(repr=False)
    fields: tuple[str, ...]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, tables: Sequence[Table], numbers: Sequence[int]) -> Tables:
        """Put tables together; `numbers` are the indices of their number columns."""
        offsets = array("Q", accumulate((table.height for table in tables), initial=0))
        fields = dict.fromkeys(
            name
            for table, number in zip(tables, numbers, strict=True)
            for j, name in enumerate(table.layout.columns)
            if j != number
        )
        return cls(tuple(tables), tuple(numbers), offsets, tuple(fields), _labels(tables))

    @property
    def column(self) -> str:
        """The name of the number column: that of the first table."""
        return self.tables[0].layout.columns[self.numbers[0]]

    @property
    def columns(self) -> tuple[str, ...]:
        """All names, the number column's in its place in the first table."""
        first = self.tables[0].layout.columns
        return tuple(dict.fromkeys((*first, *self.fields)))

    def parts(self) -> Iterator[Part]:
        """All blocks in order."""
        for number, (table, offset) in enumerate(zip(self.tables, self.offsets, strict=False)):
            for start, block in zip(table.starts, table.blocks, strict=False):
                yield Part(number, offset + start, block)

    def part_of(self, index: int) -> Part:
        """The block that has the row with this index."""
        number = bisect_right(self.offsets, index) - 1
        table, offset = self.tables[number], self.offsets[number]
        block = table.block_of(index - offset)
        return Part(number, offset + table.starts[block], table.blocks[block])

    def line(self, index: int) -> tuple[str, int]:
        """The label of the file and the row number, as the spreadsheet program shows it, of the row with this index."""
        part = self.part_of(index)
        return self.labels[part.table], part.block.lines[index - part.start]

    def sources(self, table: int) -> list[int | None]:
        """For each of `fields` the index of the column of this table that has it, None where none has."""
        number = self.numbers[table]
        places = {name: j for j, name in enumerate(self.tables[table].layout.columns) if j != number}
        return [places.get(name) for name in self.fields]


def values(block: Block, column: int | None) -> list[str]:
    """The cells of a column as a text may use them: blank where they hold a formula's error; all blank for None."""
    if column is None or column >= len(block.columns):
        return [""] * len(block.lines)
    cells = block.cells(column)
    if any(mark in block.columns[column] for mark in ERROR_MARKS):
        return ["" if is_error(cell) else cell for cell in cells]
    return cells


def _labels(tables: Sequence[Table]) -> tuple[str, ...]:
    """The shortest names that tell the files apart."""
    if len(tables) == 1:
        return ("",)
    ways: tuple[Callable[[Table], str], ...] = (
        lambda table: table.path.name,
        lambda table: f"{table.path.name} [{table.sheet}]",
        lambda table: f"{table.path} [{table.sheet}]",
    )
    for way in ways:
        labels = tuple(map(way, tables))
        if len(set(labels)) == len(labels):
            break
    return labels
