"""Workbooks and CSV files out: text stays text, whatever a cell begins with.

Both are written to a file beside the target, which then takes its place: what was there stays whole until
the new one is.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words

# What a spreadsheet program may run when it opens a CSV file (OWASP, 'CSV Injection'); a plain number is harmless, and
# `+8613800000000` has to stay one. What has apostrophes before such a character gets one more, so that taking one away
# always gives the text that was there: `sheets.text` does so.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*")
_CANNOT_WRITE: Final = Words(
    "无法写入“{file}”：{detail}。请换一个位置。", "“{file}” cannot be written: {detail}. Choose another place."
)
_FULL: Final = Words(
    "磁盘已满，“{file}”没有保存。请先腾出空间，或换一个位置。",
    "The disk is full, and “{file}” is not saved. Make room, or choose another place.",
)
_IN_USE: Final = Words(
    "无法写入“{file}”：文件正被占用或没有写入权限。如果它正在表格软件中打开，请先关闭，或换一个位置。",
    "“{file}” cannot be written: it is in use, or you may not write there. If it is open in a spreadsheet program, "
    "close it, or choose another place.",
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
    check: Callable[[], None] = lambda: None,
) -> int:
    """Write an .xlsx of text cells and give the number of rows below the header.

    The header is bold, stays in sight and filters; rows `above` it are for titles. What is more than a sheet takes goes
    on on a further one. `check` is called at times while the file is packed, after the last row; what it or `rows`
    raise leaves nothing behind. Raises :class:`~smsdesk.domain.errors.InputProblem` when the file cannot be written.
    """
    from smsdesk.sheets import xlsx  # noqa: PLC0415 - openpyxl takes a tenth of a second that no start should wait for

    with replacing(path) as temporary, io.BufferedWriter(_Checked(temporary, check), _PIECE) as file:
        return xlsx.save(file, header, rows, above=list(above), title=title)


_PIECE: Final = 1 << 18


class _Checked(io.FileIO):
    """A new file that asks `check` before each piece that is written."""

    def __init__(self, path: Path, check: Callable[[], None]):
        super().__init__(path, "w")
        self._check = check

    def write(self, piece: Any, /) -> int:
        """See :class:`io.FileIO`."""
        self._check()
        return super().write(piece)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file in UTF-8 with a byte order mark (Excel needs it) and give the number of rows below the header.

    A cell that a spreadsheet program would run as a formula gets an apostrophe before it. Raises
    :class:`~smsdesk.domain.errors.InputProblem` when the file cannot be written.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
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
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place when all went well, and is gone when not.

    Raises:
        InputProblem: it cannot be written; the sentence says why.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    if path.exists() and not path.is_file():  # a device must not be replaced by a file
        raise InputProblem(_NO_FILE.fill(file=path.name))
    try:
        yield temporary
        os.replace(temporary, path)  # noqa: PTH105 - Path.replace says the same
    except OSError as error:
        raise InputProblem(_why(error).fill(file=path.name, detail=error.strerror or error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _why(error: OSError) -> Words:
    match error.errno:
        case errno.ENOSPC | errno.EFBIG:
            return _FULL
        case errno.EACCES | errno.EPERM | errno.EBUSY:
            return _IN_USE
    return _CANNOT_WRITE
