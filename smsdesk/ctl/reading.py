"""Options and progress of the commands that read recipient files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.progress import Step
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.mobile import Reason, single
from smsdesk.domain.words import Words
from smsdesk.jobs import importing
from smsdesk.jobs.importing import Import, Opening, RowsCleaned, RowsRead, Table
from smsdesk.jobs.news import Stop, Tell

Sheet = Annotated[str | None, typer.Option(metavar="NAME", help="Which sheet; else the first with numbers.")]
Column = Annotated[
    str | None, typer.Option(metavar="NAME|LETTER", help="The column with the numbers; else it is found by content.")
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Of a text file; else it is found by content.")]
Separator = Annotated[
    str | None, typer.Option(metavar="CHARACTER", help="Between a text file's cells, or 'tab'; else found by content.")
]
HeaderRow = Annotated[
    str | None, typer.Option(metavar="N|none", help="The row with the columns' names; else it is found by content.")
]
VisibleOnly = Annotated[
    bool, typer.Option("--visible-only", help="Leave out rows that are hidden or filtered out in the spreadsheet.")
]

_OPENING = Words("正在打开 {file}", "Opening {file}")
_READING = Words("正在读取 {file}", "Reading {file}")
_CLEANING = Words("正在检查号码", "Checking numbers")


@dataclass(frozen=True)
class How:
    """How files are to be read, as the call says it; None is found by content."""

    sheet: str | None = None
    column: str | None = None
    header_row: str | None = None
    encoding: str | None = None
    separator: str | None = None
    visible_only: bool = False


def read(
    files: Sequence[Path],
    how: How,
    stop: Stop,
    tell: Tell,
    *,
    abroad: bool,
    lists: Sequence[Table] = (),
    without: Sequence[Table] = (),
) -> Import:
    """Read files as one list, with further `lists`, and clean their numbers; those in `without` are left out.

    Raises:
        InputProblem: a file cannot be read, or has no such sheet, header row or column.
        Cancelled: `stop` was set.
    """
    separator = _SEPARATORS.get(how.separator or "", how.separator)
    if separator is not None and len(separator) != 1:
        raise InputProblem(_NO_SEPARATOR.fill(given=separator))
    tables = [
        importing.read_table(file, sheet=how.sheet, encoding=how.encoding, separator=separator, stop=stop, tell=tell)
        for file in files
    ]
    if how.header_row is not None:
        row = _row(how.header_row)
        tables = [table.with_header(row) for table in tables]
    if how.column is not None:
        tables = [table.with_column(importing.column_of(table, how.column)) for table in tables]
    return importing.recipients(
        [*tables, *lists], without=without, visible_only=how.visible_only, abroad=abroad, stop=stop, tell=tell
    )


_SEPARATORS = {"tab": "\t", "\\t": "\t"}
_NO_SEPARATOR = Words(
    "分隔符应是一个字符，或 tab，而不是“{given}”。", "A separator is one character, or tab, and not '{given}'."
)
_NO_ROW = Words(
    "--header-row 应是行号，没有表头时写 none，而不是“{given}”。",
    "--header-row takes a row number, or none where there is no header, and not '{given}'.",
)


def _row(given: str) -> int | None:
    if given.strip().lower() == "none":
        return None
    if not (given.isascii() and given.isdigit()):
        raise InputProblem(_NO_ROW.fill(given=given))
    return int(given)


def read_step(news: object) -> Step | None:
    """How far the reading of a file is."""
    match news:
        case Opening(file):
            return Step(_OPENING.fill(file=file), 0, None)
        case RowsRead(file, _, rows, of):
            return Step(_READING.fill(file=file), rows, of)
        case RowsCleaned(_, rows, of):
            return Step(_CLEANING, rows, of)
    return None


def numbers_of(texts: Iterable[str], *, abroad: bool) -> list[str]:
    """The numbers that were typed, divided by commas and the like, each once; from abroad where `abroad` allows them.

    Raises:
        InputProblem: some are none; the sentence names them.
    """
    given = [part.strip() for text in texts for part in re.split(r"[,，;；、\n]", text) if part.strip()]
    found: dict[str, None] = {}
    wrong: list[Words] = []
    for text in given:
        mobile = single(text, abroad=abroad)
        if isinstance(mobile, Reason):
            wrong.append(_WRONG.fill(it=text, reason=mobile.words))
        else:
            found[mobile] = None
    if wrong:
        shown = wrong[:10]
        raise InputProblem(Words("".join(one.zh for one in shown), " ".join(one.en for one in shown)))
    if not found:
        raise InputProblem(Words("没有号码。", "There is no number."))
    return list(found)


_WRONG = Words("“{it}”：{reason}", "'{it}': {reason}")


def body(text: str | None, file: Path | None) -> str:
    """The text of a message: as it is given, or out of a file.

    Raises:
        InputProblem: neither is given, or both; or the file cannot be read.
    """
    if (text is None) == (file is None):
        raise InputProblem(_ONE_TEXT)
    if file is None:
        return text or ""
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        why = Words("不是 UTF-8 文本", "it is not UTF-8") if isinstance(exc, UnicodeDecodeError) else exc.strerror
        raise InputProblem(_UNREADABLE.fill(file=file, why=why)) from None
    return content.replace("\r\n", "\n").removesuffix("\n")


_ONE_TEXT = Words("请用 --text 或 --text-file 之一给出内容。", "Give either --text or --text-file.")
_UNREADABLE = Words("无法读取“{file}”：{why}。", "'{file}' cannot be read: {why}.")
