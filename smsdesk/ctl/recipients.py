"""`recipients`: read and clean files. It needs no store, and makes none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.output import Output
from smsdesk.ctl.progress import Progress
from smsdesk.ctl.reading import Column, Encoding, HeaderRow, How, Separator, Sheet, VisibleOnly, read, read_step
from smsdesk.ctl.shown import Json
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.recipient import Recipient, RowProblem
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.importing import Counts, Import, Part
from smsdesk.jobs.rejects import save_rejects

_PROBLEMS = 1_000
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("recipients")(recipients)


@command
def recipients(
    call: Call,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Workbooks or text files, read as one list.")],
    sheet: Sheet = None,
    column: Column = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    separator: Separator = None,
    visible_only: VisibleOnly = False,
    abroad: Annotated[bool, typer.Option("--abroad", help="Let numbers from abroad through.")] = False,
    rejects: Annotated[
        Path | None, typer.Option(metavar="OUT.xlsx", help="Save the refused rows there, with the reason.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="The recipients too.")] = False,
    all_problems: Annotated[bool, typer.Option("--all-problems", help="All problems, not the first 1,000.")] = False,
) -> int:
    """Read and clean recipient files. Nothing is sent."""
    how = How(sheet, column, header_row, encoding, separator, visible_only)
    with stopping() as stop, Progress(call.out, read_step) as tell:
        found = read(files, how, stop, tell, abroad=abroad)
        saved = save_rejects(found, rejects, language=call.language) if rejects else None
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
    parts = [_part_json(part, language) for part in found.parts]
    document: Json = {**parts[0], "columns": list(found.columns), **_counts_json(found)}
    del document["file"]
    if len(parts) > 1:
        document["files"] = parts
    most = None if all_problems else _PROBLEMS
    document["problems"] = [_problem_json(one, language) for one in _some(found.problems, most)]
    if listed:
        document["recipients"] = [
            _with_file({"row": one.line, "mobile": one.mobile, "fields": dict(one.fields)}, one.file)
            for one in found.recipients
        ]
    return document


def _part_json(part: Part, language: Language) -> Json:
    return {
        "file": str(part.path),
        "sheet": part.sheet,
        "sheets": [{"name": sheet.name, "hidden": sheet.hidden} for sheet in part.sheets],
        "encoding": part.encoding,
        "separator": part.separator,
        "header_row": part.header_row,
        "column": part.column,
        "why": part.why.text(language),
        **_counts_json(part),
    }


def _counts_json(counts: Counts) -> Json:
    return {one.name: getattr(counts, one.name) for one in fields(Counts)}


def _problem_json(one: RowProblem, language: Language) -> Json:
    problem: Json = {
        "kind": one.kind.value,
        "row": one.line,
        "cell": one.cell,
        "value": one.value,
        "reason": one.reason.text(language),
    }
    if one.mobile is not None:
        problem["mobile"] = one.mobile
    if one.first_line is not None:
        problem["first_row"] = one.first_line
    if one.first_file:
        problem["first_file"] = one.first_file
    return _with_file(problem, one.file)


def _with_file(document: Json, file: str) -> Json:
    """A row says its file only where there are several."""
    return {"file": file, **document} if file else document


def _some(problems: Iterable[RowProblem], most: int | None) -> Iterable[RowProblem]:
    return islice(problems, most)


_SAVED = Words("{n} 行有问题的数据已保存到 {file}。", "{n} refused rows are saved in {file}.")
_READ = Words(
    "{file}：工作表“{sheet}”，号码列“{column}”：共 {rows} 行，有效 {valid}，无效 {invalid}，重复 {duplicates}，"
    "空白 {blank}",
    "{file}: sheet '{sheet}', column '{column}': {rows} rows, {valid} valid, {invalid} invalid, {duplicates} "
    "duplicates, {blank} blank",
)
_ALL = Words(
    "合计：共 {rows} 行，有效 {valid}，无效 {invalid}，重复 {duplicates}，空白 {blank}",
    "In all: {rows} rows, {valid} valid, {invalid} invalid, {duplicates} duplicates, {blank} blank",
)
_HIDDEN = Words(
    "其中 {n} 行在表格中被隐藏或筛选掉，已一并导入；不需要请加 --visible-only。",
    "{n} of them are hidden or filtered out in the spreadsheet, and are included; --visible-only leaves them out.",
)
_SKIPPED = Words(
    "另有 {n} 行在表格中被隐藏或筛选掉，未导入。",
    "{n} more are hidden or filtered out in the spreadsheet, and left out.",
)
_MORE = Words("……还有 {n} 行，用 --all-problems 查看全部。", "… and {n} more; --all-problems shows them all.")
_FILE = Words("文件", "File")
_PROBLEM_COLUMNS = (Words("行", "Row"), Words("内容", "Value"), Words("原因", "Reason"))
_RECIPIENT_COLUMNS = (Words("行", "Row"), Words("手机号", "Mobile"), Words("其他列", "Other columns"))


def _show(out: Output, found: Import, *, all_problems: bool, listed: bool) -> None:
    for part in found.parts:
        out.line(_READ.fill(file=part.path.name, sheet=part.sheet, column=part.column, **_counts_json(part)))
    several = len(found.parts) > 1
    if several:
        out.line(_ALL.fill(**_counts_json(found)))
    if found.hidden:
        out.line(_SKIPPED.fill(n=found.skipped) if found.skipped else _HIDDEN.fill(n=found.hidden))
    shown = len(found.problems) if all_problems else min(_SHOWN, len(found.problems))
    first = (_FILE,) if several else ()
    if shown:
        rows = (
            (*([one.file] if several else []), str(one.line), one.value, one.reason.text(out.language))
            for one in _some(found.problems, shown)
        )
        out.table((*first, *_PROBLEM_COLUMNS), rows)
    if shown < len(found.problems):
        out.line(_MORE.fill(n=len(found.problems) - shown))
    if listed:
        out.table(
            (*first, *_RECIPIENT_COLUMNS),
            ((*([one.file] if several else []), *_recipient_row(one)) for one in found.recipients),
        )


def _recipient_row(one: Recipient) -> tuple[str, str, str]:
    return str(one.line), one.mobile, " ".join(f"{name}={text}" for name, text in one.fields.items() if text)
