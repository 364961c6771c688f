"""The last look before a campaign goes out: a page that can be read in ten seconds."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import written
from smsdesk.domain.findings import Finding, Severity
from smsdesk.domain.hours import Hours
from smsdesk.domain.words import Language
from smsdesk.jobs.balances import Reading
from smsdesk.jobs.checking import Checked
from smsdesk.jobs.planning import Summary
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

_SIGNS = {Severity.ERROR: ("✗", "bad"), Severity.WARNING: ("!", "warn"), Severity.NOTE: ("i", "")}


class ConfirmDialog(QDialog):
    """Shows what sending would mean and what was found. Accepted: send.

    Errors have to be mended; warnings ask for a tick; more messages than `type_above` ask for their count, typed.
    """

    def __init__(
        self,
        account: Account,
        checked: Checked,
        when: tuple[datetime | None, Hours | None],
        language: Language,
        type_above: int,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.mend: tuple[Finding, int] | None = None
        """What the person wants mended, and by which of the finding's buttons, where the dialog was left for that."""
        self._when, self._language = when, language
        self._checked = checked
        summary = checked.summary
        self.setWindowTitle(self.tr("Check before sending"))
        self.setMinimumWidth(660)
        layout = parts.dialog_column(self, spacing=4)
        title = parts.heading(texts.fill(self.tr("Send %1 messages?"), texts.number(summary.messages)))
        layout.addWidget(title)
        layout.addLayout(self._facts(account, summary, checked.reading))
        layout.addWidget(self._text(summary))
        if checked.findings:
            layout.addWidget(self._findings())
        self.seen = QCheckBox(self.tr("I have read this, and want to send all the same"))
        self.seen.setVisible(any(one.severity is Severity.WARNING for one in checked.findings))
        self.seen.toggled.connect(self._enable)
        layout.addWidget(self.seen)
        self.count = QLineEdit()
        asks = texts.fill(self.tr("Type %1 to confirm so many messages"), summary.messages)
        self.count.setPlaceholderText(asks)
        self.count.setAccessibleName(asks)
        self.count.setVisible(summary.messages > type_above)
        self.count.textChanged.connect(self._enable)
        layout.addWidget(self.count)
        self.send = parts.button(texts.fill(self.tr("Send %1 messages"), texts.number(summary.messages)), self.accept)
        self.send.setProperty("primary", True)
        back = parts.button(self.tr("Back"), self.reject)
        # The safe one is the default: Enter, pressed by habit, must not send.
        back.setDefault(True)
        self.send.setAutoDefault(False)
        layout.addLayout(parts.row(None, back, self.send))
        back.setFocus()
        self._enable()

    def _enable(self) -> None:
        """Whether it may be sent as things stand."""
        summary = self._checked.summary
        typed = self.count.text().replace(",", "").replace(" ", "")
        is_confirmed = self.count.isHidden() or typed == str(summary.messages)
        is_seen = self.seen.isHidden() or self.seen.isChecked()
        self.send.setEnabled(summary.messages > 0 and not self._checked.is_stopped and is_confirmed and is_seen)

    def _facts(self, account: Account, summary: Summary, reading: Reading | None) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(6 * SPACE)
        form.setVerticalSpacing(2 * SPACE)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        facts = [
            (self.tr("People"), texts.number(summary.people)),
            (self.tr("Messages"), texts.number(summary.messages)),
            (self.tr("Charged segments"), texts.number(summary.segments) + self._spread(summary)),
            (self.tr("Cost"), self._cost(summary, reading)),
            (self.tr("When"), self._when_text()),
            (self.tr("Account"), f"{account.name} · {account.login}"),
            (self.tr("Access number"), account.extno),
        ]
        for name, value in facts:
            label = parts.quiet(name, wrap=False)
            form.addRow(label, parts.Named(name, value))
        return form

    def _cost(self, summary: Summary, reading: Reading | None) -> str:
        unknown = self.tr("not known")
        cost = texts.yuan(summary.cost_li) if summary.cost_li is not None else unknown
        held = self.tr("owed so far: %1") if reading and reading.balance_li < 0 else self.tr("balance %1")
        held = texts.fill(held, texts.yuan(abs(reading.balance_li)) if reading else unknown)
        line = self.tr("about %1 (estimate from earlier sends; %2)") if summary.is_estimate else "%1 (%2)"
        return texts.fill(line, cost, held)

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
        shown.setMaximumHeight(96)
        return shown

    def _findings(self) -> QFrame:
        frame, layout = parts.card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(2 * SPACE)
        grid.setColumnStretch(1, 1)
        for row, finding in enumerate(self._checked.findings):
            self._add_finding(grid, row, finding)
        layout.addLayout(grid)
        return frame

    def _add_finding(self, grid: QGridLayout, row: int, finding: Finding) -> None:
        sign, tone = _SIGNS[finding.severity]
        names = {
            Severity.ERROR: self.tr("must be mended"),
            Severity.WARNING: self.tr("worth a look"),
            Severity.NOTE: self.tr("to know"),
        }
        mark = QLabel(sign)
        mark.setAccessibleName(names[finding.severity])
        mark.setToolTip(names[finding.severity])
        parts.tone(mark, tone)
        sentence = QLabel(finding.words.text(self._language))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        parts.tone(sentence, tone)
        grid.addWidget(mark, row, 0)
        grid.addWidget(sentence, row, 1)
        if finding.mends:
            buttons = [self._mend_button(finding, place) for place in range(len(finding.mends))]
            grid.addLayout(parts.row(*buttons), row, 2)

    def _mend_button(self, finding: Finding, place: int) -> QPushButton:
        def leave() -> None:
            self.mend = finding, place
            self.reject()

        button = parts.button(finding.mends[place].text(self._language), leave)
        button.setAutoDefault(False)
        return button
