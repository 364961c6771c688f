"""A sheet in memory, with the layout that is proposed for it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from smsdesk.sheets.blocks import Block
from smsdesk.sheets.columns import Layout, SheetRow, guess

SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of a workbook."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Everything read from one sheet of a file, ready for another header row or column without reading again.

    `sheet` is the sheet read; `sheets` are all, in the workbook's order (for a text file its name only).
    `encoding` and `separator` are of text files. `layout` tells the header row and the phone column that
    are proposed. Row indices count from 0 and are not row numbers: those are in the blocks' `lines`.
    """

    path: Path
    sheet: str
    sheets: tuple[SheetInfo, ...]
    blocks: tuple[Block, ...] = field(repr=False)
    starts: array[int] = field(repr=False)
    layout: Layout
    encoding: str | None = None
    separator: str | None = None

    @classmethod
    def of(
        cls, path: Path, sheet: str, sheets: Sequence[SheetInfo], blocks: Sequence[Block], **text: str | None
    ) -> Table:
        """A table of `blocks`, its layout guessed from the first rows."""
        starts = array("Q", [0])
        for block in blocks:
            starts.append(starts[-1] + len(block.lines))
        width = max((len(block.columns) for block in blocks), default=0)
        sample = list(islice((row for block in blocks for row in block.rows()), SAMPLE_ROWS))
        return cls(path, sheet, tuple(sheets), tuple(blocks), starts, guess(sample, width), **text)

    def with_header(self, header_row: int | None) -> Table:
        """The same rows with row number `header_row` as header (None: no header). Nothing is read again."""
        layout = guess(self.sample(), len(self.layout.columns), header_row=header_row)
        return Table(
            self.path, self.sheet, self.sheets, self.blocks, self.starts, layout, self.encoding, self.separator
        )

    @property
    def height(self) -> int:
        """How many rows there are, whatever is in them."""
        return self.starts[-1]

    def sample(self, rows: int = SAMPLE_ROWS) -> list[SheetRow]:
        """The first rows, for a preview."""
        return list(islice((row for block in self.blocks for row in block.rows()), rows))

    def block_of(self, index: int) -> int:
        """Which of the blocks has the row with this index."""
        return bisect_right(self.starts, index) - 1

    def place(self, index: int) -> tuple[Block, int]:
        """The block of the row with this index and the row's place in it."""
        number = self.block_of(index)
        return self.blocks[number], index - self.starts[number]

    def row(self, index: int) -> SheetRow:
        """One row by index, as wide as the sheet; for many, go through the blocks."""
        block, place = self.place(index)
        return SheetRow(block.lines[place], tuple(block.cells(j)[place] for j in range(len(self.layout.columns))))

    def line(self, index: int) -> int:
        """The row number, as the spreadsheet program shows it, of the row with this index."""
        block, place = self.place(index)
        return block.lines[place]
