"""What an account held over time: a chart, and its figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import written
from smsdesk.jobs import balances
from smsdesk.jobs.balances import Reading
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.charts import Chart
from smsdesk.ui.widgets.drawings import Drawing, Line, Lines
from smsdesk.ui.workplace import Workplace


class BalanceHistory(QWidget):
    """The chosen account's, over a time that the person chooses. Read only while it is seen."""

    said = Signal(str, str)
    """A sentence for the page's notice, and its tone."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        self.span = parts.drop_down(self.tr("How far back"))
        spans = (
            (self.tr("Last 24 hours"), timedelta(days=1)),
            (self.tr("Last 7 days"), timedelta(days=7)),
            (self.tr("Last 30 days"), timedelta(days=30)),
            (self.tr("All"), None),
        )
        for name, span in spans:
            self.span.addItem(name, span)
        self.span.setCurrentIndex(1)
        self.span.currentIndexChanged.connect(lambda _place: self.reload())
        columns = (
            Column(self.tr("Time"), lambda r: written(r.since), width=160, stretches=True),
            Column(self.tr("Balance"), lambda r: self._balance(r.balance_li), is_number=True, width=130),
            Column(self.tr("Change"), self._change, is_number=True, tone=_tone, width=130),
        )
        self.chart = Chart(
            workplace,
            self.tr("Balance over time"),
            columns,
            self._drawing,
            empty=self.tr("No readings in this time."),
            least_rows=4,
        )
        self.chart.said.connect(self.said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * SPACE, 0, 0)
        layout.addLayout(parts.row(parts.quiet(self.tr("Time shown"), wrap=False), self.span, None))
        layout.addWidget(self.chart, 1)

    def reload(self) -> None:
        """Read it again, if it is seen."""
        account: Account | None = self._workplace.account
        span: timedelta | None = self.span.currentData()
        if account is not None and self.isVisible():
            self._workplace.read(lambda desk: balances.over(desk, account, span), self._show)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See :meth:`reload`."""
        super().showEvent(event)
        self.reload()

    def _show(self, held: list[Reading]) -> None:
        rises = [one.change_li for one in held if one.change_li > 0]
        line = self.tr("%1 top-ups or repayments, %2 in all. Where much has changed, not every reading is shown.")
        summary = texts.fill(line, texts.number(len(rises)), texts.yuan(sum(rises))) if rises else ""
        self.chart.show_rows(held[::-1], summary)

    def _balance(self, li: float) -> str:
        """Never a minus sign alone."""
        amount = texts.yuan(abs(round(li)))
        return amount if li >= 0 else texts.fill(self.tr("owed %1"), amount)

    def _change(self, reading: Reading) -> str:
        if reading.change_li > 0:
            return "↑ " + texts.fill(self.tr("in: %1"), texts.yuan(reading.change_li))
        return "↓ " + texts.yuan(-reading.change_li) if reading.change_li else ""

    def _drawing(self, readings: Sequence[Reading]) -> Drawing:
        """The last one holds until it was last confirmed."""
        held = readings[::-1]
        times = [one.since for one in held] + [one.asked_at for one in held[-1:]]
        values = [one.balance_li for one in (*held, *held[-1:])]
        line = Line(self.tr("Balance"), values)
        return Lines(times, (line,), self._balance, is_step=True)


def _tone(reading: Reading) -> str:
    return "good" if reading.change_li > 0 else ""
