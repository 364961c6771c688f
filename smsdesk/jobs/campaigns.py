"""Looking at campaigns, and what a person decides about them. `sending` sends them."""

from __future__ import annotations

from collections.abc import Iterator

from smsdesk.domain.campaign import Campaign, CampaignState, Pause, PauseCode
from smsdesk.domain.campaign import Part as Part
from smsdesk.domain.campaign import Which as Which
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.message import State
from smsdesk.domain.words import Words
from smsdesk.jobs import people
from smsdesk.jobs.desk import Desk
from smsdesk.sheets.table import Table
from smsdesk.store import accounts, campaigns, messages, pages, parts
from smsdesk.store.messages import Doubt as Doubt
from smsdesk.store.pages import Filter, MessageRow


def get(desk: Desk, campaign_id: int) -> Campaign:
    """The campaign with this number.

    Raises:
        InputProblem: there is none.
    """
    with desk.database.read() as conn:
        found = campaigns.get(conn, campaign_id)
    if found is None:
        raise InputProblem(
            Words("没有编号为 {id} 的任务。", "There is no campaign with the number {id}.").fill(id=campaign_id)
        )
    return found


def newest(desk: Desk, before: int | None = None, limit: int = 200) -> list[Campaign]:
    """Campaigns, the newest first; `before` is the id that the page before ended with."""
    with desk.database.read() as conn:
        return campaigns.newest(conn, before, limit)


def newest_but_answers(desk: Desk, before: int | None = None, limit: int = 200) -> list[Campaign]:
    """As :func:`newest`, without the answers to single people that went out: the inbox shows them."""
    with desk.database.read() as conn:
        return campaigns.newest(conn, before, limit, with_answers=False)


def under_way(desk: Desk) -> list[Campaign]:
    """Campaigns that are being sent at this moment, by whichever program, the oldest first."""
    with desk.database.read() as conn:
        return campaigns.in_state(conn, CampaignState.SENDING)


def every(desk: Desk) -> Iterator[Campaign]:
    """All campaigns, the newest first."""
    before: int | None = None
    while page := newest(desk, before):
        yield from page
        before = page[-1].id


def every_message(desk: Desk, campaign_id: int, state: State | None = None) -> Iterator[MessageRow]:
    """All messages of a campaign, or those in one state, in the order of their planning."""
    after = 0
    while True:
        with desk.database.read() as conn:
            rows = pages.message_rows(conn, Filter(campaign_id=campaign_id, state=state), after, 5_000)
        yield from rows
        if not rows:
            return
        after = rows[-1].id


def mobiles_of(desk: Desk, campaign_id: int) -> Iterator[str]:
    """The numbers of a campaign in the order of its planning, whatever became of their messages."""
    after = 0
    while True:
        with desk.database.read() as conn:
            rows = messages.mobiles_of(conn, campaign_id, after, 5_000)
        yield from (mobile for _, mobile in rows)
        if not rows:
            return
        after = rows[-1][0]


def as_table(desk: Desk, campaign: Campaign, name: str, part: Part | None = None) -> Table:
    """The people of a campaign as a list to send to; `name` is what the list is called.

    A part comes with the columns that the address book has of its people.
    """
    if part is None:
        return Table.listed(name, ["手机号"], ([mobile] for mobile in mobiles_of(desk, campaign.id)))
    mobiles = dict.fromkeys(mobile for mobile, _ in _part(desk, campaign.id, part))
    return people.known_as_table(desk, list(mobiles), name)


def as_lines(desk: Desk, campaign_id: int, part: Part | None = None) -> str:
    """The messages of a campaign, or of a part, as `number#text` lines, as `domain.lines` reads them."""
    if part is None:
        return "\n".join(f"{row.mobile}#{row.content}" for row in every_message(desk, campaign_id))
    return "\n".join(f"{mobile}#{text}" for mobile, text in _part(desk, campaign_id, part))


def _part(desk: Desk, campaign_id: int, part: Part) -> Iterator[tuple[str, str]]:
    after = 0
    while True:
        with desk.database.read() as conn:
            rows = parts.rows(conn, campaign_id, part, after, 5_000)
        yield from ((mobile, text) for _, mobile, text in rows)
        if not rows:
            return
        after = rows[-1][0]


def pause(desk: Desk, campaign_id: int) -> None:
    """Let a campaign stand still that waits or, in whichever program, is on its way: no further batch is claimed.

    What is under way is answered and settled first.
    """
    with desk.database.write() as conn:
        campaigns.pause(conn, campaign_id, BY_PERSON)


def cancel(desk: Desk, campaign_id: int) -> Campaign:
    """Send nothing more of a campaign: what is queued is left out. What was sent stays as it is.

    Raises:
        InputProblem: there is no such campaign, it is still being planned, or it is at its end.
    """
    with desk.database.write() as conn:
        cancelled = campaigns.cancel(conn, campaign_id)
        if cancelled:
            messages.skip_queued(conn, campaign_id)
    found = get(desk, campaign_id)
    if not cancelled:
        raise InputProblem(_NOT_CANCELLABLE)
    return found


def must_be_meant(campaign: Campaign, *, restored: bool) -> None:
    """Let a campaign that comes from a backup go on only where a person has said so a second time.

    Raises:
        InputProblem: nobody has.
    """
    if campaign.pause and campaign.pause.code is PauseCode.RESTORED and not restored:
        raise InputProblem(campaign.pause.words)


def retry(desk: Desk, campaign_id: int, states: frozenset[State], *, restored: bool = False) -> int:
    """Put rejected or in-doubt messages back into the queue, since a person has chosen to; returns how many.

    A message in doubt may have reached its recipient: sent again, it may come twice. The campaign stands paused
    then, until it is resumed.

    Raises:
        InputProblem: it is on its way, or was cancelled; or it comes from a backup, and nobody has said with
            `restored` that it goes on all the same: what was sent since is not known.
    """
    campaign = get(desk, campaign_id)
    must_be_meant(campaign, restored=restored)
    with desk.database.write() as conn:
        accounts.hold(conn, campaign.account_id)
        if campaigns.state_of(conn, campaign_id, hold=True) not in (CampaignState.PAUSED, CampaignState.DONE):
            raise InputProblem(
                Words(
                    "只有已暂停或已完成的任务可以重发。请先暂停任务。",
                    "Only a campaign that is paused or done can send again. Pause it first.",
                )
            )
        count = sum(messages.requeue(conn, campaign_id, state) for state in sorted(states))
        if count:
            campaigns.reopen(conn, campaign_id)
    return count


def treat_as_sent(desk: Desk, campaign_id: int) -> int:
    """Count what is in doubt as sent, since a person has decided so; returns how many.

    A report that comes later still says what became of each: it is told by its number and time.
    """
    account_id = get(desk, campaign_id).account_id
    with desk.database.write() as conn:
        accounts.hold(conn, account_id)
        return messages.treat_as_sent(conn, campaign_id)


def doubts(desk: Desk, campaign_id: int) -> list[Doubt]:
    """What is in doubt of a campaign, a row a request: how many, since when, and why."""
    with desk.database.read() as conn:
        return messages.doubts(conn, campaign_id)


BY_PERSON = Pause(PauseCode.PERSON, Words("已按您的要求暂停。", "Paused by hand."))
NOT_STARTABLE = Words(
    "该任务已经结束，或正在发送，不能再开始。",
    "This campaign is at its end or on its way already, and cannot be started.",
)
_NOT_CANCELLABLE = Words(
    "该任务已经结束，或还在准备中，不能取消。",
    "This campaign is at its end, or still being prepared, and cannot be cancelled.",
)
