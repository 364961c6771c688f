"""The line at the foot of the window: how fetching goes, what could not be read, whether pushes are received."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar

from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.dialogs import fetching
from smsdesk.ui.dialogs.fetching import FetchingDialog
from smsdesk.ui.dialogs.receiver import state_line
from smsdesk.ui.receiver import State
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.elided import Elided
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.polling import Polled

_NOT_RECEIVING = Words("有问题，请到“设置”的“接收推送”查看", "trouble, see “Receive pushes” in the settings")


class StatusBar(QStatusBar):
    """Of several accounts it tells of the one that fares worst; the rest is behind its buttons."""

    def __init__(self, workplace: Workplace):
        super().__init__()
        self._workplace = workplace
        self.polls: dict[tuple[int, str], Polled] = {}
        """The last round of each account and source."""
        self.fetch_line = Elided(Qt.TextElideMode.ElideRight)
        self.fetch_button = parts.button(self.tr("Fetching…"), self._on_fetching, icon="refresh-cw")
        self.fetch_button.setProperty("plain", True)
        self.unread_button = parts.button("", self._on_unread_answers)
        self.unread_button.hide()
        self.push_line = parts.quiet(wrap=False, name=self.tr("Receiving of pushes"))
        self.addWidget(self.fetch_line, 1)
        for widget in (self.unread_button, self.fetch_button, self.push_line):
            self.addPermanentWidget(widget)
        workplace.changed.connect(self._changed)
        workplace.polled.connect(self._polled)
        workplace.unread.connect(self._show_unread_answers)
        workplace.receiver.changed.connect(self._show_receiver)
        self._show_fetching()
        self._show_receiver(workplace.receiver.state)

    # -- fetching ------------------------------------------------------------------------------------------

    def _changed(self, what: Changed) -> None:
        if what.accounts:
            self._show_fetching()

    def _polled(self, news: Polled) -> None:
        self.polls[news.account_id, news.source] = news
        self._show_fetching()

    def _show_fetching(self) -> None:
        """The one that has failed for longest, or when all was fetched last."""
        names = {account.id: account.name for account in self._workplace.accounts}
        polls = [poll for poll in self.polls.values() if poll.account_id in names]
        failing = [poll for poll in polls if poll.failing_since]
        if not polls:
            self.fetch_line.show_text(self.tr("Nothing has been fetched yet"))
        elif failing:
            worst = min(failing, key=lambda poll: poll.failing_since or poll.at)
            self.fetch_line.show_text(fetching.failing_line(self._workplace, names[worst.account_id], worst))
        else:
            last = min(polls, key=lambda poll: poll.at)
            line = self.tr("✓ Reports and replies fetched at %1. Again in %2.")
            self.fetch_line.show_text(texts.fill(line, texts.time_of_day(last.at), texts.duration(last.next_in_s)))
        parts.tone(self.fetch_line, "bad" if failing else "")

    def _on_fetching(self) -> None:
        parts.ask(FetchingDialog(self._workplace, self.polls, self.window()))

    def _show_unread_answers(self, count: int) -> None:
        self.unread_button.setText(texts.fill(self.tr("! Answers that could not be read: %1…"), texts.number(count)))
        self.unread_button.setVisible(count > 0)

    def _on_unread_answers(self) -> None:
        from smsdesk.ui.dialogs.raw_answers import RawAnswersDialog  # noqa: PLC0415 - it needs the store

        parts.ask(RawAnswersDialog(self._workplace, self.window()))

    # -- pushes --------------------------------------------------------------------------------------------

    def _show_receiver(self, state: State) -> None:
        self.push_line.setVisible(state.is_on)
        self.push_line.setText(state_line(self._workplace, replace(state, problem=state.problem and _NOT_RECEIVING)))
        self.push_line.setToolTip(self._workplace.say(state.problem) if state.problem else "")
        parts.tone(self.push_line, "bad" if state.problem else "")
