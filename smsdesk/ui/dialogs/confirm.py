"""The last look before a campaign goes out: a page that can be read in ten seconds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import in_china, now, written
from smsdesk.domain.findings import Finding, Severity
from smsdesk.domain.hours import Hours
from smsdesk.domain.words import Language
from smsdesk.ui import texts, theme
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts

if TYPE_CHECKING:
    from smsdesk.jobs.balances import Reading
    from smsdesk.jobs.checking import Checked
    from smsdesk.jobs.planning import Summary

_ICONS = {
    Severity.ERROR: ("circle-x", "bad"),
    Severity.WARNING: ("triangle-alert", "warn"),
    Severity.NOTE: ("info", "accent"),
}
_WIDTH: Final = 680
_MOST_FINDINGS: Final = 240
"""Pixels of height that the findings have without scrolling."""


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
        self.setMinimumWidth(_WIDTH)
        layout = parts.dialog_column(self, spacing=4)
        question, action = self.tr("Send %1 messages?"), self.tr("Send %1 messages")
        if summary.messages == 1:
            question, action = self.tr("Send the message?"), self.tr("Send the message")
        elif not summary.messages:
            question = self.tr("Nobody is left to send to")
        title = parts.heading(texts.fill(question, texts.number(summary.messages)))
        title.setFont(theme.large(title.font(), theme.TITLE))
        layout.addWidget(title)
        layout.addLayout(self._figures(summary))
        layout.addLayout(self._facts(account, summary, checked.reading))
        layout.addWidget(self._text(summary))
        if checked.findings:
            layout.addWidget(self._scrolled(self._findings()), 1)
        self.seen = QCheckBox(self.tr("I have read this, and want to send all the same"))
        is_warned = any(one.severity is Severity.WARNING for one in checked.findings)
        may_go = summary.messages > 0 and not checked.is_stopped  # else it would promise what it does not do
        self.seen.setVisible(is_warned and may_go)
        self.seen.toggled.connect(self._enable)
        layout.addWidget(self.seen)
        self.count = QLineEdit()
        asks = texts.fill(self.tr("Type %1 to confirm so many messages"), summary.messages)
        self.count.setPlaceholderText(asks)
        self.count.setAccessibleName(asks)
        self.count.setVisible(summary.messages > type_above)
        self.count.textChanged.connect(self._enable)
        layout.addWidget(self.count)
        self.send = parts.button(
            texts.fill(action, texts.number(summary.messages)),
            self.accept,
            primary=True,
            icon="send",
        )
        self.back = back = parts.button(self.tr("Back"), self.reject)
        # The safe one is the default: Enter, pressed by habit, must not send.
        back.setDefault(True)
        self.send.setAutoDefault(False)
        layout.addLayout(parts.row(self._why_not(), None, back, self.send))
        back.setFocus()
        self._enable()

    def _enable(self) -> None:
        """Whether it may be sent as things stand."""
        summary = self._checked.summary
        typed = self.count.text().replace(",", "").replace(" ", "")
        is_confirmed = self.count.isHidden() or typed == str(summary.messages)
        is_seen = self.seen.isHidden() or self.seen.isChecked()
        self.send.setEnabled(summary.messages > 0 and not self._checked.is_stopped and is_confirmed and is_seen)

    def _why_not(self) -> QLabel:
        """Beside the button that cannot be pressed: what keeps it from it."""
        errors = sum(one.severity is Severity.ERROR for one in self._checked.findings)
        line = parts.quiet(texts.fill(self.tr("✗ To be mended before sending: %1"), errors), wrap=False)
        parts.tone(line, "bad")
        line.setVisible(errors > 0)
        return line

    def _figures(self, summary: Summary) -> QHBoxLayout:
        """What decides: how many, and for how much."""
        unknown = self.tr("not known")
        cost = texts.yuan(summary.cost_li) if summary.cost_li is not None else unknown
        row = parts.row(spacing=8)
        for name, value in (
            (self.tr("People"), texts.number(summary.people)),
            (self.tr("Messages"), texts.number(summary.messages)),
            (self.tr("Charged segments"), texts.number(summary.segments)),
            (self.tr("Estimated cost") if summary.is_estimate else self.tr("Cost"), cost),
        ):
            figure = parts.figure(name)
            figure.setText(value)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(figure)
            column.addWidget(parts.quiet(name, wrap=False))
            row.addLayout(column)
        row.addStretch(1)
        return row

    def _facts(self, account: Account, summary: Summary, reading: Reading | None) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(6 * SPACE)
        form.setVerticalSpacing(SPACE)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        facts = [
            (self.tr("When"), self._when_text()),
            (self.tr("From"), f"{account.name} · {account.login} · {account.extno}"),
            (self.tr("Balance"), self._held(summary, reading)),
            *self._spread(summary),
        ]
        for name, value in facts:
            label = parts.quiet(name, wrap=False)
            form.addRow(label, parts.Named(name, value))
        return form

    def _held(self, summary: Summary, reading: Reading | None) -> str:
        """What the account holds or owes, and what the cost is estimated from."""
        held = self.tr("not known")
        if reading:
            line = self.tr("owed so far: %1") if reading.balance_li < 0 else "%1"
            held = texts.fill(line, texts.yuan(abs(reading.balance_li)))
        return held + (" · " + self.tr("the cost is an estimate from earlier sends") if summary.is_estimate else "")

    def _when_text(self) -> str:
        start_at, hours = self._when
        start = self.tr("now")
        if start_at:
            start = texts.fill(self.tr("at %1"), f"{written(start_at):.16}")
            days = (in_china(start_at).date() - in_china(now()).date()).days
            if days > 1:  # a wrong month or year is seen at once
                start = texts.fill(self.tr("%1, in %2 days"), start, texts.number(days))
        return start + (" · " + texts.fill(self.tr("%1 only"), hours) if hours else "")

    def _spread(self, summary: Summary) -> list[tuple[str, str]]:
        """How many messages are of how many segments, where they differ."""
        if len(summary.spread) < 2:
            return []
        one = self.tr("%1 (segments: %2)")
        return [(self.tr("Lengths"), " · ".join(texts.fill(one, texts.number(n), size) for size, n in summary.spread))]

    def _text(self, summary: Summary) -> QPlainTextEdit:
        shown = QPlainTextEdit(summary.sample)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("The text of the first message"))
        shown.setMaximumHeight(96)
        return shown

    def _findings(self) -> QFrame:
        frame, layout = parts.card(spacing=3)
        for finding in self._checked.findings:
            layout.addLayout(self._finding(finding))
        return frame

    def _scrolled(self, findings: QFrame) -> QScrollArea:
        """As high as they are, as far as the dialog fits on the screen."""
        area = QScrollArea()
        area.setWidget(findings)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the buttons in it have it, and scroll into sight
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(findings.heightForWidth(_WIDTH - 12 * SPACE), _MOST_FINDINGS))
        return area

    def _finding(self, finding: Finding) -> QHBoxLayout:
        """Its sign, what it says, and below that what mends it."""
        icon, tone = _ICONS[finding.severity]
        names = {
            Severity.ERROR: self.tr("must be mended"),
            Severity.WARNING: self.tr("worth a look"),
            Severity.NOTE: self.tr("to know"),
        }
        mark = parts.icon_label(icon, tone)
        mark.setAccessibleName(names[finding.severity])
        mark.setToolTip(names[finding.severity])
        sentence = QLabel(finding.words.text(self._language))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(2 * SPACE)
        column.addWidget(sentence)
        if finding.mends:
            column.addLayout(parts.row(*(self._mend_button(finding, n) for n in range(len(finding.mends))), None))
        row = parts.row()
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return row

    def _mend_button(self, finding: Finding, place: int) -> QPushButton:
        def leave() -> None:
            self.mend = finding, place
            self.reject()

        button = parts.button(finding.mends[place].text(self._language), leave)
        button.setAutoDefault(False)
        button.setAccessibleDescription(finding.words.text(self._language))  # several are called alike
        return button
