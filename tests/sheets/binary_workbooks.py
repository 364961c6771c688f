"""Workbooks in the two binary formats, record by record: no writer would make all that the tests want to read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from struct import pack

from workbooks import package


@dataclass(frozen=True)
class Cell:
    """A cell: a number, a text, or an error by its code; `style` as in the codes given to the writer, 0 for none."""

    row: int
    column: int
    value: float | str | int = 0.0
    style: int = 0
    error: int | None = None
    formula: bool = False
    packed: bool = False  # a number in four bytes; neighbours come in one record


def _rk(value: float) -> bytes:
    if value == int(value) and abs(value) < 1 << 29:
        return pack("<i", int(value) << 2 | 2)
    if abs(value * 100 - round(value * 100)) < 1e-9 and abs(value) < 1 << 20:
        return pack("<i", round(value * 100) << 2 | 3)
    high = pack("<d", value)[4:]
    return pack("<I", int.from_bytes(high, "little") & ~3)


# ---- .xls


def _record(kind: int, data: bytes = b"") -> bytes:
    return pack("<HH", kind, len(data)) + data


def xls(
    path: Path,
    cells: Sequence[Cell],
    codes: Sequence[str] = (),
    *,
    hidden: Sequence[int] = (),
    from_1904: bool = False,
) -> Path:
    """An .xls of one sheet named 表. Rows and columns count from 0."""
    begin = _record(0x809, pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    head = _record(0x22, pack("<H", from_1904)) + b"".join(
        _record(0x41E, pack("<HHB", 164 + i, len(code), 1) + code.encode("utf-16-le")) for i, code in enumerate(codes)
    )
    for number in [0, *range(164, 164 + len(codes))]:
        head += _record(0xE0, pack("<HHH", 0, number, 0) + bytes(14))
    sheet = _record(0x85, pack("<IBBBB", 0, 0, 0, 1, 1) + "表".encode("utf-16-le"))
    start = len(begin) + len(head) + len(sheet) + 4
    sheet = sheet[:4] + pack("<I", start) + sheet[8:]
    rows = sorted({*(cell.row for cell in cells), *hidden})
    last = pack("<IIHHH", 0, max(rows) + 1, 0, max(cell.column for cell in cells) + 1, 0)
    body = _record(0x809, pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + _record(0x200, last)
    for row in rows:
        body += _record(0x208, pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20 if row in hidden else 0))
        here = [cell for cell in cells if cell.row == row]
        for is_packed, group in groupby(here, lambda cell: cell.packed):
            several = list(group)
            body += _side_by_side(several) if is_packed and len(several) > 1 else b"".join(map(_xls_cell, several))
    book = begin + head + sheet + _record(0x0A) + body + _record(0x0A)
    path.write_bytes(container({"Workbook": book}))
    return path


def _xls_cell(cell: Cell) -> bytes:
    place = pack("<HHH", cell.row, cell.column, cell.style)
    if isinstance(cell.value, str):
        text = pack("<HB", len(cell.value), 1) + cell.value.encode("utf-16-le")
        return _record(0x204, place + text)
    if cell.error is not None:
        if cell.formula:
            return _record(0x06, place + bytes([2, 0, cell.error, 0, 0, 0, 0xFF, 0xFF]) + bytes(8))
        return _record(0x205, place + bytes([cell.error, 1]))
    if cell.formula:
        return _record(0x06, place + pack("<d", cell.value) + bytes(8))
    if cell.packed:
        return _record(0x27E, place + _rk(float(cell.value)))
    return _record(0x203, place + pack("<d", cell.value))


def _side_by_side(cells: Sequence[Cell]) -> bytes:
    """The record of packed numbers in neighbouring cells."""
    numbers = b"".join(pack("<H", cell.style) + _rk(float(cell.value)) for cell in cells)
    return _record(0xBD, pack("<HH", cells[0].row, cells[0].column) + numbers + pack("<H", cells[-1].column))


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with sectors of 512 bytes and streams of 4096 bytes or more."""
    table: list[int] = []
    sectors: list[bytes] = []

    def add(content: bytes) -> int:
        first = len(sectors)
        for at in range(0, len(content), 512):
            sectors.append(content[at : at + 512].ljust(512, b"\0"))
            table.append(len(sectors))
        table[-1] = 0xFFFFFFFE
        return first

    placed = {name: (add(content.ljust(4096, b"\0")), max(4096, len(content))) for name, content in streams.items()}
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)
    for name, (first, size) in placed.items():
        directory += _entry(name, 2, first, size, 0xFFFFFFFF)
    start = add(directory)
    fat_sectors = (len(table) + 1 + 127) // 128
    places = list(range(len(sectors), len(sectors) + fat_sectors))
    table += [0xFFFFFFFD] * fat_sectors
    table += [0xFFFFFFFF] * (128 * fat_sectors - len(table))
    fat = pack(f"<{len(table)}I", *table)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<IIIIIIIII", 0, fat_sectors, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += pack("<109I", *places, *[0xFFFFFFFF] * (109 - fat_sectors))
    return head + b"".join(sectors) + fat


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    free = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + pack("<HBBIII", len(text), kind, 1, free, free, child)
        + bytes(36)
        + pack("<IQ", first, size)
    )


