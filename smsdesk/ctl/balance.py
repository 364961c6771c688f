"""`balance`, `statis`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from smsdesk.ctl.accounts import Name
from smsdesk.ctl.call import Call, command
from smsdesk.ctl.opening import Timeout, opened
from smsdesk.ctl.shown import Json, iso, moment_of, yuan
from smsdesk.domain import money
from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import in_china, written
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.spending import DaySpent, Outlook
from smsdesk.domain.statis import Agreement, DayCompared
from smsdesk.domain.words import Words
from smsdesk.jobs import balances, spending
from smsdesk.jobs import statis as comparing
from smsdesk.jobs.balances import Reading
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.spending import CampaignCost
from smsdesk.jobs.statis import Compared


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("balance")(balance)
    app.command("statis")(statis)


@command
def balance(
    call: Call,
    name: Name,
    timeout: Timeout = None,
    history: Annotated[
        bool, typer.Option("--history", help="What it held over the last --days, at most some 500 readings.")
    ] = False,
    spent: Annotated[
        bool, typer.Option("--spending", help="What each of the last --days and each campaign cost, and what is left.")
    ] = False,
    days: Annotated[int, typer.Option(metavar="N", min=1, max=3650, help="How far back these go.")] = spending.DAYS,
) -> int:
    """Ask the gateway what an account holds."""
    with opened(call, timeout) as desk:
        account = desk.account(name)
        reading = balances.ask(desk, account)
        document = _reading_json(reading) | {"is_low": account.is_low(reading.balance_li)}
        if not call.as_json:
            call.out.line(_balance(reading))
        if history:
            held = balances.over(desk, account, timedelta(days=days))
            document["history"] = [_reading_json(one) | _since_json(one) for one in held]
            if not call.as_json:
                call.out.table(_HELD, map(_held_row, held))
        if spent:
            document |= _spending(call, desk, account, reading, days)
    if call.as_json:
        call.out.document(document)
    return 0


def _balance(reading: Reading) -> Words:
    """`余额` by its sign and the kind of account: what is owed is never told by a minus sign alone."""
    kind = _KINDS[reading.charge_type] if reading.charge_type else Words("", "")
    line = Words("{what} {yuan} 元{kind}（{at}）", "{what} {yuan} yuan{kind} ({at})")
    what = money.standing(reading.balance_li, reading.charge_type)
    return line.fill(what=what, yuan=yuan(abs(reading.balance_li)), kind=kind, at=written(reading.asked_at))


_KINDS = {
    ChargeType.PRECHARGE: Words("，预付费", ", paid in advance"),
    ChargeType.POSTCHARGE: Words("，后付费", ", paid later"),
}


def _reading_json(reading: Reading) -> Json:
    kind = reading.charge_type
    return {
        "balance_li": reading.balance_li,
        "charge_type": kind.value if kind else None,
        "asked_at": iso(reading.asked_at),
    }


def _since_json(reading: Reading) -> Json:
    return {"since": iso(reading.since), "change_li": reading.change_li}


def _held_row(reading: Reading) -> tuple[str, ...]:
    return (
        written(reading.since),
        yuan(reading.balance_li),
        f"{'+' if reading.change_li > 0 else ''}" + yuan(reading.change_li),
    )


_HELD = (Words("时间", "Since"), Words("余额（元）", "Balance (yuan)"), Words("变化（元）", "Change (yuan)"))


def _spending(call: Call, desk: Desk, account: Account, reading: Reading, count: int) -> Json:
    days, costs = spending.days(desk, account, count), spending.campaigns(desk, account)
    left = spending.lasts(account, reading, days)
    if not call.as_json:
        call.out.table(_DAYS, map(_day_row, days))
        call.out.table(_COSTS, map(_cost_row, costs))
        if left and left.days is not None:
            call.out.line(_LEFT.fill(days=left.days, yuan=yuan(left.a_day_li), over=left.over))
    return {
        "spending": [_day_json(one) for one in days],
        "campaigns": [_cost_json(one) for one in costs],
        "lasts": _left_json(left),
    }


def _day_json(one: DaySpent) -> Json:
    return {
        "day": one.day.isoformat(),
        "fell_li": one.fell_li,
        "rose_li": one.rose_li,
        "segments": one.segments,
        "sent_li": one.sent_li,
    }


def _day_row(one: DaySpent) -> tuple[str, ...]:
    amounts = ("-" if li is None else yuan(li) for li in (one.fell_li, one.rose_li, one.sent_li))
    fell, rose, sent = amounts
    return one.day.isoformat(), fell, rose, str(one.segments), sent


_DAYS = (
    Words("日期", "Day"),
    Words("余额减少（元）", "Balance fell by"),
    Words("充值或返还（元）", "Topped up"),
    Words("本机计费条数", "Segments sent here"),
    Words("按单价计（元）", "At the price"),
)


def _cost_json(one: CampaignCost) -> Json:
    return {
        "campaign": one.id,
        "name": one.name,
        "segments": one.segments,
        "cost_li": one.cost_li,
        "is_measured": one.is_measured,
    }


def _cost_row(one: CampaignCost) -> tuple[str, ...]:
    cost = "-" if one.cost_li is None else ("" if one.is_measured else "~") + yuan(one.cost_li)
    return str(one.id), one.name, str(one.segments), cost


_COSTS = (
    Words("编号", "Id"),
    Words("任务", "Campaign"),
    Words("计费条数", "Segments"),
    Words("费用（元，~ 为估算）", "Cost (yuan; ~ is an estimate)"),
)
_LEFT = Words(
    "照最近 {over} 天平均每天 {yuan} 元，大约还能用 {days} 天。",
    "At {yuan} yuan a day, the average of the last {over} days, it lasts about {days} more days.",
)


def _left_json(left: Outlook | None) -> Json | None:
    if left is None:
        return None
    return {"days": left.days, "a_day_li": left.a_day_li, "over_days": left.over, "until_li": left.until_li}


@command
def statis(
    call: Call,
    name: Name,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="The first day, 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="The last day; 31 days at most.")] = None,
    timeout: Timeout = None,
) -> int:
    """The gateway's own figures of each day beside ours. It is asked at most once an hour."""
    first, last = comparing.last_days()
    last = in_china(moment_of(until)).date() if until else last
    first = in_china(moment_of(since)).date() if since else last - (comparing.last_days()[1] - first)
    with opened(call, timeout) as desk:
        found = comparing.ask(desk, desk.account(name), first, last)
    if call.as_json:
        call.out.document(_statis_json(found))
    else:
        call.out.table(_STATIS, (_compared_row(one, call) for one in found.days))
    if found.problem:
        call.out.say(_NONE.fill(why=found.problem))
    elif found.asked_at and found.next_at:
        call.out.say(_ASKED.fill(at=written(found.asked_at), next=written(found.next_at)))
    return 0


