"""What was said with one number, as bubbles in order, the days between them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
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
_BEFORE: Final = 2
"""What stands in the column before all that was said: the button for earlier ones, and a stretch."""


class _Key(NamedTuple):
    """What is shown: the name of a day, or what was said, with the id of its message or reply."""

    text: str
    id: int = 0
    is_ours: bool = False


class _About(NamedTuple):
    """What a bubble says besides its text."""

    above: str
    below: str
    tone: str


class ThreadView(QScrollArea):
    """Shows a :class:`Thread`; stays at its end while things are added."""

    earlier = Signal()
    """The person wants to see what was before."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Thread | None = None
        self._there: dict[_Key, tuple[_About | None, QWidget]] = {}
        self.bubbles: list[Bubble] = []
        self.setAccessibleName(self.tr("The conversation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        self._column.setSpacing(2 * SPACE)
        self._earlier = parts.button(self.tr("Show earlier ones"), self.earlier.emit)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._follow(most))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._at_end = True
        self._anchor: tuple[Bubble, int] | None = None  # what is being read, and how far below the top of the view

    def show_thread(self, thread: Thread) -> None:
        """Show this one; bubbles that are there already stay, and whoever has scrolled up keeps their place."""
        before, self._shown = self._shown, thread
        if before == thread:
            return
        is_same = before is not None and before.conversation.mobile == thread.conversation.mobile
        if not is_same:
            self._take_out(list(self._there))
        bar = self.verticalScrollBar()
        self._at_end = self._at_end or not is_same
        anchor = next((one for one in self.bubbles if one.geometry().bottom() > bar.value()), None)
        if self._earlier.hasFocus() and not thread.has_earlier:
            self.setFocus()  # else Qt looks for another who takes it, and scrolls there
        self._earlier.setVisible(thread.has_earlier)
        wanted = self._wanted(thread)
        self._take_out([key for key in self._there if key not in wanted])
        for place, (key, about) in enumerate(wanted.items(), start=_BEFORE):
            self._put(place, key, about)
        shown = (self._there[key][1] for key in wanted)
        self.bubbles = [one for one in shown if isinstance(one, Bubble)]
        for one, following in pairwise((self._earlier, *(bubble.text for bubble in self.bubbles))):
            QWidget.setTabOrder(one, following)  # earlier ones are made last, and come first
        self._anchor = (anchor, anchor.y() - bar.value()) if anchor and anchor in self.bubbles else None

    def _wanted(self, thread: Thread) -> dict[_Key, _About | None]:
        """What is to be seen, in order. The text is part of the key: with another one it is another bubble."""
        wanted: dict[_Key, _About | None] = {}
        day, last_sent = "", ""
        for entry in thread.entries:
            at = entry.received_at if isinstance(entry, ReplyRow) else entry.submitted_at
            if at and (now := texts.day(at)) != day:
                day = now
                wanted[_Key(day)] = None
            if isinstance(entry, ReplyRow):
                wanted[_Key(entry.content, entry.id, is_ours=False)] = self._theirs(entry, last_sent)
            else:
                wanted[_Key(entry.content, entry.id, is_ours=True)] = self._ours(entry)
                last_sent = entry.content
        return wanted

    def _put(self, place: int, key: _Key, about: _About | None) -> None:
        """At this place of the column, of which all before is as it should be."""
        had, widget = self._there.get(key, (None, None))
        if widget is None:
            widget = Bubble(key.text, is_ours=key.is_ours) if about else parts.quiet(key.text, wrap=False)
        if isinstance(widget, Bubble) and about and about != had:
            widget.tell(about.above, about.below, about.tone)
            widget.fit(self._widest())
        self._there[key] = about, widget
        there = self._column.itemAt(place)
        if there is None or there.widget() is not widget:
            side = Qt.AlignmentFlag.AlignRight if key.is_ours else Qt.AlignmentFlag.AlignLeft
            self._column.insertWidget(place, widget, 0, side if about else Qt.AlignmentFlag.AlignHCenter)

    def _take_out(self, keys: list[_Key]) -> None:
        for key in keys:
            _, widget = self._there.pop(key)
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.bubbles = [one for _, one in self._there.values() if isinstance(one, Bubble)]

    def _theirs(self, row: ReplyRow, last_sent: str) -> _About:
        """With what it answers above it, where that is not the message that stands there anyway."""
        above = ""
        if row.answers is not None and row.answers != last_sent:
            line = self.tr("Answers “%1”: %2")
            above = texts.fill(line, beside_others(row.campaign or ""), beside_others(texts.cut(row.answers, 80)))
        below = f"{in_china(row.received_at):%H:%M}"
        if row.opt_out:
            below += " · ⊘ " + self.tr("Opts out")
        return _About(above, below, "warn" if row.opt_out else "")

    def _ours(self, row: MessageRow) -> _About:
        state, tone = self._state(row)
        at = f"{in_china(row.submitted_at):%H:%M} · " if row.submitted_at else ""
        return _About(beside_others(row.campaign), at + state, tone)

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
        """There is more, or it is higher: stay at the end, or with what is being read."""
        anchor = self._anchor
        if self._at_end:
            self.verticalScrollBar().setValue(most)
        elif anchor:
            self._column.activate()  # the range is told before the bubbles are where they will be
            self.verticalScrollBar().setValue(anchor[0].y() - anchor[1])
            self._anchor = anchor

    def _scrolled(self, value: int) -> None:
        self._at_end = self.verticalScrollBar().maximum() - value < 8 * SPACE
        self._anchor = None

    def _widest(self) -> int:
        return int(self.viewport().width() * _WIDEST)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See :class:`QWidget`."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            for bubble in self.bubbles:
                bubble.fit(self._widest())
