"""What a program that died left behind: claimed messages become in doubt, its campaigns stand still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smsdesk.domain.campaign import Campaign, Pause, PauseCode
from smsdesk.domain.errors import StoreBusy
from smsdesk.domain.words import Words
from smsdesk.jobs import planning, receiving
from smsdesk.jobs.desk import Desk
from smsdesk.store import accounts, campaigns, messages
from smsdesk.store import reports as report_rows


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was found."""

    campaigns: int = 0
    """Campaigns that stand still now."""
    in_doubt: int = 0
    """Messages that are in doubt now."""


def sender_lock(account_id: int, *, answers: bool = False) -> str:
    """The lock of the one program that sends for an account. What its holder finds claimed, a dead one left.

    Answers to replies have a sender of their own, so that nobody who writes waits until a campaign has come to its end.
    """
    return f"{'answers' if answers else 'sender'}-{account_id}"


def recover(desk: Desk, *, queues: bool = False) -> Recovered:
    """Look after every account that nobody sends for at the moment; for the start of a program.

    With `queues` campaigns that waited for their turn stand still, too: a window that is killed leaves its queue.
    """
    planning.drop_abandoned(desk)
    receiving.take_in_left(desk)
    with desk.database.read() as conn:
        account_ids = campaigns.unsettled_accounts(conn)
        waiting = campaigns.waiting(conn) if queues else []
    found = _all_of(desk, account_ids)
    return Recovered(found.campaigns + sum(_stop_waiting(desk, one) for one in waiting), found.in_doubt)


def _stop_waiting(desk: Desk, campaign: Campaign) -> bool:
    name = sender_lock(campaign.account_id, answers=campaign.is_answer)
    try:
        with desk.database.lock(name), desk.database.write() as conn:
            return campaigns.pause(conn, campaign.id, Pause(PauseCode.STOPPED, _NO_TURN))
    except StoreBusy:
        return False  # it may be in the queue of whoever sends


def look(desk: Desk) -> Recovered:
    """Look for campaigns that are on their way with nobody sending them; to be called from time to time.

    Another person's program may have died, or the lock of one that was killed came free only later. Where nothing is
    on its way this is one look into an index; a campaign that is being sent is held by its sender's lock.
    """
    with desk.database.read() as conn:
        account_ids = campaigns.sending_accounts(conn)
    return _all_of(desk, account_ids)


def _all_of(desk: Desk, account_ids: Iterable[int]) -> Recovered:
    found = [_try(desk, account_id, answers=answers) for account_id in account_ids for answers in (False, True)]
    return Recovered(sum(one.campaigns for one in found), sum(one.in_doubt for one in found))


def _try(desk: Desk, account_id: int, *, answers: bool) -> Recovered:
    try:
        with desk.database.lock(sender_lock(account_id, answers=answers)):
            return recover_account(desk, account_id, answers=answers)
    except StoreBusy:
        return Recovered()  # somebody is sending for it


def recover_account(desk: Desk, account_id: int, *, answers: bool = False) -> Recovered:
    """As :func:`recover`, for one account, of which the caller holds the sender lock for these campaigns."""
    with desk.database.write() as conn:
        accounts.hold(conn, account_id)
        mobiles = messages.doubt_orphans(conn, account_id, _DIED, answers=answers)
        report_rows.match_settled(conn, account_id, (), mobiles)
        stopped = [
            campaigns.pause(conn, campaign.id, Pause(PauseCode.STOPPED, _stopped(len(mobiles))))
            for campaign in campaigns.on_their_way(conn, account_id, answers=answers)
        ]
    return Recovered(sum(stopped), len(mobiles))


_NO_TURN = Words(
    "程序退出时还没有轮到它，没有发出任何短信。可以继续任务。",
    "The program ended before its turn came; none of it was sent then. It can be resumed.",
)
_DIED = Words("程序在等待应答时退出，结果不明。", "The program ended while it waited for the answer.")


def _stopped(in_doubt: int) -> Words:
    if not in_doubt:
        return Words("程序在发送中退出。可以继续任务。", "The program ended while it was sending. It can be resumed.")
    return Words(
        "程序在发送中退出，{n} 条短信当时正在提交，列为“存疑”，不会自动重发。其余可以继续发送。",
        "The program ended while it was sending. Messages that were under way: {n}. They are in doubt and are not sent "
        "again by themselves. The rest can be resumed.",
    ).fill(n=in_doubt)
