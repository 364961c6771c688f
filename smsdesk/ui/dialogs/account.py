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
    QWidget,
)

from smsdesk.domain import money
from smsdesk.domain.account import MOST_CONNECTIONS, MOST_NUMBERS, Account, LineEnd, PasswordForm, Separator
from smsdesk.domain.inbox import Balance
from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.account_fields import NONE, AccountFields, add, form_layout
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

_DROPPED: Final = Words(
    "“{name}”的密码已从系统密钥环中删除。程序关闭前仍可使用，以后每次启动时会询问。",
    "The password of “{name}” was taken out of the keyring. It holds until the program ends; then it is asked for.",
)


class AccountDialog(QDialog):
    """Accepted: the account is stored, and its password is in the keyring."""

    def __init__(self, workplace: Workplace, account: Account | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._account = account
        self.setWindowTitle(self.tr("Account") if account else self.tr("New account"))
        self.setMinimumWidth(560)
        self.fields = AccountFields(workplace, self)
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
        form = form_layout()
        self.fields.add_name(form)
        self.fields.add_address(form)
        self.fields.add_login(form)
        self.fields.add_sender(form)
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
        form = form_layout()
        group.setLayout(form)
        price = self.tr("1 yuan is 1,000 li. Where it is not known, it is estimated from what earlier sends cost.")
        add(form, self.tr("Price of a segment (li)"), self.price, price)
        add(form, self.tr("Numbers a request"), self.batch, "")
        add(form, self.tr("Requests at once"), self.connections, "")
        add(form, self.tr("Messages a second"), self.rate, "")
        add(form, self.tr("Separator of point-to-point lines"), self.separator, "")
        add(form, self.tr("Line end of point-to-point lines"), self.line_end, "")
        add(form, self.tr("Password goes out"), self.form, "")
        self.abroad = QCheckBox(self.tr("May send abroad"))
        about = self.tr("Numbers written with + or 00 and their country. Ask the administrator first.")
        add(form, "", self.abroad, about)
        self.gsm7 = QCheckBox(self.tr("Plain GSM 03.38 text counts 160/153"))
        about = self.tr(
            "English letters, digits and common signs only: 160 to a segment, 153 where there are several, instead "
            "of 70 and 67. Ask the administrator whether the gateway charges so."
        )
        add(form, "", self.gsm7, about)
        self._set_advanced(NONE)
        return group

    def _fill(self, account: Account) -> None:
        self.fields.fill(account)
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
            self.fields.entered(self._account or NONE),
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
        password = self.fields.secret()
        if not password and self._account is None:
            self.notice.say(self.tr("Enter the password."), "bad")
            self.fields.password.setFocus()
            return
        account = self._entered()
        self.save_button.setEnabled(False)
        self.notice.say(self.tr("Asking the gateway for the balance…"))
        remember, drops = self.fields.remember.is_wanted, self.fields.remember.drops

        def saved(result: tuple[Account, Balance]) -> None:
            if drops:
                self._workplace.told.emit(_DROPPED.fill(name=result[0].name))
            self._saved(result)

        self._workplace.save_account(account, password or None, saved, self._not_saved, remember=remember)

    def _saved(self, result: tuple[Account, Balance]) -> None:
        account, balance = result
        self._account = account
        held = self._workplace.say(money.balance(balance.balance_li, balance.charge_type))
        self.notice.say(texts.fill(self.tr("The account works. %1"), held), "good")
        self._workplace.reload_accounts(self.accept)

    def _not_saved(self, words: Words) -> None:
        self.save_button.setEnabled(True)
        self.notice.complain(words, self._workplace.language)
