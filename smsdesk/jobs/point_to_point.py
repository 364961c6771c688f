"""Files with a text of its own for each number: a sheet with a number and a content column, or `number#text` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.errors import Cancelled, InputProblem, Problem
from smsdesk.domain.lines import NO_CONTENT, SEPARATORS, UNUSUAL_END, ParsedLine, parse_lines, split_lines
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.text import has_line_break
from smsdesk.domain.words import Words
from smsdesk.jobs import importing
from smsdesk.jobs.news import Stop, Tell
from smsdesk.jobs.rendering import Line
from smsdesk.sheets.columns import SheetRow
from smsdesk.sheets.kinds import Kind, recognise
from smsdesk.sheets.problems import CannotRead
from smsdesk.sheets.table import Table
from smsdesk.sheets.text import find_form

_SHEET_ENDINGS = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".et")
_CONTENT_NAMES = re.compile(r"(短信|信息|消息|发送)?(内容|正文|文本)|content|text|message|sms", re.IGNORECASE)
_SAMPLE = 50
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Lines:
    """The messages of a file, and how many rows were left out as exact repeats of one before (number and text)."""

    lines: tuple[Line, ...]
    repeated: int


@dataclass(frozen=True, slots=True)
class Typed:
    """Files as text for the editor: all rows, the wrong ones as they stand, to be mended there.

    `joined` line breaks inside of cells became spaces. `problems` say why files are not among them.
    """

    text: str
    lines: int
    joined: int
    problems: Sequence[Words]


def read(
    path: Path,
    stop: Stop,
    tell: Tell,
    *,
    sheet: str | None = None,
    column: str | None = None,
    content_column: str | None = None,
    abroad: bool = False,
) -> Lines:
    """Read a point-to-point file. All of it must be right: a text to the wrong person is worse than none.

    A number may stand there again with another text. `column` and `content_column` are names or letters.
    Numbers from abroad are taken where `abroad` allows them.

    Raises:
        InputProblem: it cannot be read, or rows are wrong; the sentence names the first ten.
        Cancelled: `stop` was set.
    """
    text = None if sheet or column or content_column else _lines_text(path)
    if text is not None:
        parsed: Iterator[ParsedLine] = iter(parse_lines(text, abroad=abroad))
    else:
        table = importing.read_table(path, sheet=sheet, stop=stop, tell=tell)
        rows = _rows(table, column, content_column, stop)
        parsed = (one for row in rows for one in _row_lines(*row, abroad=abroad))
    return _checked(parsed)


def typed(paths: Sequence[Path], stop: Stop, tell: Tell, *, abroad: bool = False) -> Typed:
    """Read files for the editor.

    Raises:
        Cancelled: `stop` was set.
    """
    lines, joined, problems = list[str](), 0, list[Words]()
    for path in paths:
        try:
            more = _typed_rows(path, stop, tell, abroad=abroad)
        except Cancelled:
            raise
        except Problem as exc:
            problems.append(exc.words)
            continue
        for line in more:
            shown, breaks = _BREAK.subn(" ", line)
            lines.append(shown)
            joined += breaks
    return Typed("\n".join(lines), len(lines), joined, problems)


def _typed_rows(path: Path, stop: Stop, tell: Tell, *, abroad: bool) -> list[str]:
    text = _lines_text(path)
    if text is not None:
        return [line for line in split_lines(text) if line.strip()]
    table = importing.read_table(path, stop=stop, tell=tell)
    return [
        f"{one.mobile or _never_right(number)}#{content}"
        for line, number, content in _rows(table, None, None, stop)
        for one in _row_lines(line, number, content, abroad=abroad)
    ]


def _never_right(cell: str) -> str:
    """The number's cell of a wrong row: with a separator in it, the line could be a right one with another text."""
    return re.sub(f"[{SEPARATORS}]", "、", cell)


_BREAK = re.compile(rf"\r\n|[\r\n]|{UNUSUAL_END.pattern}")


def _checked(parsed: Iterator[ParsedLine]) -> Lines:
    kept: dict[tuple[str, str], Line] = {}
    wrong: list[tuple[int, Words]] = []
    repeated = 0
    for one in parsed:
        if one.mobile is None:
            wrong.append((one.number, one.problem or NO_CONTENT))
        elif has_line_break(one.content):
            wrong.append((one.number, _LINE_BREAK))
        elif (one.mobile, one.content) in kept:
            repeated += 1
        else:
            kept[one.mobile, one.content] = Line(one.mobile, one.content, one.number)
    if wrong:
        raise InputProblem(_wrong(wrong))
    return Lines(tuple(kept.values()), repeated)


