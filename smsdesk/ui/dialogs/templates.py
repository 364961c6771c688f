"""Choosing a text that was kept under a name, or sent before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from smsdesk.domain.words import Words
from smsdesk.jobs import templates
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.desk import Desk
    from smsdesk.jobs.templates import Kept


@dataclass(frozen=True, slots=True)
class _Row:
    """A text, and whether it is kept or was sent."""

    kept: Kept
    is_template: bool


class TemplatesDialog(QDialog):
    """Accepted: `chosen` has the text."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self.chosen = ""
        self._workplace = workplace
        self._rows: list[_Row] = []
        self.setWindowTitle(self.tr("Templates"))
        self.resize(760, 460)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search names and texts"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        layout.addWidget(self.search)
        columns = (
            Column(self.tr("Name"), lambda r: r.kept.name, width=170),
            Column(self.tr("Kind"), self._kind, width=100),
            Column(self.tr("Changed or sent"), lambda r: texts.day_and_minute(r.kept.changed_at), width=120),
            Column(self.tr("Text"), lambda r: " ".join(r.kept.text.split())),
        )
        self.model = FixedModel(columns, self)
        self.table = DataTable(self.tr("Templates"), self.model)
        self.table.activated.connect(lambda _index: self._on_use())
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        layout.addWidget(self.table, 1)
        self.empty = parts.quiet(self.tr("Nothing is kept yet. Write a text and choose “Keep this text…”."))
        layout.addWidget(self.empty)
        self.use_button = parts.button(self.tr("Use"), self._on_use, primary=True)
        self.remove_button = parts.button(self.tr("Remove"), self._on_remove)
        back = parts.button(self.tr("Back"), self.reject)
        layout.addLayout(parts.row(self.remove_button, None, back, self.use_button))
        self._read()

    def _kind(self, row: _Row) -> str:
        return "★ " + self.tr("kept") if row.is_template else "➤ " + self.tr("sent")

    def _read(self) -> None:
        def both(desk: Desk) -> list[_Row]:
            kept, sent = templates.every(desk), templates.sent(desk)
            return [_Row(one, True) for one in kept] + [_Row(one, False) for one in sent]

        self._workplace.read(both, self._show)

    def _show(self, rows: list[_Row]) -> None:
        self._rows = rows
        self.empty.setVisible(not rows)
        self._filter()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        rows = [r for r in self._rows if wanted in r.kept.name.casefold() or wanted in r.kept.text.casefold()]
        self.model.show(rows)
        if rows:
            self.table.selectRow(0)
        self._enable(QModelIndex())

    def _current(self) -> _Row | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _enable(self, _index: QModelIndex) -> None:
        row = self._current()
        self.use_button.setEnabled(row is not None)
        self.remove_button.setEnabled(row is not None and row.is_template)

    def _on_use(self) -> None:
        if row := self._current():
            self.chosen = row.kept.text
            self.accept()

    def _on_remove(self) -> None:
        row = self._current()
        if row is None:
            return
        kept = row.kept

        def removed(_none: object) -> None:
            self.notice.say(texts.fill(self.tr("“%1” is removed."), kept.name), "", self.tr("Undo"), undo)
            self._read()

        def undo() -> None:
            self._workplace.work(
                lambda desk, _stop, _tell: templates.keep(desk, kept.name, kept.text), lambda _was: self._read()
            )

        self._workplace.work(lambda desk, _stop, _tell: templates.remove(desk, kept.name), removed, self._complain)

    def _complain(self, words: Words) -> None:
        self.notice.say(self._workplace.say(words), "bad")
