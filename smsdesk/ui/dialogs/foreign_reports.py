"""Status reports of which no message is known: sent by another program, or before this one was there."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from smsdesk.domain.chinatime import written
from smsdesk.jobs import explaining, inbox, tables_out
from smsdesk.jobs.inbox import Filter
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.exporter import ExportButton
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.workplace import Changed, Workplace


class ForeignReportsDialog(QDialog):
    """The last to arrive first."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._only = Filter(foreign=True)
        self.setWindowTitle(self.tr("Reports of messages that were not sent from here"))
        self.resize(860, 520)
        layout = parts.dialog_column(self)
        layout.addWidget(
            parts.quiet(
                self.tr(
                    "Another program that uses the account may have sent these messages, or they were sent before. "
                    "Should one be sent from here after all, its report finds it."
                )
            )
        )
        self.search = SearchField(self.tr("Search by the number's beginning"))
        self.search.searched.connect(self._search)
        self.export_button = ExportButton(
            workplace, self.tr("Not sent from here"), lambda: partial(tables_out.save_reports, only=self._only)
        )
        self.export_button.setAutoDefault(False)
        layout.addLayout(parts.row(self.search, None, self.export_button))
        columns = (
            Column(self.tr("Time"), lambda r: written(r.reported_at), width=160),
            Column(self.tr("Number"), lambda r: r.mobile, width=120),
            Column(
                self.tr("State"),
                lambda r: texts.delivery(r.delivery, workplace.say),
                tone=lambda r: texts.tone(r.delivery),
                width=110,
            ),
            Column(self.tr("Code"), lambda r: r.stat, width=100),
            Column(self.tr("What it means"), lambda r: workplace.say(explaining.of_stat(r.stat)), width=260),
            Column("mid", lambda r: r.mid),
        )
        self.model = PagedModel(
            workplace, columns, lambda desk, before, limit: inbox.reports(desk, self._only, before, limit), self
        )
        layout.addWidget(DataTable(self.windowTitle(), self.model), 1)
        self.empty = parts.quiet(self.tr("There are none."))
        layout.addWidget(self.empty)
        self.model.modelReset.connect(self._filled)
        self.model.rowsInserted.connect(self._filled)
        self.model.not_read.connect(lambda _why: self._filled())
        self._filled()
        close = parts.button(self.tr("Close"), self.accept)
        close.setAutoDefault(False)
        layout.addLayout(parts.row(None, close))
        workplace.changed.connect(self._changed)
        self.model.refresh()

    def _filled(self) -> None:
        self.empty.setVisible(self.model.is_empty)

    def _search(self, text: str) -> None:
        self._only = Filter(foreign=True, mobile="".join(text.split()) or None)
        self.model.reload()

    def _changed(self, what: Changed) -> None:
        if what.reports:
            self.model.refresh()
