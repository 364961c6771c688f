"""Whose turn it is to send for an account: one program at a time, and beside it one that answers replies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

from smsdesk.domain.campaign import Campaign, CampaignState
from smsdesk.domain.errors import StoreBusy
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns as jobs_campaigns
from smsdesk.jobs import recovery
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell
from smsdesk.store import campaigns

_LOOK_S: Final = 1.0
"""How often one that waits looks whether its turn has come."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Another program sends for the account of a campaign; it is told once, and goes out when that has ended."""

    words: Words


@contextmanager
def turn(desk: Desk, campaign: Campaign, wait_s: float, stop: Stop, tell: Tell, *, queues: bool) -> Iterator[bool]:
    """Be the one that sends this campaign, for as long as the block lasts.

    Another program is waited for `wait_s` seconds: one that starts looks for what a dead one left. One that `queues`
    waits for as long as it takes. It gets no turn (False) once a person or another program decides otherwise about
    the campaign, nor when it is to `stop`: then it stands still, since nobody else would send it.

    Raises:
        StoreBusy: another program sends for the account, and this does not queue.
    """
    name = recovery.sender_lock(campaign.account_id, answers=campaign.is_answer)
    with ExitStack() as stack:
        is_told = False
        while True:
            if queues and stop.is_set():
                _give_up(desk, campaign.id)
                yield False
                return
            try:
                stack.enter_context(desk.database.lock(name, wait=0.0 if is_told else wait_s))
                break
            except StoreBusy:
                if not queues:
                    raise
            if not is_told:
                tell(Waits(_WAITS.fill(name=campaign.name)))
                is_told = True
            stop.wait(_LOOK_S)
            if not is_waiting(jobs_campaigns.get(desk, campaign.id)):
                yield False
                return
        yield True


def is_waiting(campaign: Campaign) -> bool:
    """Whether it waits for its turn, and for no time of the day."""
    return campaign.state is CampaignState.SCHEDULED and campaign.start_at is None


def _give_up(desk: Desk, campaign_id: int) -> None:
    """Nobody here sends it any more: it stands still, unless it has got a time at which any window sends it."""
    if not is_waiting(jobs_campaigns.get(desk, campaign_id)):
        return
    with desk.database.write() as conn:
        # Not where another program has begun with it: a person may go on with it from every window.
        if campaigns.state_of(conn, campaign_id, hold=True) is CampaignState.SCHEDULED:
            campaigns.pause(conn, campaign_id, jobs_campaigns.BY_PERSON)


_WAITS: Final = Words(
    "“{name}”在排队：另一个 SMS Desk 程序正在用这个账户发送，轮到时会自动发出。",
    "“{name}” waits for its turn: another SMS Desk program sends through this account. It goes out by itself then.",
)
