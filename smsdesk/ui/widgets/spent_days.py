"""What was spent on each of the last days: a chart, and its figures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smsdesk.domain.spending import DaySpent
from smsdesk.jobs import spending
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.drawings import Bar, Columns, Drawing
from smsdesk.ui.workplace import Workplace


class SpentDays(QWidget):
    """As the balance tells it, beside what was sent from here. Read only while it is seen."""

    said = Signal(str, str)
    """A sentence for the page's notice, and its tone."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        columns = (
            Column(self.tr("Day"), lambda d: d.day.isoformat(), width=100, stretches=True),
            Column(self.tr("Spent"), lambda d: _yuan(d.fell_li), is_number=True, width=90),
            Column(self.tr("Came in"), lambda d: _yuan(d.rose_li or None), is_number=True, width=90),
            Column(self.tr("Segments here"), lambda d: texts.number(d.segments), is_number=True, width=90),
            Column(self.tr("At the price"), lambda d: _yuan(d.sent_li), is_number=True, width=90),
        )
        self.chart = Chart(workplace, self.tr("Spent a day, last 30 days"), columns, _drawing, least_rows=4)
        self.chart.said.connect(self.said)
        about = self.tr(
            "“Spent” is by how much the balance fell: what the gateway took, for others with the same login as well, "
            "on the day on which it was read. “At the price” is what the segments sent from here cost at the account's "
            "price. The two may differ."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * SPACE, 0, 0)
        layout.addWidget(parts.quiet(about))
        layout.addWidget(self.chart, 1)

    def reload(self) -> None:
        """Read it again, if it is seen."""
        account = self._workplace.account
        if account is not None and self.isVisible():
            self._workplace.read(lambda desk: spending.days(desk, account), self.chart.show_rows)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See :meth:`reload`."""
        super().showEvent(event)
        self.reload()


def _yuan(li: int | None) -> str:
    return "–" if li is None else texts.yuan(li)


def _drawing(days: Sequence[DaySpent]) -> Drawing:
    bars = [Bar(f"{one.day:%m-%d}", one.fell_li or 0, _yuan(one.fell_li)) for one in days[::-1]]
    return Columns(bars, lambda li: texts.yuan(round(li)))
