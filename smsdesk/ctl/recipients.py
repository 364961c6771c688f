"""`recipients`: read and clean a file. It needs no store, and makes none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.output import Output
from smsdesk.ctl.progress import Progress
from smsdesk.ctl.reading import Column, Encoding, Sheet, read_step
from smsdesk.ctl.shown import Json
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.recipient import Recipient, RowProblem
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import importing
from smsdesk.jobs.importing import Import
from smsdesk.sheets.columns import letter

_PROBLEMS = 1_000
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("recipients")(recipients)


@command
def recipients(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook or a text file.")],
    sheet: Sheet = None,
    column: Column = None,
    encoding: Encoding = None,
    rejects: Annotated[
        Path | None, typer.Option(metavar="OUT.xlsx", help="Save the refused rows there, with the reason.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="The recipients too.")] = False,
    all_problems: Annotated[bool, typer.Option("--all-problems", help="All problems, not the first 1,000.")] = False,
) -> int:
    """Read and clean a recipient file. Nothing is sent."""
    with stopping() as stop, Progress(call.out, read_step) as tell:
        table = importing.read_table(file, sheet=sheet, encoding=encoding, stop=stop, tell=tell)
        found = importing.recipients(table, column, stop=stop, tell=tell)
        saved = importing.save_rejects(table, found, rejects, language=call.language) if rejects else None
    if call.as_json:
        document = _json(found, call.language, all_problems=all_problems, listed=list_)
        if saved is not None:
            document["rejects"] = {"rows": saved, "file": str(rejects)}
        call.out.document(document)
    else:
        _show(call.out, found, all_problems=all_problems, listed=list_)
        if saved is not None:
            call.out.line(_SAVED.fill(n=saved, file=rejects))
    return 0


def _json(found: Import, language: Language, *, all_problems: bool, listed: bool) -> Json:
    index = letter(found.columns.index(found.column))
    document: Json = {
        "sheet": found.sheet,
        "header_row": found.header_row,
        "column": found.column,
        "columns": list(found.columns),
        "rows": found.rows,
        "valid": found.valid,
        "invalid": found.invalid,
        "duplicates": found.duplicates,
        "blank": found.blank,
        "skipped": 0,  # every row of the sheet is read
        "repeated": found.repeated,
        "problems": [
            _problem_json(one, index, language) for one in _some(found.problems, None if all_problems else _PROBLEMS)
        ],
    }
    if listed:
        document["recipients"] = [
            {"row": one.line, "mobile": one.mobile, "fields": dict(one.fields)} for one in found.recipients
        ]
    return document


def _problem_json(one: RowProblem, column: str, language: Language) -> Json:
    problem: Json = {
        "kind": one.kind.value,
        "row": one.line,
        "cell": f"{column}{one.line}",
        "value": one.value,
        "reason": one.reason.text(language),
    }
    if one.mobile is not None:
        problem["mobile"] = one.mobile
    if one.first_line is not None:
        problem["first_row"] = one.first_line
    return problem


def _some(problems: Iterable[RowProblem], most: int | None) -> Iterable[RowProblem]:
    return islice(problems, most)


_SAVED = Words("{n} 行有问题的数据已保存到 {file}。", "{n} refused rows are saved in {file}.")
_READ = Words(
    "工作表“{sheet}”，号码列“{column}”：共 {rows} 行，有效 {valid}，无效 {invalid}，重复 {duplicates}，空白 {blank}",
    "Sheet '{sheet}', column '{column}': {rows} rows, {valid} valid, {invalid} invalid, {duplicates} duplicates, "
    "{blank} blank",
)
_MORE = Words("……还有 {n} 行，用 --all-problems 查看全部。", "… and {n} more; --all-problems shows them all.")
_PROBLEM_COLUMNS = (Words("行", "Row"), Words("内容", "Value"), Words("原因", "Reason"))
_RECIPIENT_COLUMNS = (Words("行", "Row"), Words("手机号", "Mobile"), Words("其他列", "Other columns"))


def _show(out: Output, found: Import, *, all_problems: bool, listed: bool) -> None:
    out.line(
        _READ.fill(
            sheet=found.sheet,
            column=found.column,
            rows=found.rows,
            valid=found.valid,
            invalid=found.invalid,
            duplicates=found.duplicates,
            blank=found.blank,
        )
    )
    shown = len(found.problems) if all_problems else min(_SHOWN, len(found.problems))
    if shown:
        rows = ((str(one.line), one.value, one.reason.text(out.language)) for one in _some(found.problems, shown))
        out.table(_PROBLEM_COLUMNS, rows)
    if shown < len(found.problems):
        out.line(_MORE.fill(n=len(found.problems) - shown))
    if listed:
        out.table(_RECIPIENT_COLUMNS, map(_recipient_row, found.recipients))


def _recipient_row(one: Recipient) -> tuple[str, str, str]:
    return str(one.line), one.mobile, " ".join(f"{name}={text}" for name, text in one.fields.items() if text)
