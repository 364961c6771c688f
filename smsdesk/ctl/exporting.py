"""`export campaigns`, `campaign`, `reports`, `replies`, `people`, `blocklist`, `balance`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.campaigns import CampaignId, StateWord
from smsdesk.ctl.inbox import OfCampaign, OfMobile, Since, filter_of
from smsdesk.ctl.opening import opened
from smsdesk.ctl.people import GroupName
from smsdesk.ctl.progress import Progress, Step
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.message import State
from smsdesk.domain.words import Words
from smsdesk.jobs import people as jobs_people
from smsdesk.jobs import tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Exporting, Target

Out = Annotated[Path, typer.Argument(metavar="OUT", help="An .xlsx or .csv file; one that is there is replaced.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    export = group("Save a table as a workbook or a CSV file.")
    export.command("campaigns")(campaigns)
    export.command("campaign")(campaign)
    export.command("reports")(reports)
    export.command("replies")(replies)
    export.command("people")(people)
    export.command("blocklist")(blocklist)
    export.command("balance")(balance)
    app.add_typer(export, name="export")


def save(call: Call, out: Path, job: Callable[[Desk, Target], int]) -> int:
    """Save a table, show how far it is, and say how many rows are in which file then."""
    with opened(call) as desk, stopping() as stop, Progress(call.out, _step) as tell:
        rows = job(desk, Target(out, call.language, stop, tell))
    if call.as_json:
        call.out.document({"rows": rows, "file": str(out)})
    else:
        call.out.line(_SAVED.fill(n=rows, file=out))
    return 0


_SAVED = Words("{n} 行已保存到 {file}。", "{n} rows are saved in {file}.")
_WRITING = Words("正在导出", "Exporting")


def _step(news: object) -> Step | None:
    return Step(_WRITING, news.done, news.total) if isinstance(news, Exporting) else None


@command
def campaigns(call: Call, out: Out) -> int:
    """All campaigns with their counts."""
    return save(call, out, tables_out.save_campaigns)


@command
def campaign(
    call: Call,
    campaign: CampaignId,
    out: Out,
    state: Annotated[StateWord | None, typer.Option(help="Those in one state only.")] = None,
) -> int:
    """Every message of a campaign, and what became of it."""
    only = State[state.name] if state else None
    return save(call, out, lambda desk, target: tables_out.save_messages(desk, target, campaign, only))


@command
def reports(call: Call, out: Out, of: OfCampaign = None, mobile: OfMobile = None, since: Since = None) -> int:
    """Status reports that came in."""
    only = filter_of(of, mobile, since)
    return save(call, out, lambda desk, target: tables_out.save_reports(desk, target, only))


@command
def replies(call: Call, out: Out, of: OfCampaign = None, mobile: OfMobile = None, since: Since = None) -> int:
    """Replies that came in."""
    only = filter_of(of, mobile, since)
    return save(call, out, lambda desk, target: tables_out.save_replies(desk, target, only))


@command
def people(call: Call, out: Out, of: GroupName = None) -> int:
    """The address book, or a group of it."""

    def job(desk: Desk, target: Target) -> int:
        group_id = jobs_people.group_named(desk, of).id if of else None
        return tables_out.save_people(desk, target, group_id)

    return save(call, out, job)


@command
def blocklist(
    call: Call,
    out: Out,
    former: Annotated[bool, typer.Option("--former", help="Those who were taken off it instead.")] = False,
) -> int:
    """The blocklist, with reasons and times."""
    return save(call, out, lambda desk, target: tables_out.save_blocklist(desk, target, former=former))


@command
def balance(call: Call, name: Annotated[str, typer.Argument(metavar="NAME", help="The account.")], out: Out) -> int:
    """All readings of an account's balance."""
    return save(call, out, lambda desk, target: tables_out.save_balances(desk, target, desk.account(name)))
