"""The facts of an .xlsx or .xlsm sheet (see `sheets.facts`), from its XML.

What Excel, WPS and the usual libraries write is searched with patterns, at some hundred megabytes a second; XML of
another shape (single quotes, cells without their address, UTF-16) is read element by element.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from smsdesk.sheets import markup
from smsdesk.sheets.cells import NO_FORMAT
from smsdesk.sheets.columns import index_of
from smsdesk.sheets.facts import UNKNOWN, Facts, cell_formats, is_odd_day
from smsdesk.sheets.parts import Parts, Quiet
from smsdesk.sheets.problems import CannotRead, Key

_PIECE: Final = 1 << 20
_ROW_AT_MOST: Final = 1 << 26  # bytes of XML; Excel's longest row with usual cells has some two million
_FEW: Final = 24  # so many styles go into a pattern; more are looked up
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_BARE: Final = (b">", b"/>", b"\n", b"\r", b"\t")  # what follows a name when no attribute does, or not at once
_TRUE: Final = ("1", "true", "on")
_ADDRESS: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_STRINGS: Final = ("s", "str", "inlineStr", "b", "e", "d")


def find(path: Path, sheet: str) -> Facts:
    """The facts of the sheet with this name; what damage raises is for `sheets.facts.damaged`."""
    with zipfile.ZipFile(path) as archive:
        parts = Parts(archive)
        book = parts.read("xl/workbook.xml", _Workbook())
        part = parts.of_sheets(book.sheets, _RELATIONS).get(sheet)
        if part is None:
            return Facts()
        styles = parts.read("xl/styles.xml", _Styles())
        formats, numbers = cell_formats(styles.styles, styles.codes, from_1904=book.from_1904)
        facts = Facts(formats)
        with archive.open(part) as file:
            if _Patterns(facts, numbers).all(file):
                return facts
        facts = Facts(formats)
        cells = _Cells(facts, numbers)
        with archive.open(part) as file:
            markup.parse(file, cells, lambda: cells.done)
        return facts


def sizes(path: Path) -> dict[str, int]:
    """How many bytes each sheet's XML has, by the sheet's name."""
    with zipfile.ZipFile(path) as archive:
        parts = Parts(archive)
        found = parts.of_sheets(parts.read("xl/workbook.xml", _Workbook()).sheets, _RELATIONS)
        return {name: archive.getinfo(part).file_size for name, part in found.items()}


@dataclass(slots=True)
class _Workbook(Quiet):
    """`sheets`: the relation of each sheet by name; `from_1904`: whether days are counted from 1904."""

    sheets: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets[attributes.get("name", "")] = relation
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE


@dataclass(slots=True)
class _Styles(Quiet):
    """The format's number of each cell style, and the codes of the formats that the file declares."""

    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    _inside: bool = False  # of the list of the cells' styles

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "cellStyles":
            self._inside = False
        elif name == "xf" and self._inside:
            number = attributes.get("numFmtId", "0")
            self.styles.append(int(number) if number.isdecimal() else 0)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


