"""The facts of an .xlsb sheet (see `sheets.facts`), from its records ([MS-XLSB])."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct, unpack_from
from typing import Final

from smsdesk.sheets.cells import NO_FORMAT
from smsdesk.sheets.facts import ERRORS, Facts, cell_formats
from smsdesk.sheets.parts import Parts
from smsdesk.sheets.xls_facts import from_rk

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR, _DATA_END = 0, 2, 3, 5, 9, 11, 146
_BOOK_PROPERTIES, _SHEET = 153, 156
_FORMAT, _XF, _STYLES, _STYLES_END = 44, 47, 617, 618
_HIDDEN: Final = 0x10
_CELL: Final = Struct("<II")


def find(path: Path, sheet: str) -> Facts:
    """The facts of the sheet with this name; what damage raises is for `sheets.facts.damaged`."""
    with zipfile.ZipFile(path) as archive:
        parts = Parts(archive)
        book = _Workbook(parts.content("xl/workbook.bin"))
        part = parts.of_sheets(book.sheets, "xl/_rels/workbook.bin.rels").get(sheet)
        styles = _Styles(parts.content("xl/styles.bin"))
        formats, numbers = cell_formats(styles.styles, styles.codes, from_1904=book.from_1904)
        facts = Facts(formats)
        if part is not None:
            _read(archive.read(part), facts, numbers)
        return facts


def sizes(path: Path) -> dict[str, int]:
    """How many bytes each sheet has, by the sheet's name."""
    with zipfile.ZipFile(path) as archive:
        parts = Parts(archive)
        found = parts.of_sheets(_Workbook(parts.content("xl/workbook.bin")).sheets, "xl/_rels/workbook.bin.rels")
        # Records are denser than XML by about three.
        return {name: 3 * archive.getinfo(part).file_size for name, part in found.items()}


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, where the data begin and how long they are, of each record."""
    at, end = 0, len(data)
    while at + 2 <= end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | data[at] << 7
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        if at + length > end:
            raise EOFError
        yield kind, at, length
        at += length


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = unpack_from("<I", data, at)
    if length == 0xFFFF_FFFF:  # none
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


@dataclass(slots=True)
class _Workbook:
    """`sheets`: the relation of each sheet by name."""

    data: bytes
    sheets: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False

    def __post_init__(self) -> None:
        for kind, at, _ in _records(self.data):
            if kind == _SHEET:
                relation, end = _text(self.data, at + 8)
                self.sheets[_text(self.data, end)[0]] = relation
            elif kind == _BOOK_PROPERTIES:
                self.from_1904 = bool(self.data[at] & 1)


@dataclass(slots=True)
class _Styles:
    """The format's number of each cell style, and the codes of the formats that the file declares."""

    data: bytes
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        inside = False
        for kind, at, _ in _records(self.data):
            if kind == _FORMAT:
                self.codes[unpack_from("<H", self.data, at)[0]] = _text(self.data, at + 2)[0]
            elif kind == _XF and inside:
                self.styles.append(unpack_from("<H", self.data, at + 2)[0])
            elif kind in (_STYLES, _STYLES_END):
                inside = kind == _STYLES


def _read(data: bytes, facts: Facts, numbers: dict[int, int]) -> None:
    row = 0
    for kind, at, _ in _records(data):
        if kind == _ROW:
            (row,) = unpack_from("<I", data, at)
            if data[at + 11] & _HIDDEN:
                facts.add_hidden(row)
        elif kind in (_RK, _REAL, _FORMULA_NUMBER):
            column, style = _CELL.unpack_from(data, at)
            if number := numbers.get(style & 0xFF_FFFF, NO_FORMAT):
                value = from_rk(data, at + 8) if kind == _RK else unpack_from("<d", data, at + 8)[0]
                facts.add_number(row, column, number, value)
        elif kind in (_ERROR, _FORMULA_ERROR):
            facts.add_text(row, _CELL.unpack_from(data, at)[0], ERRORS.get(data[at + 8], "#N/A"))
        elif kind == _DATA_END:
            return
