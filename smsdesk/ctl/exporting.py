"""`export campaign`, `export reports`, `export replies`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.campaigns import CampaignId
from smsdesk.ctl.inbox import OfCampaign, OfMobile, Since, filter_of
from smsdesk.ctl.opening import opened
from smsdesk.ctl.output import Output
from smsdesk.domain.words import Words
from smsdesk.jobs import exporting

Target = Annotated[Path, typer.Argument(metavar="OUT", help="An .xlsx or .csv file; one that is there is replaced.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    export = group("Save messages, reports or replies as a workbook or a CSV file.")
    export.command("campaign")(campaign)
    export.command("reports")(reports)
    export.command("replies")(replies)
    app.add_typer(export, name="export")


@command
def campaign(call: Call, campaign: CampaignId, out: Target) -> int:
    """Every message of a campaign, and what became of it."""
    with opened(call) as desk:
        rows = exporting.save_messages(desk, campaign, out, call.language)
    return show_saved(call.out, rows, out)


@command
def reports(call: Call, out: Target, of: OfCampaign = None, mobile: OfMobile = None, since: Since = None) -> int:
    """Status reports that came in."""
    with opened(call) as desk:
        rows = exporting.save_reports(desk, filter_of(of, mobile, since), out, call.language)
    return show_saved(call.out, rows, out)


@command
def replies(call: Call, out: Target, of: OfCampaign = None, mobile: OfMobile = None, since: Since = None) -> int:
    """Replies that came in."""
    with opened(call) as desk:
        rows = exporting.save_replies(desk, filter_of(of, mobile, since), out, call.language)
    return show_saved(call.out, rows, out)


def show_saved(out: Output, rows: int, file: Path) -> int:
    """Say how many rows are in which file now."""
    if out.as_json:
        out.document({"rows": rows, "file": str(file)})
    else:
        out.line(Words("{n} 行已保存到 {file}。", "{n} rows are saved in {file}.").fill(n=rows, file=file))
    return 0
