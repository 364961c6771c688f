"""Workbooks inside the child process: sheets, cells as a person sees them, blocks.

python-calamine reads the values, `sheets.facts` what it does not tell; an .ods is read by `sheets.ods` alone.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import dropwhile, islice
from pathlib import Path
from typing import Final, Protocol

import python_calamine as calamine

from smsdesk.sheets import xls_facts, xlsb_facts, xlsx_facts
from smsdesk.sheets.blocks import CELL_SEPARATOR, ROWS_IN_A_BLOCK, Block, blank, join, without_blank_end
from smsdesk.sheets.cells import column_text
from smsdesk.sheets.columns import SheetRow, guess, has_numbers
from smsdesk.sheets.facts import Facts, Search, damaged
from smsdesk.sheets.kinds import Kind
from smsdesk.sheets.ods import open_ods
from smsdesk.sheets.problems import CannotRead, Key
from smsdesk.sheets.table import SAMPLE_ROWS, SheetInfo

Find = Callable[[Path, str], Facts]
_FINDERS: Final[dict[Kind, Find]] = {
    Kind.XLSX: xlsx_facts.find,
    Kind.XLSB: xlsb_facts.find,
    Kind.XLS: xls_facts.find,
}
_SIZES: Final = {Kind.XLSX: xlsx_facts.sizes, Kind.XLSB: xlsb_facts.sizes}
_MOST_ROWS: Final = 1_048_576
_ARCHIVES: Final = (Kind.XLSX, Kind.XLSB, Kind.ODS)
_MOST_UNPACKED: Final = 4 << 30  # bytes; a full sheet of ten columns has half a thousand million
# What the further sheets may take together: characters of text, and bytes in the file before any is read.
_OTHERS_TEXT: Final = 32 << 20
_OTHERS_UNPACKED: Final = 64 << 20


class Sheet(Protocol):
    """One sheet, open. `rows` is how many rows it says to have, None when it does not say."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def rows(self) -> int | None: ...  # noqa: D102
    def blocks(self) -> Iterator[Block]:
        """The rows, from row 1 on, without the blank ones after the last filled one."""


class Book(Protocol):
    """A workbook, open."""

    @property
    def sheets(self) -> tuple[SheetInfo, ...]: ...  # noqa: D102
    def sheet(self, name: str) -> Sheet:
        """Open the sheet with this name; :class:`~smsdesk.sheets.problems.CannotRead` when it is damaged."""

    def size(self, name: str) -> int:
        """How many bytes the sheet takes in the file, unpacked; 0 where that is not known but never much."""


def open_book(path: Path, kind: Kind) -> Book:
    """Open a workbook; :class:`~smsdesk.sheets.problems.CannotRead` when that cannot be done."""
    if kind in _ARCHIVES:
        with damaged(), zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
                raise CannotRead(Key.BOMB)
    return open_ods(path) if kind is Kind.ODS else CalamineBook(path, kind)


def choose(book: Book, wanted: str | None) -> Sheet:
    """The sheet named `wanted`; without a name the first that has a number column, visible ones first.

    When none has, the first with anything in it.
    """
    if wanted is not None:
        for info in book.sheets:
            if info.name == wanted or info.name.strip().casefold() == wanted.strip().casefold():
                return book.sheet(info.name)
        raise CannotRead(Key.NO_SHEET, "、".join(info.name for info in book.sheets))
    named: dict[bool, str] = {}  # whether hidden: the first sheet with a number column in which no number is
    filled: list[str] = []
    for info in sorted(book.sheets, key=lambda info: info.hidden):
        if info.hidden and False in named:
            break
        sheet = book.sheet(info.name)
        rows = _sample(sheet)
        layout = guess(rows, len(rows[0].cells) if rows else 0)
        if has_numbers(layout, rows) or (rows and len(book.sheets) == 1):
            return sheet
        if layout.column is not None:
            named.setdefault(info.hidden, info.name)
        filled += [info.name] * bool(rows)
    # Read again rather than kept: two full sheets at once would be too much.
    for name in (*named.values(), *filled):
        return book.sheet(name)
    raise CannotRead(Key.EMPTY)


def others(book: Book, chosen: str) -> Iterator[tuple[Sheet, list[Block]]]:
    """The workbook's other sheets with their blocks, as far as they are small enough to have them all at hand.

    Blank and damaged ones are left out: they are opened, and their sentence said, when a person asks for them.
    """
    unpacked, text = _OTHERS_UNPACKED, _OTHERS_TEXT
    for info in book.sheets:
        size = book.size(info.name)
        if info.name == chosen or size > unpacked:
            continue
        unpacked -= size
        try:
            sheet = book.sheet(info.name)
            blocks = _within(sheet.blocks(), text)
        except CannotRead:
            continue
        if blocks:
            text -= sum(map(_length, blocks))
            yield sheet, blocks