class _Patterns:
    """The search by patterns."""

    def __init__(self, facts: Facts, numbers: dict[int, int]):
        self._facts = facts
        self._numbers = {b"%d" % style: number for style, number in numbers.items()}
        self._columns: dict[bytes, int] = {}
        self._prefix = b""
        self._is_first = True
        self._compile()

    def _compile(self) -> None:
        p = re.escape(self._prefix)
        styles = b"|".join(self._numbers) if len(self._numbers) <= _FEW else b"[0-9]+"
        cell = rb'<%bc r="([A-Z]{1,3})([0-9]{1,7})"' % p
        # Not text cells and not empty ones: a used range may go on for a million rows below the last value.
        self._styled = re.compile(cell + rb'[^>]*?\ss="(%b)"(?! t="(?:s|b|e|str|inlineStr)")[^>]*(?<!/)>' % styles)
        self._error = re.compile(cell + rb'[^>]*?\st="e"[^>]*>(?:(?!</%bc>).)*?<%bv>([^<]{1,40})<' % (p, p), re.DOTALL)
        self._odd_day = re.compile(cell + rb'[^>]*?\ss="([0-9]+)"[^>]*><%bv>(-[0-9.E+-]+|60(?:\.[0-9]+)?)<' % p)
        # Some programs leave the value of a formula to the spreadsheet program. A text of no length is a value.
        self._unknown = re.compile(
            cell
            + rb'(?![^>]*\st="str")[^>]*>\s*<%bf\b(?:[^>]*/>|[^>]*>[^<]*</%bf>)\s*(?:<%bv\s*/>|<%bv></%bv>)?\s*</%bc>'
            % (p, p, p, p, p, p)
        )
        self._hidden = re.compile(rb'<%brow r="([0-9]{1,7})"[^>]*?\shidden="(?:1|true)"' % p)
        self._row, self._end = b"<%brow " % self._prefix, b"</%bsheetData>" % self._prefix

    def all(self, file: IO[bytes]) -> bool:
        """Search the whole sheet; False when the XML is not of the usual shape, and what was found is for nothing."""
        window = file.read(_PIECE)
        if b"\0" in window[:200]:
            raise CannotRead(Key.DAMAGED)  # UTF-16, in which calamine finds no rows
        match = re.search(rb"<(\w+:)?sheetData\b", window)
        if match is None or b"0" in self._numbers:  # cells that name no style have number 0
            return False
        if match[1]:
            self._prefix = match[1]
            self._compile()
        return all(map(self._search, self._whole_rows(window, file)))

    def _whole_rows(self, window: bytes, file: IO[bytes]) -> Iterator[bytes]:
        """The sheet's XML in pieces that end with a row."""
        while (end := window.find(self._end)) < 0:
            cut = max(window.rfind(self._row), 0)
            yield window[:cut]
            window = window[cut:]
            if len(window) > _ROW_AT_MOST:
                raise CannotRead(Key.MEMORY)
            piece = file.read(_PIECE)
            if not piece:
                break
            window += piece
        yield window[:end] if end >= 0 else window

    def _search(self, xml: bytes) -> bool:
        facts = self._facts
        if b'hidden="' in xml:
            for row in self._hidden.findall(xml):
                facts.add_hidden(int(row) - 1)
        formulas = b"<%bf" % self._prefix in xml
        if self._is_first or formulas or b"v>" in xml:  # a used range may go on below the last value for a million rows
            fails = b't="e"' in xml
            if not self._is_usual(xml, matters=fails or formulas or bool(self._numbers)):
                return False
            if fails:
                for letters, row, text in self._error.findall(xml):
                    facts.add_text(int(row) - 1, self._column(letters), text.decode("utf-8", "replace"))
            if formulas:
                for letters, row in self._unknown.findall(xml):
                    facts.add_text(int(row) - 1, self._column(letters), UNKNOWN)
            if self._numbers:
                self._find_styles(xml)
        return True

    def _is_usual(self, xml: bytes, *, matters: bool) -> bool:
        """Whether every row and cell begins with its address, in double quotes.

        Rows, and what else may follow a name, are looked at in the first piece only: a program writes all rows alike.
        """
        cell, row = b"<%bc" % self._prefix, b"<%brow" % self._prefix
        if (matters or self._is_first) and xml.count(cell + b" ") != xml.count(cell + b' r="'):
            return False
        if self._is_first:
            self._is_first = False
            bare = any(name + end in xml for name in (cell, row) for end in _BARE)
            return not bare and xml.count(row + b" ") == xml.count(row + b' r="')
        return True

    def _find_styles(self, xml: bytes) -> None:
        column, numbers = self._column, self._numbers
        rows: defaultdict[tuple[bytes, bytes], list[bytes]] = defaultdict(list)
        for letters, row, style in self._styled.findall(xml):
            rows[letters, style].append(row)
        for (letters, style), found in rows.items():
            if number := numbers.get(style):
                self._facts.add_styles([int(row) - 1 for row in found], column(letters), number)
        if b"v>60" in xml or b"v>-" in xml:
            for letters, row, style, value in self._odd_day.findall(xml):
                shown = self._facts.formats[numbers.get(style, NO_FORMAT)]
                if shown is not None and shown.dated and is_odd_day(float(value)):
                    self._facts.add_text(int(row) - 1, column(letters), shown[float(value)])

    def _column(self, letters: bytes) -> int:
        index = self._columns.get(letters)
        if index is None:
            index = self._columns[letters] = index_of(letters.decode())
        return index


@dataclass(slots=True)
class _Cells:
    """The same facts, element by element."""

    facts: Facts
    numbers: dict[int, int]
    done: bool = False
    _row: int = -1
    _column: int = -1
    _is_error: bool = False
    _value: str | None = None
    _kind: str = "n"
    _has_formula: bool = False
    _in_formula: bool = False
    _has_value: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "f":
            self._has_formula = self._in_formula = True
        elif name == "v":
            self._value = "" if self._is_error else None
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self.facts.add_hidden(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        address = _ADDRESS.fullmatch(attributes.get("r", ""))
        if address:
            self._row, self._column = int(address[2]) - 1, index_of(address[1])
        else:
            self._column += 1
        kind = self._kind = attributes.get("t", "n")
        self._has_formula = self._has_value = False
        self._is_error = kind == "e"
        style = attributes.get("s", "0")
        number = self.numbers.get(int(style)) if style.isdecimal() else None
        if number and kind not in _STRINGS:
            self.facts.add_style(self._row, self._column, number)

    def end(self, name: str) -> None:
        if name == "v" and self._value:
            self.facts.add_text(self._row, self._column, self._value.strip())
            self._value = None
        elif name == "f":
            self._in_formula = False
        elif name == "c" and self._has_formula and not self._has_value and self._kind != "str":
            self.facts.add_text(self._row, self._column, UNKNOWN)
        elif name == "sheetData":
            self.done = True

    def text(self, text: str) -> None:
        self._has_value = self._has_value or not (self._in_formula or text.isspace())
        if self._value is not None:
            self._value += text
