"""Rows that come one by one, gathered into blocks."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

from smsdesk.sheets.blocks import ROWS_IN_A_BLOCK, Block, join
from smsdesk.sheets.problems import CannotRead, Key

MOST_COLUMNS: Final = 16_384  # as in the spreadsheet programs
# One wide row makes its whole block wide: among wide rows a block has fewer of them.
_CELLS_IN_A_BLOCK: Final = 1 << 18
_MOST_CELLS: Final = 1 << 26  # blank ones included: a small file can claim a great many


class Gather:
    """Takes rows in their order; :meth:`take` gives those that make up whole blocks.

    A block is as wide as its widest row. Raises :class:`~smsdesk.sheets.problems.CannotRead` for more than
    :data:`MOST_COLUMNS` columns, and when all blocks together have more than 67 million cells.
    """

    def __init__(self) -> None:
        self._lines = array("Q")
        self._rows: list[Sequence[str]] = []
        self._hidden: list[int] = []
        self._width = 1
        self._blocks: list[Block] = []
        self._cells = 0

    def add(self, line: int, cells: Sequence[str], *, hidden: bool = False) -> None:
        """The next row, with its row number."""
        if len(cells) > self._width:
            self._widen(line, len(cells))
        if hidden:
            self._hidden.append(len(self._rows))
        self._lines.append(line)
        self._rows.append(cells)
        if len(self._rows) == ROWS_IN_A_BLOCK or len(self._rows) * self._width >= _CELLS_IN_A_BLOCK:
            self._close()

    def take(self) -> list[Block]:
        """The whole blocks since the last call."""
        blocks, self._blocks = self._blocks, []
        return blocks

    def end(self) -> list[Block]:
        """No more rows come: the blocks that are left."""
        if self._rows:
            self._close()
        return self.take()

    def _widen(self, line: int, width: int) -> None:
        if width > MOST_COLUMNS:
            raise CannotRead(Key.TOO_WIDE, str(line))
        if self._rows and (len(self._rows) + 1) * width > _CELLS_IN_A_BLOCK:
            self._close()
        self._width = width

    def _close(self) -> None:
        width = max(map(len, self._rows))
        padded = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in self._rows]
        columns = tuple(map(join, zip(*padded, strict=True))) or (join([""] * len(padded)),)
        self._cells += len(columns) * len(padded)
        if self._cells > _MOST_CELLS:
            raise CannotRead(Key.MEMORY)
        self._blocks.append(Block(self._lines, columns, self._hidden))
        self._lines, self._rows, self._hidden, self._width = array("Q"), [], [], 1
