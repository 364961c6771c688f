"""What python-calamine does not tell of a sheet: errors, hidden rows and the number format of each cell.

calamine gives an error such as `#N/A` as a blank cell (its issue 105), and a number that was lost to a broken
formula must not pass for a row without one. So each kind of workbook is gone through a second time, for these
facts alone, in a thread beside calamine, which releases the interpreter lock: on two cores it costs next to no time.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import lt
from threading import Thread
from typing import Final

from smsdesk.sheets.blocks import ROWS_IN_A_BLOCK
from smsdesk.sheets.cells import NO_FORMAT, CellFormat
from smsdesk.sheets.formats import BUILT_IN, NumberFormat
from smsdesk.sheets.problems import CannotRead, Key

_LEAP_DAY: Final = 60  # to a spreadsheet there was a 1900-02-29
# The codes of errors in the binary formats.
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
UNKNOWN: Final = "#GETTING_DATA"  # what Excel shows while it waits for a value
_MOST_STYLES: Final = 1 << 16  # Excel's limit is 65,490


@dataclass(slots=True)
class Facts:
    """The facts of one sheet; row and column indices count from 0.

    `formats` are the number formats, the first one standing for none. `texts` are cells whose text is known
    whatever calamine makes of them.
    """

    formats: Sequence[CellFormat | None] = (None,)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: array[int] = field(default_factory=lambda: array("q"))
    _styles: dict[int, dict[int, array[int]]] = field(default_factory=dict)

    def add_text(self, row: int, column: int, text: str) -> None:
        """The cell shows this, an error for one."""
        self.texts.setdefault(row, {})[column] = text

    def add_hidden(self, row: int) -> None:
        """The row is hidden."""
        self.hidden.append(row)

    def add_style(self, row: int, column: int, style: int) -> None:
        """The cell has this one of the formats."""
        self._of_block(row // ROWS_IN_A_BLOCK, column)[row % ROWS_IN_A_BLOCK] = style

    def add_number(self, row: int, column: int, style: int, value: float) -> None:
        """The cell has this one of the formats and this number in it."""
        shown = self.formats[style]
        if shown is not None and shown.dated and is_odd_day(value):
            self.add_text(row, column, shown[value])
        else:
            self.add_style(row, column, style)

    def add_styles(self, rows: Sequence[int], column: int, style: int) -> None:
        """The cells of a column in these rows have this one of the formats; fast for rows without a gap."""
        if rows[-1] - rows[0] != len(rows) - 1 or not _ascend(rows):
            for row in rows:
                self.add_style(row, column, style)
            return
        row, end = rows[0], rows[-1] + 1
        while row < end:
            number, place = divmod(row, ROWS_IN_A_BLOCK)
            count = min(end - row, ROWS_IN_A_BLOCK - place)
            self._of_block(number, column)[place : place + count] = array("H", [style]) * count
            row += count

    def _of_block(self, number: int, column: int) -> array[int]:
        columns = self._styles.setdefault(number, {})
        styles = columns.get(column)
        if styles is None:
            styles = columns[column] = array("H", bytes(2 * ROWS_IN_A_BLOCK))
        return styles

    def styles(self, start: int, column: int) -> array[int] | None:
        """The formats' numbers in a column, from the first row of a block on; None when no cell has one."""
        return self._styles.get(start // ROWS_IN_A_BLOCK, {}).get(column)

    def hidden_among(self, start: int, count: int) -> Sequence[int]:
        """The places of hidden rows among `count` rows from `start` on."""
        first = bisect_left(self.hidden, start)
        last = bisect_left(self.hidden, start + count, first)
        return tuple(row - start for row in self.hidden[first:last])


def _ascend(rows: Sequence[int]) -> bool:
    return all(map(lt, rows, islice(rows, 1, None)))


def is_odd_day(value: float) -> bool:
    """Whether calamine makes another day's date of this number: of the leap day that never was, or of none at all."""
    return value < 0 or _LEAP_DAY <= value < _LEAP_DAY + 1


@contextmanager
def damaged() -> Iterator[None]:
    """What the reading of a damaged file raises, as :class:`~smsdesk.sheets.problems.CannotRead`."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        LookupError,
        ValueError,
        RuntimeError,  # zipfile: a part is enciphered, or packed in a way that it does not know
    ) as error:
        raise CannotRead(Key.DAMAGED) from error


def cell_formats(
    styles: Sequence[int], codes: Mapping[int, str], *, from_1904: bool
) -> tuple[list[CellFormat | None], dict[int, int]]:
    """From the format's id of each style: the formats that change a text, and each such style's place among them.

    `codes` are those that the file declares; `from_1904` says that it counts its days from that year.
    """
    formats: list[CellFormat | None] = [None]
    places: dict[int, int] = {}
    for number in dict.fromkeys(styles[:_MOST_STYLES]):
        made = NumberFormat(codes.get(number) or BUILT_IN.get(number, "General"), from_1904=from_1904)
        places[number] = NO_FORMAT if made.plain else len(formats)
        if not made.plain:
            formats.append(CellFormat(made, from_1904=from_1904))
    numbers = ((style, places[number]) for style, number in enumerate(styles[:_MOST_STYLES]))
    return formats, {style: place for style, place in numbers if place != NO_FORMAT}


class Search:
    """Finds the facts in a thread of its own."""

    def __init__(self, find: Callable[[], Facts]):
        self._find = find
        self._facts = Facts()
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def facts(self) -> Facts:
        """Wait for them; what `find` raises is raised here."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._facts

    def _run(self) -> None:
        try:
            with damaged():
                self._facts = self._find()
                self._facts.hidden = array("q", sorted(self._facts.hidden))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
