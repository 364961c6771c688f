"""Web pages as spreadsheets: back offices export HTML tables named `.xls`. Each table is a sheet.

Read as a browser and the spreadsheet programs do: tags may be missing, a cell over several rows or columns has its
text in the first and leaves the others blank, what is hidden in a cell is no text of it. Nothing is lost to tables
within tables: one that is larger than what stands around it is a sheet of its own (the outer one only arranges the
page), and its text stands in the outer cell, too, if short; a smaller one is only the text of that cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from smsdesk.sheets.encoding import find_declared_encoding
from smsdesk.sheets.gather import MOST_COLUMNS, Gather
from smsdesk.sheets.loaded import LoadedBook, LoadedSheet
from smsdesk.sheets.problems import CannotRead, Key
from smsdesk.sheets.tags import attributes_of, tags
from smsdesk.sheets.text import is_binary, open_text, read_sample

_PIECE: Final = 1 << 20
_LONGEST_NAME: Final = 80
_MOST_TABLES: Final = 1000
_DEEPEST: Final = 16  # tables within tables; deeper ones are no more than text of the cell
_LONGEST_INNER_TEXT: Final = 32_767  # characters, as much as a spreadsheet cell holds
_MOST_COLSPAN: Final = 1000  # both as browsers have it
_MOST_ROWSPAN: Final = 65_534
_BREAK: Final = "\v"  # a line break of the page, among those of its source
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_CLIPPED: Final = re.compile(r"#+|[0-9.]+E\+?[0-9]+", re.IGNORECASE)
_PLAIN_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_HUGE_REFERENCE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_SPAN_OR_NUMBER: Final = re.compile("span|x:num", re.IGNORECASE)
_SPAN: Final = re.compile(r"\s*([0-9]{1,9})")
_NOT_SHOWN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_WITHOUT_END: Final = frozenset(("br", "hr", "img", "input", "col", "wbr", "link", "meta", "area", "embed", "source"))
_ON_A_NEW_LINE: Final = frozenset(("br", "p", "div", "li", "hr", "h1", "h2", "h3", "h4", "h5", "h6"))


class SourcePage(NamedTuple):
    """A page in a file, its encoding, and a name for tables that have none, blank for a number."""

    path: Path
    encoding: str
    name: str = ""


def open_page(path: Path, encoding: str | None = None) -> LoadedBook:
    """The tables of a web page, in the encoding given or else found.

    Raises :class:`~smsdesk.sheets.problems.CannotRead` when there is none, when the page is cut off within one, when
    there are more than a thousand, and when it is no text in that encoding.
    """
    found = encoding or find_declared_encoding(path)
    if is_binary(read_sample(path, found)):
        raise CannotRead(Key.BAD_ENCODING, encoding) if encoding else CannotRead(Key.OTHER_FILE, "binary")
    return open_pages([SourcePage(path, found)])


def open_pages(pages: Sequence[SourcePage]) -> LoadedBook:
    """The tables of several pages as the sheets of one workbook; raises as :func:`open_page` does."""
    had_table = False
    tables: list[_Table] = []
    for source in pages:
        page = _Page()
        page.read(_pieces(source))
        had_table = had_table or page.had_table
        for table in page.tables:
            table.caption = table.caption or table.id or source.name
        tables += page.tables
    if not had_table:
        raise CannotRead(Key.WEB_PAGE)
    return LoadedBook(_named(tables), pages[0].encoding)


def _pieces(page: SourcePage) -> Iterator[str]:
    with open_text(page.path, page.encoding) as file:
        while piece := file.read(_PIECE):
            yield piece.replace("\0", "")


def _named(tables: Sequence[_Table]) -> list[LoadedSheet]:
    """Sheets with a name of their own each: the caption, the id, or a number."""
    sheets: dict[str, LoadedSheet] = {}
    for number, table in enumerate(tables, 1):
        wanted = table.caption[:_LONGEST_NAME] or f"表{number}"
        numbered = (f"{wanted} ({i})" for i in count(number))
        name = wanted if wanted not in sheets else next(name for name in numbered if name not in sheets)
        sheets[name] = LoadedSheet(name, table.is_hidden, table.gather.end())
    return list(sheets.values())


class _Table:
    """A table, filled row by row. What is open ends when something begins that cannot stand in it."""

    def __init__(self, attributes: str):
        self.id = attributes_of(attributes).get("id", "")
        self.caption = ""
        self.is_hidden = _is_hidden(attributes)
        self.gather = Gather()
        self.filled = 0  # cells with text, without that of tables in them
        self.inner: list[tuple[_Table, bool]] = []  # tables within, and whether the text of our cells has theirs
        self.part: list[str] | None = None  # the text of the open cell or caption
        self.has_row = False  # a row is open
        self._is_caption = False
        self._is_group_hidden = False
        self._text: list[str] = []
        self._text_length = 0
        self._line = 0
        self._row: list[str] = []
        self._is_row_hidden = False
        self._column = 0
        self._cell = ""  # attributes of the open cell
        self._inner_texts: list[str] = []  # of the open cell
        self._spans: dict[int, int] = {}  # by column: the last row that a cell from above covers

    @property
    def text(self) -> str | None:
        """All text of the table, a row a line; None when it is long."""
        is_all = self._text_length <= _LONGEST_INNER_TEXT and all(is_ours for _, is_ours in self.inner)
        return "\n".join(filter(None, self._text)) if is_all else None

    def add_inner(self, table: _Table) -> None:
        """A table within this one has ended."""
        text = table.text
        is_ours = text is not None and self.part is not None
        if text is not None and is_ours:
            self._inner_texts.append(text)
        if not is_ours or table.filled >= self.filled:
            self.inner.append((table, is_ours))
        if len(self.inner) > _MOST_TABLES:
            raise CannotRead(Key.TOO_MANY_TABLES)

    def sheets(self) -> list[_Table]:
        """The tables to be shown, when this one has ended: itself, or those within that are larger, or both."""
        apart = [table for table, is_ours in self.inner if not is_ours or table.filled >= self.filled]
        found = [sheet for table in apart for sheet in table.sheets()]
        return [*found, self] if self.filled or not found else found

    def begin_group(self, attributes: str) -> None:
        self.end_row()
        self._is_group_hidden = _is_hidden(attributes)

    def begin_row(self, attributes: str) -> None:
        self.end_row()
        self.has_row = True
        self._line += 1
        self._is_row_hidden = self._is_group_hidden or _is_hidden(attributes)

    def end_row(self) -> None:
        self.end_part()
        if not self.has_row:
            return
        self.has_row = False
        self.gather.add(self._line, self._row, hidden=self._is_row_hidden)
        if self._text_length <= _LONGEST_INNER_TEXT:
            self._text.append(" ".join(filter(None, self._row)))
            self._text_length += len(self._text[-1]) + 1
        self._row, self._column = [], 0

    def begin_cell(self, attributes: str) -> None:
        self.end_part()
        if not self.has_row:
            self.begin_row("")
        self.part = []
        self._cell = attributes

    def begin_caption(self, _attributes: str) -> None:
        self.end_row()
        self.part = []
        self._is_caption = True

    def end_part(self) -> None:
        """The cell or caption ends, if one is open."""
        if self.part is None:
            return
        text = _shown("".join(self.part))
        self.part = None
        if self._is_caption:
            self.caption, self._is_caption = self.caption or " ".join(text.split()), False
            return
        if text:
            self.filled += 1
        if self._inner_texts:
            text = "\n".join(filter(None, (text, *self._inner_texts)))
            self._inner_texts = []
        self._place(text)

    def _place(self, text: str) -> None:
        while self._spans.get(self._column, 0) >= self._line:
            self._column += 1
        if self._column >= MOST_COLUMNS:
            raise CannotRead(Key.TOO_WIDE, str(self._line))
        if self._column > len(self._row):
            self._row += [""] * (self._column - len(self._row))
        self._row.append(text)
        self._column += 1
        if _SPAN_OR_NUMBER.search(self._cell):
            self._heed(attributes_of(self._cell))

    def _heed(self, attributes: dict[str, str]) -> None:
        """What the cell just placed has in its attributes: its size, and a number."""
        number = attributes.get("x:num", "")
        if _CLIPPED.fullmatch(self._row[-1]) and _PLAIN_NUMBER.fullmatch(number):
            self._row[-1] = number  # Excel's own value of a number that its column was too narrow for
        first = self._column - 1
        self._column = first + (_span(attributes.get("colspan", "1"), _MOST_COLSPAN) or 1)
        height = _span(attributes.get("rowspan", "1"), _MOST_ROWSPAN) or _MOST_ROWSPAN  # 0: all rows that follow
        if height > 1:
            self._spans.update(dict.fromkeys(range(first, self._column), self._line + height - 1))


_BEGINS: Final[dict[str, Callable[[_Table, str], None]]] = {
    "tr": _Table.begin_row,
    "td": _Table.begin_cell,
    "th": _Table.begin_cell,
    "caption": _Table.begin_caption,
    "thead": _Table.begin_group,
    "tbody": _Table.begin_group,
    "tfoot": _Table.begin_group,
}
_ENDS: Final[dict[str, Callable[[_Table], None]]] = {
    "tr": _Table.end_row,
    "td": _Table.end_part,
    "th": _Table.end_part,
    "caption": _Table.end_part,
    "thead": _Table.end_row,
    "tbody": _Table.end_row,
    "tfoot": _Table.end_row,
}


class _Page:
    """What a page's tags add up to."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.had_table = False
        self._open: list[_Table] = []
        self._too_deep = 0
        self._muted = ""  # the tag whose content is not shown,
        self._mutes = 0  # and how many of its name are open since
        self._ended: set[str] = set()  # the names of all end tags
        self._has_frame = False

    def read(self, pieces: Iterator[str]) -> None:
        """Take in the whole page."""
        is_cut = False
        for text, name, is_end, attributes, is_cut in tags(pieces):  # noqa: B007 - the last one tells
            if self._open:
                part = self._open[-1].part
                if text and part is not None and not self._muted:
                    part.append(text)
                if is_end:
                    self._end(name)
                elif name:
                    self._begin(name, attributes)
            elif name == "table" and not is_end:
                self._begin_table(attributes)
            elif name in ("html", "body") and not is_end:
                self._has_frame = True
        self._finish(is_cut)

    def _begin(self, name: str, attributes: str) -> None:
        table = self._open[-1]
        if name == "table":
            self._begin_table(attributes)
        elif name in _BEGINS and not self._too_deep:
            self._muted = ""
            _BEGINS[name](table, attributes)
        elif self._muted:
            self._mutes += name == self._muted
        elif table.part is not None:
            if name in _ON_A_NEW_LINE or name in _BEGINS:
                table.part.append(_BREAK)
            if attributes and name not in _WITHOUT_END and _is_hidden(attributes):
                self._muted, self._mutes = name, 1

    def _end(self, name: str) -> None:
        self._ended.add(name)
        if name == "table":
            self._end_table()
        elif name in _ENDS and not self._too_deep:
            self._muted = ""
            _ENDS[name](self._open[-1])
        elif name == self._muted:
            self._mutes -= 1
            if not self._mutes:
                self._muted = ""

    def _begin_table(self, attributes: str) -> None:
        self.had_table = True
        if len(self._open) == _DEEPEST:
            if self._open[-1].part is not None:
                self._too_deep += 1
                return
            self._end_table()  # no table in a cell of it: the one before has no end
        self._muted = ""
        self._open.append(_Table(attributes))

    def _end_table(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        self._muted = ""
        table = self._open.pop()
        table.end_row()
        if self._open:
            self._open[-1].add_inner(table)
            return
        self.tables += (sheet for sheet in table.sheets() if sheet.filled)
        if len(self.tables) > _MOST_TABLES:
            raise CannotRead(Key.TOO_MANY_TABLES)

    def _finish(self, is_cut: bool) -> None:
        """The page has ended. Where it was cut off in a table, rows are missing that nobody would miss."""
        if self._open and not self._ended & {"html", "body"}:
            table = self._open[-1]
            in_cell = table.part is not None and bool(self._ended & {"td", "th"})
            in_row = table.has_row and "tr" in self._ended
            if is_cut or in_cell or in_row or self._has_frame:
                raise CannotRead(Key.DAMAGED)
        self._too_deep = 0
        while self._open:
            self._end_table()


def _shown(text: str) -> str:
    """The text of a cell as a person sees it, from the page's source without its tags."""
    if text.isalnum():
        return text
    if "&" in text:
        text = unescape(_HUGE_REFERENCE.sub("\ufffd", text))
    lines = [_SPACES.sub(" ", line).replace("\xa0", " ").strip(" ") for line in text.split(_BREAK)]
    return "\n".join(lines).strip("\n")


def _is_hidden(attributes: str) -> bool:
    """Whether a tag with these attributes is not shown."""
    if not attributes:
        return False
    found = attributes_of(attributes)
    return "hidden" in found or _NOT_SHOWN.search(found.get("style", "")) is not None


def _span(value: str, most: int) -> int:
    """How many rows or columns a cell takes; 1 when what it says is no number."""
    digits = _SPAN.match(value)
    return min(int(digits[1]), most) if digits else 1
