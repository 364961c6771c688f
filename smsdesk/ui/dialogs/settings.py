"""Settings: the accounts, and how the window looks and speaks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QMessageBox, QSpinBox, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.findings import OPT_OUT_ENDING
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.words import Language
from smsdesk.jobs import accounts
from smsdesk.settings.settings import Notify, Theme
from smsdesk.ui import texts
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.data import DataDialog
from smsdesk.ui.dialogs.receiver import ReceiverDialog
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace


class SettingsDialog(QDialog):
    """Every change takes effect at once, but for the language."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(720, 640)
        layout = parts.dialog_column(self)
        self.notice = Notice()
        layout.addWidget(self.notice)
        layout.addWidget(parts.heading(self.tr("Accounts")))
        layout.addWidget(self._accounts_table(), 1)
        self.add_button = parts.button(self.tr("New account…"), self._on_add, primary=True, icon="plus")
        self.edit_button = parts.button(self.tr("Change…"), self._on_edit)
        self.remove_button = parts.button(self.tr("Remove…"), self._on_remove, icon="trash-2")
        layout.addLayout(parts.row(self.add_button, self.edit_button, self.remove_button, None))
        layout.addWidget(parts.heading(self.tr("Sending")))
        layout.addLayout(self._sending_fields())
        layout.addWidget(parts.heading(self.tr("Window")))
        layout.addLayout(self._window_fields())
        self.push_button = parts.button(self.tr("Receive pushes…"), self._on_push)
        self.push_button.setToolTip(self.tr("Let the gateway send reports and replies here instead of being asked."))
        close = parts.button(self.tr("Close"), self.accept)
        close.setAutoDefault(False)
        self.data_button = parts.button(self.tr("Data: backup, restore, old data…"), self._on_data)
        self.data_button.setAutoDefault(False)
        layout.addLayout(parts.row(self.push_button, self.data_button, None, close))
        workplace.changed.connect(self._changed)
        self._show()

    def _accounts_table(self) -> QWidget:
        columns = (
            Column(self.tr("Name"), lambda a: a.name, width=150),
            Column(self.tr("Gateway address"), lambda a: a.url, width=220),
            Column(self.tr("Access number"), lambda a: a.extno, width=110),
            Column(
                self.tr("Encrypted"),
                lambda a: "! " + self.tr("no") if a.is_plain_http else "✓ " + self.tr("yes"),
                tone=lambda a: "warn" if a.is_plain_http else "good",
            ),
        )
        self.model = FixedModel(columns, self)
        self.table = DataTable(self.tr("Accounts"), self.model)
        self.table.activated.connect(lambda _index: self._on_edit())
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        return self.table

    def _sending_fields(self) -> QFormLayout:
        kept = self._workplace.settings
        self.confirm_above, self.sensitive = QSpinBox(), QLineEdit(" ".join(kept.sensitive))
        self.confirm_above.setRange(1, 10_000_000)
        self.confirm_above.setGroupSeparatorShown(True)
        self.confirm_above.setValue(kept.confirm_above)
        self.sensitive.setPlaceholderText(self.tr("words that you want to be asked about, with blanks between them"))
        self.confirm_above.editingFinished.connect(
            lambda: self._workplace.keep(confirm_above=self.confirm_above.value())
        )
        self.sensitive.editingFinished.connect(
            lambda: self._workplace.keep(sensitive=tuple(self.sensitive.text().split()))
        )
        self.ending = QLineEdit(kept.opt_out_ending)
        self.ending.editingFinished.connect(self._on_ending)
        self.own_numbers = QLineEdit(" ".join(kept.own_numbers))
        self.own_numbers.setPlaceholderText(self.tr("one or more mobile numbers, with blanks between them"))
        self.own_numbers.editingFinished.connect(self._on_own_numbers)
        return _form(
            (self.tr("My own numbers, for tests"), self.own_numbers),
            (self.tr("Type the count of a send above"), self.confirm_above),
            (self.tr("Marketing messages end with"), self.ending),
            (self.tr("Sensitive words"), self.sensitive),
        )

    def _window_fields(self) -> QFormLayout:
        kept = self._workplace.settings
        self.theme, self.language, self.poll = QComboBox(), QComboBox(), QSpinBox()
        for theme, name in (
            (Theme.SYSTEM, self.tr("as the system")),
            (Theme.LIGHT, self.tr("light")),
            (Theme.DARK, self.tr("dark")),
        ):
            self.theme.addItem(name, theme)
        for language, name in (
            (None, self.tr("as the system")),
            (Language.ZH, "简体中文"),
            (Language.EN, "English"),
        ):
            self.language.addItem(name, language)
        self.theme.setCurrentIndex(self.theme.findData(kept.theme))
        self.language.setCurrentIndex(self.language.findData(kept.language))
        self.poll.setRange(5, 3600)
        self.poll.setValue(kept.poll_seconds)
        self.poll.setSuffix(self.tr(" s"))
        self.theme.activated.connect(lambda _i: self._workplace.keep(theme=Theme(self.theme.currentData())))
        self.language.activated.connect(self._on_language)
        self.poll.editingFinished.connect(self._on_poll)
        self.notify = QComboBox()
        for notify, name in (
            (Notify.OFF, self.tr("nothing")),
            (Notify.COUNT, self.tr("how many came")),
            (Notify.TEXT, self.tr("number and text, for whoever sees the screen")),
        ):
            self.notify.addItem(name, notify)
        self.notify.setCurrentIndex(self.notify.findData(kept.notify))
        self.notify.activated.connect(lambda _i: self._workplace.keep(notify=Notify(self.notify.currentData())))
        return _form(
            (self.tr("Light or dark"), self.theme),
            (self.tr("Language"), self.language),
            (self.tr("Fetch reports and replies every"), self.poll),
            (self.tr("The desktop shows of new replies"), self.notify),
        )

    def _on_push(self) -> None:
        parts.ask(ReceiverDialog(self._workplace, self))

    def _on_ending(self) -> None:
        self.ending.setText(self.ending.text().strip() or OPT_OUT_ENDING)
        self._workplace.keep(opt_out_ending=self.ending.text())

    def _on_own_numbers(self) -> None:
        found = clean(self.own_numbers.text(), abroad=True)
        if isinstance(found, Reason):
            self.notice.say(self._workplace.say(found.words), "bad")
        else:
            self._workplace.keep(own_numbers=found)

    def _on_language(self, _index: int) -> None:
        chosen = self.language.currentData()
        self._workplace.keep(language=Language(chosen) if chosen else None)
        self.notice.say(self.tr("The language changes when the program is started the next time."))

    def _on_poll(self) -> None:
        if self.poll.value() != self._workplace.settings.poll_seconds:
            self._workplace.keep(poll_seconds=self.poll.value())
            self._workplace.poll_now()

    # -- accounts ------------------------------------------------------------------------------------------

    def _on_data(self) -> None:
        parts.ask(DataDialog(self._workplace, self))

    def _changed(self, what: Changed) -> None:
        if what.accounts:
            self._show()

    def _show(self) -> None:
        self.model.show(self._workplace.accounts)
        if self._workplace.accounts:
            self.table.selectRow(0)
        self._enable(QModelIndex())

    def _enable(self, _index: QModelIndex) -> None:
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(self.table.currentIndex().isValid())

    def _chosen(self) -> Account | None:
        index = self.table.currentIndex()
        return self._workplace.accounts[index.row()] if index.isValid() else None

    def _on_add(self) -> None:
        parts.ask(AccountDialog(self._workplace, None, self))

    def _on_edit(self) -> None:
        if account := self._chosen():
            parts.ask(AccountDialog(self._workplace, account, self))

    def _on_remove(self) -> None:
        if (account := self._chosen()) is None:
            return
        question = self.tr("Remove the account “%1” and its password? What was sent by it stays in the lists.")
        answer = QMessageBox.question(self, self.tr("Remove"), texts.fill(question, account.name))
        if answer == QMessageBox.StandardButton.Yes:
            workplace = self._workplace  # it is to know, whether or not this dialog is there
            workplace.work(
                lambda desk, _stop, _tell: accounts.remove(desk, account),
                lambda _none: workplace.reload_accounts(),
                lambda words: self.notice.say(self._workplace.say(words), "bad"),
            )


def _form(*fields: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(4 * SPACE)
    form.setVerticalSpacing(2 * SPACE)
    for name, field in fields:
        field.setAccessibleName(name)
        form.addRow(name, field)
    return form
