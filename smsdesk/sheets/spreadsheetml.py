"""Workbooks in the XML of Excel 2002 and 2003 ("XML Spreadsheet"), which back offices write and name `.xls`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final

from smsdesk.sheets.encoding import find_declared_encoding
from smsdesk.sheets.formats import NumberFormat
from smsdesk.sheets.gather import MOST_COLUMNS, Gather
from smsdesk.sheets.loaded import LoadedBook, LoadedSheet
from smsdesk.sheets.markup import BadMarkup, parse
from smsdesk.sheets.problems import CannotRead, Key
from smsdesk.sheets.text import open_text, read_sample

_MOST_ROWS: Final = 1_048_576
_DAY_0: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*>")
# The names that formats have in this XML, as Excel shows them in China.
_NAMED_FORMATS: Final = {
    "General Number": "General",
    "General Date": "yyyy/m/d h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": '"¥"#,##0.00',
    "Euro Currency": '"€"#,##0.00',
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}


def open_xml(path: Path, encoding: str | None = None) -> LoadedBook:
    """The sheets of such a workbook, in the encoding given or else found.

    Raises :class:`~smsdesk.sheets.problems.CannotRead` when it is damaged or cut short, and when it has a document
    type, in which entities could be defined that grow without end or name other files.
    """
    found = encoding or find_declared_encoding(path)
    if "<!DOCTYPE" in read_sample(path, found):
        raise CannotRead(Key.UNSAFE)
    workbook = _Workbook()
    try:
        parse(_Recoded(path, found), workbook)
    except (ValueError, LookupError) as error:  # BadMarkup; and what expat says of a second declaration
        raise CannotRead(Key.DAMAGED) from error
    return LoadedBook(workbook.sheets, found)


class _Recoded:
    """The file in UTF-8, without the declaration that says something else."""

    def __init__(self, path: Path, encoding: str):
        self._pieces = self._all(path, encoding)

    def read(self, _size: int) -> bytes:
        return next(self._pieces, b"")

    @staticmethod
    def _all(path: Path, encoding: str) -> Iterator[bytes]:
        with open_text(path, encoding) as file:
            first = _DECLARATION.sub("", file.read(1 << 16).removeprefix("\ufeff"), count=1)
            for piece in chain([first], iter(lambda: file.read(1 << 18), "")):
                yield piece.encode("utf-8", "replace")


class _Workbook:
    """What is told of the elements, put together to sheets."""

    def __init__(self) -> None:
        self.sheets: list[LoadedSheet] = []
        self._formats: dict[str, NumberFormat] = {}
        self._style = ""  # the one that is being defined
        self._name = ""
        self._is_hidden = False
        self._gather = Gather()
        self._line = 0
        self._blank_after = 0  # rows that the last row stands for, beside itself
        self._row: list[str] = []
        self._is_row_hidden = False
        self._row_style = ""
        self._column = 0
        self._cell_style = ""
        self._kind = ""
        self._text: list[str] | None = None  # of the open cell's data, or of what says whether the sheet is hidden
        self._in_comment = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if (begin := _STARTS.get(name)) is not None and not self._in_comment:
            begin(self, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        if name == "Comment":
            self._in_comment = False
        elif (end := _ENDS.get(name)) is not None and not self._in_comment:
            end(self)

    def text(self, text: str) -> None:
        if self._text is not None and not self._in_comment:
            self._text.append(text)

    def start_comment(self, _attributes: dict[str, str]) -> None:
        self._in_comment = True

    def start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("ID", "")
        if (parent := self._formats.get(attributes.get("Parent", ""))) is not None:
            self._formats[self._style] = parent

    def start_format(self, attributes: dict[str, str]) -> None:
        code = attributes.get("Format", "General")
        self._formats[self._style] = NumberFormat(_NAMED_FORMATS.get(code, code))

    def start_sheet(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get("Name", "") or f"Sheet{len(self.sheets) + 1}"
        self._is_hidden = False
        self._gather = Gather()
        self._line = self._blank_after = 0

    def end_sheet(self) -> None:
        if any(sheet.name == self._name for sheet in self.sheets):
            raise BadMarkup("two sheets of one name")
        self.sheets.append(LoadedSheet(self._name, self._is_hidden, self._gather.end()))

    def start_visible(self, _attributes: dict[str, str]) -> None:
        self._text = []

    def end_visible(self) -> None:
        self._is_hidden = "".join(self._text or ()).strip() in ("SheetHidden", "SheetVeryHidden")
        self._text = None

    def start_row(self, attributes: dict[str, str]) -> None:
        line = max(_index(attributes, "Index"), self._line + self._blank_after + 1)
        if line > _MOST_ROWS:
            raise BadMarkup("a row beyond the last one")
        for blank in range(self._line + 1, line):
            self._gather.add(blank, ())
        self._line = line
        self._blank_after = _index(attributes, "Span")
        self._row, self._column = [], 0
        self._is_row_hidden = attributes.get("Hidden") in ("1", "true")
        self._row_style = attributes.get("StyleID", "Default")

    def end_row(self) -> None:
        self._gather.add(self._line, self._row, hidden=self._is_row_hidden)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self._column = max(_index(attributes, "Index") - 1, self._column)
        if self._column >= MOST_COLUMNS:
            raise CannotRead(Key.TOO_WIDE, str(self._line))
        self._row += [""] * (self._column - len(self._row))
        self._row.append("")
        self._column += 1 + _index(attributes, "MergeAcross")
        self._cell_style = attributes.get("StyleID", self._row_style)

    def start_data(self, attributes: dict[str, str]) -> None:
        self._kind = attributes.get("Type", "String")
        self._text = []

    def end_data(self) -> None:
        text, self._text = "".join(self._text or ()), None
        if self._row:
            self._row[-1] = _shown(self._kind, text, self._formats.get(self._cell_style))


_STARTS: Final[dict[str, Callable[[_Workbook, dict[str, str]], None]]] = {
    "Style": _Workbook.start_style,
    "NumberFormat": _Workbook.start_format,
    "Worksheet": _Workbook.start_sheet,
    "Row": _Workbook.start_row,
    "Cell": _Workbook.start_cell,
    "Data": _Workbook.start_data,
    "Comment": _Workbook.start_comment,
    "Visible": _Workbook.start_visible,
}
_ENDS: Final[dict[str, Callable[[_Workbook], None]]] = {
    "Worksheet": _Workbook.end_sheet,
    "Row": _Workbook.end_row,
    "Data": _Workbook.end_data,
    "Visible": _Workbook.end_visible,
}


def _index(attributes: dict[str, str], name: str) -> int:
    """A number among the attributes, 0 when there is none."""
    text = attributes.get(name, "")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise BadMarkup(f"{name} is no number")
    return int(text)


def _shown(kind: str, text: str, number_format: NumberFormat | None) -> str:
    """A value as the person sees it in the cell."""
    if kind == "String":
        return text
    if kind == "Boolean":
        return "FALSE" if text.strip() in ("0", "false") else "TRUE"
    value = None
    with suppress(ValueError, OverflowError):
        if kind == "Number":
            value = float(text)
        elif kind == "DateTime":
            value = _serial(text)
    if value is None:
        return text
    if kind == "DateTime" and (number_format is None or number_format.plain):
        number_format = _DATE if value == int(value) else _DATE_TIME
    return (number_format or _GENERAL).text(value)


def _serial(text: str) -> float:
    """The number that stands for a moment such as `2026-05-01T08:30:00.000`: days since the end of 1899."""
    return (dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None) - _DAY_0) / dt.timedelta(days=1)


_GENERAL: Final = NumberFormat("General")
_DATE: Final = NumberFormat("yyyy-mm-dd")
_DATE_TIME: Final = NumberFormat("yyyy-mm-dd hh:mm:ss")
