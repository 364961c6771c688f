"""Values as JSON and as text for people."""

from __future__ import annotations

from datetime import datetime

from smsdesk.ctl.output import Output
from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import CHINA, in_china
from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.balances import Price

Json = dict[str, object]


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in China time, to the second."""
    return None if moment is None else in_china(moment).isoformat(timespec="seconds")


def moment_of(text: str) -> datetime:
    """A time as written on the command line; one without an offset is China time.

    Raises:
        InputProblem: it is none.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
        return in_china(moment)
    except (ValueError, OverflowError):
        raise InputProblem(
            Words(
                "“{it}”不是时间，请写成 2026-01-31 或 2026-01-31T08:00:00+08:00。",
                "'{it}' is no time; write it as 2026-01-31 or 2026-01-31T08:00:00+08:00.",
            ).fill(it=text)
        ) from None


def yuan(li: int) -> str:
    """An amount for people: 12345 li are 12.345."""
    return f"{'-' if li < 0 else ''}{abs(li) // 1000:,}.{abs(li) % 1000:03}"


def account_json(account: Account, price: Price | None) -> Json:
    """An account, never its password; `price` is what its segments cost, as far as known."""
    return {
        "name": account.name,
        "url": account.url,
        "account": account.login,
        "extno": account.extno,
        "signature": account.signature,
        "batch": account.batch,
        "connections": account.connections,
        "rate": account.rate,
        "price_li": account.price_li,
        "estimated_price_li": price.li if price and price.is_estimate else None,
        "separator": account.separator.value,
        "line_end": account.line_end.value,
        "password_form": account.password_form.value,
        "abroad": account.abroad,
        "gsm7": account.gsm7,
        "warn_below_li": account.warn_below_li,
        "pause_below": account.pause_below,
    }


def campaign_json(campaign: Campaign, language: Language) -> Json:
    """A campaign. `total` = `queued` + `accepted` + `rejected` + `in_doubt` + `skipped`."""
    counts = campaign.counts
    return {
        "id": campaign.id,
        "name": campaign.name,
        "account": campaign.account,
        "kind": campaign.kind.value,
        "state": campaign.state.value,
        "pause_reason": campaign.pause.words.text(language) if campaign.pause else None,
        "pause_code": campaign.pause.code.value if campaign.pause else None,
        "total": counts.total,
        "queued": counts.queued + counts.claimed,
        "accepted": counts.accepted,
        "rejected": counts.rejected,
        "in_doubt": counts.in_doubt,
        "skipped": counts.skipped,
        "delivered": counts.delivered,
        "failed": counts.failed,
        "segments": counts.segments,
        "start_at": iso(campaign.start_at),
        "hours": str(campaign.hours) if campaign.hours else None,
        "created_at": iso(campaign.created_at),
        "started_at": iso(campaign.started_at),
        "finished_at": iso(campaign.finished_at),
    }


_HEAD = Words("任务 {id}“{name}”（{account}，{kind}）：{state}", "Campaign {id} '{name}' ({account}, {kind}): {state}")
_SENT = Words(
    "共 {total} 条：待发送 {queued}，已受理 {accepted}，被退回 {rejected}，存疑 {in_doubt}，"
    "未发送 {skipped}；计费 {segments} 条",
    "{total} messages: {queued} queued, {accepted} accepted, {rejected} rejected, {in_doubt} in doubt, "
    "{skipped} skipped; {segments} segments",
)
_BECAME = Words("已送达 {delivered}，失败 {failed}", "{delivered} delivered, {failed} failed")


def show_campaign(out: Output, campaign: Campaign) -> None:
    """A campaign as JSON, or for people."""
    values = campaign_json(campaign, out.language)
    if out.as_json:
        out.document(values)
        return
    out.line(_HEAD.fill(**{**values, "kind": campaign.kind.words, "state": campaign.state.words}))
    if campaign.pause:
        out.line(campaign.pause.words)
    out.line(_SENT.fill(**values))
    out.line(_BECAME.fill(**values))
