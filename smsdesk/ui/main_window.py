"""The window: tabs, the account that they work with, and a line that says how fetching goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QMainWindow, QMessageBox, QTabWidget, QVBoxLayout, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.words import Words
from smsdesk.jobs import keeping
from smsdesk.jobs.campaigns import Part
from smsdesk.jobs.people import Group
from smsdesk.jobs.polling import Polled
from smsdesk.ui import texts, theme
from smsdesk.ui.dialogs import fetching
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.fetching import FetchingDialog
from smsdesk.ui.dialogs.raw_answers import RawAnswersDialog
from smsdesk.ui.dialogs.receiver import state_line
from smsdesk.ui.dialogs.settings import SettingsDialog
from smsdesk.ui.pages.balance import BalancePage
from smsdesk.ui.pages.blocklist import BlocklistPage
from smsdesk.ui.pages.bulk import BulkPage
from smsdesk.ui.pages.campaigns import CampaignsPage
from smsdesk.ui.pages.p2p import P2pPage
from smsdesk.ui.pages.people import PeoplePage
from smsdesk.ui.pages.replies import RepliesPage
from smsdesk.ui.pages.reports import ReportsPage
from smsdesk.ui.receiver import State
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.elided import Elided
from smsdesk.ui.widgets.file_drop import FileDrop
from smsdesk.ui.widgets.low_balance import LowBalance
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace

_NOT_RECEIVING = Words("有问题，请到“设置”的“接收推送”查看", "trouble, see “Receive pushes” in the settings")

_FRAME: Final = 40
"""Pixels that a title bar may take."""


class MainWindow(QMainWindow):
    """Everything a person sees."""

    closed = Signal()

    def __init__(self, workplace: Workplace, title: str):
        super().__init__()
        self._workplace = workplace
        self.setWindowTitle(title)
        self.setMinimumSize(1024, 640)
        self.resize(QSize(1280, 760).boundedTo(self.screen().availableSize() - QSize(0, _FRAME)))
        self.restoreGeometry(QByteArray.fromHex(QByteArray(workplace.settings.window.encode())))
        self.notice = Notice()
        self.low_balance = LowBalance(workplace)
        self.low_balance.wanted.connect(self._show_balance)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setIconSize(QSize(theme.ICON_TAB, theme.ICON_TAB))
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Pages"))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.low_balance)
        layout.addWidget(self.tabs)
        self.setCentralWidget(body)
        self._add_pages()
        self.tabs.setCornerWidget(self._corner(), Qt.Corner.TopRightCorner)
        self._add_status_bar()
        self._add_push_line()
        self.tabs.tabBar().setFocus()
        FileDrop(self, self._open_files)
        workplace.changed.connect(self._changed)
        workplace.chosen.connect(self._chosen)
        workplace.told.connect(lambda words: self.notice.say(workplace.say(words), "bad"))
        workplace.polled.connect(self._polled)
        workplace.unread.connect(self._show_unread_answers)
        workplace.count_unread()
        workplace.receiver.changed.connect(self._show_receiver)
        self._show_receiver(workplace.receiver.state)
        workplace.leaving.connect(self.close)

    def _add_pages(self) -> None:
        self.bulk = BulkPage(self._workplace)
        self.p2p = P2pPage(self._workplace)
        self.campaigns = CampaignsPage(self._workplace)
        self.reports = ReportsPage(self._workplace)
        self.replies = RepliesPage(self._workplace)
        self.people = PeoplePage(self._workplace)
        self.blocklist = BlocklistPage(self._workplace)
        self.balance = BalancePage(self._workplace)
        pages: list[tuple[QWidget, str, str]] = [
            (self.bulk, "send", self.tr("Bulk send")),
            (self.p2p, "message-square-text", self.tr("Point-to-point")),
            (self.campaigns, "megaphone", self.tr("Campaigns")),
            (self.reports, "mail-check", self.tr("Status reports")),
            (self.replies, "inbox", self.tr("Replies")),
            (self.people, "users", self.tr("People")),
            (self.blocklist, "shield-ban", self.tr("Blocklist")),
            (self.balance, "wallet", self.tr("Balance")),
        ]
        for place, (page, icon, name) in enumerate(pages):
            self.tabs.addTab(page, theme.icon(icon, "quiet"), name)
            self.tabs.setTabToolTip(place, f"Ctrl+{place + 1}")
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            shortcut.activated.connect(lambda place=place: self.tabs.setCurrentIndex(place))
        self.replies.unread.connect(self._show_unread)
        self.people.wanted.connect(self._write_to)
        self.campaigns.again.connect(self._take_over)
        self.reports.again.connect(self._take_over)

    def _add_status_bar(self) -> None:
        self._polls: dict[tuple[int, str], Polled] = {}
        self.fetch_line = Elided(Qt.TextElideMode.ElideRight)
        self.fetch_button = parts.button(self.tr("Fetching…"), self._on_fetching, icon="refresh-cw")
        self.fetch_button.setProperty("plain", True)
        self.unread_button = parts.button("", self._on_unread_answers)
        self.unread_button.hide()
        bar = self.statusBar()
        bar.addWidget(self.fetch_line, 1)
        bar.addPermanentWidget(self.unread_button)
        bar.addPermanentWidget(self.fetch_button)

    def _on_fetching(self) -> None:
        parts.ask(FetchingDialog(self._workplace, self._polls, self))

    def _on_unread_answers(self) -> None:
        parts.ask(RawAnswersDialog(self._workplace, self))

    def _show_unread_answers(self, count: int) -> None:
        self.unread_button.setText(texts.fill(self.tr("! %1 answers could not be read…"), texts.number(count)))
        self.unread_button.setVisible(count > 0)

    def _corner(self) -> QWidget:
        corner = QWidget()
        self.account_box = QComboBox()
        self.account_box.setAccessibleName(self.tr("Account that sends"))
        self.account_box.setMinimumContentsLength(12)
        self.account_box.activated.connect(self._on_account)
        label = parts.quiet(self.tr("Account"), wrap=False)
        label.setBuddy(self.account_box)
        settings = parts.button(self.tr("Settings"), self._on_settings, icon="settings")
        row = parts.row(label, self.account_box, settings)
        row.setContentsMargins(2 * SPACE, SPACE, 3 * SPACE, SPACE)
        corner.setLayout(row)
        return corner

    # -- accounts ------------------------------------------------------------------------------------------

    def _changed(self, what: Changed) -> None:
        if what.accounts:
            self.account_box.clear()
            self.account_box.addItems([account.name for account in self._workplace.accounts])
            self._chosen(self._workplace.account)
            self._show_fetching()

    def _chosen(self, account: Account | None) -> None:
        if account in self._workplace.accounts:
            self.account_box.setCurrentIndex(self._workplace.accounts.index(account))

    def _on_account(self, place: int) -> None:
        self._workplace.choose(self._workplace.accounts[place])

    def _on_settings(self) -> None:
        parts.ask(SettingsDialog(self._workplace, self))

    def ask_for_account(self) -> None:
        """The first start: nothing can be done without an account."""
        parts.ask(AccountDialog(self._workplace, None, self))

    def _show_balance(self, account: Account) -> None:
        self._workplace.choose(account)
        self.tabs.setCurrentWidget(self.balance)

    def _write_to(self, group: Group | None) -> None:
        """The address book names those to write to; None is everybody."""
        self.tabs.setCurrentWidget(self.bulk)
        self.bulk.write_to(group)

    def _take_over(self, campaign: Campaign, part: Part | None) -> None:
        """An earlier campaign is to be a draft again, or a part of its people.

        Of one with a text for each person only the texts are left, not the columns that they were made of: a part
        of it goes to the page that takes texts with their numbers.
        """
        is_same = campaign.kind is CampaignKind.BULK
        page = self.bulk if is_same or (campaign.text and part is None) else self.p2p
        self.tabs.setCurrentWidget(page)
        page.take_over(campaign, part)

    def _open_files(self, paths: list[Path]) -> None:
        """Files were dropped: on a page that takes none, they are recipients."""
        if self.tabs.currentWidget() is self.p2p:
            self.p2p.add_files(paths)
            return
        self.tabs.setCurrentWidget(self.bulk)
        self.bulk.add_files(paths)

    # -- news ----------------------------------------------------------------------------------------------

    def _show_unread(self, count: int) -> None:
        name = self.tr("Replies")
        self.tabs.setTabText(self.tabs.indexOf(self.replies), f"{name} ({texts.number(count)})" if count else name)

    def _polled(self, news: Polled) -> None:
        self._polls[news.account_id, news.source] = news
        self._show_fetching()

    def _show_fetching(self) -> None:
        """The one that has failed for longest, or when all was fetched last."""
        names = {account.id: account.name for account in self._workplace.accounts}
        polls = [poll for poll in self._polls.values() if poll.account_id in names]
        failing = [poll for poll in polls if poll.failing_since]
        if not polls:
            self.fetch_line.show_text("")
        elif failing:
            worst = min(failing, key=lambda poll: poll.failing_since or poll.at)
            self.fetch_line.show_text(fetching.failing_line(self._workplace, names[worst.account_id], worst))
        else:
            last = min(polls, key=lambda poll: poll.at)
            line = self.tr("✓ Reports and replies fetched at %1. Again in %2.")
            self.fetch_line.show_text(texts.fill(line, texts.time_of_day(last.at), texts.duration(last.next_in_s)))
        parts.tone(self.fetch_line, "bad" if failing else "")

    def _add_push_line(self) -> None:
        self.push_line = parts.quiet(wrap=False)
        self.push_line.setAccessibleName(self.tr("Receiving of pushes"))
        self.statusBar().addPermanentWidget(self.push_line)

    def _show_receiver(self, state: State) -> None:
        self.push_line.setVisible(state.is_on)
        self.push_line.setText(state_line(self._workplace, replace(state, problem=state.problem and _NOT_RECEIVING)))
        self.push_line.setToolTip(self._workplace.say(state.problem) if state.problem else "")
        parts.tone(self.push_line, "bad" if state.problem else "")

    def say(self, words: Words, tone: str = "") -> None:
        """Show a sentence above the pages."""
        self.notice.say(self._workplace.say(words), tone)

    # -- the end -------------------------------------------------------------------------------------------

    def bring_to_front(self) -> None:
        """Somebody started the program a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A campaign on its way is paused by closing; that is asked about."""
        if self._workplace.is_sending and not self._may_pause():
            event.ignore()
            if keeping.is_pending(self._workplace.data_dir):
                keeping.forget_pending(self._workplace.data_dir)
                self.notice.say(self.tr("The backup is not restored: a campaign is being sent. Nothing was changed."))
            return
        self._workplace.keep(window=self.saveGeometry().toHex().toStdString())
        event.accept()
        self.closed.emit()

    def _may_pause(self) -> bool:
        question = self.tr("A campaign is being sent. Close all the same? It is paused, and can go on later.")
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), question, parent=self)
        pause = box.addButton(self.tr("Pause and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Go on sending"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        parts.ask(box)
        return box.clickedButton() is pause
