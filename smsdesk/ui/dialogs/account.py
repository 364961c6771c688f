"""An account: entered, tried with a balance request, and only then stored."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from smsdesk.domain import money
from smsdesk.domain.account import MOST_CONNECTIONS, MOST_NUMBERS, Account, LineEnd, PasswordForm, Secret, Separator
from smsdesk.domain.inbox import Balance
from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

_NONE: Final = Account(name="", url="", login="", extno="")


class AccountDialog(QDialog):
    """Accepted: the account is stored, and its password is in the keyring."""

    def __init__(self, workplace: Workplace, account: Account | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._account = account
        self.setWindowTitle(self.tr("Account") if account else self.tr("New account"))
        self.setMinimumWidth(560)
        layout = parts.dialog_column(self)
        layout.addWidget(
            parts.quiet(self.tr("The gateway's administrator has handed these out. Nothing is sent to try them."))
        )
        self.notice = Notice()
        layout.addWidget(self.notice)
        layout.addLayout(self._main_fields())
        layout.addWidget(self._advanced())
        self.save_button = parts.button(self.tr("Try and save"), self._on_save, primary=True)
        self.save_button.setDefault(True)
        cancel = parts.button(self.tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        layout.addLayout(parts.row(None, cancel, self.save_button))
        if account:
            self._fill(account)

    # -- building ------------------------------------------------------------------------------------------

    def _main_fields(self) -> QFormLayout:
        self.name = QLineEdit()
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://sms.example.com:8443/sms")
        self.login = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        if self._account:
            self.password.setPlaceholderText(self.tr("unchanged"))
        self.extno = QLineEdit()
        self.extno.setPlaceholderText("10690000")
        self.signature = QLineEdit()
        self.signature.setPlaceholderText(self.tr("【Company】, or empty where the gateway adds it"))
        self.plain_http = QLabel(self.tr("! http:// is not encrypted: password and numbers can be read on the way."))
        self.plain_http.setWordWrap(True)
        parts.tone(self.plain_http, "warn")
        self.plain_http.hide()
        self.url.textChanged.connect(lambda text: self.plain_http.setVisible(text.strip().lower().startswith("http:")))
        form = _form()
        _add(form, self.tr("Name"), self.name, self.tr("What you call the account, for example “Marketing”."))
        _add(form, self.tr("Gateway address"), self.url, self.tr("The whole address, as the administrator gave it."))
        form.addRow("", self.plain_http)
        _add(form, self.tr("Gateway account"), self.login, "")
        _add(form, self.tr("Password"), self.password, self.tr("Kept in the system's keyring only."))
        _add(form, self.tr("Access number"), self.extno, self.tr("The number that messages come from, 106…"))
        _add(form, self.tr("Signature"), self.signature, self.tr("Put in front of every bulk text."))
        return form

    def _advanced(self) -> QWidget:
        self.price = parts.spin_box(0, 1_000_000)
        self.batch = parts.spin_box(1, MOST_NUMBERS)
        self.connections = parts.spin_box(1, MOST_CONNECTIONS)
        self.rate = parts.spin_box(0, 100_000)
        self.rate.setSpecialValueText(self.tr("no limit"))
        self.price.setSpecialValueText(self.tr("not known"))
        self.separator, self.line_end, self.form = QComboBox(), QComboBox(), QComboBox()
        for word, kind in (("#", Separator.HASH), ("TAB", Separator.TAB)):
            self.separator.addItem(word, kind)
        for word, end in (("LF", LineEnd.LF), ("CR", LineEnd.CR), ("CR LF", LineEnd.CRLF)):
            self.line_end.addItem(word, end)
        self.form.addItem(self.tr("as it is"), PasswordForm.PLAIN)
        self.form.addItem("MD5", PasswordForm.MD5)
        group = QGroupBox(self.tr("Advanced"))
        group.setCheckable(False)
        form = _form()
        group.setLayout(form)
        price = self.tr("1 yuan is 1,000 li. Where it is not known, it is estimated from what earlier sends cost.")
        _add(form, self.tr("Price of a segment (li)"), self.price, price)
        _add(form, self.tr("Numbers a request"), self.batch, "")
        _add(form, self.tr("Requests at once"), self.connections, "")
        _add(form, self.tr("Messages a second"), self.rate, "")
        _add(form, self.tr("Separator of point-to-point lines"), self.separator, "")
        _add(form, self.tr("Line end of point-to-point lines"), self.line_end, "")
        _add(form, self.tr("Password goes out"), self.form, "")
        self.abroad = QCheckBox(self.tr("May send abroad"))
        about = self.tr("Numbers written with + or 00 and their country. Ask the administrator first.")
        _add(form, "", self.abroad, about)
        self.gsm7 = QCheckBox(self.tr("Plain GSM 03.38 text counts 160/153"))
        about = self.tr(
            "English letters, digits and common signs only: 160 to a segment, 153 where there are several, instead "
            "of 70 and 67. Ask the administrator whether the gateway charges so."
        )
        _add(form, "", self.gsm7, about)
        self._set_advanced(_NONE)
        return group

    def _fill(self, account: Account) -> None:
        self.name.setText(account.name)
        self.url.setText(account.url)
        self.login.setText(account.login)
        self.extno.setText(account.extno)
        self.signature.setText(account.signature)
        self._set_advanced(account)

    def _set_advanced(self, account: Account) -> None:
        self.price.setValue(account.price_li)
        self.batch.setValue(account.batch)
        self.connections.setValue(account.connections)
        self.rate.setValue(account.rate)
        for box, value in (
            (self.separator, account.separator),
            (self.line_end, account.line_end),
            (self.form, account.password_form),
        ):
            box.setCurrentIndex(box.findData(value))
        self.abroad.setChecked(account.abroad)
        self.gsm7.setChecked(account.gsm7)

    # -- saving --------------------------------------------------------------------------------------------

    def _entered(self) -> Account:
        return dataclasses.replace(  # what has no field here stays
            self._account or _NONE,
            name=self.name.text(),
            url=self.url.text(),
            login=self.login.text(),
            extno=self.extno.text(),
            signature=self.signature.text(),
            batch=self.batch.value(),
            connections=self.connections.value(),
            rate=self.rate.value(),
            price_li=self.price.value(),
            separator=Separator(self.separator.currentData()),
            line_end=LineEnd(self.line_end.currentData()),
            password_form=PasswordForm(self.form.currentData()),
            abroad=self.abroad.isChecked(),
            gsm7=self.gsm7.isChecked(),
        )

    def _on_save(self) -> None:
        password = Secret(self.password.text())
        if not password and self._account is None:
            self.notice.say(self.tr("Enter the password."), "bad")
            self.password.setFocus()
            return
        account = self._entered()
        self.save_button.setEnabled(False)
        self.notice.say(self.tr("Asking the gateway for the balance…"))
        self._workplace.save_account(account, password or None, self._saved, self._not_saved)

    def _saved(self, result: tuple[Account, Balance]) -> None:
        account, balance = result
        self._account = account
        held = self._workplace.say(money.balance(balance.balance_li, balance.charge_type))
        self.notice.say(texts.fill(self.tr("The account works. %1"), held), "good")
        self._workplace.reload_accounts(self.accept)

    def _not_saved(self, words: Words) -> None:
        self.save_button.setEnabled(True)
        self.notice.say(self._workplace.say(words), "bad")


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(4 * SPACE)
    form.setVerticalSpacing(2 * SPACE)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _add(form: QFormLayout, name: str, field: QWidget, about: str) -> None:
    field.setAccessibleName(name)
    field.setAccessibleDescription(about)
    field.setToolTip(about)
    form.addRow(name, field)
