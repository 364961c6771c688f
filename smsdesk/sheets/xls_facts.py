"""The facts of an .xls sheet (see `sheets.facts`), from its records ([MS-XLS])."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct, unpack_from
from typing import Final

from smsdesk.sheets.cells import NO_FORMAT
from smsdesk.sheets.facts import ERRORS, Facts, cell_formats
from smsdesk.sheets.ole import Container

_BOF, _EOF, _SHEET, _DATE_MODE, _CODE_PAGE, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x22, 0x42, 0x41E, 0xE0
_ROW, _RK, _SEVERAL_RK, _NUMBER, _FORMULA, _BOOL_OR_ERROR = 0x208, 0x27E, 0xBD, 0x203, 0x06, 0x205
_BIFF8: Final = 0x600
_HIDDEN: Final = 0x20
_HEAD: Final = Struct("<HH")
_CELL: Final = Struct("<HHH")

_Record = tuple[int, int, int]  # kind, where its data begins, how long they are


def find(path: Path, sheet: str) -> Facts:
    """The facts of the sheet with this name; what damage raises is for `sheets.facts.damaged`."""
    data = Container(path.read_bytes()).stream("Workbook", "Book")
    book = _Globals(data)
    formats, numbers = cell_formats(book.styles, book.codes, from_1904=book.from_1904)
    facts = Facts(formats)
    start = book.sheets.get(sheet)
    if start is not None:
        _Cells(facts, numbers, data).read(start)
    return facts


def _records(data: bytes, start: int) -> Iterator[_Record]:
    """The records of a substream, without those of charts in it."""
    depth = 0
    end = len(data)
    while start + 4 <= end:
        kind, length = _HEAD.unpack_from(data, start)
        start += 4
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1 and start + length <= end:
            yield kind, start, length
        start += length


@dataclass(slots=True)
class _Globals:
    """The workbook's own records: where its sheets begin, its styles' formats and the codes of these."""

    data: bytes
    sheets: dict[str, int] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    from_1904: bool = False
    _encoding: str | None = None  # of an older file; None: its texts are Unicode

    def __post_init__(self) -> None:
        if unpack_from("<H", self.data, 4)[0] != _BIFF8:
            self._encoding = "gb18030"
        for kind, at, _ in _records(self.data, 0):
            if kind == _SHEET:
                (start,) = unpack_from("<I", self.data, at)
                self.sheets[self._text(at + 6, 1)] = start
            elif kind == _XF:
                self.styles.append(unpack_from("<H", self.data, at + 2)[0])
            elif kind == _FORMAT:
                (number,) = unpack_from("<H", self.data, at)
                self.codes[number] = self._text(at + 2, 1 if self._encoding else 2)
            elif kind == _DATE_MODE:
                self.from_1904 = unpack_from("<H", self.data, at)[0] == 1
            elif kind == _CODE_PAGE and self._encoding:
                page = unpack_from("<H", self.data, at)[0]
                self._encoding = f"cp{page}" if page in (932, 949, 950, *range(1250, 1259)) else "gb18030"

    def _text(self, at: int, width: int) -> str:
        """A text whose length stands before it, in one byte or two."""
        length = int.from_bytes(self.data[at : at + width], "little")
        at += width
        if self._encoding:
            return self.data[at : at + length].decode(self._encoding, "replace")
        if self.data[at] & 1:
            return self.data[at + 1 : at + 1 + 2 * length].decode("utf-16-le", "replace")
        return self.data[at + 1 : at + 1 + length].decode("latin-1")


@dataclass(slots=True)
class _Cells:
    facts: Facts
    numbers: dict[int, int]
    data: bytes

    def read(self, start: int) -> None:
        """Go through the sheet that begins there."""
        for kind, at, length in _records(self.data, start):
            if kind == _ROW:
                if self.data[at + 12] & _HIDDEN:
                    self.facts.add_hidden(unpack_from("<H", self.data, at)[0])
            elif kind in (_NUMBER, _RK):
                self._number(kind, at)
            elif kind == _SEVERAL_RK:
                self._several(at, length)
            elif kind == _FORMULA:
                self._formula(at)
            elif kind == _BOOL_OR_ERROR and self.data[at + 7]:
                row, column, _ = _CELL.unpack_from(self.data, at)
                self.facts.add_text(row, column, ERRORS.get(self.data[at + 6], "#N/A"))

    def _number(self, kind: int, at: int) -> None:
        row, column, style = _CELL.unpack_from(self.data, at)
        if number := self.numbers.get(style, NO_FORMAT):
            value = from_rk(self.data, at + 6) if kind == _RK else unpack_from("<d", self.data, at + 6)[0]
            self.facts.add_number(row, column, number, value)

    def _several(self, at: int, length: int) -> None:
        row, column = unpack_from("<HH", self.data, at)
        for i, place in enumerate(range(at + 4, at + length - 2, 6)):
            if number := self.numbers.get(unpack_from("<H", self.data, place)[0], NO_FORMAT):
                self.facts.add_number(row, column + i, number, from_rk(self.data, place + 2))

    def _formula(self, at: int) -> None:
        row, column, style = _CELL.unpack_from(self.data, at)
        if self.data[at + 12 : at + 14] != b"\xff\xff":
            if number := self.numbers.get(style, NO_FORMAT):
                self.facts.add_number(row, column, number, unpack_from("<d", self.data, at + 6)[0])
        elif self.data[at + 6] == 2:
            self.facts.add_text(row, column, ERRORS.get(self.data[at + 8], "#N/A"))


def from_rk(data: bytes, at: int) -> float:
    """A number in four bytes: 30 bits of a whole one or of a double, and whether it is to be divided by 100."""
    (bits,) = unpack_from("<i", data, at)
    if bits & 2:
        value = float(bits >> 2)
    else:
        (value,) = unpack_from("<d", (bits & ~3).to_bytes(4, "little", signed=True).rjust(8, b"\0"))
    return value / 100 if bits & 1 else value
