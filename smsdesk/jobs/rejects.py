"""The rows of an import that are not sent to, saved to be mended and imported again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.recipient import ProblemKind
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.importing import Import
from smsdesk.sheets.blocks import Block
from smsdesk.sheets.outcome import Problems
from smsdesk.sheets.table import Table
from smsdesk.sheets.tables import Tables
from smsdesk.sheets.writer import write_workbook

_ORIGINAL: Final = Words(
    "“{file}”是原来的名单，不能用有问题的行覆盖它，请另选一个文件名。",
    "“{file}” is the list itself and would be lost; choose another name for the refused rows.",
)
_CHOSEN: Final = (ProblemKind.SKIPPED, ProblemKind.EXCLUDED)
"""Nothing is wrong with such a row: a person wanted it left out."""

_FILE: Final = Words("文件", "File")
_ROW: Final = Words("行号", "Row")
_REASON: Final = Words("原因", "Reason")
_ROW_AND_REASON: Final = Words("第 {line} 行：{reason}", "Row {line}: {reason}")


def save_rejects(result: Import, path: Path, *, language: Language = Language.ZH) -> int:
    """Save the invalid and duplicate rows as an .xlsx laid out as the original, and give their number.

    What stands above the table comes along; a last column says the original row and the reason. Several files whose
    columns agree are laid out as the first one, others with the columns of all; the file and the row then have columns
    of their own. Mended, the file can be imported again. Rows that were left out by choice are not among them: imported
    again, hidden ones would be hidden no more. Raises :class:`~smsdesk.domain.errors.InputProblem` when it cannot be
    written.
    """
    tables = result.problems.tables
    first = tables.tables[0]
    if any(path.resolve() == table.path.resolve() for table in tables.tables):
        raise InputProblem(_ORIGINAL.fill(file=path.name))
    agree = all(table.layout.columns == first.layout.columns for table in tables.tables)
    above, header = _top(first) if agree else ([], tables.columns)
    added = [_REASON] if len(tables.tables) == 1 else [_FILE, _ROW, _REASON]
    named = [*header, *(words.text(language) for words in added)]
    rows = _rejects(result.problems, None if agree else header, language)
    return write_workbook(path, named, rows, above=above, title=_sheet_title(first.sheet))


def _rejects(problems: Problems, columns: Sequence[str] | None, language: Language) -> Iterator[list[str]]:
    """The refused rows with what is added to each; `columns` are names, None for those of each table as they are."""
    several = len(problems.tables.tables) > 1
    found = iter(problems)
    for part, first, end in problems.by_block():
        cells = [_cells(part.block, j) for j in _places(problems.tables, part.table, columns)]
        for index, problem in zip(range(first, end), found):  # noqa: B905 - the block's own, no more
            if problem.kind in _CHOSEN:
                continue
            place = problems.rows[index] - part.start
            reason = problem.reason if several else _ROW_AND_REASON.fill(line=problem.line, reason=problem.reason)
            where = [problem.file, str(problem.line)] if several else []
            yield [*(column[place] for column in cells), *where, reason.text(language)]


def _places(tables: Tables, number: int, columns: Sequence[str] | None) -> list[int | None]:
    """Where a table has these columns, by index; the number column goes by the name that it has in the first table."""
    names = tables.tables[number].layout.columns
    if columns is None:
        return list(range(len(names)))
    places = dict(zip(tables.fields, tables.sources(number), strict=True))
    return [tables.numbers[number] if name == tables.column else places[name] for name in columns]


def _cells(block: Block, column: int | None) -> list[str]:
    return [""] * len(block.lines) if column is None else block.cells(column)


def _top(table: Table) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """What stands above the header, and the header with names where it has none."""
    layout = table.layout
    top = [row.cells for row in table.sample(layout.first)]
    if layout.header_row is None:
        return top, layout.columns
    header = zip_longest(top[-1], layout.columns, fillvalue="")
    return top[:-1], tuple(cell or name for cell, name in header)


def _sheet_title(name: str) -> str:
    """A name that a workbook takes: a text file's name may be longer or hold other characters."""
    return re.sub(r"[\\/*?:\[\]']", " ", name)[:31].strip() or "Sheet1"
