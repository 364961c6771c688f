"""`raw list`, `retry`, `save`, `aside`: answers of the gateway that could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import opened
from smsdesk.ctl.shown import iso
from smsdesk.domain.chinatime import written
from smsdesk.domain.words import Words
from smsdesk.jobs import raw_answers

Ids = Annotated[list[int] | None, typer.Argument(metavar="[ID…]", help="Which; all if none is named.")]
Id = Annotated[int, typer.Argument(metavar="ID", help="As `raw list` names it.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    raw = group("Answers of the gateway that could not be read.")
    raw.command("list")(list_)
    raw.command("retry")(retry)
    raw.command("save")(save)
    raw.command("aside")(aside)
    app.add_typer(raw, name="raw")


_COLUMNS = (
    Words("编号", "Id"),
    Words("账号", "Account"),
    Words("来源", "From"),
    Words("收到时间", "Received"),
    Words("字节", "Bytes"),
    Words("原因", "Why"),
)


@command
def list_(call: Call) -> int:
    """Those that are not set aside, the last first. Exit status 1 where there are some."""
    with opened(call) as desk:
        found = raw_answers.every(desk)
    if call.as_json:
        call.out.list_document(
            "raw",
            (
                {
                    "id": one.id,
                    "account": one.account,
                    "source": one.source,
                    "received_at": iso(one.received_at),
                    "size": one.size,
                    "reason": one.why.text(call.language),
                }
                for one in found
            ),
        )
    else:
        rows = (
            (
                str(one.id),
                one.account,
                raw_answers.SOURCES[one.source].text(call.language),
                written(one.received_at),
                str(one.size),
                one.why.text(call.language),
            )
            for one in found
        )
        call.out.table(_COLUMNS, rows)
    return int(bool(found))


@command
def retry(call: Call, ids: Ids = None) -> int:
    """Read them anew, after an update of the program for example. Exit status 1 where some still cannot be read."""
    with opened(call) as desk:
        came = raw_answers.retry(desk, ids or [one.id for one in raw_answers.every(desk)])
        left = raw_answers.count(desk)
    if call.as_json:
        call.out.document({"reports": came.reports, "replies": came.replies, "left": left})
    else:
        call.out.line(_TRIED.fill(reports=came.reports, replies=came.replies, left=left))
    return int(left > 0)


_TRIED = Words(
    "状态报告 {reports} 条，回复 {replies} 条；仍无法读取的应答 {left} 个",
    "{reports} reports and {replies} replies have come in; {left} answers still cannot be read",
)


@command
def save(
    call: Call, raw_id: Id, file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")]
) -> int:
    """Write one to a file as it came, for the gateway's support."""
    with opened(call) as desk:
        size = raw_answers.save(desk, raw_id, file)
    if call.as_json:
        call.out.document({"size": size, "file": str(file)})
    else:
        call.out.line(Words("已保存 {n} 字节到 {file}", "{n} bytes saved as {file}").fill(n=size, file=file))
    return 0


@command
def aside(
    call: Call, ids: Annotated[list[int], typer.Argument(metavar="ID…", help="As `raw list` names them.")]
) -> int:
    """Show them no more; they stay in the store."""
    with opened(call) as desk:
        raw_answers.set_aside(desk, ids)
        left = raw_answers.count(desk)
    if call.as_json:
        call.out.document({"left": left})
    else:
        call.out.line(
            Words("还有 {left} 个无法读取的应答", "{left} answers that could not be read are left").fill(left=left)
        )
    return 0
