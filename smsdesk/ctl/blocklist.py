"""`blocklist add`, `remove`, `list`, `import`, `export`, `campaign`, `words`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.campaigns import CampaignId
from smsdesk.ctl.exporting import Out, save
from smsdesk.ctl.opening import opened
from smsdesk.ctl.output import Output
from smsdesk.ctl.progress import Progress
from smsdesk.ctl.reading import Column, Encoding, Sheet, numbers_of, read_step
from smsdesk.ctl.shown import Json, iso
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.chinatime import written
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import blocklist, campaigns, importing, tables_out
from smsdesk.jobs.blocklist import Added, Blocked

Numbers = Annotated[list[str], typer.Argument(metavar="N…", help="Mobile numbers.")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    blocked = group("Numbers that get nothing.")
    blocked.command("add")(add)
    blocked.command("remove")(remove)
    blocked.command("list")(list_)
    blocked.command("import")(import_)
    blocked.command("export")(export)
    blocked.command("campaign")(campaign)
    blocked.command("words")(words)
    app.add_typer(blocked, name="blocklist")


@command
def add(call: Call, numbers: Numbers, reason: Reason = None) -> int:
    """Put numbers on the blocklist. Nothing is put there if one of them is wrong."""
    mobiles = numbers_of(numbers, abroad=True)
    with opened(call) as desk:
        added = blocklist.add(desk, mobiles, _reason(reason))
    return _show_added(call.out, added)


def _show_added(out: Output, added: Added, **more: int) -> int:
    if out.as_json:
        out.document({"blocked": added.blocked, "already": added.already, **more})
    else:
        out.line(_ADDED.fill(blocked=added.blocked, already=added.already))
    return 0


_ADDED = Words("新加入 {blocked} 个，原已在黑名单 {already} 个", "{blocked} blocked, {already} were blocked already")
_LEFT_OUT = Words("{invalid} 行号码无效，未加入。", "{invalid} invalid rows are left out.")


def _reason(reason: str | None) -> Words:
    return Words(reason, reason) if reason else blocklist.BY_HAND


@command
def remove(call: Call, numbers: Numbers, reason: Reason = None) -> int:
    """Take numbers off the blocklist. Who did so, when and why is remembered."""
    mobiles = numbers_of(numbers, abroad=True)
    with opened(call) as desk:
        removed = blocklist.remove(desk, mobiles, reason or "")
    if call.as_json:
        call.out.document({"removed": removed, "absent": len(mobiles) - removed})
    else:
        call.out.line(_REMOVED.fill(removed=removed, absent=len(mobiles) - removed))
    return 0


_REMOVED = Words("移出 {removed} 个，原不在黑名单 {absent} 个", "{removed} removed, {absent} were not on it")


@command
def list_(
    call: Call,
    removed: Annotated[bool, typer.Option("--removed", help="Those who were taken off, instead.")] = False,
) -> int:
    """The blocklist, the newest first."""
    with opened(call) as desk:
        every = blocklist.every(desk, former=removed)
        if call.as_json:
            call.out.list_document("blocklist", (_blocked_json(one, call.language) for one in every))
        else:
            call.out.table(_COLUMNS, (_row(one, call.language) for one in every))
    return 0


_COLUMNS = (
    Words("手机号", "Mobile"),
    Words("加入时间", "Added"),
    Words("操作人", "By"),
    Words("原因", "Reason"),
    Words("回复内容", "Reply"),
)


def _blocked_json(one: Blocked, language: Language) -> Json:
    document: Json = {
        "mobile": one.mobile,
        "reason": one.reason.text(language),
        "added_at": iso(one.added_at),
        "added_by": one.added_by,
        "from_reply": one.from_reply,
        "reply": one.reply,
    }
    if one.removed_at:
        document |= {
            "removed_at": iso(one.removed_at),
            "removed_by": one.removed_by,
            "removed_why": one.removed_why,
        }
    return document


def _row(one: Blocked, language: Language) -> tuple[str, ...]:
    return one.mobile, written(one.added_at), one.added_by, one.reason.text(language), one.reply or ""


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
        added = blocklist.add(desk, found.recipients.mobiles(), _reason(reason), stop)
    if found.invalid:
        call.out.say(_LEFT_OUT.fill(invalid=found.invalid))
    return _show_added(call.out, added, rows=found.rows, invalid=found.invalid, duplicates=found.duplicates)


@command
def export(call: Call, out: Out) -> int:
    """Save the blocklist as a workbook or a CSV file."""
    return save(call, out, tables_out.save_blocklist)


@command
def campaign(call: Call, campaign: CampaignId) -> int:
    """Put all people of a campaign on the blocklist."""
    with opened(call) as desk, stopping() as stop, Progress(call.out, read_step) as tell:
        added = blocklist.add_campaign(desk, campaigns.get(desk, campaign), stop, tell)
    return _show_added(call.out, added)


@command
def words(
    call: Call,
    add: Annotated[list[str] | None, typer.Option(metavar="WORD", help="May be given several times.")] = None,
    remove: Annotated[list[str] | None, typer.Option(metavar="WORD", help="May be given several times.")] = None,
) -> int:
    """The replies that put their sender on the blocklist. Who has replied an added one before is put there, too."""
    with opened(call) as desk:
        changed = blocklist.change_words(desk, add or (), remove or ()) if add or remove else 0
        known = blocklist.words(desk)
    if call.as_json:
        call.out.document({"words": known, "opted_out": changed})
    else:
        call.out.line(Words(*("、".join(known),) * 2))
        if changed:
            call.out.say(_EARLIER.fill(n=changed))
    return 0


_EARLIER = Words(
    "以前回复过这些词的 {n} 个号码已加入黑名单。", "{n} numbers that have replied so before are on the blocklist now."
)
