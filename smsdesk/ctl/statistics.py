"""A campaign's statistics as JSON and as text for people."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.ctl.output import Output
from smsdesk.ctl.shown import Json, iso
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.statistics import Funnel, Place, Reason, Statistics

_FUNNEL = Words(
    "号码 {people} 个，短信 {total} 条：待发送 {queued}，已受理 {accepted}，被退回 {rejected}，存疑 {in_doubt}，"
    "未发送 {skipped}\n已受理中：已送达 {delivered}，失败 {failed}，投递中 {underway}，尚无报告 {unreported}\n"
    "回复 {replied} 人，其中退订 {opted_out} 人",
    "{people} people, {total} messages: {queued} queued, {accepted} accepted, {rejected} rejected, "
    "{in_doubt} in doubt, {skipped} skipped\nof the accepted: {delivered} delivered, {failed} failed, "
    "{underway} under way, {unreported} without a report\n{replied} people replied, {opted_out} of them opted out",
)
_DELAYS = Words(
    "从提交到送达：一半在 {median_s} 秒内，九成在 {ninety_s} 秒内",
    "from submission to delivery: half within {median_s} s, nine in ten within {ninety_s} s",
)
_REASON_COLUMNS = (Words("条数", "Count"), Words("代码", "Code"), Words("原因", "Reason"), Words("建议", "What to do"))
_PLACE_COLUMNS = (
    Words("名称", "Name"),
    Words("总数", "Total"),
    Words("受理", "Accepted"),
    Words("送达", "Delivered"),
    Words("失败", "Failed"),
)


def show_statistics(out: Output, found: Statistics) -> None:
    """All of it."""
    if out.as_json:
        out.document(_json(found, out.language))
        return
    out.line(_FUNNEL.fill(**_funnel(found.funnel)))
    if found.delays:
        out.line(_DELAYS.fill(median_s=found.delays.median_s, ninety_s=found.delays.ninety_s))
    for reasons in filter(None, (found.failures, found.rejections)):
        out.table(_REASON_COLUMNS, (_reason_row(one, out.language) for one in reasons))
    for places in filter(None, (found.operators, found.provinces)):
        out.table(_PLACE_COLUMNS, (_place_row(one, out.language) for one in places))


def _json(found: Statistics, language: Language) -> Json:
    delays = found.delays
    return {
        "id": found.campaign.id,
        "name": found.campaign.name,
        "funnel": _funnel(found.funnel),
        "failures": _reasons(found.failures, language),
        "rejections": _reasons(found.rejections, language),
        "operators": _places(found.operators, language),
        "provinces": _places(found.provinces, language),
        "delivery_times": {
            "count": delays.count if delays else 0,
            "median_s": delays.median_s if delays else None,
            "ninety_percent_s": delays.ninety_s if delays else None,
        },
        "interval_s": found.interval_s,
        "over_time": [
            {"at": iso(one.at), "accepted": one.accepted, "delivered": one.delivered, "failed": one.failed}
            for one in found.moments
        ],
    }


def _funnel(funnel: Funnel) -> dict[str, object]:
    """`queued` as in `campaign show`: what is being submitted is among it."""
    return {
        "people": funnel.people,
        "total": funnel.total,
        "queued": funnel.waiting,
        "accepted": funnel.accepted,
        "rejected": funnel.rejected,
        "in_doubt": funnel.in_doubt,
        "skipped": funnel.skipped,
        "delivered": funnel.delivered,
        "failed": funnel.failed,
        "underway": funnel.underway,
        "unreported": funnel.unreported,
        "replied": funnel.replied,
        "opted_out": funnel.opted_out,
    }


def _reasons(reasons: Sequence[Reason], language: Language) -> list[Json]:
    return [
        {
            "code": one.code,
            "meaning": one.meaning.text(language),
            "remedy": one.remedy.text(language) if one.remedy else None,
            "count": one.count,
        }
        for one in reasons
    ]


def _places(places: Sequence[Place], language: Language) -> list[Json]:
    return [
        {
            "name": one.name.text(language),
            "total": one.total,
            "accepted": one.accepted,
            "delivered": one.delivered,
            "failed": one.failed,
        }
        for one in places
    ]


def _reason_row(one: Reason, language: Language) -> tuple[str, ...]:
    return str(one.count), one.code, one.meaning.text(language), one.remedy.text(language) if one.remedy else ""


def _place_row(one: Place, language: Language) -> tuple[str, ...]:
    return one.name.text(language), *map(str, (one.total, one.accepted, one.delivered, one.failed))