# ---- .xlsb


def _number(value: int) -> bytes:
    out = bytearray()
    while True:
        out.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def _record12(kind: int, data: bytes = b"") -> bytes:
    return _number(kind) + _number(len(data)) + data


def _wide(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    path: Path,
    cells: Sequence[Cell],
    codes: Sequence[str] = (),
    *,
    hidden: Sequence[int] = (),
    from_1904: bool = False,
) -> Path:
    """An .xlsb of one sheet named 表. Rows and columns count from 0."""
    book = _record12(131) + _record12(153, pack("<III", from_1904, 0, 0)) + _record12(143)
    book += _record12(156, pack("<II", 0, 1) + _wide("rId1") + _wide("表")) + _record12(144) + _record12(132)
    styles = _record12(278) + _record12(615, pack("<I", len(codes)))
    styles += b"".join(_record12(44, pack("<H", 164 + i) + _wide(code)) for i, code in enumerate(codes))
    styles += _record12(616) + _record12(626, pack("<I", 1)) + _record12(47, pack("<HH", 0xFFFF, 14) + bytes(12))
    styles += _record12(627) + _record12(617, pack("<I", len(codes) + 1))
    for number in [0, *range(164, 164 + len(codes))]:
        styles += _record12(47, pack("<HH", 0, number) + bytes(12))
    styles += _record12(618) + _record12(279)
    rows = sorted({*(cell.row for cell in cells), *hidden})
    sheet = _record12(129) + _record12(148, pack("<IIII", 0, max(rows), 0, max(cell.column for cell in cells)))
    sheet += _record12(145)
    for row in rows:
        sheet += _record12(0, pack("<IIHBBB", row, 0, 300, 0, 0x10 if row in hidden else 0, 0) + bytes(4))
        sheet += b"".join(_xlsb_cell(cell) for cell in cells if cell.row == row)
    sheet += _record12(146) + _record12(130)
    with zipfile.ZipFile(path, "w") as archive:
        package(archive, "bin")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _xlsb_cell(cell: Cell) -> bytes:
    place = pack("<II", cell.column, cell.style)
    formula = pack("<HII", 0, 0, 0) if cell.formula else b""
    if isinstance(cell.value, str):
        return _record12(6, place + _wide(cell.value))
    if cell.error is not None:
        return _record12(11 if cell.formula else 3, place + bytes([cell.error]) + formula)
    if cell.packed:
        return _record12(2, place + _rk(float(cell.value)))
    return _record12(9 if cell.formula else 5, place + pack("<d", cell.value) + formula)
