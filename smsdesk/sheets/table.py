"""A sheet in memory, with the layout that is proposed for it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from more_itertools import batched

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.sheets.blocks import CELL_SEPARATOR, ROWS_IN_A_BLOCK, Block, join
from smsdesk.sheets.columns import Layout, SheetRow, guess

SAMPLE_ROWS = 200

_LISTED = Words("来自本程序", "from this program")
_NO_SUCH_ROW = Words(
    "“{file}”里没有第 {row} 行，表头行请填 {first} 到 {last} 之间的行号，没有表头请选“无”。",
    "“{file}” has no row {row}. Give a header row from {first} to {last}, or none.",
)


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of a workbook."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Everything read from one sheet of a file, ready for another header row or column without reading again.

    `sheet` is the sheet read; `sheets` are all, in the workbook's order (for a text file its name only); `others`
    are those that were read along. `encoding` and `separator` are of text files. `layout` tells the header row and
    the phone column that are proposed or chosen. Row indices count from 0 and are not row numbers: those are in the
    blocks' `lines`.
    """

    path: Path
    sheet: str
    sheets: tuple[SheetInfo, ...]
    blocks: tuple[Block, ...] = field(repr=False)
    starts: array[int] = field(repr=False)
    layout: Layout
    encoding: str | None = None
    separator: str | None = None
    others: tuple[Table, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        path: Path,
        sheet: str,
        sheets: Sequence[SheetInfo],
        blocks: Sequence[Block],
        *,
        encoding: str | None = None,
        separator: str | None = None,
    ) -> Table:
        """A table of `blocks`, its layout guessed from the first rows."""
        starts = array("Q", [0])
        for block in blocks:
            starts.append(starts[-1] + len(block.lines))
        width = max((len(block.columns) for block in blocks), default=0)
        layout = guess(_sample(blocks, starts, 0, SAMPLE_ROWS), width)
        return cls(path, sheet, tuple(sheets), tuple(blocks), starts, layout, encoding, separator)

    @classmethod
    def listed(cls, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
        """A table of rows that come from no file, under a name of its own; the first of its columns has the numbers."""
        blocks, line = list[Block](), 1
        for some in batched(rows, ROWS_IN_A_BLOCK):
            lines = range(line, line + len(some))
            blocks.append(Block(lines, tuple(map(join, zip(*some, strict=True)))))
            line += len(some)
        starts = array("Q", accumulate((len(block.lines) for block in blocks), initial=0))
        layout = Layout(None, 0, tuple(columns), 0, _LISTED)
        path = Path(name.replace("/", "／").replace("\\", "＼"))  # a name, whatever is in it
        return cls(path, name, (SheetInfo(name, hidden=False),), tuple(blocks), starts, layout)

    def with_header(self, header_row: int | None) -> Table:
        """The same rows with row number `header_row` as header (None: no header). Nothing is read again.

        The number column is guessed anew unless a person has chosen it. Raises
        :class:`~smsdesk.domain.errors.InputProblem` when there is no such row.
        """
        at = 0 if header_row is None else self._index_of(header_row)
        layout = guess(self.sample(start=at), len(self.layout.columns), header_row=header_row)
        table = replace(self, layout=replace(layout, first=layout.first + at, is_header_chosen=True))
        return table.with_column(self.layout.column or 0) if self.layout.is_chosen else table

    def with_column(self, column: int) -> Table:
        """The same rows with the column of this index as the number column, as a person has chosen."""
        return replace(self, layout=self.layout.with_column(column))

    def with_sheet(self, name: str) -> Table | None:
        """Another sheet of the file, where it was read along; None where it has to be read from the file."""
        if name == self.sheet:
            return self
        found = next((other for other in self.others if other.sheet == name), None)
        if found is None:
            return None
        rest = (replace(self, others=()), *(other for other in self.others if other is not found))
        return replace(found, others=rest)

    @property
    def height(self) -> int:
        """How many rows there are, whatever is in them."""
        return self.starts[-1]

    def sample(self, rows: int = SAMPLE_ROWS, *, start: int = 0) -> list[SheetRow]:
        """The first rows from index `start` on, for a preview."""
        return _sample(self.blocks, self.starts, start, start + rows)

    def block_of(self, index: int) -> int:
        """Which of the blocks has the row with this index."""
        return bisect_right(self.starts, index) - 1

    def place(self, index: int) -> tuple[Block, int]:
        """The block of the row with this index and the row's place in it."""
        number = self.block_of(index)
        return self.blocks[number], index - self.starts[number]

    def line(self, index: int) -> int:
        """The row number, as the spreadsheet program shows it, of the row with this index."""
        block, place = self.place(index)
        return block.lines[place]

    def _index_of(self, line: int) -> int:
        """The index of the row with this row number."""
        number = bisect_right(self.blocks, line, key=lambda block: block.lines[0]) - 1
        if number >= 0:
            lines = self.blocks[number].lines
            place = bisect_left(lines, line)
            if place < len(lines) and lines[place] == line:
                return self.starts[number] + place
        last = self.line(self.height - 1)
        raise InputProblem(_NO_SUCH_ROW.fill(file=self.path.name, row=line, first=self.line(0), last=last))


def _sample(blocks: Sequence[Block], starts: Sequence[int], start: int, end: int) -> list[SheetRow]:
    """The rows with these indices."""
    found: list[SheetRow] = []
    for block, first in zip(blocks, starts, strict=False):
        skip, stop = max(0, start - first), min(len(block.lines), end - first)
        if skip < stop:
            # Cells below the last row wanted stay as they are: a block has thousands.
            columns = (column.split(CELL_SEPARATOR, stop)[skip:stop] for column in block.columns)
            found += map(SheetRow, block.lines[skip:stop], zip(*columns, strict=True))
    return found
