"""What the reports page and the replies page have in common: a table of what came in, and a search by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from smsdesk.jobs.desk import Desk
from smsdesk.jobs.inbox import Filter
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

_PAUSE_MS = 200


class InboxPage(Page):
    """A subclass names the columns, and how a page of rows is read."""

    def __init__(
        self,
        workplace: Workplace,
        title: str,
        columns: Sequence[Column],
        fetch: Callable[[Desk, Filter, int | None, int], Sequence[Any]],
        empty: str,
    ):
        super().__init__(workplace)
        self._only = Filter()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by number"))
        self.search.setAccessibleName(self.tr("Search by number"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        self.fetch_button = parts.button(self.tr("Fetch now"), workplace.poll_now)
        self.hint = parts.quiet(empty)
        self.column.addLayout(parts.row(self.search, self.hint, None, self.fetch_button))
        self.model = PagedModel(
            workplace, columns, lambda desk, before, limit: fetch(desk, self._only, before, limit), self
        )
        self.table = DataTable(title, self.model)
        self.column.addWidget(self.table, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.model.modelReset.connect(self._filled)
        self.model.rowsInserted.connect(self._filled)
        self.model.refresh()

    def _filled(self) -> None:
        self.hint.setVisible(not self.model.rows and not self._only.mobile)

    def _search(self) -> None:
        self._only = Filter(mobile="".join(self.search.text().split()) or None)
        self.model.reload()
