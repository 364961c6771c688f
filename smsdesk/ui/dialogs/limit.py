"""The balance below which a person wants to be warned."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QDoubleSpinBox, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.words import Words
from smsdesk.jobs import balances
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace

_LI = 1000
_MOST_YUAN = 100_000_000.0
_USUAL_YUAN = 100.0


class LimitDialog(QDialog):
    """Accepted: the limit is stored."""

    def __init__(self, workplace: Workplace, account: Account, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace, self._account = workplace, account
        self.setWindowTitle(self.tr("Balance limit"))
        self.setMinimumWidth(480)
        limit = account.warn_below_li
        self.warn = QCheckBox(self.tr("Warn me when"))
        self.warn.setChecked(limit is not None)
        self.side = parts.drop_down(self.tr("Which side of zero"))
        self.side.addItem(self.tr("the balance is below"), 1)
        self.side.addItem(self.tr("more is owed than"), -1)
        self.side.setCurrentIndex(int(limit is not None and limit < 0))
        self.amount = QDoubleSpinBox()
        parts.inset(self.amount)
        self.amount.setRange(0.0, _MOST_YUAN)
        self.amount.setDecimals(2)
        self.amount.setPrefix("¥")
        self.amount.setGroupSeparatorShown(True)
        self.amount.setValue(_USUAL_YUAN if limit is None else abs(limit) / _LI)
        self.amount.setAccessibleName(self.tr("Amount in yuan"))
        self.pause = QCheckBox(self.tr("Pause campaigns then; they go on by hand after a top-up"))
        self.pause.setChecked(account.pause_below)
        self.notice = Notice()
        layout = parts.dialog_column(self)
        about = self.tr("The window warns you, and so does the page before sending. “Owed” is for postpaid accounts.")
        layout.addWidget(parts.quiet(about))
        layout.addWidget(self.notice)
        layout.addLayout(parts.row(self.warn, self.side, self.amount, None))
        layout.addWidget(self.pause)
        self.save_button = parts.button(self.tr("Save"), self._on_save, primary=True)
        self.save_button.setDefault(True)
        cancel = parts.button(self.tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        layout.addLayout(parts.row(None, cancel, self.save_button))
        for field in (self.side, self.amount, self.pause):
            self.warn.toggled.connect(field.setEnabled)
            field.setEnabled(self.warn.isChecked())

    def _on_save(self) -> None:
        account, is_on = self._account, self.warn.isChecked()
        limit = self.side.currentData() * round(self.amount.value() * _LI) if is_on else None
        pause = is_on and self.pause.isChecked()

        def saved(_account: Account) -> None:
            self._workplace.reload_accounts(self.accept)

        def failed(words: Words) -> None:
            self.notice.complain(words, self._workplace.language)

        self._workplace.work(
            lambda desk, _stop, _tell: balances.set_limit(desk, account, limit, pause_below=pause), saved, failed
        )
