"""The window's warning that an account's balance is below the limit that a person has set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from smsdesk.domain.account import Account
from smsdesk.jobs import balances
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.balances import Low, Reading
    from smsdesk.jobs.sending import Sending

_ASK_MS: Final = 15 * 60_000
"""How often accounts with a limit are asked for their balance: others may send with the same login."""
_LOOK_MS: Final = 2_000
"""While a campaign is on its way it is looked again after this time."""


class LowBalance(Notice):
    """Hidden while all is well. Once closed it stays so, until another account is low."""

    wanted = Signal(object)
    """:class:`Account` whose balance the person wants to see."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        self._told: frozenset[int] = frozenset()
        self._soon = QTimer(self)
        self._soon.setInterval(_LOOK_MS)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        self._clock = QTimer(self)
        self._clock.setInterval(_ASK_MS)
        self._clock.timeout.connect(self._ask)
        self._clock.start()
        workplace.changed.connect(self._changed)
        workplace.progressed.connect(self._progressed)

    def _changed(self, what: Changed) -> None:
        if what.accounts or what.balances:
            self._look()

    def _progressed(self, _news: Sending) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        self._workplace.read(balances.low, self._show)

    def _show(self, low: list[Low]) -> None:
        ids = frozenset(one.account.id for one in low)
        is_closed = self.isHidden() and ids <= self._told
        self._told = ids
        if not low:
            self.hide()
        elif not is_closed:
            text = "\n".join(self._workplace.say(one.words) for one in low)
            self.say(text, "warn", self.tr("Show the balance"), lambda: self.wanted.emit(low[0].account))

    def _ask(self) -> None:
        def asked(_reading: Reading) -> None:
            self._workplace.changed.emit(Changed(balances=True))

        def ask(account: Account) -> None:
            # A gateway that cannot be reached is told of by the fetching of reports.
            self._workplace.ask(lambda desk: balances.ask(desk, account), asked, lambda _words: None)

        for account in self._workplace.accounts:
            if account.warn_below_li is not None:
                ask(account)
