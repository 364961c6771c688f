"""The fields of an account that the administrator has handed out, for every dialog that asks for them."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QWidget

from smsdesk.domain.account import Account, Secret
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Workplace

NONE: Final = Account(name="", url="", login="", extno="")
"""An account of which nothing is known yet."""


class AccountFields(QObject):
    """The fields; a dialog puts them into its forms, all into one or a few into each."""

    def __init__(self, workplace: Workplace, parent: QWidget):
        super().__init__(parent)
        self.name, self.url, self.login, self.extno, self.signature = (QLineEdit() for _ in range(5))
        self.url.setPlaceholderText("https://sms.example.com:8443/sms")
        self.extno.setPlaceholderText("10690000")
        self.signature.setPlaceholderText(self.tr("【Company】, or empty where the gateway adds it"))
        self.plain_http = QLabel(self.tr("! http:// is not encrypted: password and numbers can be read on the way."))
        self.plain_http.setWordWrap(True)
        parts.tone(self.plain_http, "warn")
        self.plain_http.hide()
        self.url.textChanged.connect(lambda text: self.plain_http.setVisible(text.strip().lower().startswith("http:")))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = RememberBox(workplace)
        self._workplace = workplace

    def add_name(self, form: QFormLayout) -> None:
        """What people call it."""
        add(form, self.tr("Name"), self.name, self.tr("What you call the account, for example “Marketing”."))

    def add_address(self, form: QFormLayout) -> None:
        """Where the gateway is."""
        add(form, self.tr("Gateway address"), self.url, self.tr("The whole address, as the administrator gave it."))
        form.addRow("", self.plain_http)

    def add_login(self, form: QFormLayout) -> None:
        """Who we are there."""
        add(form, self.tr("Gateway account"), self.login, "")
        add(form, self.tr("Password"), self.password, self.tr("Kept in the system's keyring, or not at all."))
        form.addRow("", RevealBox(self.password))
        form.addRow("", self.remember)

    def add_sender(self, form: QFormLayout) -> None:
        """What people see of us."""
        add(form, self.tr("Access number"), self.extno, self.tr("The number that messages come from, 106…"))
        add(form, self.tr("Signature"), self.signature, self.tr("Put in front of every bulk text."))

    def fill(self, account: Account) -> None:
        """Show an account."""
        for name in _FIELDS:
            getattr(self, name).setText(getattr(account, name))
        self.password.setPlaceholderText(self.tr("unchanged"))
        self._workplace.read(lambda desk: desk.passwords.is_held(account.key), self.remember.show_held)

    def entered(self, account: Account) -> Account:
        """`account` with what was entered."""
        return dataclasses.replace(account, **{name: getattr(self, name).text() for name in _FIELDS})

    def secret(self) -> Secret:
        """The password as typed."""
        return Secret(self.password.text())


_FIELDS: Final = ("name", "url", "login", "extno", "signature")


class RememberBox(QWidget):
    """Whether a password goes into the keyring; where there is none, it says what happens instead."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self.box = QCheckBox(self.tr("Remember the password in the system's keyring"))
        self.box.setToolTip(self.tr("Otherwise it is asked for at each start."))
        self.box.setChecked(True)
        self.none = QLabel(
            self.tr(
                "! This computer has no keyring to keep passwords in. You can go on: the password is asked for at each "
                "start, and is written nowhere."
            )
        )
        self.none.setWordWrap(True)
        parts.tone(self.none, "warn")
        self.none.hide()
        self.dropped = parts.quiet(self.tr("It will be taken out of the keyring, and asked for at each start."))
        self.dropped.hide()
        self._is_held: bool | None = None  # not known, or there is none yet
        self.box.toggled.connect(lambda _is_on: self._show_dropped())
        column = parts.column(self)
        column.addWidget(self.box)
        column.addWidget(self.dropped)
        column.addWidget(self.none)
        workplace.read(lambda desk: desk.passwords.can_keep(), self._show)

    @property
    def is_wanted(self) -> bool:
        """Whether the password is to be remembered."""
        return self.box.isChecked()

    @property
    def drops(self) -> bool:
        """Whether a password that is remembered is to be so no longer."""
        return self._is_held is False and not self.is_wanted and not self.box.isHidden()

    def show_held(self, is_held: bool) -> None:
        """There is a password: one that is held until the program ends only, or else one in the keyring."""
        self._is_held = is_held
        if is_held:
            self.box.setChecked(False)
        self._show_dropped()

    def _show_dropped(self) -> None:
        self.dropped.setVisible(self.drops)

    def _show(self, can_keep: bool) -> None:
        if not can_keep:
            self.box.setChecked(False)
        self.box.setVisible(can_keep)
        self.none.setVisible(not can_keep)


class RevealBox(QCheckBox):
    """Shows a password as it was typed or pasted: a blank too many is seen nowhere else."""

    def __init__(self, field: QLineEdit):
        super().__init__()
        self.setText(self.tr("Show the password"))
        hidden, shown = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
        self.toggled.connect(lambda is_on: field.setEchoMode(shown if is_on else hidden))


def form_layout() -> QFormLayout:
    """A form, spaced as all are."""
    form = QFormLayout()
    form.setHorizontalSpacing(4 * SPACE)
    form.setVerticalSpacing(2 * SPACE)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add(form: QFormLayout, name: str, field: QWidget, about: str) -> None:
    """Put a field into a form, with what a screen reader says of it."""
    field.setAccessibleName(name)
    field.setAccessibleDescription(about)
    field.setToolTip(about)
    form.addRow(name, field)
