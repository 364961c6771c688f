"""Several campaigns side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from smsdesk.jobs import statistics
from smsdesk.jobs.statistics import Compared, percent
from smsdesk.ui import texts
from smsdesk.ui.figures import Figures
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.campaign_charts import rate
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.drawings import Bar, Bars, Drawing
from smsdesk.ui.workplace import Workplace

MOST: Final = 10
"""Campaigns that are compared at once."""

Rate = Callable[[Compared], float | None]


def _written(of: Rate) -> Callable[[Compared], str]:
    return lambda one: rate(of(one))


class Comparison(QWidget):
    """The campaigns that are chosen in the list: their rates as a table, and one of them as a chart.

    Read only while it is seen, and while they change with a pause between.
    """

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._ids: tuple[int, ...] = ()
        self._figures = Figures(workplace, lambda desk, ids, _stop: statistics.compare(desk, ids), self)
        self._figures.computed.connect(self._show)
        self._rates: list[tuple[str, Rate, str]] = [
            (self.tr("Delivered"), lambda c: c.share(c.campaign.counts.delivered), "good"),
            (self.tr("Failed"), lambda c: c.share(c.campaign.counts.failed), "bad"),
            (self.tr("Rejected"), lambda c: percent(c.campaign.counts.rejected, c.campaign.counts.total), "warn"),
            (self.tr("Replied"), lambda c: c.share(c.answers.replied), "accent"),
            (self.tr("Opted out"), lambda c: c.share(c.answers.opted_out), "warn"),
        ]
        self.hint = parts.quiet(
            texts.fill(self.tr("Choose 2 to %1 campaigns in the list, with Ctrl or Shift held down."), MOST)
        )
        self.rate = parts.drop_down(self.tr("The rate that is drawn"))
        self.rate.addItems([name for name, _, _ in self._rates])
        columns = (
            Column(self.tr("Name"), lambda c: c.campaign.name, width=150, stretches=True),
            Column(self.tr("Messages"), lambda c: texts.number(c.campaign.counts.total), is_number=True, width=80),
            Column(self.tr("Accepted"), lambda c: texts.number(c.campaign.counts.accepted), is_number=True, width=80),
            *(Column(name, _written(of), is_number=True, width=80) for name, of, _ in self._rates),
        )
        self.chart = Chart(
            workplace, self.tr("Comparison"), columns, self._drawing, beside=False, key=lambda c: c.campaign.id
        )
        self.rate.currentIndexChanged.connect(lambda _place: self.chart.draw())
        layout = parts.column(self, spacing=3)
        layout.addWidget(self.hint)
        layout.addLayout(parts.row(self.rate, None))
        layout.addWidget(self.chart)
        self.compare(())

    def compare(self, campaign_ids: Sequence[int]) -> None:
        """Compare these campaigns; fewer than two are none."""
        ids = tuple(campaign_ids[:MOST]) if len(campaign_ids) > 1 else ()
        if ids != self._ids:
            self._ids = ids
            self.chart.show_waiting()
        self.hint.setVisible(not 1 < len(campaign_ids) <= MOST)
        for widget in (self.rate, self.chart):
            widget.setVisible(bool(self._ids))
        self.refresh()

    def refresh(self) -> None:
        """Read them again, if they are seen."""
        if self.isVisible():
            self._figures.show(self._ids or None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See :meth:`refresh`."""
        super().showEvent(event)
        self.refresh()

    def _show(self, found: list[Compared]) -> None:
        self.chart.show_rows(found)

    def _drawing(self, rows: Sequence[Compared]) -> Drawing:
        _, of, tone = self._rates[self.rate.currentIndex()]
        return Bars([Bar(row.campaign.name, of(row) or 0.0, rate(of(row)), tone) for row in rows])