def _within(blocks: Iterator[Block], budget: int) -> list[Block]:
    """All the blocks; none when their text is longer than the budget."""
    kept = []
    for block in blocks:
        budget -= _length(block)
        if budget < 0:
            return []
        kept.append(block)
    return kept


def _length(block: Block) -> int:
    return sum(map(len, block.columns))


def _sample(sheet: Sheet) -> list[SheetRow]:
    """The first rows from the first filled one on."""
    rows = (row for block in sheet.blocks() for row in block.rows())
    return list(islice(dropwhile(lambda row: not any(map(str.strip, row.cells)), rows), SAMPLE_ROWS))


class CalamineBook:
    """A workbook that python-calamine reads."""

    def __init__(self, path: Path, kind: Kind):
        self._path = path
        self._kind = kind
        # A file object, so that calamine looks at the content; by path it would go by the name.
        with path.open("rb") as file, _calamine(lambda: _has_password(path, kind)):
            self._book = calamine.CalamineWorkbook.from_filelike(file)
        self.sheets: tuple[SheetInfo, ...] = tuple(
            SheetInfo(meta.name, hidden=meta.visible != calamine.SheetVisibleEnum.Visible)
            for meta in self._book.sheets_metadata
            if meta.typ in (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet)
        )
        with damaged():
            self._sizes = _SIZES[kind](path) if kind in _SIZES else {}

    def size(self, name: str) -> int:
        """See :class:`Book`."""
        return self._sizes.get(name, 0)

    def sheet(self, name: str) -> Sheet:
        """See :class:`Book`."""
        search = Search(partial(_FINDERS[self._kind], self._path, name))
        with _calamine():
            return CalamineSheet(self._book.get_sheet_by_name(name), search)


class CalamineSheet:
    """One sheet, parsed by python-calamine."""

    def __init__(self, sheet: calamine.CalamineSheet, search: Search):
        self._sheet = sheet
        self._search = search
        self.name = sheet.name
        self.rows = sheet.end[0] + 1 if sheet.end else 0
        if self.rows > _MOST_ROWS:
            raise CannotRead(Key.DAMAGED)

    def blocks(self) -> Iterator[Block]:
        """See :class:`Sheet`."""
        return without_blank_end(self._all_blocks())

    def _all_blocks(self) -> Iterator[Block]:
        facts = self._search.facts()
        start = self._sheet.start
        left = start[1] if start else 0  # calamine leaves out blank columns at the left
        rows = self._sheet.iter_rows()
        first = 0
        while chunk := list(islice(rows, ROWS_IN_A_BLOCK)):
            columns = [blank(len(chunk))] * left
            columns += [
                column_text(cells, facts.styles(first, left + j), facts.formats)
                for j, cells in enumerate(zip(*chunk, strict=True))
            ]
            if facts.texts:
                _put_texts(columns, first, len(chunk), facts.texts)
            yield Block(range(first + 1, first + len(chunk) + 1), tuple(columns), facts.hidden_among(first, len(chunk)))
            first += len(chunk)


def _put_texts(columns: list[str], start: int, count: int, texts: dict[int, dict[int, str]]) -> None:
    here = [(row, cells) for row in range(start, start + count) if (cells := texts.get(row))]
    split: dict[int, list[str]] = {}
    for row, cells in here:
        for column, text in cells.items():
            if column >= len(columns):
                continue
            if column not in split:
                split[column] = columns[column].split(CELL_SEPARATOR)
            split[column][row - start] = text
    for column, cells_of in split.items():
        columns[column] = join(cells_of)


@contextmanager
def _calamine(is_locked: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """What calamine raises, as :class:`~smsdesk.sheets.problems.CannotRead`."""
    try:
        yield
    except calamine.CalamineError as error:
        raise CannotRead(Key.PASSWORD if is_locked() else Key.DAMAGED) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise CannotRead(Key.DAMAGED) from error  # a wrong checksum, for one
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of its Rust, and no Exception
            raise CannotRead(Key.DAMAGED) from error
        raise


def _has_password(path: Path, kind: Kind) -> bool:
    """Whether a password is why the file cannot be opened.

    calamine tells so only when it goes by the file's name, which may be the wrong one: a copy gets the right one.
    (A workbook of the newer formats with a password is another file altogether, which `kinds` recognises.)
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, f"book.{kind}")
        shutil.copyfile(path, copy)
        try:
            calamine.CalamineWorkbook.from_path(copy).close()
        except calamine.CalamineError as error:
            return isinstance(error, calamine.PasswordError)
    return False
