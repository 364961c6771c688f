"""The charts of a campaign: its funnel, delivery over time, reasons, operators and provinces, and several compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from smsdesk.domain.chinatime import written
from smsdesk.jobs.statistics import Funnel as FunnelFigures
from smsdesk.jobs.statistics import Moment, Place, Reason, Statistics, percent
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.drawings import Bar, Bars, Columns, Drawing, Funnel, Line, Lines
from smsdesk.ui.workplace import Workplace

_BARS: Final = 12
"""Bars that a chart of reasons or places draws; its table has all."""


def share(part: int, whole: int) -> str:
    """A share with one decimal: 93.1 %; a dash of nothing."""
    return rate(percent(part, whole))


def rate(value: float | None) -> str:
    """Percent with one decimal, or a dash."""
    return "–" if value is None else f"{value:.1f} %"


# -- the funnel --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the funnel's table. A loss is what left the way at the step before it; it is not drawn."""

    name: str
    count: int
    whole: int
    tone: str = "accent"
    is_loss: bool = False


def sums(funnel: FunnelFigures) -> str:
    """That the figures add up, in two lines: all messages, and those that the gateway accepted."""
    lines = (
        (
            (QCoreApplication.translate("CampaignCharts", "Messages"), funnel.total),
            (QCoreApplication.translate("CampaignCharts", "Accepted"), funnel.accepted),
            (QCoreApplication.translate("CampaignCharts", "Rejected"), funnel.rejected),
            (QCoreApplication.translate("CampaignCharts", "In doubt"), funnel.in_doubt),
            (QCoreApplication.translate("CampaignCharts", "Left out"), funnel.skipped),
            (QCoreApplication.translate("CampaignCharts", "Waiting"), funnel.waiting),
        ),
        (
            (QCoreApplication.translate("CampaignCharts", "Accepted"), funnel.accepted),
            (QCoreApplication.translate("CampaignCharts", "Delivered"), funnel.delivered),
            (QCoreApplication.translate("CampaignCharts", "Failed"), funnel.failed),
            (QCoreApplication.translate("CampaignCharts", "Under way"), funnel.underway),
            (QCoreApplication.translate("CampaignCharts", "No report yet"), funnel.unreported),
        ),
    )
    return "\n".join(_sum(whole, members) for whole, *members in lines if whole[1])


def _sum(whole: tuple[str, int], members: Sequence[tuple[str, int]]) -> str:
    written = [f"{name} {texts.number(count)}" for name, count in (whole, *members) if count]
    return f"{written[0]} = {' + '.join(written[1:])}"


def steps(funnel: FunnelFigures) -> list[Step]:
    """The funnel from top to bottom."""
    total, accepted = funnel.total, funnel.accepted
    rows = (
        Step(QCoreApplication.translate("CampaignCharts", "People"), funnel.people, total),
        Step(QCoreApplication.translate("CampaignCharts", "Messages"), total, total),
        Step(QCoreApplication.translate("CampaignCharts", "Waiting"), funnel.waiting, total, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "Left out"), funnel.skipped, total, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "Sent"), funnel.sent, total),
        Step(QCoreApplication.translate("CampaignCharts", "Rejected"), funnel.rejected, total, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "In doubt"), funnel.in_doubt, total, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "Accepted"), accepted, total),
        Step(QCoreApplication.translate("CampaignCharts", "Failed"), funnel.failed, accepted, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "Under way"), funnel.underway, accepted, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "No report yet"), funnel.unreported, accepted, is_loss=True),
        Step(QCoreApplication.translate("CampaignCharts", "Delivered"), funnel.delivered, accepted, "good"),
        Step(QCoreApplication.translate("CampaignCharts", "People who replied"), funnel.replied, funnel.people),
        Step(QCoreApplication.translate("CampaignCharts", "Opted out"), funnel.opted_out, funnel.people, is_loss=True),
    )
    return [one for one in rows if one.count or not one.is_loss]


def funnel_chart(workplace: Workplace) -> Chart:
    """Rows: :class:`Step`."""
    columns = (
        Column(
            QCoreApplication.translate("CampaignCharts", "Step"),
            lambda s: ("− " if s.is_loss else "") + s.name,
            width=130,
            stretches=True,
        ),
        Column(
            QCoreApplication.translate("CampaignCharts", "Count"),
            lambda s: texts.number(s.count),
            is_number=True,
            width=80,
        ),
        Column(
            QCoreApplication.translate("CampaignCharts", "Share"),
            lambda s: share(s.count, s.whole),
            is_number=True,
            width=70,
        ),
    )
    return Chart(workplace, QCoreApplication.translate("CampaignCharts", "Funnel"), columns, funnel_drawing)


def funnel_drawing(rows: Sequence[Step]) -> Drawing:
    """The steps without what was lost between them."""
    return Funnel([Bar(s.name, s.count, _counted(s.count, s.whole), s.tone) for s in rows if not s.is_loss])


def _counted(count: int, whole: int) -> str:
    return f"{texts.number(count)} · {share(count, whole)}"


# -- delivery over time ------------------------------------------------------------------------------------


