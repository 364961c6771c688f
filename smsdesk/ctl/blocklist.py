"""`blocklist add`, `remove`, `list`, `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import opened
from smsdesk.ctl.progress import Progress
from smsdesk.ctl.reading import Column, Encoding, Sheet, numbers_of, read_step
from smsdesk.ctl.shown import iso
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.chinatime import written
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, importing

Numbers = Annotated[list[str], typer.Argument(metavar="N…", help="Mobile numbers.")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    blocked = group("Numbers that get nothing.")
    blocked.command("add")(add)
    blocked.command("remove")(remove)
    blocked.command("list")(list_)
    blocked.command("import")(import_)
    app.add_typer(blocked, name="blocklist")


@command
def add(call: Call, numbers: Numbers, reason: Reason = None) -> int:
    """Put numbers on the blocklist. Nothing is put there if one of them is wrong."""
    mobiles = numbers_of(numbers, abroad=True)
    with opened(call) as desk:
        added = blocklist.add(desk, mobiles, _reason(reason))
    if call.as_json:
        call.out.document({"blocked": added.blocked, "already": added.already})
    else:
        call.out.line(_ADDED.fill(blocked=added.blocked, already=added.already))
    return 0


_ADDED = Words("新加入 {blocked} 个，原已在黑名单 {already} 个", "{blocked} blocked, {already} were blocked already")
_LEFT_OUT = Words("{invalid} 行号码无效，未加入。", "{invalid} invalid rows are left out.")


def _reason(reason: str | None) -> Words:
    return Words(reason, reason) if reason else blocklist.BY_HAND


@command
def remove(call: Call, numbers: Numbers) -> int:
    """Take numbers off the blocklist."""
    mobiles = numbers_of(numbers, abroad=True)
    with opened(call) as desk:
        removed = blocklist.remove(desk, mobiles)
    if call.as_json:
        call.out.document({"removed": removed, "absent": len(mobiles) - removed})
    else:
        call.out.line(_REMOVED.fill(removed=removed, absent=len(mobiles) - removed))
    return 0


_REMOVED = Words("移出 {removed} 个，原不在黑名单 {absent} 个", "{removed} removed, {absent} were not on it")


@command
def list_(call: Call) -> int:
    """The blocklist, the newest first."""
    with opened(call) as desk:
        every = blocklist.every(desk)
    if call.as_json:
        items = (
            {
                "mobile": one.mobile,
                "reason": one.reason.text(call.language),
                "added_at": iso(one.added_at),
                "from_reply": one.from_reply,
            }
            for one in every
        )
        call.out.list_document("blocklist", items)
    else:
        rows = ((one.mobile, written(one.added_at), one.reason.text(call.language)) for one in every)
        call.out.table((Words("手机号", "Mobile"), Words("加入时间", "Added"), Words("原因", "Reason")), rows)
    return 0


@command
def import_(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook or a text file.")],
    sheet: Sheet = None,
    column: Column = None,
    encoding: Encoding = None,
    reason: Reason = None,
) -> int:
    """Put the numbers of a file on the blocklist. Rows without a right number are left out, and counted."""
    with opened(call) as desk, stopping() as stop, Progress(call.out, read_step) as tell:
        table = importing.read_table(file, sheet=sheet, encoding=encoding, stop=stop, tell=tell)
        found = importing.recipients(table, column, abroad=True, stop=stop, tell=tell)
        added = blocklist.add(desk, found.recipients.mobiles(), _reason(reason))
    if call.as_json:
        call.out.document(
            {
                "blocked": added.blocked,
                "already": added.already,
                "rows": found.rows,
                "invalid": found.invalid,
                "duplicates": found.duplicates,
            }
        )
    else:
        call.out.line(_ADDED.fill(blocked=added.blocked, already=added.already))
    if found.invalid:
        call.out.say(_LEFT_OUT.fill(invalid=found.invalid))
    return 0
