"""`campaign list`, `show`, `stats`, `messages`, `resume`, `treat-as-sent`, `cancel`, `retry`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command, group
from smsdesk.ctl.opening import Timeout, opened, ready
from smsdesk.ctl.progress import Progress
from smsdesk.ctl.running import Patience, carry_out, status_of, work_step
from smsdesk.ctl.shown import Json, campaign_json, iso, show_campaign
from smsdesk.ctl.statistics import show_statistics
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import written
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.message import State
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import campaigns, explaining, scheduling, statistics, tables_out
from smsdesk.jobs.desk import Desk
from smsdesk.store.pages import MessageRow

CampaignId = Annotated[int, typer.Argument(metavar="ID", help="The campaign's number.", min=1, max=2**63 - 1)]

Restored = Annotated[
    bool, typer.Option("--restored", help="Also one that comes from a backup: what was sent since may come twice.")
]


class StateWord(StrEnum):
    """A message's state, as on the command line."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    campaign = group("Campaigns, and what a person decides about them.")
    campaign.command("list")(list_)
    campaign.command("show")(show)
    campaign.command("stats")(stats)
    campaign.command("messages")(messages)
    campaign.command("resume")(resume)
    campaign.command("treat-as-sent")(treat_as_sent)
    campaign.command("cancel")(cancel)
    campaign.command("retry")(retry)
    app.add_typer(campaign, name="campaign")


@command
def list_(
    call: Call, limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many.")] = None
) -> int:
    """Campaigns, the newest first."""
    with opened(call) as desk:
        every = islice(campaigns.every(desk), limit)
        if call.as_json:
            call.out.list_document("campaigns", (campaign_json(one, call.language) for one in every))
        else:
            call.out.table(_COLUMNS, (_row(one, call.language) for one in every))
    return 0


_COLUMNS = (
    Words("编号", "ID"),
    Words("名称", "Name"),
    Words("账号", "Account"),
    Words("状态", "State"),
    *tables_out.COUNTS,
    Words("创建时间", "Created"),
)


def _row(one: Campaign, language: Language) -> tuple[str, ...]:
    state = one.state.words.text(language)
    return str(one.id), one.name, one.account, state, *tables_out.counted(one.counts), written(one.created_at)


@command
def show(call: Call, campaign: CampaignId) -> int:
    """How a campaign stands."""
    with opened(call) as desk:
        show_campaign(call.out, campaigns.get(desk, campaign))
    return 0


@command
def stats(call: Call, campaign: CampaignId) -> int:
    """What became of a campaign: its funnel, failures by reason, operators, provinces, and how long delivery took."""
    with opened(call) as desk:
        show_statistics(call.out, statistics.of_campaign(desk, campaign))
    return 0


@command
def messages(
    call: Call,
    campaign: CampaignId,
    state: Annotated[StateWord | None, typer.Option(help="Those in one state only.")] = None,
) -> int:
    """Every message of a campaign, in the order of its list."""
    with opened(call) as desk:
        campaigns.get(desk, campaign)
        rows = _messages(desk, campaign, state)
        if call.as_json:
            call.out.list_document("messages", (_message_json(row, call.language) for row in rows))
        else:
            call.out.table(_MESSAGE_COLUMNS, (_message_row(row, call.language) for row in rows))
    return 0


_MESSAGE_COLUMNS = (
    Words("手机号", "Mobile"),
    Words("说明", "What became of it"),
    Words("提交时间", "Submitted"),
    Words("报告时间", "Reported"),
    Words("内容", "Content"),
)


def _messages(desk: Desk, campaign_id: int, word: StateWord | None) -> Iterator[MessageRow]:
    """`queued` are those that are under way too."""
    if word is None:
        return campaigns.every_message(desk, campaign_id)
    states = [state for state in State if state.word == word]
    return merge(*(campaigns.every_message(desk, campaign_id, state) for state in states), key=lambda row: row.id)


def _message_json(row: MessageRow, language: Language) -> Json:
    return {
        "mobile": row.mobile,
        "content": row.content,
        "state": row.state.word,
        "mid": row.mid,
        "result": row.result,
        "stat": row.stat,
        "explanation": explaining.of_message(row).text(language),
        "submitted_at": iso(row.submitted_at),
        "reported_at": iso(row.reported_at),
    }


def _message_row(row: MessageRow, language: Language) -> tuple[str, ...]:
    told = explaining.of_message(row).text(language)
    return row.mobile, told, written(row.submitted_at), written(row.reported_at), row.content


@command
def resume(
    call: Call,
    campaign: CampaignId,
    restored: Restored = False,
    patience: Patience = 30.0,
    timeout: Timeout = None,
) -> int:
    """Go on sending a campaign that stands still, to the end or until it pauses again."""
    with opened(call, timeout) as desk, stopping() as stop, Progress(call.out, work_step) as tell:
        found = campaigns.get(desk, campaign)
        _must_be_meant(found, restored=restored)
        ready(desk, found.account_id, answers=found.is_answer)
        scheduling.enqueue(desk, campaign)
        return carry_out(call, desk, campaign, stop, tell, patience)


def _must_be_meant(found: Campaign, *, restored: bool) -> None:
    """As `campaigns.must_be_meant`, with the option's name."""
    try:
        campaigns.must_be_meant(found, restored=restored)
    except InputProblem as exc:
        raise InputProblem(_SAY_RESTORED.fill(why=exc.words)) from exc


_SAY_RESTORED = Words("{why}确定要继续，请加上 --restored。", "{why} To go on all the same, add --restored.")


@command
def treat_as_sent(call: Call, campaign: CampaignId) -> int:
    """Count what is in doubt as sent: it is not sent again. A report that comes later still says what became of it."""
    with opened(call) as desk:
        campaigns.treat_as_sent(desk, campaign)
        found = campaigns.get(desk, campaign)
        show_campaign(call.out, found)
        return status_of(found)


@command
def cancel(call: Call, campaign: CampaignId) -> int:
    """Send nothing more of a campaign. What was sent stays as it is."""
    with opened(call) as desk:
        show_campaign(call.out, campaigns.cancel(desk, campaign))
    return 0


@command
def retry(
    call: Call,
    campaign: CampaignId,
    rejected: Annotated[bool, typer.Option("--rejected", help="What the gateway rejected.")] = False,
    in_doubt: Annotated[
        bool, typer.Option("--in-doubt", help="What is in doubt: it may have been sent, and may then come twice.")
    ] = False,
    restored: Restored = False,
    patience: Patience = 30.0,
    timeout: Timeout = None,
) -> int:
    """Send again what did not get through, now that a person has looked at it."""
    chosen = frozenset(state for state, wanted in ((State.REJECTED, rejected), (State.IN_DOUBT, in_doubt)) if wanted)
    if not chosen:
        raise InputProblem(_NONE_CHOSEN)
    with opened(call, timeout) as desk, stopping() as stop, Progress(call.out, work_step) as tell:
        found = campaigns.get(desk, campaign)
        _must_be_meant(found, restored=restored)
        ready(desk, found.account_id, answers=found.is_answer)
        if campaigns.retry(desk, campaign, chosen, restored=restored):
            return carry_out(call, desk, campaign, stop, tell, patience)
        found = campaigns.get(desk, campaign)
        show_campaign(call.out, found)
        return status_of(found)


_NONE_CHOSEN = Words(
    "请用 --rejected 和 / 或 --in-doubt 选择要重发的短信。",
    "Choose what to send again: --rejected, --in-doubt, or both.",
)
