"""One person: who it is, and all that was sent, came back and was decided, on one page."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QFormLayout, QInputDialog, QLineEdit, QWidget

from smsdesk.domain.chinatime import written
from smsdesk.domain.words import Words
from smsdesk.jobs import blocklist, history, people, tables_out
from smsdesk.jobs.blocklist import NO_REASON
from smsdesk.jobs.history import Event, History, Page, What
from smsdesk.ui import texts
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.exporter import ExportButton
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace

_SIGNS = {What.MESSAGE: "➤", What.REPORT: "✓", What.REPLY: "↩", What.BLOCKED: "⊘", What.UNBLOCKED: "○"}
_TONES = {What.REPLY: "accent", What.BLOCKED: "warn", What.UNBLOCKED: "good"}


class PersonDialog(QDialog):
    """Shows a number, whether the address book knows it or not."""

    def __init__(self, workplace: Workplace, mobile: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace, self._mobile = workplace, mobile
        self._history: History | None = None
        self.setWindowTitle(mobile)
        self.resize(960, 560)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.head = parts.heading(mobile)
        self.state = parts.quiet(wrap=False)
        self.block_button = parts.button(self.tr("Put on the blocklist"), self._on_block, icon="ban")
        self.unblock_button = parts.button(self.tr("Take off the blocklist…"), self._on_unblock)
        for button in (self.block_button, self.unblock_button):
            button.setAutoDefault(False)
        layout.addLayout(parts.row(self.head, self.state, None, self.block_button, self.unblock_button))
        self._who = self._fields()
        self._who.setEnabled(False)  # until it is known what they are to hold
        layout.addWidget(self._who)
        columns = (
            Column(self.tr("Time"), lambda e: written(e.at), width=160),
            Column(self.tr("What"), self._what, tone=lambda e: _TONES.get(e.what, ""), width=120),
            Column(self.tr("Text"), lambda e: e.text, width=280),
            Column(self.tr("What it means"), lambda e: workplace.say(e.words), width=180),
            Column(self.tr("Campaign"), lambda e: e.campaign),
        )
        self.events = FixedModel(columns, self)
        table = DataTable(self.tr("What happened, the last first"), self.events)
        layout.addWidget(table, 1)
        self.empty = parts.quiet(self.tr("Nothing was sent to this number, and nothing came from it."))
        layout.addWidget(self.empty)
        self.earlier_button = parts.button(self.tr("Show earlier ones"), self._on_earlier)
        self.earlier_button.hide()
        self.export_button = ExportButton(workplace, mobile, lambda: partial(tables_out.save_history, mobile=mobile))
        close = parts.button(self.tr("Close"), self.accept)
        for button in (self.earlier_button, self.export_button, close):
            button.setAutoDefault(False)
        layout.addLayout(parts.row(self.earlier_button, self.export_button, None, close))
        workplace.changed.connect(self._changed)
        table.setFocus()
        self._read()

    def _fields(self) -> QWidget:
        self.name, self.tags, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.tags.setPlaceholderText(self.tr("words with blanks between them"))
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(4 * SPACE)
        for label, field in (
            (self.tr("Name"), self.name),
            (self.tr("Tags"), self.tags),
            (self.tr("Note"), self.note),
        ):
            field.setAccessibleName(label)
            field.editingFinished.connect(self._on_edited)
            form.addRow(label, field)
        return box

    def _what(self, event: Event) -> str:
        return f"{_SIGNS[event.what]} {texts.capital(self._workplace.say(event.what.words))}"

    # -- what is shown -------------------------------------------------------------------------------------

    def _read(self) -> None:
        most = max(history.AT_ONCE, self.events.rowCount())  # as many as are shown
        self._workplace.read(lambda desk: history.of(desk, self._mobile, most), self._show)

    def _on_earlier(self) -> None:
        """Read on below what is shown; the button comes back where there is more."""
        shown = self.events.rows
        self.earlier_button.setEnabled(False)

        def found(page: Page) -> None:
            if self.events.rows is shown:  # else it was read anew meanwhile
                self.events.add(page.events)
                self.earlier_button.setVisible(page.has_more)
            self.earlier_button.setEnabled(True)

        self._workplace.read(lambda desk: history.earlier(desk, self._mobile, shown[-1]), found, self._not_read)

    def _not_read(self, words: Words) -> None:
        self.earlier_button.setEnabled(True)
        self._complain(words)

    def _changed(self, what: Changed) -> None:
        if what.people or what.reports or what.replies or what.blocklist or what.campaigns:
            self._read()

    def _show(self, found: History) -> None:
        is_first, self._history = self._history is None, found
        person = found.person
        self._who.setEnabled(True)
        self._who.setVisible(person is not None)
        self.head.setText(f"{person.name} · {self._mobile}" if person and person.name else self._mobile)
        if person:
            texts_now = ((self.name, person.name), (self.tags, " ".join(person.tags)), (self.note, person.note))
            for field, text in texts_now:
                if is_first or not field.isModified():  # what is being typed stays
                    field.setText(text)
        groups = texts.fill(self.tr("in %1"), "、".join(found.groups)) if found.groups else ""
        blocked = "⊘ " + self.tr("on the blocklist") if found.is_blocked else ""
        self.state.setText(" · ".join(part for part in (groups, blocked) if part))
        self.block_button.setVisible(not found.is_blocked)
        self.unblock_button.setVisible(found.is_blocked)
        self.events.show(found.last.events)
        self.earlier_button.setVisible(found.last.has_more)
        self.empty.setVisible(not found.last.events)

    # -- what a person does --------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        """Store what was typed, and nothing else: the rest may have changed since it was read."""
        changes: dict[str, Any] = {}
        if self.name.isModified():
            changes["name"] = self.name.text()
        if self.tags.isModified():
            changes["tags"] = self.tags.text().split()
        if self.note.isModified():
            changes["note"] = self.note.text()
        for field in (self.name, self.tags, self.note):
            field.setModified(False)
        if changes:
            mobile = self._mobile  # the dialog may be closed before it is stored
            self._workplace.work(
                lambda desk, _stop, _tell: people.edit(desk, mobile, **changes), changes=Changed(people=True)
            )

    def _on_block(self) -> None:
        self._workplace.work(
            lambda desk, _stop, _tell: blocklist.add(desk, [self._mobile]),
            on_error=self._complain,
            changes=Changed(blocklist=True),
        )

    def _on_unblock(self) -> None:
        why, is_given = QInputDialog.getText(
            self,
            self.tr("Take off the blocklist"),
            self.tr("This number gets messages again. Why? It is kept with your name and the time."),
        )
        if is_given and not why.strip():
            self._complain(NO_REASON)
        elif is_given:
            self._workplace.work(
                lambda desk, _stop, _tell: blocklist.remove(desk, [self._mobile], why.strip()),
                on_error=self._complain,
                changes=Changed(blocklist=True),
            )

    def _complain(self, words: Words) -> None:
        self.notice.say(self._workplace.say(words), "bad")