_LINE_BREAK = Words("内容里不能换行，请改成空格。", "The text must not hold a line break; turn it into a space.")
_ROW = Words("第 {row} 行：{reason}", "Line {row}: {reason}")
_WRONG = Words("有 {n} 行不正确，没有发送任何短信。{rows}", "{n} lines are wrong; nothing was sent. {rows}")


def _wrong(wrong: list[tuple[int, Words]]) -> Words:
    rows = [_ROW.fill(row=row, reason=reason) for row, reason in wrong[:_NAMED]]
    more = " …" if len(wrong) > _NAMED else ""
    joined = Words("".join(row.zh for row in rows) + more, " ".join(row.en for row in rows) + more)
    return _WRONG.fill(n=len(wrong), rows=joined)


# -- files of lines ----------------------------------------------------------------------------------------


def _lines_text(path: Path) -> str | None:
    """The text of a file of `number#text` lines; None where it is a sheet, or cannot be read (the reader says why)."""
    if path.suffix.lower() in _SHEET_ENDINGS:
        return None
    try:
        if recognise(path) is not Kind.TEXT:
            return None
        encoding = find_form(path).encoding
        text = path.read_bytes().decode(encoding, errors="replace")  # read_text would turn a \r into a \n
    except (CannotRead, OSError):
        return None
    filled = (line for line in re.split(r"[\r\n]+", text) if line.strip())
    sample = parse_lines("\n".join(line for line, _ in zip(filled, range(_SAMPLE), strict=False)))
    right = sum(1 for line in sample if line.problem is None)
    header = sample[0].problem is Reason.NO_NUMBER.words if sample else False
    return text if right * 2 > len(sample) and not header else None


# -- sheets ------------------------------------------------------------------------------------------------


def _rows(table: Table, column: str | None, content_column: str | None, stop: Stop) -> Iterator[tuple[int, str, str]]:
    """Line, number and content of the rows that are not blank."""
    numbers = importing.column_of(table, column)
    contents = importing.column_of(table, content_column) if content_column else _guess_content(table, numbers)
    for block, start in zip(table.blocks, table.starts, strict=False):
        if stop.is_set():
            raise Cancelled
        skip = max(0, table.layout.first - start)
        cells = zip(block.lines, block.cells(numbers), block.cells(contents), strict=True)
        for place, (line, number, content) in enumerate(cells):
            if place >= skip and (number.strip() or content.strip()):
                yield line, number, content


def _row_lines(line: int, number: str, content: str, *, abroad: bool) -> Iterator[ParsedLine]:
    found = clean(number, abroad=abroad)
    if isinstance(found, Reason) or not found:
        reason = found if isinstance(found, Reason) else Reason.NO_NUMBER
        yield ParsedLine(line, None, content, reason.words)
    elif not content.strip():
        yield ParsedLine(line, None, content, NO_CONTENT)
    else:
        yield from (ParsedLine(line, mobile, content) for mobile in found)


def _guess_content(table: Table, numbers: int) -> int:
    """The column named like a text, else the one with the most text in its first rows.

    Raises:
        InputProblem: no column but the number's has anything in it.
    """
    names = table.layout.columns
    others = [j for j in range(len(names)) if j != numbers]
    rows = [row for row in table.sample() if row.line > (table.layout.header_row or 0)]
    lengths = {j: _length(rows, j) for j in others}
    named = [j for j in others if _CONTENT_NAMES.fullmatch(names[j].strip()) and lengths[j]]
    best = max(named or others, key=lambda j: lengths[j], default=None)
    if best is None or not lengths[best]:
        raise InputProblem(
            Words(
                "没有找到短信内容列，请指定。现有列：{columns}。",
                "No column looks like texts; name the one that has them. There are: {columns}.",
            ).fill(columns="、".join(names))
        )
    return best


def _length(rows: list[SheetRow], column: int) -> int:
    return sum(len(row.cells[column].strip()) for row in rows if column < len(row.cells))
