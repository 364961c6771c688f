"""Status reports as they come in, each with its meaning in plain words."""

from __future__ import annotations

from smsdesk.domain.chinatime import written
from smsdesk.jobs import explaining, inbox, tables_out
from smsdesk.jobs.inbox import ReportRow
from smsdesk.ui import texts
from smsdesk.ui.pages.inbox_page import InboxPage
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.workplace import Changed, Workplace


class ReportsPage(InboxPage):
    """The last to arrive first."""

    def __init__(self, workplace: Workplace):
        columns = (
            Column(self.tr("Time"), lambda r: written(r.reported_at), width=160),
            Column(self.tr("Number"), lambda r: r.mobile, width=120),
            Column(
                self.tr("State"), lambda r: texts.delivery(r.delivery), tone=lambda r: texts.tone(r.delivery), width=110
            ),
            Column(self.tr("Code"), lambda r: r.stat, width=100),
            Column(self.tr("What it means"), self._meaning, width=320),
            Column(self.tr("Campaign"), self._campaign, width=160),
            Column(self.tr("Text"), lambda r: r.content or ""),
        )
        empty = self.tr("No status reports yet. They are fetched by themselves after sending.")
        super().__init__(workplace, self.tr("Status reports"), columns, inbox.reports, tables_out.save_reports, empty)
        workplace.changed.connect(self._changed)

    def _meaning(self, row: ReportRow) -> str:
        return self.workplace.say(explaining.of_stat(row.stat))

    def _campaign(self, row: ReportRow) -> str:
        return row.campaign or self.tr("(not sent from here)")

    def _changed(self, what: Changed) -> None:
        if what.reports:
            self.model.refresh()
