"""Campaigns that start at a time, and those that keep to the hours of the day.

Whoever runs looks every now and then (`due`): the window, or a call of `smsdeskctl` that waits. A time that passed
while nobody looked, because the program was off or the machine asleep, is not made up for by surprise in the middle
of the night: the campaign stands still and asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from smsdesk.domain.campaign import Campaign, Pause, PauseCode
from smsdesk.domain.chinatime import in_china, now
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns as jobs_campaigns
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop
from smsdesk.store import campaigns

LATE = timedelta(minutes=10)
"""How late a start may be and still be made by itself."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a look brought."""

    start: tuple[Campaign, ...] = ()
    """Campaigns that the caller has to send now; nobody else will."""
    missed: tuple[Campaign, ...] = ()
    """Campaigns that stand still now, since their time had passed too long ago."""


def due(desk: Desk, at: datetime) -> Due:
    """Take the campaigns whose time has come at `at`."""
    with desk.database.read() as conn:
        found = campaigns.due(conn, at)
    taken = [(campaign, _take(desk, campaign, at)) for campaign in found]
    return Due(
        start=tuple(campaign for campaign, what in taken if what is _Taken.START),
        missed=tuple(campaign for campaign, what in taken if what is _Taken.MISSED),
    )


def wait_for(desk: Desk, campaign_id: int, stop: Stop) -> bool:
    """Wait until a campaign's time comes and take it; at once where it waits for no time.

    False: it is not to be sent, since a person or another program decided otherwise meanwhile, its time was missed,
    or `stop` was set.
    """
    while True:
        campaign = jobs_campaigns.get(desk, campaign_id)
        if campaign.start_at is None:
            return True
        left = (campaign.start_at - now()).total_seconds()
        if left <= 0:
            return _take(desk, campaign, now()) is _Taken.START
        if stop.wait(min(left, _LOOK_SECONDS)):
            return False


_LOOK_SECONDS = 5.0


class _Taken(Enum):
    START = auto()
    MISSED = auto()
    NOT = auto()  # somebody else has it, or a person decided otherwise


def _take(desk: Desk, campaign: Campaign, at: datetime) -> _Taken:
    if campaign.start_at is None:
        return _Taken.NOT
    with desk.database.write() as conn:
        if not campaigns.take(conn, campaign.id):
            return _Taken.NOT
        if at - campaign.start_at <= LATE:
            return _Taken.START
        campaigns.pause(conn, campaign.id, Pause(PauseCode.MISSED, _missed(campaign.start_at)))
        return _Taken.MISSED


def _missed(start_at: datetime) -> Words:
    return Words(
        "错过了预定的开始时间 {at}（程序未运行或电脑休眠）。要现在发送吗？",
        "Its time, {at}, passed while the program was off or the machine asleep. Send it now?",
    ).fill(at=f"{in_china(start_at):%Y-%m-%d %H:%M}")


def enqueue(desk: Desk, campaign_id: int, start_at: datetime | None = None) -> Campaign:
    """Let a campaign that waits or stands still wait for its turn, or for another time.

    Raises:
        InputProblem: there is no such campaign, it is on its way already, or it is at its end.
    """
    with desk.database.write() as conn:
        could = campaigns.schedule(conn, campaign_id, start_at)
    found = jobs_campaigns.get(desk, campaign_id)
    if not could:
        raise InputProblem(jobs_campaigns.NOT_STARTABLE)
    return found
