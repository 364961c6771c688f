"""What the reports page and the replies page have in common: a table of what came in, and a search by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from smsdesk.jobs.desk import Desk
from smsdesk.jobs.exporting import Target
from smsdesk.jobs.inbox import Filter
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.paged import PagedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.search_field import SearchField
from smsdesk.ui.workplace import Workplace


class InboxPage(Page):
    """A subclass names the columns, and how a page of rows is read and all are saved."""

    def __init__(
        self,
        workplace: Workplace,
        title: str,
        columns: Sequence[Column],
        fetch: Callable[[Desk, Filter, int | None, int], Sequence[Any]],
        save: Callable[[Desk, Target, Filter], int],
        empty: str,
    ):
        super().__init__(workplace)
        self._only = Filter()
        self.search = SearchField(self.tr("Search by the number's beginning"))
        self.search.searched.connect(self._search)
        self.fetch_button = parts.button(self.tr("Fetch now"), workplace.poll_now)
        self.hint = parts.quiet(empty)
        self.person_button = parts.button(self.tr("History of the number…"), self._on_person)
        self.export_button = ExportButton(workplace, title, lambda: self._saving(save))
        self.buttons = parts.row(
            self.search, self.hint, None, self.person_button, self.export_button, self.fetch_button
        )
        self.column.addLayout(self.buttons)
        self.model = PagedModel(
            workplace, columns, lambda desk, before, limit: fetch(desk, self._only, before, limit), self
        )
        self.table = DataTable(title, self.model)
        self.table.activated.connect(lambda _index: self._on_person())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._enable())
        self.column.addWidget(self.table, 1)
        self.model.modelReset.connect(self._filled)
        self.model.rowsInserted.connect(self._filled)
        self.model.refresh()
        self._enable()

    def _saving(self, save: Callable[[Desk, Target, Filter], int]) -> Job:
        only = self._only
        return lambda desk, target: save(desk, target, only)

    def selected(self) -> list[Any]:
        """The rows that are selected."""
        return [self.model.rows[row] for row in self.table.selected_rows()]

    def _enable(self) -> None:
        self.person_button.setEnabled(self.table.selectionModel().hasSelection())

    def _on_person(self) -> None:
        if chosen := self.selected():
            parts.ask(PersonDialog(self.workplace, chosen[0].mobile, self))

    def _filled(self) -> None:
        self._enable()
        self.hint.setVisible(not self.model.rows and not self._only.mobile)

    def _search(self, text: str) -> None:
        self._only = Filter(mobile="".join(text.split()) or None)
        self.model.reload()
