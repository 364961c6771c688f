"""Passwords that no keyring has: a person is asked for them at the start, one account after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.account_fields import RememberBox, RevealBox, add, form_layout
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.accounts import Given, Missing


class PasswordDialog(QDialog):
    """Accepted: the password is there. Else the account goes on waiting for it."""

    def __init__(self, workplace: Workplace, missing: Missing, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace, self.account = workplace, missing.account
        self.given: Given | None = None
        self.setWindowTitle(self.tr("Password"))
        self.setMinimumSize(520, 400)
        self.notice = Notice()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = RememberBox(workplace)
        self.go_button = parts.button(self.tr("Go on"), self._on_go, primary=True)
        self.go_button.setDefault(True)
        self.later_button = parts.button(self.tr("Later"), self.reject)
        self.later_button.setAutoDefault(False)
        why = self.tr("The password of this account is not stored on this computer.")
        form = form_layout()
        add(form, self.tr("Gateway account"), parts.quiet(missing.account.login), "")
        add(form, self.tr("Password"), self.password, "")
        form.addRow("", RevealBox(self.password))
        form.addRow("", self.remember)
        layout = parts.dialog_column(self)
        layout.addWidget(parts.heading(texts.fill(self.tr("Password of “%1”"), missing.account.name)))
        layout.addWidget(parts.quiet(workplace.say(missing.why) if missing.why else why))
        layout.addWidget(
            parts.quiet(self.tr("Until it is entered, nothing is sent through this account, and nothing fetched."))
        )
        layout.addWidget(self.notice)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(parts.row(None, self.later_button, self.go_button))
        self.password.setFocus()

    def _on_go(self) -> None:
        self.go_button.setEnabled(False)
        self.notice.say(self.tr("Asking the gateway for the balance…"))
        remember = self.remember.is_wanted
        password = Secret(self.password.text())
        self._workplace.give_password(self.account, password, self._taken, self._refused, remember=remember)

    def _taken(self, given: Given) -> None:
        self.given = given
        self.accept()

    def _refused(self, words: Words) -> None:
        self.go_button.setEnabled(True)
        self.notice.say(self._workplace.say(words), "bad")
        self.password.selectAll()
        self.password.setFocus()


class PasswordAsker(QObject):
    """Asks for what the workplace wants, one after another; `notice` tells what still waits."""

    def __init__(self, workplace: Workplace, window: QWidget, notice: Notice):
        super().__init__(window)
        self._workplace, self._window, self._notice = workplace, window, notice
        self._wanted: list[Missing] = []
        self._later: list[Missing] = []
        self._open: PasswordDialog | None = None
        workplace.passwords_wanted.connect(self.ask)

    def ask(self, wanted: list[Missing]) -> None:
        """Ask for these, after those that are asked for already."""
        known = {one.account.id for one in self._wanted}
        self._wanted += [one for one in wanted if one.account.id not in known]
        if self._open is None:
            self._next()

    def _next(self) -> None:
        if not self._wanted:
            self._tell_what_waits()
            return
        missing = self._wanted[0]
        self._open = dialog = PasswordDialog(self._workplace, missing, self._window)
        dialog.finished.connect(lambda _result: self._answered(missing, dialog))
        dialog.open()  # beside all else that goes on: for other accounts it is fetched meanwhile

    def _answered(self, missing: Missing, dialog: PasswordDialog) -> None:
        self._open = None
        self._wanted.remove(missing)
        if dialog.given is None:
            self._later.append(missing)
        elif dialog.given.problem:
            self._tell_problem(missing.account, dialog.given, dialog.given.problem)
        dialog.deleteLater()
        self._next()

    def _tell_problem(self, account: Account, given: Given, problem: Words) -> None:
        line = self.tr("The password of “%1” could not be tried. It holds until the program ends.")
        if given.balance:
            line = self.tr("The password of “%1” is right, but was not stored. It holds until the program ends.")
        self._notice.say(f"{texts.fill(line, account.name)} {self._workplace.say(problem)}", "warn")

    def _tell_what_waits(self) -> None:
        if self._later:
            names = ", ".join(one.account.name for one in self._later)
            line = self.tr("Waiting for a password: %1. Nothing is sent or fetched there until it is entered.")
            self._later = []
            # Asked for are those that still miss it then: an account may be another one by now.
            self._notice.say(texts.fill(line, names), "warn", self.tr("Enter the password…"), self._workplace.poll_now)
