"""The sign beside the clock: unread replies, campaigns on their way, and a word to the desktop about either."""

from __future__ import annotations

import html
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from smsdesk.domain.campaign import Campaign
from smsdesk.domain.invisible import beside_others, visible
from smsdesk.jobs import campaigns, conversations
from smsdesk.settings.settings import Notify
from smsdesk.ui import texts
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.theme.badge import badged
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.conversations import Arrived
    from smsdesk.jobs.sending import Sending

_GATHER_MS: Final = 1_000
"""What comes in within this time, of whatever account, is told of at once."""

_WORDS: Final = 40
"""Characters of a reply, or of a campaign's name, that the desktop shows."""


class Tray(QObject):
    """Where the desktop has no place for it, nothing is shown, and nothing else changes."""

    def __init__(self, workplace: Workplace, window: MainWindow):
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._after: int | None = None
        self._unread = 0
        self._running: dict[int, Campaign] = {}
        self._menus: dict[int, QMenu] = {}
        self.icon = QSystemTrayIcon(QApplication.windowIcon(), self)
        self.menu = QMenu()
        self.menu.addAction(self.tr("Show the window")).triggered.connect(window.bring_to_front)
        self._replies = self.menu.addAction("")
        self._replies.triggered.connect(self._show_replies)
        self._before_end = self.menu.addSeparator()  # campaigns stand above it
        self.menu.addAction(self.tr("Quit")).triggered.connect(window.quit)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self._on_message: Callable[[], None] = window.bring_to_front
        self.icon.messageClicked.connect(self._message_clicked)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._look)
        workplace.unread_replies.connect(self.show_unread)
        workplace.progressed.connect(self._progressed)
        workplace.changed.connect(self._changed)
        window.hidden.connect(self._show_icon)
        window.closed.connect(self.icon.hide)
        self.show_unread(0)
        self._show_icon()
        self._look()

    def _show_icon(self) -> None:
        """Again when the window hides: at the start of a session the tray may come after the program."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def show_unread(self, count: int) -> None:
        """How many replies nobody has seen: on the icon, in the menu, and in words."""
        self._unread = count
        self.icon.setIcon(badged(QApplication.windowIcon(), count))
        self._replies.setText(texts.fill(self.tr("Unread replies (%1)"), texts.number(count)))
        self._show_words()

    def _show_words(self) -> None:
        lines = ["SMS Desk"]
        if self._unread:
            lines.append(texts.fill(self.tr("unread replies: %1"), texts.number(self._unread)))
        lines += [self._line(campaign) for campaign in self._running.values()]
        self.icon.setToolTip("\n".join(lines))

    def _activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why is QSystemTrayIcon.ActivationReason.Trigger:
            self._window.bring_to_front()

    def _message_clicked(self) -> None:
        self._on_message()

    def _show_replies(self) -> None:
        self._window.bring_to_front()
        self._window.tabs.setCurrentWidget(self._window.replies)

    def _changed(self, what: Changed) -> None:
        if what.replies:
            self._gather.start()
        if what.campaigns:
            self._workplace.read(campaigns.under_way, self._show_running)

    # -- campaigns -----------------------------------------------------------------------------------------

    def _line(self, campaign: Campaign) -> str:
        """Its name and how far it is: ▶ Spring sale: 34 % of 5,000."""
        counts = campaign.counts
        percent = 100 * counts.settled // max(counts.total, 1)
        name = visible(texts.cut(campaign.name, _WORDS))
        return texts.fill(self.tr("▶ %1: %2 % of %3"), name, percent, texts.number(counts.total))

    def _show_running(self, running: list[Campaign]) -> None:
        before, self._running = self._running, {one.id: one for one in running}
        for ended in before.keys() - self._running.keys():
            self.menu.removeAction(self._menus.pop(ended).menuAction())
            if not self._window.isVisible():
                self._workplace.read(partial(campaigns.get, campaign_id=ended), self._tell_end)
        for campaign in running:
            if campaign.id not in self._menus:
                self._menus[campaign.id] = self._its_menu(campaign)
        self._show_progress()

    def _its_menu(self, campaign: Campaign) -> QMenu:
        made = QMenu(self.menu)
        pause = made.addAction("❚❚ " + self.tr("Pause"))
        pause.triggered.connect(lambda _checked: self._pause(campaign.id))
        self.menu.insertMenu(self._before_end, made)
        return made

    def _pause(self, campaign_id: int) -> None:
        self._workplace.work(
            lambda desk, _stop, _tell: campaigns.pause(desk, campaign_id), changes=Changed(campaigns=True)
        )

    def _progressed(self, news: Sending) -> None:
        if found := self._running.get(news.campaign_id):
            self._running[found.id] = replace(found, counts=news.counts)
            self._show_progress()

    def _show_progress(self) -> None:
        for campaign in self._running.values():
            self._menus[campaign.id].setTitle(self._line(campaign).replace("&", "&&"))
        self._show_words()

    def _tell_end(self, campaign: Campaign) -> None:
        """Whoever has closed the window learns what became of the campaign all the same."""
        why = self._workplace.say(campaign.pause.words) if campaign.pause else ""
        state = texts.campaign_state(campaign.state, self._workplace.say)
        title = f"{visible(texts.cut(campaign.name, _WORDS))}: {state}"
        self._tell(title, why, self._show_campaigns)

    def _show_campaigns(self) -> None:
        self._window.bring_to_front()
        self._window.tabs.setCurrentWidget(self._window.campaigns)

    # -- replies -------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """What has come since the last look; at the start nothing has: what was unread before is no news."""
        after = self._after
        self._workplace.read(lambda desk: conversations.arrived(desk, after), self._arrived)

    def _arrived(self, news: Arrived) -> None:
        is_new = news.replies and (self._after or 0) < news.last_id
        self._after = news.last_id
        is_in_front = QApplication.activeWindow() is not None
        if is_new and not is_in_front and self._workplace.settings.notify is not Notify.OFF:
            title = texts.fill(self.tr("New replies: %1"), texts.number(news.replies))
            self._tell(title, self._text(news), self._show_replies)

    def _text(self, news: Arrived) -> str:
        """One notification, however many came."""
        lines = []
        if news.last and self._workplace.settings.notify is Notify.TEXT:
            lines.append(f"{news.last.mobile}: {beside_others(texts.cut(news.last.content, _WORDS))}")
        if news.opted_out:
            lines.append(texts.fill(self.tr("of them opt-outs: %1"), texts.number(news.opted_out)))
        return "\n".join(lines)

    def _tell(self, title: str, text: str, on_click: Callable[[], None]) -> None:
        self._on_message = on_click
        is_markup = sys.platform.startswith("linux")
        self.icon.showMessage(title, html.escape(text, quote=False) if is_markup else text, QApplication.windowIcon())
