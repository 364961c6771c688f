"""Sending a stored campaign in this process, to its end or its pause, and the exit status that follows."""

from __future__ import annotations

from threading import Event
from typing import Annotated

import typer

from smsdesk.ctl.call import Call
from smsdesk.ctl.progress import Progress, Step
from smsdesk.ctl.reading import read_step
from smsdesk.ctl.shown import show_campaign
from smsdesk.domain.campaign import Campaign, CampaignState, PauseCode
from smsdesk.domain.errors import StoreBusy
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, scheduling, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.planning import Planning
from smsdesk.jobs.sending import Manner, Sending

Patience = Annotated[
    float,
    typer.Option(
        "--patience", metavar="SECONDS", min=0, help="How long to try without a connection before the campaign pauses."
    ),
]

_STATUS = {PauseCode.ACCOUNT: 3, PauseCode.UNREACHABLE: 3, PauseCode.GATEWAY: 3}
"""Of a campaign that pauses; 1 for any other reason."""

_PLANNING = Words("正在保存", "Storing")
_SENDING = Words("正在发送（每秒 {n} 条）", "Sending ({n} a second)")


def work_step(news: object) -> Step | None:
    """How far reading, planning and sending are."""
    match news:
        case Planning(done, total):
            return Step(_PLANNING, done, total)
        case Sending(_, counts, per_second, trouble):
            return Step(_SENDING.fill(n=round(per_second)), counts.settled, counts.total, trouble)
    return read_step(news)


def carry_out(call: Call, desk: Desk, campaign_id: int, stop: Event, tell: Progress, patience: float) -> int:
    """Send what is queued of a campaign, at its time, show how it stands then, and return the exit status.

    Raises:
        StoreBusy: another program has begun to send for its account meanwhile; the sentence names the campaign.
    """
    try:
        while scheduling.wait_for(desk, campaign_id, stop):
            campaign = sending.send(desk, campaign_id, stop, tell, Manner(unreachable_s=patience))
            if campaign.state is not CampaignState.SCHEDULED:  # the hours of the day are over, and it goes on tomorrow
                break
        else:
            campaign = campaigns.get(desk, campaign_id)
    except StoreBusy as exc:
        raise StoreBusy(_WAITS.fill(why=exc.words, id=campaign_id)) from exc
    tell.wipe()
    show_campaign(call.out, campaign)
    return status_of(campaign)


_WAITS = Words(
    "{why}任务 {id} 已保存，可用 smsdeskctl campaign resume {id} 继续。",
    "{why} Campaign {id} is stored; go on with smsdeskctl campaign resume {id}.",
)


def status_of(campaign: Campaign) -> int:
    """The exit status of a call that sent: how the campaign stands now."""
    if campaign.state is CampaignState.PAUSED:
        return _STATUS.get(campaign.pause.code, 1) if campaign.pause else 1
    return 1 if campaign.counts.rejected or campaign.counts.in_doubt else 0
