"""Blocks of rows, each column of a block one string.

A full sheet has three million cells; as Python strings they would take some 250 MB and a second to
unpack. As one string a column and a few thousand rows they take about what their characters take, and
`str.split` gives a column back at several million cells a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from smsdesk.sheets.columns import SheetRow

ROWS_IN_A_BLOCK: Final = 4096
# Neither can stand in a workbook's XML; :func:`join` replaces them in cells of other files.
CELL_SEPARATOR: Final = "\x1f"
COLUMN_SEPARATOR: Final = "\x1e"
_BLANKS: Final = str.maketrans(CELL_SEPARATOR + COLUMN_SEPARATOR, "  ")


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rows: `lines` are their row numbers, `columns` the cells of each column, joined."""

    lines: Sequence[int]
    columns: tuple[str, ...] = field(repr=False)  # people's numbers: nothing for a log
    hidden: Sequence[int] = ()  # places (0-based, in the block) of rows hidden or filtered out in the spreadsheet

    def cells(self, column: int) -> list[str]:
        """The cells of one column, blank where the block is narrower than the sheet."""
        if column >= len(self.columns):
            return [""] * len(self.lines)
        return self.columns[column].split(CELL_SEPARATOR)

    def rows(self) -> Iterator[SheetRow]:
        """The rows, each as wide as the block."""
        cells = zip(*(self.cells(j) for j in range(len(self.columns))), strict=True)
        return map(SheetRow, self.lines, cells)


def join(cells: Sequence[str]) -> str:
    """The cells of a column as one string; separators inside a cell become blanks."""
    joined = CELL_SEPARATOR.join(cells)
    if joined.count(CELL_SEPARATOR) != len(cells) - 1 or COLUMN_SEPARATOR in joined:
        joined = CELL_SEPARATOR.join(cell.translate(_BLANKS) for cell in cells)
    return joined


def blank(count: int) -> str:
    """A column of `count` blank cells."""
    return CELL_SEPARATOR * (count - 1)


def without_blank_end(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without the blank rows after the last filled one: a sheet may claim a million of those."""
    waiting: list[Block] = []
    for block in blocks:
        waiting.append(block)
        if any(column.strip(CELL_SEPARATOR + " \x1a") for column in block.columns):
            yield from waiting[:-1]
            waiting = waiting[-1:]
    if waiting and any(column.strip(CELL_SEPARATOR + " \x1a") for column in waiting[0].columns):
        yield _trimmed(waiting[0])


def _trimmed(block: Block) -> Block:
    used = max(column.rstrip(CELL_SEPARATOR + " \x1a").count(CELL_SEPARATOR) + 1 for column in block.columns)
    columns = (CELL_SEPARATOR.join(column.split(CELL_SEPARATOR)[:used]) for column in block.columns)
    hidden = tuple(place for place in block.hidden if place < used)
    return Block(block.lines[:used], tuple(columns), hidden)
