"""What was said with one number, as bubbles in order, the days between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from smsdesk.domain.chinatime import in_china
from smsdesk.domain.invisible import beside_others
from smsdesk.domain.message import Delivery, State
from smsdesk.jobs import explaining
from smsdesk.jobs.conversations import MessageRow, Thread
from smsdesk.jobs.inbox import ReplyRow
from smsdesk.ui import texts
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.bubble import Bubble
from smsdesk.ui.workplace import Workplace

_WIDEST = 0.72
"""Of the room that there is."""


class ThreadView(QScrollArea):
    """Shows a :class:`Thread`; stays at its end while things are added."""

    earlier = Signal()
    """The person wants to see what was before."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Thread | None = None
        self.bubbles: list[Bubble] = []
        self.setAccessibleName(self.tr("The conversation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._follow(most))
        self._at_end = True

    def show_thread(self, thread: Thread) -> None:
        """Show this one; what is there already is not made anew."""
        before, self._shown = self._shown, thread
        if before and before == thread:
            return
        is_same = before is not None and before.conversation.mobile == thread.conversation.mobile
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        self._at_end = not is_same or from_end < 8 * SPACE
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        if thread.has_earlier:
            column.addWidget(
                parts.button(self.tr("Show earlier ones"), self.earlier.emit), 0, Qt.AlignmentFlag.AlignHCenter
            )
        column.addStretch(1)
        self.bubbles = []
        self._fill(column, thread)
        self.setWidget(inside)
        self._fit()
        if not self._at_end:
            QTimer.singleShot(0, self, lambda: bar.setValue(max(0, bar.maximum() - from_end)))

    def _fill(self, column: QVBoxLayout, thread: Thread) -> None:
        day, last_sent = "", ""
        for entry in thread.entries:
            at = entry.received_at if isinstance(entry, ReplyRow) else entry.submitted_at
            if at and (now := texts.day(at)) != day:
                day = now
                column.addWidget(parts.quiet(day, wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
            if isinstance(entry, ReplyRow):
                bubble, side = self._theirs(entry, last_sent), Qt.AlignmentFlag.AlignLeft
            else:
                bubble, side, last_sent = self._ours(entry), Qt.AlignmentFlag.AlignRight, entry.content
            self.bubbles.append(bubble)
            column.addWidget(bubble, 0, side)

    def _theirs(self, row: ReplyRow, last_sent: str) -> Bubble:
        """With what it answers above it, where that is not the message that stands there anyway."""
        above = ""
        if row.answers is not None and row.answers != last_sent:
            line = self.tr("Answers “%1”: %2")
            above = texts.fill(line, beside_others(row.campaign or ""), beside_others(texts.cut(row.answers, 80)))
        below = f"{in_china(row.received_at):%H:%M}"
        if row.opt_out:
            below += " · ⊘ " + self.tr("Opts out")
        return Bubble(row.content, is_ours=False, above=above, below=below, tone="warn" if row.opt_out else "")

    def _ours(self, row: MessageRow) -> Bubble:
        state, tone = self._state(row)
        at = f"{in_china(row.submitted_at):%H:%M} · " if row.submitted_at else ""
        return Bubble(row.content, is_ours=True, above=beside_others(row.campaign), below=at + state, tone=tone)

    def _state(self, row: MessageRow) -> tuple[str, str]:
        """What became of a message: a sign and words, and their tone."""
        if row.delivery is Delivery.DELIVERED:
            return texts.delivery(row.delivery, self._workplace.say), "good"
        sentence = self._workplace.say(explaining.of_message(row))
        if row.delivery is Delivery.FAILED or row.state is State.REJECTED:
            return "✗ " + sentence, "bad"
        signs = {State.QUEUED: "◷", State.CLAIMED: "➤", State.IN_DOUBT: "?", State.SKIPPED: "⊘"}
        return f"{signs.get(row.state, '✓')} {sentence}", "warn" if row.state in (State.IN_DOUBT, State.SKIPPED) else ""

    def _follow(self, most: int) -> None:
        if self._at_end:
            self.verticalScrollBar().setValue(most)

    def _fit(self) -> None:
        for bubble in self.bubbles:
            bubble.fit(int(self.viewport().width() * _WIDEST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        super().resizeEvent(event)
        self._fit()
