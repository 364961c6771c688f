"""How fetching goes for each account: when it last could, since when it cannot and why, when it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from smsdesk.domain.chinatime import written
from smsdesk.jobs import receiving
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.polling import Polled


def failing_line(workplace: Workplace, account: str, poll: Polled) -> str:
    """What fails, since when and why, when it last went, when it is tried again: one line."""
    line = QCoreApplication.translate(
        "FetchingDialog", "! %1: %2 not fetched since %3 (last success %4, next try %5). %6"
    )
    return texts.fill(
        line,
        account,
        what(poll.source),
        texts.time_of_day(poll.failing_since),
        texts.time_of_day(poll.fetched_at),
        texts.time_of_day(poll.next_at),
        workplace.say(poll.problem) if poll.problem else "",
    )


def what(source: str) -> str:
    """Which of the two is fetched."""
    if source == receiving.REPORT:
        return QCoreApplication.translate("FetchingDialog", "status reports")
    return QCoreApplication.translate("FetchingDialog", "replies")


class FetchingDialog(QDialog):
    """Follows while it is open. `polls` is how each went last, kept by its owner."""

    def __init__(self, workplace: Workplace, polls: Mapping[tuple[int, str], Polled], parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace, self._polls = workplace, polls
        self.setWindowTitle(self.tr("Fetching of reports and replies"))
        self.resize(1000, 420)
        columns = (
            Column(self.tr("Account"), lambda p: self._names.get(p.account_id, ""), width=140),
            Column(self.tr("What"), lambda p: what(p.source), width=110),
            Column(self.tr("State"), self._state, tone=lambda p: "bad" if p.problem else "good", width=110),
            Column(self.tr("Last success"), lambda p: written(p.fetched_at) or "–", width=160),
            Column(self.tr("Failing since"), lambda p: written(p.failing_since) or "–", width=160),
            Column(self.tr("Next try"), lambda p: texts.time_of_day(p.next_at), width=90),
            Column(self.tr("Why"), lambda p: workplace.say(p.problem) if p.problem else ""),
        )
        self.model = FixedModel(columns, self)
        self.table = DataTable(self.windowTitle(), self.model)
        layout = parts.dialog_column(self)
        layout.addWidget(self.table, 1)
        self.why = parts.quiet()
        layout.addWidget(self.why)
        self.fetch_button = parts.button(self.tr("Fetch now"), workplace.poll_now, icon="refresh-cw")
        close = parts.button(self.tr("Close"), self.accept)
        for button in (self.fetch_button, close):
            button.setAutoDefault(False)
        layout.addLayout(parts.row(self.fetch_button, None, close))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_why())
        workplace.polled.connect(self._polled)
        self._show()

    def _polled(self, _news: Polled) -> None:
        self._show()

    def _state(self, poll: Polled) -> str:
        return "✗ " + self.tr("failing") if poll.problem else "✓ " + self.tr("fetched")

    def _show(self) -> None:
        self._names = {account.id: account.name for account in self._workplace.accounts}
        row = max(0, self.table.currentIndex().row())
        polls = [poll for poll in self._polls.values() if poll.account_id in self._names]
        self.model.show(sorted(polls, key=lambda poll: (self._names[poll.account_id], poll.source)))
        self.table.selectRow(row)
        self._show_why()

    def _show_why(self) -> None:
        row = self.table.currentIndex().row()
        poll = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        self.why.setText(self._workplace.say(poll.problem) if poll and poll.problem else "")
