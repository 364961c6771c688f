"""What the tables are that `exporting` saves: a function each, which returns how many rows it has saved.

All raise as :func:`smsdesk.jobs.exporting.save_rows`. Rows are in the order in which the pages show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign, Counts
from smsdesk.domain.chinatime import written
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.message import State, Status
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import balances, blocklist, campaigns, explaining, history, inbox, listing, people, spending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Target, save_rows
from smsdesk.jobs.inbox import Filter
from smsdesk.jobs.listing import Order, Wanted
from smsdesk.store import counting
from smsdesk.store.pages import MessageRow

_YES = Words("是", "yes")
_BY_ITSELF = Words("自动", "by itself")


COUNTS = (
    Words("总数", "Total"),
    Words("待发送", "Queued"),
    Words("已受理", "Accepted"),
    Words("被退回", "Rejected"),
    Words("存疑", "In doubt"),
    Words("未发送", "Skipped"),
    Words("已送达", "Delivered"),
    Words("失败", "Failed"),
)
"""The columns of :func:`counted`."""


def counted(counts: Counts) -> Sequence[str]:
    """How many messages of a campaign stand where."""
    figures = (
        counts.total,
        counts.queued + counts.claimed,
        counts.accepted,
        counts.rejected,
        counts.in_doubt,
        counts.skipped,
        counts.delivered,
        counts.failed,
    )
    return [str(figure) for figure in figures]


def save_campaigns(desk: Desk, target: Target) -> int:
    """All campaigns with their counts, the newest first."""
    with desk.database.read() as conn:
        total = counting.campaigns_in_all(conn)
    rows = (_campaign(one, target.language) for one in campaigns.every(desk))
    return save_rows(target, _CAMPAIGNS, rows, total)


_CAMPAIGNS = (
    Words("编号", "Number"),
    Words("任务", "Campaign"),
    Words("账号", "Account"),
    Words("类型", "Kind"),
    Words("状态", "State"),
    *COUNTS,
    Words("计费条数", "Segments"),
    Words("创建时间", "Made"),
    Words("开始时间", "Started"),
    Words("结束时间", "Finished"),
    Words("内容", "Text"),
    Words("名单来源", "List"),
)


def _campaign(one: Campaign, language: Language) -> Sequence[str]:
    figures = *counted(one.counts), str(one.counts.segments)
    kind, state = one.kind.words.text(language), one.state.words.text(language)
    times = map(written, (one.created_at, one.started_at, one.finished_at))
    return (str(one.id), one.name, one.account, kind, state, *figures, *times, one.text, one.source)


def save_messages(desk: Desk, target: Target, campaign_id: int, state: State | None = None) -> int:
    """Every message of a campaign, or those in one state; an InputProblem where there is no such campaign."""
    counts = campaigns.get(desk, campaign_id).counts
    total = counts.total if state is None else getattr(counts, state.name.lower())
    language = target.language
    rows = (_message(row, language) for row in campaigns.every_message(desk, campaign_id, state))
    return save_rows(target, _MESSAGES, rows, total)


_MESSAGES = (
    Words("手机号", "Mobile"),
    Words("内容", "Content"),
    Words("条数", "Segments"),
    Words("状态", "State"),
    Words("说明", "Explanation"),
    Words("消息编号", "mid"),
    Words("提交结果", "Result"),
    Words("状态报告", "stat"),
    Words("提交时间", "Submitted at"),
    Words("报告时间", "Reported at"),
)


def _message(row: MessageRow, language: Language) -> Sequence[str]:
    return (
        row.mobile,
        row.content,
        str(row.segments),
        Status.of(row.state, row.delivery).words.text(language),
        explaining.of_message(row).text(language),
        row.mid or "",
        "" if row.result is None else str(row.result),
        row.stat or "",
        written(row.submitted_at),
        written(row.reported_at),
    )


def save_listing(desk: Desk, target: Target, wanted: Wanted, order: Order) -> int:
    """The messages wanted, of all campaigns, in their order."""
    made = listing.make(desk, wanted, order, target.stop, lambda _news: None)
    rows = ((row.campaign, *_message(row, target.language)) for row in listing.rows(desk, made))
    return save_rows(target, (Words("任务", "Campaign"), *_MESSAGES), rows, len(made))


def save_reports(desk: Desk, target: Target, only: Filter) -> int:
    """Status reports, the last to arrive first."""
    with desk.database.read() as conn:
        total = counting.reports(conn, only)
    meaning = lru_cache(maxsize=256)(lambda stat: explaining.of_stat(stat).text(target.language))
    rows = (
        (
            row.mobile,
            row.stat,
            meaning(row.stat),
            written(row.reported_at),
            row.campaign or "",
            row.mid,
            row.content or "",
        )
        for row in inbox.every_report(desk, only)
    )
    return save_rows(target, _REPORTS, rows, total)


_REPORTS = (
    Words("手机号", "Mobile"),
    Words("状态报告", "stat"),
    Words("说明", "Explanation"),
    Words("报告时间", "Reported at"),
    Words("任务", "Campaign"),
    Words("消息编号", "mid"),
    Words("内容", "Content"),
)


def save_replies(desk: Desk, target: Target, only: Filter) -> int:
    """Replies, the last to arrive first."""
    with desk.database.read() as conn:
        total = counting.replies(conn, only)
    yes = _YES.text(target.language)
    rows = (
        (
            row.mobile,
            row.content,
            written(row.received_at),
            yes if row.opt_out else "",
            row.campaign or "",
            row.access_code,
            row.answers or "",
        )
        for row in inbox.every_reply(desk, only)
    )
    return save_rows(target, _REPLIES, rows, total)


_REPLIES = (
    Words("手机号", "Mobile"),
    Words("回复内容", "Reply"),
    Words("回复时间", "Received at"),
    Words("退订", "Opt-out"),
    Words("任务", "Campaign"),
    Words("接入号", "Access number"),
    Words("所回复的短信", "Answers"),
)


def save_people(desk: Desk, target: Target, group_id: int | None = None, search: str = "") -> int:
    """People of a group, or all, with the columns of the files that they came from."""
    columns = dict.fromkeys(column for one in people.every(desk, group_id, search) for column in one.fields)
    header = (*_PEOPLE, *(Words(column, column) for column in columns))
    rows: Iterable[Sequence[str]] = (
        (one.mobile, one.name, " ".join(one.tags), one.note, *(one.fields.get(column, "") for column in columns))
        for one in people.every(desk, group_id, search)
    )
    return save_rows(target, header, rows, people.size(desk) if group_id is None and not search else 0)


_PEOPLE = (Words("手机号", "Mobile"), Words("姓名", "Name"), Words("标签", "Tags"), Words("备注", "Note"))


def save_history(desk: Desk, target: Target, mobile: str) -> int:
    """All that happened with a number, the last first."""
    language = target.language
    rows = (
        (written(one.at), one.what.words.text(language), one.text, one.words.text(language), one.campaign)
        for one in history.every(desk, mobile)
    )
    return save_rows(target, _HISTORY, rows, 0)


_HISTORY = (
    Words("时间", "Time"),
    Words("类型", "What"),
    Words("内容", "Text"),
    Words("说明", "What it means"),
    Words("任务", "Campaign"),
)


def save_blocklist(desk: Desk, target: Target, mobile: str | None = None, *, former: bool = False) -> int:
    """Those who are on the blocklist, or with `former` were taken off it; `mobile` is a number or its beginning."""
    total = 0 if former or mobile else blocklist.count(desk)
    by_itself = _BY_ITSELF.text(target.language)
    rows = (
        (
            one.mobile,
            written(one.added_at),
            one.reason.text(target.language),
            one.added_by or by_itself,
            one.reply or "",
            written(one.removed_at),
            one.removed_by,
            one.removed_why,
        )[: None if former else _STANDING]
        for one in blocklist.every(desk, mobile, former=former)
    )
    return save_rows(target, _BLOCKLIST[: None if former else _STANDING], rows, total)


_STANDING = 5
"""Columns that tell of an entry that stands; those after them tell how it was taken off."""
_BLOCKLIST = (
    Words("手机号", "Mobile"),
    Words("加入时间", "Added"),
    Words("原因", "Reason"),
    Words("操作人", "By"),
    Words("回复内容", "Reply"),
    Words("移出时间", "Taken off"),
    Words("移出操作人", "Taken off by"),
    Words("移出原因", "Why it was taken off"),
)


def save_balances(desk: Desk, target: Target, account: Account) -> int:
    """All readings of an account's balance, the newest first."""
    with desk.database.read() as conn:
        total = counting.readings(conn, account.id)
    rows = (
        (
            written(one.asked_at),
            _yuan(one.balance_li),
            _CHARGES[one.charge_type].text(target.language) if one.charge_type else "",
        )
        for one in balances.every(desk, account)
    )
    return save_rows(target, _BALANCES, rows, total)


