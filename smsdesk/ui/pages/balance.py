"""What the chosen account holds, and how that went."""

from __future__ import annotations

from functools import partial

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import written
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.words import Words
from smsdesk.jobs import balances, tables_out
from smsdesk.jobs.balances import Reading
from smsdesk.jobs.sending import Sending
from smsdesk.ui import texts
from smsdesk.ui.pages.page import Page
from smsdesk.ui.tables.columns import Column
from smsdesk.ui.tables.fixed import FixedModel
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.workplace import Changed, Workplace


class BalancePage(Page):
    """One large figure, the button that asks again, and the readings before."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        frame, layout = parts.card()
        self.ask_button = parts.button(self.tr("Ask again"), self._on_ask, primary=True)
        self.export_button = ExportButton(workplace, self.tr("Balance"), self._export)
        self.figure = parts.figure(self.tr("Balance"), 2.4)
        self.kind = parts.quiet()
        layout.addLayout(parts.row(parts.heading(self.tr("Balance")), None, self.export_button, self.ask_button))
        layout.addWidget(self.figure)
        layout.addWidget(self.kind)
        self.column.addWidget(frame)
        columns = (
            Column(self.tr("Time"), lambda r: written(r.asked_at), width=200),
            Column(self.tr("Balance"), lambda r: texts.yuan(r.balance_li), is_number=True, width=160),
            Column("", lambda _r: ""),
        )
        self.model = FixedModel(columns, self)
        self.column.addWidget(DataTable(self.tr("Balance readings"), self.model), 1)
        workplace.chosen.connect(self._chosen)
        workplace.changed.connect(self._changed)
        workplace.progressed.connect(self._progressed)
        self._chosen(workplace.account)

    def _chosen(self, account: Account | None) -> None:
        self.ask_button.setEnabled(account is not None)
        if account is None:
            self._show([])
        else:
            self.workplace.read(lambda desk: balances.history(desk, account), self._show)

    def _export(self) -> Job | None:
        account = self.workplace.account
        return partial(tables_out.save_balances, account=account) if account else None

    def _changed(self, what: Changed) -> None:
        if what.balances or what.campaigns:
            self._chosen(self.workplace.account)

    def _progressed(self, _news: Sending) -> None:
        if self.isVisible():
            self._chosen(self.workplace.account)

    def _show(self, readings: list[Reading]) -> None:
        self.model.show(readings)
        if not readings:
            self.figure.setText("–")
            self.kind.setText(self.tr("Not asked yet."))
            return
        last = readings[0]
        self.figure.setText(texts.yuan(last.balance_li))
        words = {
            ChargeType.PRECHARGE: self.tr("Prepaid: what can still be sent for."),
            ChargeType.POSTCHARGE: self.tr("Postpaid: below zero is what is owed."),
        }
        kind = words[last.charge_type] if last.charge_type else ""
        since = texts.fill(self.tr("As of %1"), written(last.asked_at))
        self.kind.setText(f"{kind} {since}".strip())

    def _on_ask(self) -> None:
        account = self.workplace.account
        if account is None:
            return
        self.ask_button.setEnabled(False)
        self.notice.hide()

        def asked(_reading: Reading) -> None:
            self.ask_button.setEnabled(True)
            self.workplace.changed.emit(Changed(balances=True))

        def failed(words: Words) -> None:
            self.ask_button.setEnabled(True)
            self.complain(words)

        self.workplace.ask(lambda desk: balances.ask(desk, account), asked, failed)
