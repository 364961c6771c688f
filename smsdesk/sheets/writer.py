"""Workbooks and CSV files out: text stays text, whatever a cell begins with.

Both are written to a file beside the target, which then takes its place: what was there stays whole until
the new one is.
"""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

# What a spreadsheet program may run when it opens a CSV file; a plain number is harmless.
_FORMULA: Final = re.compile(r"[=+\-@\t\r＝＋－＠]")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*")
_CANNOT_WRITE: Final = Words(
    "无法写入“{file}”：{detail}。如果它正在表格软件中打开，请先关闭，或换一个位置。",
    "“{file}” cannot be written: {detail}. If it is open in a spreadsheet program, close it, or choose another place.",
)
_NO_FILE: Final = Words(
    "“{file}”不是文件，不能写入，请换一个位置。", "“{file}” is not a file and cannot be written; choose another place."
)


def write_workbook(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    above: Iterable[Sequence[str]] = (),
    title: str = "Sheet1",
) -> int:
    """Write an .xlsx of text cells and give the number of rows below the header.

    The header is bold and stays in sight; rows `above` it are for titles. Raises
    :class:`~smsdesk.domain.errors.InputProblem` when the file cannot be written or is too long for a sheet.
    """
    from smsdesk.sheets import xlsx  # noqa: PLC0415 - openpyxl takes a tenth of a second that no start should wait for

    with _replacing(path) as temporary, temporary.open("wb") as file:
        return xlsx.save(file, header, rows, above=list(above), title=title)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file in UTF-8 with a byte order mark (Excel needs it) and give the number of rows below the header.

    A cell that a spreadsheet program would run as a formula gets an apostrophe before it. Raises
    :class:`~smsdesk.domain.errors.InputProblem` when the file cannot be written.
    """
    with _replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(map(defused, header))
        count = 0
        for row in rows:
            writer.writerow(map(defused, row))
            count += 1
    return count


def defused(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet program would run it as a formula."""
    if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place when all went well, and is gone when not."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    if path.exists() and not path.is_file():  # a device must not be replaced by a file
        raise InputProblem(_NO_FILE.fill(file=path.name))
    try:
        yield temporary
        os.replace(temporary, path)  # noqa: PTH105 - Path.replace says the same
    except OSError as error:
        raise InputProblem(_CANNOT_WRITE.fill(file=path.name, detail=error.strerror or error)) from error
    finally:
        temporary.unlink(missing_ok=True)
