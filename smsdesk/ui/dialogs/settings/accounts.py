"""The accounts that messages go out by."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QMessageBox, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.words import Words
from smsdesk.jobs import accounts
from smsdesk.ui import texts
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.settings.topic import Topic
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.workplace import Changed, Workplace


class AccountsTopic(Topic):
    """The list of accounts, and what can be done with one."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace, Words("账号", "Accounts"), "users")
        self.add_wide(
            Words("账号列表", "List of accounts"),
            Words(
                "短信由这里的账号发出。账号信息由网关管理员提供；保存前会先查询余额，不会发送短信。",
                "Messages go out by these accounts. The gateway's administrator hands them out; saving one asks for "
                "its balance first and sends nothing.",
            ),
            self._table(),
            Words("密码 接入号 签名 价格", "password access number signature price"),
        )
        self.add_button = parts.button(self.tr("New account…"), self._on_add, primary=True, icon="plus")
        self.edit_button = parts.button(self.tr("Change…"), self._on_edit)
        self.remove_button = parts.button(self.tr("Remove…"), self._on_remove, icon="trash-2")
        for button in (self.add_button, self.edit_button, self.remove_button):
            button.setAutoDefault(False)
        self.column.addLayout(parts.row(self.add_button, self.edit_button, self.remove_button, None))
        workplace.changed.connect(self._changed)
        self._show()

    def _table(self) -> QWidget:
        columns = (
            Column(self.tr("Name"), lambda a: a.name, width=200),
            Column(self.tr("Access number"), lambda a: a.extno, width=160),
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

    def _changed(self, what: Changed) -> None:
        if what.accounts:
            self._show()

    def _show(self) -> None:
        self.model.show(self.workplace.accounts)
        if self.workplace.accounts:
            self.table.selectRow(0)
        self._enable(QModelIndex())

    def _enable(self, _index: QModelIndex) -> None:
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(self.table.currentIndex().isValid())

    def _chosen(self) -> Account | None:
        index = self.table.currentIndex()
        return self.workplace.accounts[index.row()] if index.isValid() else None

    def _on_add(self) -> None:
        parts.ask(AccountDialog(self.workplace, None, self))

    def _on_edit(self) -> None:
        if account := self._chosen():
            parts.ask(AccountDialog(self.workplace, account, self))

    def _on_remove(self) -> None:
        if (account := self._chosen()) is None:
            return
        question = self.tr("Remove the account “%1” and its password? What was sent by it stays in the lists.")
        answer = QMessageBox.question(self, self.tr("Remove"), texts.fill(question, account.name))
        if answer == QMessageBox.StandardButton.Yes:
            workplace = self.workplace  # it is to know, whether or not this dialog is there
            workplace.work(
                lambda desk, _stop, _tell: accounts.remove(desk, account),
                lambda _none: workplace.reload_accounts(),
                self.complain,
            )