def _statis_json(found: Compared) -> Json:
    return {
        "days": [_compared_json(one) for one in found.days],
        "asked_at": iso(found.asked_at),
        "has_statis": found.problem is None,
    }


def _compared_json(one: DayCompared) -> Json:
    theirs, ours = one.gateway, one.ours
    told = theirs and {
        "total": theirs.total,
        "success": theirs.success,
        "unknown": theirs.unknown,
        "fail": theirs.fail,
        "success_percent": theirs.success_percent,
    }
    return {
        "day": one.day.isoformat(),
        "gateway": told,
        "ours": {
            "accepted": ours.accepted,
            "segments": ours.segments,
            "delivered": ours.delivered,
            "unknown": ours.unknown,
            "failed": ours.failed,
            "in_doubt": ours.in_doubt,
        },
        "agreement": one.agreement.value,
    }


def _compared_row(one: DayCompared, call: Call) -> tuple[str, ...]:
    theirs, ours = one.gateway, one.ours
    told = (theirs.total, theirs.success, theirs.unknown, theirs.fail) if theirs else ("-",) * 4
    here = (ours.accepted, ours.segments, ours.delivered, ours.unknown, ours.failed)
    mark = "! " if one.agreement.differs else ""
    return one.day.isoformat(), *map(str, told), *map(str, here), mark + call.out.text_of(_AGREEMENTS[one.agreement])


_AGREEMENTS = {
    Agreement.NOT_TOLD: Words("网关未提供", "not told"),
    Agreement.SAME: Words("一致", "the same"),
    Agreement.SAME_SEGMENTS: Words("一致（网关按计费条数）", "the same (it counts segments)"),
    Agreement.NOT_OVER: Words("当天未结束", "the day was not over"),
    Agreement.PERHAPS: Words("存疑短信可以解释差异", "explained by those in doubt"),
    Agreement.OUTCOMES: Words("总数一致，送达结果不同", "the same total, other outcomes"),
    Agreement.MORE: Words("网关较多", "the gateway has more"),
    Agreement.FEWER: Words("网关较少", "the gateway has fewer"),
}
_STATIS = (
    Words("日期", "Day"),
    Words("网关总数", "Gateway"),
    Words("成功", "success"),
    Words("未知", "unknown"),
    Words("失败", "fail"),
    Words("本机受理", "Here"),
    Words("计费条数", "segments"),
    Words("已送达", "delivered"),
    Words("无报告", "no report"),
    Words("失败", "failed"),
    Words("比较", "Compared"),
)
_NONE = Words("网关没有自己的统计：{why}", "The gateway has no figures of its own: {why}")
_ASKED = Words(
    "网关的数字为 {at} 所问；按其文档每小时最多问一次，{next} 之后可再问。",
    "The gateway's figures are of {at}; its document advises to ask once an hour, so again from {next}.",
)
