"""`pull`, `reports`, `replies`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Event
from typing import Annotated

import typer

from smsdesk.ctl.call import Call, command
from smsdesk.ctl.opening import Timeout, opened
from smsdesk.ctl.output import Output
from smsdesk.ctl.progress import Progress, Step
from smsdesk.ctl.shown import Json, iso, moment_of
from smsdesk.ctl.stopping import stopping
from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import written
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.inbox import Came
from smsdesk.domain.mobile import single
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import conversations, explaining, inbox, polling
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.inbox import Filter, ReplyFilter, ReplyRow, ReportRow
from smsdesk.jobs.polling import Polled

OfCampaign = Annotated[int | None, typer.Option("--campaign", metavar="ID", help="Of one campaign.")]
OfMobile = Annotated[str | None, typer.Option("--mobile", metavar="N", help="Of one number, or its beginning.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="T", help="From then on: 2026-01-31, or ISO 8601; China time.")
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many, the newest.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("pull")(pull)
    app.command("reports")(reports)
    app.command("replies")(replies)


@command
def pull(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The account.")],
    watch: Annotated[bool, typer.Option("--watch", help="Go on until stopped.")] = False,
    every: Annotated[float, typer.Option(metavar="SECONDS", min=1, help="With --watch: how often.")] = 15.0,
    timeout: Timeout = None,
) -> int:
    """Fetch status reports and replies until the gateway has no more."""
    with opened(call, timeout) as desk, stopping() as stop, Progress(call.out, _step) as tell:
        account = desk.account(name)
        if watch:
            came, status = _watch(call.out, desk, account, stop, every)
        else:
            came, status = polling.pull(desk, account, stop, tell), 0
    _show(call.out, came)
    return status


def _step(news: object) -> Step | None:
    return Step(_FETCHING, news.reports + news.replies, None) if isinstance(news, Came) else None


_FETCHING = Words("正在获取状态报告和回复", "Fetching reports and replies")
_CAME = Words(
    "状态报告 {reports} 条（对应到短信 {matched}，未对应 {unmatched}），回复 {replies} 条（退订 {opted_out}）",
    "{reports} reports ({matched} matched, {unmatched} not), {replies} replies ({opted_out} opted out)",
)


def _watch(out: Output, desk: Desk, account: Account, stop: Event, every: float) -> tuple[Came, int]:
    """Poll until stopped; what came in all, and 0, or 3 where the gateway never answered."""
    desk.client(account).close()  # a missing password is told at once
    total = Came()
    answered = False

    def tell(news: object) -> None:
        nonlocal total, answered
        if not isinstance(news, Polled):
            return
        total += news.came
        answered = answered or news.problem is None
        if news.problem:
            out.say(news.problem)
        elif news.came.reports or news.came.replies:
            out.say(_CAME.fill(**_came_json(news.came)))

    polling.poll(desk, account, stop, tell, every)
    return total, 0 if answered else 3


def _came_json(came: Came) -> Json:
    return {
        "reports": came.reports,
        "replies": came.replies,
        "matched": came.matched,
        "unmatched": came.unmatched,
        "opted_out": came.opted_out,
    }


def _show(out: Output, came: Came) -> None:
    if out.as_json:
        out.document(_came_json(came))
    else:
        out.line(_CAME.fill(**_came_json(came)))


@command
def reports(
    call: Call,
    campaign: OfCampaign = None,
    mobile: OfMobile = None,
    since: Since = None,
    limit: Limit = None,
    foreign: Annotated[bool, typer.Option("--foreign", help="Only of messages that were not sent from here.")] = False,
) -> int:
    """Status reports that came in, the last first."""
    only = replace(filter_of(campaign, mobile, since), foreign=foreign)
    with opened(call) as desk:
        rows = inbox.every_report(desk, only, limit)
        if call.as_json:
            call.out.list_document("reports", (_report_json(row, call.language) for row in rows))
        else:
            call.out.table(_REPORT_COLUMNS, (_report_row(row, call.language) for row in rows))
    return 0


@command
def replies(
    call: Call,
    campaign: OfCampaign = None,
    mobile: OfMobile = None,
    since: Since = None,
    limit: Limit = None,
    unread: Annotated[bool, typer.Option("--unread", help="Only those that nobody has seen.")] = False,
    opt_outs: Annotated[bool, typer.Option("--opt-outs", help="Only those that opt out.")] = False,
    label: Annotated[str | None, typer.Option(metavar="NAME", help="Only of conversations with this label.")] = None,
    mark_read: Annotated[bool, typer.Option("--mark-read", help="Count as seen what is shown.")] = False,
) -> int:
    """Replies that came in, the last first."""
    basic = filter_of(campaign, mobile, since)
    with opened(call) as desk:
        label_id = conversations.label_named(desk, label).id if label is not None else None
        only = ReplyFilter(
            campaign_id=basic.campaign_id,
            mobile=basic.mobile,
            since=basic.since,
            unread=unread,
            opt_outs=opt_outs,
            label_id=label_id,
        )
        rows = inbox.every_reply(desk, only, limit)
        seen: list[int] = []
        if mark_read:
            rows = _noted(rows, seen)
        if call.as_json:
            call.out.list_document("replies", (_reply_json(row, call.language) for row in rows))
        else:
            call.out.table(_REPLY_COLUMNS, (_reply_row(row, call.language) for row in rows))
        if seen:  # once all of it is written
            inbox.mark_read(desk, seen)
    return 0


def _noted(rows: Iterable[ReplyRow], seen: list[int]) -> Iterator[ReplyRow]:
    for row in rows:
        seen.append(row.id)
        yield row


def filter_of(campaign: int | None, mobile: str | None, since: str | None) -> Filter:
    """What a list is limited to.

    Raises:
        InputProblem: the number or the time is none.
    """
    number = None
    if mobile is not None:
        cleaned = single(mobile, abroad=True)
        number = cleaned if isinstance(cleaned, str) else mobile.strip()
        if not (number.isascii() and number.removeprefix("+").isdigit()):
            raise InputProblem(Words("“{it}”不是号码。", "'{it}' is no number.").fill(it=mobile))
    return Filter(campaign_id=campaign, mobile=number, since=moment_of(since) if since is not None else None)


_REPORT_COLUMNS = (
    Words("手机号", "Mobile"),
    Words("状态", "stat"),
    Words("报告时间", "Reported"),
    Words("任务", "Campaign"),
    Words("说明", "Meaning"),
)
_REPLY_COLUMNS = (
    Words("手机号", "Mobile"),
    Words("回复时间", "Received"),
    Words("退订", "Opt-out"),
    Words("任务", "Campaign"),
    Words("回复内容", "Reply"),
)
_OPT_OUT = Words("退订", "yes")


def _report_json(row: ReportRow, language: Language) -> Json:
    return {
        "mobile": row.mobile,
        "mid": row.mid,
        "stat": row.stat,
        "delivery": row.delivery.name.lower(),
        "explanation": explaining.of_stat(row.stat).text(language),
        "reported_at": iso(row.reported_at),
        "campaign": row.campaign_id,
        "campaign_name": row.campaign,
    }


def _report_row(row: ReportRow, language: Language) -> tuple[str, ...]:
    meaning = explaining.of_stat(row.stat).text(language)
    return row.mobile, row.stat, written(row.reported_at), row.campaign or "", meaning


def _reply_json(row: ReplyRow, language: Language) -> Json:
    return {
        "mobile": row.mobile,
        "content": row.content,
        "access_code": row.access_code,
        "received_at": iso(row.received_at),
        "campaign": row.campaign_id,
        "campaign_name": row.campaign,
        "opt_out": row.opt_out,
        "read": row.read,
        "label": row.label.text(language) if row.label else None,
    }


def _reply_row(row: ReplyRow, language: Language) -> tuple[str, ...]:
    left = _OPT_OUT.text(language) if row.opt_out else ""
    return row.mobile, written(row.received_at), left, row.campaign or "", row.content
