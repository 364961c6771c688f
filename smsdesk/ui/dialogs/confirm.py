"""The last look before a campaign goes out: a page that can be read in ten seconds."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import written
from smsdesk.domain.hours import Hours
from smsdesk.domain.inbox import ChargeType
from smsdesk.jobs.balances import Reading
from smsdesk.jobs.planning import Summary
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts


class ConfirmDialog(QDialog):
    """Shows what sending would mean. Accepted: send."""

    def __init__(
        self,
        account: Account,
        summary: Summary,
        reading: Reading | None,
        when: tuple[datetime | None, Hours | None],
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._when = when
        self.setWindowTitle(self.tr("Check before sending"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * SPACE, 5 * SPACE, 6 * SPACE, 5 * SPACE)
        layout.setSpacing(4 * SPACE)
        title = parts.heading(texts.fill(self.tr("Send %1 messages?"), texts.number(summary.messages)))
        layout.addWidget(title)
        layout.addLayout(self._facts(account, summary, reading))
        layout.addWidget(self._text(summary))
        if _is_short(summary, reading):
            short = QLabel(self.tr("! The balance is too low for this campaign."))
            parts.tone(short, "bad")
            layout.addWidget(short)
        send = parts.button(texts.fill(self.tr("Send %1 messages"), texts.number(summary.messages)), self.accept)
        send.setProperty("primary", True)
        send.setEnabled(summary.messages > 0)
        back = parts.button(self.tr("Back"), self.reject)
        # The safe one is the default: Enter, pressed by habit, must not send.
        back.setDefault(True)
        send.setAutoDefault(False)
        layout.addLayout(parts.row(None, back, send))

    def _facts(self, account: Account, summary: Summary, reading: Reading | None) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(6 * SPACE)
        form.setVerticalSpacing(2 * SPACE)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        unknown = self.tr("not known")
        cost = texts.yuan(summary.cost_li) if summary.cost_li is not None else unknown
        balance = texts.yuan(reading.balance_li) if reading else unknown
        facts = [
            (self.tr("Messages"), texts.number(summary.messages)),
            (self.tr("Charged segments"), texts.number(summary.segments) + self._spread(summary)),
            (self.tr("Cost"), texts.fill(self.tr("%1 (balance %2)"), cost, balance)),
            (self.tr("When"), self._when_text()),
            (self.tr("Account"), f"{account.name} · {account.login}"),
            (self.tr("Access number"), account.extno),
        ]
        if summary.blocked:
            facts.insert(1, (self.tr("Left out (blocklist)"), texts.number(summary.blocked)))
        for name, value in facts:
            label = parts.quiet(name, wrap=False)
            shown = QLabel(value)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setAccessibleName(f"{name}: {value}")
            form.addRow(label, shown)
        return form

    def _when_text(self) -> str:
        start_at, hours = self._when
        start = texts.fill(self.tr("at %1"), written(start_at)) if start_at else self.tr("now")
        return start + (" · " + texts.fill(self.tr("%1 only"), hours) if hours else "")

    def _spread(self, summary: Summary) -> str:
        if len(summary.spread) < 2:
            return ""
        one = self.tr("%1 of %2 segments")
        return " (" + ", ".join(texts.fill(one, texts.number(n), size) for size, n in summary.spread) + ")"

    def _text(self, summary: Summary) -> QPlainTextEdit:
        shown = QPlainTextEdit(summary.sample)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("The text of the first message"))
        shown.setMaximumHeight(120)
        return shown


def _is_short(summary: Summary, reading: Reading | None) -> bool:
    if reading is None or summary.cost_li is None or reading.charge_type is ChargeType.POSTCHARGE:
        return False
    return summary.cost_li > reading.balance_li