def delivery_chart(workplace: Workplace, drawing_of: Callable[[Sequence[Moment]], Drawing]) -> Chart:
    """Rows: :class:`Moment`. The table has each interval, and what there was by its end."""
    columns = (
        Column(
            QCoreApplication.translate("CampaignCharts", "From"), lambda m: written(m.at), width=150, stretches=True
        ),
        *(
            Column(title, _count_of(name), is_number=True, width=80)
            for title, name in (
                (QCoreApplication.translate("CampaignCharts", "Accepted"), "accepted"),
                (QCoreApplication.translate("CampaignCharts", "Delivered"), "delivered"),
                (QCoreApplication.translate("CampaignCharts", "Failed"), "failed"),
                (QCoreApplication.translate("CampaignCharts", "Accepted\nso far"), "accepted_so_far"),
                (QCoreApplication.translate("CampaignCharts", "Delivered\nso far"), "delivered_so_far"),
                (QCoreApplication.translate("CampaignCharts", "Failed\nso far"), "failed_so_far"),
            )
        ),
    )
    name = QCoreApplication.translate("CampaignCharts", "Delivery over time")
    empty = QCoreApplication.translate("CampaignCharts", "Nothing has been submitted yet.")
    return Chart(workplace, name, columns, drawing_of, empty=empty, beside=False)


def _count_of(name: str) -> Callable[[Moment], str]:
    return lambda moment: texts.number(getattr(moment, name))


def so_far_drawing(rows: Sequence[Moment]) -> Drawing:
    """What there was by the end of each interval."""
    return _over_time(rows, "_so_far")


def interval_drawing(rows: Sequence[Moment]) -> Drawing:
    """What happened in each interval."""
    return _over_time(rows, "")


def _over_time(rows: Sequence[Moment], ending: str) -> Drawing:
    """Lines; what all happened in one interval has no line, and stands side by side."""
    lines = (
        (QCoreApplication.translate("CampaignCharts", "Accepted"), "accepted", "accent"),
        (QCoreApplication.translate("CampaignCharts", "Delivered"), "delivered", "good"),
        (QCoreApplication.translate("CampaignCharts", "Failed"), "failed", "bad"),
    )
    if len(rows) == 1:
        counts = [(title, getattr(rows[0], name), tone) for title, name, tone in lines]
        return Columns([Bar(title, count, texts.number(count), tone) for title, count, tone in counts])
    return Lines(
        [one.at for one in rows],
        [Line(title, [getattr(one, name + ending) for one in rows], tone) for title, name, tone in lines],
    )


def delivery_summary(found: Statistics) -> str:
    """How long delivery took, and how long an interval is."""
    if not found.moments:
        return ""
    line = texts.fill(
        QCoreApplication.translate("CampaignCharts", "Intervals of %1."), texts.duration(found.interval_s)
    )
    if found.delays is None:
        return line
    took = QCoreApplication.translate(
        "CampaignCharts", "From submission to delivery: half within %1, 90 % within %2 (of %3 delivered)."
    )
    half, most = texts.duration(found.delays.median_s), texts.duration(found.delays.ninety_s)
    return f"{texts.fill(took, half, most, texts.number(found.delays.count))} {line}"


# -- reasons -----------------------------------------------------------------------------------------------


def reasons_chart(workplace: Workplace, name: str, empty: str, tone: str = "bad", *, is_coded: bool = True) -> Chart:
    """Rows: :class:`Reason`. `is_coded`: the gateway's code is shown."""
    messages = Column(
        QCoreApplication.translate("CampaignCharts", "Messages"),
        lambda r: texts.number(r.count),
        is_number=True,
        width=80,
    )
    code = Column(QCoreApplication.translate("CampaignCharts", "Code"), lambda r: r.code, width=90)
    reason = Column(
        QCoreApplication.translate("CampaignCharts", "Reason"),
        lambda r: workplace.say(r.meaning),
        width=250,
        stretches=not is_coded,
    )
    remedy = Column(
        QCoreApplication.translate("CampaignCharts", "What to do"),
        lambda r: workplace.say(r.remedy) if r.remedy else "–",
        stretches=True,
    )
    return Chart(
        workplace,
        name,
        (messages, code, reason, remedy) if is_coded else (messages, reason),
        lambda rows: reasons_drawing(workplace, rows, tone),
        empty=empty,
        beside=False,
        key=lambda r: r.key,
    )


def reasons_drawing(workplace: Workplace, rows: Sequence[Reason], tone: str = "bad") -> Drawing:
    """The most frequent reasons: several codes that mean the same are one bar."""
    counts, remedies = Counter[str](), dict[str, str]()
    for one in rows:
        meaning = workplace.say(one.meaning)
        counts[meaning] += one.count
        remedies.setdefault(meaning, workplace.say(one.remedy) if one.remedy else "")
    shown = counts.most_common(_BARS)
    return Bars([Bar(name, n, _counted(n, counts.total()), tone, remedies[name]) for name, n in shown])


# -- places ------------------------------------------------------------------------------------------------


def places_chart(workplace: Workplace, name: str) -> Chart:
    """Rows: :class:`Place`."""
    columns = (
        Column(QCoreApplication.translate("CampaignCharts", "Name"), lambda p: workplace.say(p.name), stretches=True),
        Column(
            QCoreApplication.translate("CampaignCharts", "Accepted"),
            lambda p: texts.number(p.accepted),
            is_number=True,
            width=75,
        ),
        Column(
            QCoreApplication.translate("CampaignCharts", "Delivered"),
            lambda p: _counted(p.delivered, p.accepted),
            is_number=True,
            width=130,
        ),
        Column(
            QCoreApplication.translate("CampaignCharts", "Failed"),
            lambda p: _counted(p.failed, p.accepted),
            is_number=True,
            width=110,
        ),
    )
    return Chart(workplace, name, columns, lambda rows: places_drawing(workplace, rows), beside=False)


def places_drawing(workplace: Workplace, rows: Sequence[Place]) -> Drawing:
    """The largest places: what arrived, and its share of what was accepted there."""
    bars = [Bar(workplace.say(p.name), p.delivered, _counted(p.delivered, p.accepted), "good") for p in rows[:_BARS]]
    return Bars(bars)
