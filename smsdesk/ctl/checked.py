"""What sending would mean, and what is worth a look, for `send --check` and `p2p --check`."""

from __future__ import annotations

from smsdesk.ctl.call import Call
from smsdesk.ctl.output import Output
from smsdesk.ctl.shown import yuan
from smsdesk.domain.findings import Severity
from smsdesk.domain.words import Words
from smsdesk.jobs.checking import Checked


def show_checked(call: Call, checked: Checked) -> int:
    """As JSON, or for people; 1 where something has to be mended first, else 0."""
    if call.as_json:
        _document(call, checked)
    else:
        _show(call.out, checked)
    return 1 if checked.is_stopped else 0


def _document(call: Call, checked: Checked) -> None:
    summary, reading = checked.summary, checked.reading
    call.out.document(
        {
            "kind": summary.kind.value,
            "people": summary.people,
            "messages": summary.messages,
            "blocked": summary.blocked,
            "recent": summary.recent,
            "waiting": summary.waiting,
            "same": summary.same,
            "segments": summary.segments,
            "spread": [{"segments": size, "messages": n} for size, n in summary.spread],
            "cost_li": summary.cost_li,
            "is_estimate": summary.is_estimate,
            "balance_li": reading.balance_li if reading else None,
            "sample": summary.sample,
            "findings": [
                {"kind": one.kind.value, "severity": one.severity.value, "text": one.words.text(call.language)}
                for one in checked.findings
            ],
        }
    )


def _show(out: Output, checked: Checked) -> None:
    summary, reading = checked.summary, checked.reading
    out.line(_SIZE.fill(people=summary.people, messages=summary.messages, segments=summary.segments))
    if summary.cost_li is not None:
        balance = yuan(reading.balance_li) if reading else "-"
        line = _ABOUT if summary.is_estimate else _COST
        out.line(line.fill(cost=yuan(summary.cost_li), balance=balance))
    out.line(_SAMPLE.fill(text=summary.sample))
    for one in checked.findings:
        out.line(_FOUND.fill(severity=_SEVERITIES[one.severity], words=one.words))
    out.line(_NOTHING_SENT)


_SIZE = Words(
    "收件人 {people}，短信 {messages} 条，计费 {segments} 条",
    "{people} people, {messages} messages, {segments} charged segments",
)
_COST = Words("费用 {cost} 元（余额 {balance} 元）", "Cost ¥{cost} (balance ¥{balance})")
_ABOUT = Words(
    "费用约 {cost} 元，按以往扣费估算（余额 {balance} 元）",
    "Cost about ¥{cost}, estimated from earlier sends (balance ¥{balance})",
)
_SAMPLE = Words("第一条：{text}", "The first: {text}")
_FOUND = Words("[{severity}] {words}", "[{severity}] {words}")
_SEVERITIES = {
    Severity.ERROR: Words("必须处理", "must be mended"),
    Severity.WARNING: Words("请留意", "worth a look"),
    Severity.NOTE: Words("提示", "to know"),
}
_NOTHING_SENT = Words("没有发送任何短信。", "Nothing was sent.")
