"""Workbooks that are in memory as soon as they are open: those that are one text from which no sheet can be picked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from smsdesk.sheets.blocks import Block, without_blank_end
from smsdesk.sheets.table import SheetInfo


@dataclass(frozen=True, slots=True)
class LoadedSheet:
    """A sheet and all its rows."""

    name: str
    is_hidden: bool
    all_blocks: Sequence[Block] = field(repr=False)

    @property
    def rows(self) -> int:
        """How many rows there are, blank ones at the end included."""
        return sum(len(block.lines) for block in self.all_blocks)

    def blocks(self) -> Iterator[Block]:
        """The rows without the blank ones after the last filled one."""
        return without_blank_end(self.all_blocks)


class LoadedBook:
    """A `sheets.book.Book`; `encoding` is that of the text."""

    def __init__(self, sheets: Sequence[LoadedSheet], encoding: str):
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self.encoding = encoding
        self.sheets = tuple(SheetInfo(sheet.name, sheet.is_hidden) for sheet in sheets)

    def sheet(self, name: str) -> LoadedSheet:
        """The sheet with this name, which is one of :attr:`sheets`."""
        return self._sheets[name]

    def size(self, _name: str) -> int:
        """Nothing: the file is not read again for another sheet."""
        return 0
