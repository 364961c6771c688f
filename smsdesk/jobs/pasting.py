"""Recipients from the clipboard: cells copied from a spreadsheet, or any text with numbers in it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.words import Words
from smsdesk.jobs.importing import read_table
from smsdesk.jobs.news import Stop, Tell
from smsdesk.sheets.blocks import ROWS_IN_A_BLOCK, Block, join
from smsdesk.sheets.table import Table

_BETWEEN: Final = re.compile(r"[,，;；、|\t]")
_LETTER: Final = re.compile(r"[^\W\d_]")

_NOTHING_PASTED: Final = Words(
    "剪贴板里没有文字。请先在表格或文档中复制号码，再粘贴。",
    "There is no text in the clipboard. Copy numbers in a spreadsheet or a document first, then paste.",
)


def pasted(text: str, name: str, *, stop: Stop, tell: Tell) -> Table:
    """The table that a pasted text is: cells copied from a spreadsheet, or any text with numbers in it.

    `name` stands for the file's. The text is read as a file is where no more than one number stands in a line, or where
    it must be a table: tabs come from a spreadsheet, or a header names every column. Else each number may stand
    anywhere, and is a row of its own. Raises as :func:`read_table`, and
    :class:`~smsdesk.domain.errors.InputProblem` when there is no text.
    """
    if not text.strip():
        raise InputProblem(_NOTHING_PASTED)
    with tempfile.TemporaryDirectory(prefix="smsdesk-") as folder:
        file = Path(folder) / name
        file.write_bytes(text.encode("utf-8", "replace"))
        table = read_table(file, encoding="utf-8", stop=stop, tell=tell)
    if not ("\t" in text or _names_all_columns(table)) and any(
        sum(map(_numbers_in, row.cells)) > 1 for row in table.sample()
    ):
        return Table.of(Path(name), name, table.sheets, list(_free_blocks(text)))
    return replace(table, path=Path(name), encoding=None, separator=None)


def _names_all_columns(table: Table) -> bool:
    header = table.layout.header_row
    names = next((row.cells for row in table.sample() if row.line == header), ())
    return len(names) > 1 and all(map(str.strip, names))


def _numbers_in(cell: str) -> int:
    """How many numbers a cell has, mistyped ones among them."""
    found = clean(cell)
    return sum(map(_could_be_a_number, _BETWEEN.split(cell))) if isinstance(found, Reason) else len(found)


def _could_be_a_number(text: str) -> bool:
    """Whether a piece of free text may be meant as a number: seven digits and more, or some without a word beside."""
    digits = sum(map(str.isdigit, text))
    return digits >= 7 or (digits >= 3 and _LETTER.search(text) is None)


def _free_blocks(text: str) -> Iterator[Block]:
    rows = [(line, piece) for line, whole in enumerate(text.splitlines(), 1) for piece in _pieces(whole)]
    for first in range(0, len(rows), ROWS_IN_A_BLOCK):
        lines, cells = zip(*rows[first : first + ROWS_IN_A_BLOCK], strict=True)
        yield Block(lines, (join(cells),))


def _pieces(line: str) -> list[str]:
    """The parts of a line that may be meant as numbers; the whole line where there are none."""
    return [part.strip() for part in _BETWEEN.split(line) if _could_be_a_number(part)] or [line]
