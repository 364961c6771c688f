"""OpenDocument spreadsheets: each cell has, beside its value, the text that is shown of it, so nothing is formatted."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

from smsdesk.sheets.facts import damaged
from smsdesk.sheets.formats import general, reads_like_a_mobile
from smsdesk.sheets.gather import MOST_COLUMNS, Gather
from smsdesk.sheets.loaded import LoadedBook, LoadedSheet
from smsdesk.sheets.markup import parse
from smsdesk.sheets.problems import CannotRead, Key

_MOST_ROWS: Final = 1_048_576
_MOST_CHARACTERS: Final = 1 << 30  # of one row and its repetitions; `sheets.gather` has a limit for all
_LONGEST_CELL: Final = 1 << 16  # characters; the programs' own limit is half of it
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
# Elements inside a cell whose text is not the cell's: comments, drawings, ruby text over characters.
_BESIDE: Final = ("annotation", "frame", "custom-shape", "line", "rect", "g", "ruby-text", "shapes", "tracked-changes")


def open_ods(path: Path) -> LoadedBook:
    """All sheets of the workbook; :class:`~smsdesk.sheets.problems.CannotRead` when that cannot be done."""
    content = _Content()
    with damaged(), zipfile.ZipFile(path) as archive:
        if _is_encrypted(archive):
            raise CannotRead(Key.PASSWORD)
        with archive.open("content.xml") as file:
            parse(file, content)
    return LoadedBook(content.sheets, "utf-8")


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    name = "META-INF/manifest.xml"
    if name not in archive.namelist():
        return False
    with archive.open(name) as file:
        return b"encryption-data" in file.read(1 << 20)


class _Content:
    """Told of the elements of `content.xml`, makes sheets of them."""

    def __init__(self) -> None:
        self.sheets: list[LoadedSheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0  # of tables; one inside a cell is not read
        self._beside = 0  # of elements whose text is not the cell's
        self._name = ""
        self._is_hidden = False
        self._rows = Gather()
        self._line = 0
        self._blank_rows = 0
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See :class:`~smsdesk.sheets.markup.Handler`."""
        if self._beside or name in _BESIDE:
            self._beside += 1
        elif name == "table":
            self._depth += 1
            if self._depth == 1:
                self._begin_table(attributes)
        elif self._depth > 1:
            return
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = _Cell(attributes)
        elif self._cell is not None:
            self._begin_in_cell(name, attributes)
        elif name == "table-row":
            self._row = _Row(attributes)
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get("table:name", "")
        self._is_hidden = attributes.get("table:style-name") in self._hidden_styles
        self._rows, self._line, self._blank_rows = Gather(), 0, 0

    def _begin_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        assert self._cell is not None  # noqa: S101 - asked before
        if name == "p":
            self._cell.begin_paragraph()
            self._in_text = True
        elif name == "s":
            self._cell.add(" " * min(_count(attributes, "text:c"), _LONGEST_CELL))
        elif name in ("tab", "line-break"):
            self._cell.add("\t" if name == "tab" else "\n")

    def text(self, text: str) -> None:
        """See :class:`~smsdesk.sheets.markup.Handler`."""
        if self._in_text and not self._beside and self._cell is not None:
            self._cell.add(_BLANKS.sub(" ", text))

    def end(self, name: str) -> None:
        """See :class:`~smsdesk.sheets.markup.Handler`."""
        if self._beside:
            self._beside -= 1
        elif name == "table":
            self._depth -= 1
            if self._depth == 0:
                self.sheets.append(LoadedSheet(self._name, self._is_hidden, self._rows.end()))
        elif self._depth > 1:
            return
        elif name == "p":
            self._in_text = False
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            if self._row is not None:
                self._row.add(self._cell)
            self._cell = None
        elif name == "table-row" and self._row is not None:
            self._end_row(self._row)
            self._row = None

    def _end_row(self, row: _Row) -> None:
        if not row.cells:
            self._blank_rows += row.count  # added when a filled one follows: a sheet may end with a million
            return
        characters = len(row.cells) + sum(map(len, row.cells))
        if self._line + self._blank_rows + row.count > _MOST_ROWS or row.count * characters > _MOST_CHARACTERS:
            raise CannotRead(Key.MEMORY)
        for _ in range(self._blank_rows):
            self._line += 1
            self._rows.add(self._line, ())
        self._blank_rows = 0
        for _ in range(row.count):
            self._line += 1
            self._rows.add(self._line, row.cells, hidden=row.is_hidden)


class _Row:
    """A row: its cells up to the last filled one, how often it comes, and whether it is hidden or filtered out."""

    def __init__(self, attributes: dict[str, str]):
        self.cells: list[str] = []
        self.count = _count(attributes, "table:number-rows-repeated")
        self.is_hidden = attributes.get("table:visibility") in ("collapse", "filter")
        self._blank = 0

    def add(self, cell: _Cell) -> None:
        text = cell.shown()
        if not text:
            self._blank += cell.count
            return
        if len(self.cells) + self._blank + cell.count > MOST_COLUMNS:
            raise CannotRead(Key.MEMORY)
        self.cells += [""] * self._blank
        self.cells += [text] * cell.count
        self._blank = 0


class _Cell:
    """A cell: its text, and its value where no text is there."""

    __slots__ = ("_attributes", "_length", "_paragraphs", "_pieces", "count")

    def __init__(self, attributes: dict[str, str]):
        self.count = _count(attributes, "table:number-columns-repeated")
        self._attributes = attributes
        self._pieces: list[str] = []
        self._paragraphs = 0
        self._length = 0

    def begin_paragraph(self) -> None:
        if self._paragraphs:
            self.add("\n")
        self._paragraphs += 1

    def add(self, text: str) -> None:
        self._length += len(text)
        if self._length <= _LONGEST_CELL:
            self._pieces.append(text)

    def shown(self) -> str:
        """What the cell shows."""
        text = "".join(self._pieces)
        kind = self._attributes.get("office:value-type")
        if kind is None or kind == "string":
            return text or self._attributes.get("office:string-value", "")
        if kind == "boolean":
            return self._attributes.get("office:boolean-value", text).upper()
        if kind in ("date", "time"):
            return text or self._attributes.get(f"office:{kind}-value", "")
        return self._number(text)

    def _number(self, text: str) -> str:
        try:
            value = float(self._attributes.get("office:value", ""))
        except ValueError:
            return text
        if reads_like_a_mobile(value) and re.sub(r"[^0-9]", "", text) != str(int(value)):
            return str(int(value))
        return text or general(value)


def _count(attributes: dict[str, str], name: str) -> int:
    """A number of repetitions, 1 when it is not given or makes no sense."""
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1
