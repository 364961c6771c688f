"""Answers of the gateways that could not be read: they are kept, and here a person sees them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from smsdesk.domain.chinatime import written
from smsdesk.domain.words import Words
from smsdesk.jobs import raw_answers
from smsdesk.jobs.polling import Came
from smsdesk.jobs.raw_answers import Unread
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import exporter, parts
from smsdesk.ui.widgets.exporter import ExportButton
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace


class RawAnswersDialog(QDialog):
    """A list above, and below it why the chosen one could not be read and what it says."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self.setWindowTitle(self.tr("Answers that could not be read"))
        self.resize(860, 600)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        line = self.tr(
            "The gateway hands each item out once, so nothing of these is thrown away. "
            "Try again after an update of the program, or save one for the gateway's support."
        )
        layout.addWidget(parts.quiet(line))
        self.table = self._table()
        layout.addWidget(self.table, 1)
        self.why = parts.quiet()
        layout.addWidget(self.why)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("What the gateway answered"))
        self.text.setTabChangesFocus(True)
        layout.addWidget(self.text, 1)
        self.retry_button = parts.button(self.tr("Try again"), self._on_retry)
        self.save_button = parts.button(self.tr("Save to a file…"), self._on_save)
        self.aside_button = parts.button(self.tr("Set aside"), self._on_aside)
        self.aside_button.setToolTip(self.tr("It stays in the store, and is not shown any more."))
        self.export_button = ExportButton(workplace, self.windowTitle(), lambda: exporter.shown(self.model))
        close = parts.button(self.tr("Close"), self.accept)
        for button in (self.retry_button, self.save_button, self.aside_button, self.export_button, close):
            button.setAutoDefault(False)
        buttons = (self.retry_button, self.save_button, self.aside_button, self.export_button)
        layout.addLayout(parts.row(*buttons, None, close))
        self._read()

    def _table(self) -> DataTable:
        columns = (
            Column(self.tr("Received"), lambda one: written(one.received_at), width=160),
            Column(self.tr("Account"), lambda one: one.account, width=140),
            Column(self.tr("From"), lambda one: self._workplace.say(raw_answers.SOURCES[one.source]), width=150),
            Column(self.tr("Bytes"), lambda one: texts.number(one.size), is_number=True, width=90),
            Column(self.tr("Why"), lambda one: self._workplace.say(one.why)),
        )
        self.model = FixedModel(columns, self)
        table = DataTable(self.windowTitle(), self.model)
        table.selectionModel().selectionChanged.connect(lambda _now, _before: self._show())
        return table

    def selected(self) -> list[Unread]:
        """The answers that are chosen."""
        return [self.model.rows[row] for row in self.table.selected_rows()]

    def _read(self) -> None:
        def read(found: list[Unread]) -> None:
            self.model.show(found)
            if found:
                self.table.selectRow(0)
            self._show()

        self._workplace.read(raw_answers.every, read)
        self._workplace.count_unread()

    def _show(self) -> None:
        chosen = self.selected()
        self.retry_button.setEnabled(bool(chosen))
        self.aside_button.setEnabled(bool(chosen))
        self.save_button.setEnabled(len(chosen) == 1)
        self.why.setText(self._workplace.say(chosen[0].why) if chosen else "")
        self.text.clear()
        if len(chosen) == 1:
            self._read_text(chosen[0].id)

    def _read_text(self, raw_id: int) -> None:
        def read(text: str) -> None:
            if [one.id for one in self.selected()] == [raw_id]:
                self.text.setPlainText(text)

        self._workplace.work(lambda desk, _stop, _tell: raw_answers.text_of(desk, raw_id), read, self._complain)

    def _on_retry(self) -> None:
        ids = [one.id for one in self.selected()]

        def tried(came: Came) -> None:
            self._workplace.came(came)
            line = self.tr("Come in: reports %1, replies %2.")
            self.notice.say(
                texts.fill(line, texts.number(came.reports), texts.number(came.replies)),
                "good" if came.reports or came.replies else "",
            )
            self._read()

        self._workplace.work_long(lambda desk, _stop, _tell: raw_answers.retry(desk, ids), tried, self._complain)

    def _on_aside(self) -> None:
        ids = [one.id for one in self.selected()]
        self._workplace.work(
            lambda desk, _stop, _tell: raw_answers.set_aside(desk, ids), lambda _none: self._read(), self._complain
        )

    def _on_save(self) -> None:
        (chosen,) = self.selected()
        name, _ = QFileDialog.getSaveFileName(self, self.save_button.text(), f"answer-{chosen.id}.txt")
        if not name:
            return

        def saved(_size: int) -> None:
            self.notice.say(texts.fill(self.tr("Saved as %1."), name), "good")

        self._workplace.work_long(
            lambda desk, _stop, _tell: raw_answers.save(desk, chosen.id, Path(name)), saved, self._complain
        )

    def _complain(self, words: Words) -> None:
        self.notice.say(self._workplace.say(words), "bad")
