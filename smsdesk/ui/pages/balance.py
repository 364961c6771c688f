"""What the chosen account holds, how that went, what was spent, and what the gateway itself counts."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Final, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel

from smsdesk.domain import money
from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import written
from smsdesk.domain.inbox import ChargeType
from smsdesk.domain.spending import DaySpent
from smsdesk.domain.words import Words
from smsdesk.jobs import balances, spending, tables_out
from smsdesk.jobs.balances import Reading
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.sending import Sending
from smsdesk.ui import texts
from smsdesk.ui.dialogs.limit import LimitDialog
from smsdesk.ui.pages.page import Page
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.balance_history import BalanceHistory
from smsdesk.ui.widgets.campaign_costs import CampaignCosts
from smsdesk.ui.widgets.empty import Empty
from smsdesk.ui.widgets.exporter import ExportButton, Job
from smsdesk.ui.widgets.gateway_figures import GatewayFigures
from smsdesk.ui.widgets.late_tabs import LateTabs
from smsdesk.ui.widgets.spent_days import SpentDays
from smsdesk.ui.workplace import Changed, Workplace

_AGAIN_MS: Final = 1_000
"""While a campaign is on its way the balance is read again after this time."""

_Known = tuple[Account, Reading | None, list[DaySpent]]
_View = TypeVar("_View", BalanceHistory, SpentDays, CampaignCosts)


class BalancePage(Page):
    """One large figure with what it means, and four views of where the money went."""

    connect_account = Signal()
    """The person wants to connect an account."""
    _read_again = Signal()
    """What the views show may have changed."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        figure = self._figure_card()
        self.column.addWidget(figure)
        self.views = LateTabs(self.tr("Views of the balance"))
        self.views.add(self.tr("History"), lambda: self.history)
        self.views.add(self.tr("Spent a day"), lambda: self.days)
        self.views.add(self.tr("Spent by campaign"), lambda: self.costs)
        self.views.add(self.tr("The gateway's own figures"), lambda: self.gateway)
        self.column.addWidget(self.views, 1)
        self.empty = Empty(
            "wallet",
            self.tr("There is no account yet"),
            self.tr("Here you see what the gateway account holds, where the money went, and how long it lasts."),
            parts.button(self.tr("Connect an account…"), self.connect_account.emit, primary=True, icon="plus"),
            instead=(figure, self.views),
        )
        self.column.addWidget(self.empty, 1)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._renew)
        workplace.chosen.connect(self._chosen)
        workplace.changed.connect(self._changed)
        workplace.progressed.connect(self._progressed)
        self._chosen(workplace.account)

    @cached_property
    def history(self) -> BalanceHistory:
        """What the account held over time."""
        view = BalanceHistory(self.workplace)
        view.said.connect(self.notice.say)
        return self._kept_fresh(view)

    @cached_property
    def days(self) -> SpentDays:
        """What was spent a day."""
        view = SpentDays(self.workplace)
        view.said.connect(self.notice.say)
        return self._kept_fresh(view)

    @cached_property
    def costs(self) -> CampaignCosts:
        """What each campaign cost."""
        return self._kept_fresh(CampaignCosts(self.workplace))

    @cached_property
    def gateway(self) -> GatewayFigures:
        """What the gateway itself counts: compared when it comes into sight, and not again with every message."""
        view = GatewayFigures(self.workplace)
        view.said.connect(self.notice.say)
        self.workplace.chosen.connect(lambda _account: view.reload())
        return view

    def _kept_fresh(self, view: _View) -> _View:
        self._read_again.connect(view.reload)
        return view

    def _figure_card(self) -> QFrame:
        frame, layout = parts.card()
        self.limit_button = parts.button(self.tr("Warn below…"), self._on_limit, icon="triangle-alert")
        self.ask_button = parts.button(self.tr("Ask again"), self._on_ask, primary=True, icon="refresh-cw")
        self.export_button = ExportButton(self.workplace, self.tr("Balance"), self._export)
        self.heading = parts.heading("")
        self.figure = parts.figure(self.tr("Balance"), 2.4)
        self.kind = parts.quiet()
        self.limit = QLabel()
        self.limit.setWordWrap(True)
        self.lasts = parts.quiet()
        layout.addLayout(parts.row(self.heading, None, self.limit_button, self.export_button, self.ask_button))
        for widget in (self.figure, self.kind, self.limit, self.lasts):
            layout.addWidget(widget)
        return frame

    # -- reading -------------------------------------------------------------------------------------------

    def _chosen(self, account: Account | None) -> None:
        for button in (self.ask_button, self.limit_button):
            button.setEnabled(account is not None)
        self.empty.show_if(account is None)
        self._renew()

    def _export(self) -> Job | None:
        account = self.workplace.account
        return partial(tables_out.save_balances, account=account) if account else None

    def _changed(self, what: Changed) -> None:
        if what.balances or what.campaigns:
            self._renew()

    def _progressed(self, _news: Sending) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while nobody looked is read; so do the views, each for itself."""
        super().showEvent(event)
        self._read()

    def _renew(self) -> None:
        if self.isVisible():
            self._read()
            self._read_again.emit()

    def _read(self) -> None:
        account = self.workplace.account
        if account is None:
            return

        def known(desk: Desk) -> _Known:
            return account, balances.latest(desk, account), spending.days(desk, account)

        self.workplace.read(known, self._show)

    def _show_none(self, why: str) -> None:
        self.heading.setText(self.tr("Balance"))
        self.figure.setText("–")
        self.kind.setText(why)
        self.limit.hide()
        self.lasts.hide()

    def _show(self, known: _Known) -> None:
        account, last, days = known
        if last is None:
            self._show_none(self.tr("Not asked yet."))
            return
        what = self.workplace.say(money.standing(last.balance_li, last.charge_type))
        self.heading.setText(what)
        self.figure.setText(texts.yuan(abs(last.balance_li)))
        self.figure.setAccessibleName(what)
        words = {
            ChargeType.PRECHARGE: self.tr("Prepaid: what can still be sent for."),
            ChargeType.POSTCHARGE: self.tr("Postpaid: what is sent is paid later; the credit used so far is owed."),
        }
        kind = words[last.charge_type] if last.charge_type else ""
        since = texts.fill(self.tr("As of %1"), written(last.asked_at))
        self.kind.setText(f"{kind} {since}".strip())
        self._show_limit(account, last)
        self._show_lasts(account, last, days)

    def _show_limit(self, account: Account, last: Reading) -> None:
        limit = account.warn_below_li
        self.limit.setVisible(limit is not None)
        if limit is None:
            return
        if account.is_low(last.balance_li):
            line = self.tr("! %1. Have the account topped up.")
            if account.pause_below:
                line = self.tr("! %1: campaigns pause. Have the account topped up.")
            below = self.workplace.say(money.below(limit))
            self.limit.setText(texts.fill(line, texts.capital(below)))
        else:
            line = self.tr("✓ You are warned below %1.")
            if limit < 0:
                line = self.tr("✓ You are warned when over %1 is owed.")
            self.limit.setText(texts.fill(line, texts.yuan(abs(limit))))
        parts.tone(self.limit, "bad" if account.is_low(last.balance_li) else "good")

    def _show_lasts(self, account: Account, last: Reading, days: list[DaySpent]) -> None:
        found = spending.lasts(account, last, days)
        self.lasts.setVisible(found is not None)
        if found is None:
            return
        if found.days is None:
            self.lasts.setText(texts.fill(self.tr("Nothing was spent in the last %1 days."), found.over))
            return
        line = self.tr("Days it lasts: about %1, at %2 a day, the average of the last %3 days.")
        if found.until_li:
            line = self.tr("Days to your limit: about %1, at %2 a day, the average of the last %3 days.")
        if not found.days:
            line = self.tr("Less than a day is left, at %2 a day, the average of the last %3 days.")
        a_day = texts.yuan(round(found.a_day_li, -1))
        self.lasts.setText(texts.fill(line, texts.number(found.days), a_day, found.over))

    # -- buttons -------------------------------------------------------------------------------------------

    def _on_limit(self) -> None:
        if account := self.workplace.account:
            parts.ask(LimitDialog(self.workplace, account, self))

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