_BALANCES = (Words("时间", "Time"), Words("余额（元）", "Balance (yuan)"), Words("付费方式", "Charged"))
_CHARGES = {ChargeType.PRECHARGE: Words("预付费", "prepaid"), ChargeType.POSTCHARGE: Words("后付费", "postpaid")}


def save_costs(desk: Desk, target: Target, account: Account) -> int:
    """What each campaign of an account has cost, the newest first."""
    with desk.database.read() as conn:
        total = counting.campaigns_that_sent(conn, account.id)
    rows = (
        (
            str(one.id),
            one.name,
            one.state.words.text(target.language),
            written(one.made_at),
            str(one.segments),
            "" if one.cost_li is None else _yuan(one.cost_li),
            _HOW_KNOWN[one.is_measured if one.cost_li is not None else None].text(target.language),
        )
        for one in spending.every_campaign(desk, account)
    )
    return save_rows(target, _COSTS, rows, total)


_COSTS = (
    Words("编号", "Number"),
    Words("任务", "Campaign"),
    Words("状态", "State"),
    Words("创建时间", "Made"),
    Words("计费条数", "Charged segments"),
    Words("费用（元）", "Cost (yuan)"),
    Words("费用来源", "How it is known"),
)
_HOW_KNOWN = {
    True: Words("按余额实测", "measured by the balance"),
    False: Words("计费条数 × 单价", "segments × price"),
    None: Words("单价未知", "no price is known"),
}


def _yuan(li: int) -> str:
    """12345 li are 12.345, as a spreadsheet reads it."""
    return f"{'-' if li < 0 else ''}{abs(li) // 1000}.{abs(li) % 1000:03}"


def save_shown(_desk: Desk, target: Target, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """A table as a person sees it, in the language of the window: one that is at hand as a whole."""
    return save_rows(target, [Words(title, title) for title in titles], rows, len(rows))
