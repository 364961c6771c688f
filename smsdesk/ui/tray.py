"""The sign beside the clock: unread replies, a menu, and a word to the desktop when replies come in."""

from __future__ import annotations

import html
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from smsdesk.domain.invisible import beside_others
from smsdesk.jobs import conversations
from smsdesk.settings.settings import Notify
from smsdesk.ui import texts
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.conversations import Arrived

_GATHER_MS: Final = 1_000
"""What comes in within this time, of whatever account, is told of at once."""

_WORDS: Final = 40
"""Characters of a reply that a notification shows."""


class Tray(QObject):
    """Where the desktop has no place for it, nothing is shown, and nothing else changes."""

    def __init__(self, workplace: Workplace, window: MainWindow):
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._after: int | None = None
        self.icon = QSystemTrayIcon(QApplication.windowIcon(), self)
        self._menu = QMenu()
        for name, act in (
            (self.tr("Show the window"), window.bring_to_front),
            (self.tr("Replies"), self._show_replies),
            (self.tr("Quit"), window.close),
        ):
            self._menu.addAction(name).triggered.connect(lambda _checked=False, act=act: act())
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._show_replies)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._look)
        workplace.unread_replies.connect(self.show_unread)
        window.closed.connect(self.icon.hide)
        workplace.changed.connect(self._changed)
        self.show_unread(0)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()
        self._look()

    def show_unread(self, count: int) -> None:
        """How many replies nobody has seen."""
        line = texts.fill(self.tr("unread replies: %1"), texts.number(count))
        self.icon.setToolTip(f"SMS Desk · {line}" if count else "SMS Desk")

    def _activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why is QSystemTrayIcon.ActivationReason.Trigger:
            self._window.bring_to_front()

    def _show_replies(self) -> None:
        self._window.bring_to_front()
        self._window.tabs.setCurrentWidget(self._window.replies)

    def _changed(self, what: Changed) -> None:
        if what.replies:
            self._gather.start()

    def _look(self) -> None:
        """What has come since the last look; at the start nothing has: what was unread before is no news."""
        after = self._after
        self._workplace.read(lambda desk: conversations.arrived(desk, after), self._arrived)

    def _arrived(self, news: Arrived) -> None:
        is_new = news.replies and (self._after or 0) < news.last_id
        self._after = news.last_id
        is_in_front = QApplication.activeWindow() is not None
        if is_new and not is_in_front and self._workplace.settings.notify is not Notify.OFF:
            self.icon.showMessage(self._title(news), self._text(news), QApplication.windowIcon())

    def _title(self, news: Arrived) -> str:
        return texts.fill(self.tr("New replies: %1"), texts.number(news.replies))

    def _text(self, news: Arrived) -> str:
        """One notification, however many came."""
        lines = []
        if news.last and self._workplace.settings.notify is Notify.TEXT:
            lines.append(f"{news.last.mobile}: {beside_others(texts.cut(news.last.content, _WORDS))}")
        if news.opted_out:
            lines.append(texts.fill(self.tr("of them opt-outs: %1"), texts.number(news.opted_out)))
        text = "\n".join(lines)
        return html.escape(text, quote=False) if sys.platform.startswith("linux") else text  # there it is markup
