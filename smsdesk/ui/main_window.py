"""The window: tabs, the account that they work with, and a line that says how fetching goes."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QMainWindow, QTabWidget, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.campaign import Kind as CampaignKind
from smsdesk.domain.words import Words
from smsdesk.ui import shortcuts, texts, theme
from smsdesk.ui.dialogs.leaving import Leave, ask_how_to_leave
from smsdesk.ui.dialogs.password import PasswordAsker
from smsdesk.ui.habits import Habits
from smsdesk.ui.help import Help
from smsdesk.ui.status_bar import StatusBar
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.file_drop import FileDrop
from smsdesk.ui.widgets.low_balance import LowBalance
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.campaigns import Part
    from smsdesk.jobs.people import Group
    from smsdesk.ui.pages.balance import BalancePage
    from smsdesk.ui.pages.blocklist import BlocklistPage
    from smsdesk.ui.pages.bulk import BulkPage
    from smsdesk.ui.pages.campaigns import CampaignsPage
    from smsdesk.ui.pages.p2p import P2pPage
    from smsdesk.ui.pages.people import PeoplePage
    from smsdesk.ui.pages.replies import RepliesPage
    from smsdesk.ui.pages.reports import ReportsPage

_P = TypeVar("_P", bound=QWidget)

_FRAME: Final = 40
"""Pixels that a title bar may take."""


class MainWindow(QMainWindow):
    """Everything a person sees."""

    closed = Signal()
    hidden = Signal()
    """It has left the screen for the tray; sending goes on."""
    practice = Signal()
    """The person wants to try the program with the practice gateway."""

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
        layout = parts.column(body, spacing=0)
        layout.addWidget(self.notice)
        layout.addWidget(self.low_balance)
        layout.addWidget(self.tabs)
        self.setCentralWidget(body)
        self._habits = Habits(workplace, self)
        self._add_pages()
        self.help: Help = Help(workplace, self.notice, self)
        self.help.open_list.connect(self.choose_files)
        self.tabs.setCornerWidget(self._corner(), Qt.Corner.TopRightCorner)
        self.status = StatusBar(workplace)
        self.setStatusBar(self.status)
        self.tabs.tabBar().setFocus()
        FileDrop(self, self._open_files)
        shortcuts.install(self)
        workplace.changed.connect(self._changed)
        workplace.chosen.connect(self._chosen)
        workplace.told.connect(lambda words: self.notice.complain(words, workplace.language))
        workplace.unread_replies.connect(self._show_unread)
        self._may_stay = True
        workplace.leaving.connect(self._leave)
        PasswordAsker(workplace, self, self.notice)

    # -- pages ---------------------------------------------------------------------------------------------

    def _add_pages(self) -> None:
        """A tab for each, empty until it is first shown: most of a day goes by on two or three of them."""
        pages = (
            ("bulk", "send", self.tr("Bulk send")),
            ("p2p", "message-square-text", self.tr("Point-to-point")),
            ("campaigns", "megaphone", self.tr("Campaigns")),
            ("reports", "mail-check", self.tr("Status reports")),
            ("replies", "inbox", self.tr("Replies")),
            ("people", "users", self.tr("People")),
            ("blocklist", "shield-ban", self.tr("Blocklist")),
            ("balance", "wallet", self.tr("Balance")),
        )
        self._places = {page: place for place, (page, _, _) in enumerate(pages)}
        for place, (_, icon, name) in enumerate(pages):
            self.tabs.addTab(QWidget(), theme.icon(icon, "quiet"), name)
            self.tabs.setTabToolTip(place, f"Ctrl+{place + 1}")
        self.tabs.setCurrentIndex(self._places.get(str(self._habits.get("page")), 0))
        self.tabs.currentChanged.connect(self._make_page)
        if self.tabs.currentIndex() == 0:  # the others need the store's parts, and are made when those are there
            self._make_page(0)

    def _make_page(self, place: int) -> None:
        name = list(self._places)[place]
        self._habits.put("page", name)
        getattr(self, name)

    # What a page needs takes long to import, so each is imported with the page, by those below and nowhere else.

    @cached_property
    def bulk(self) -> BulkPage:
        """The page, made now where it was not shown yet; as all of these."""
        from smsdesk.ui.pages.bulk import BulkPage  # noqa: PLC0415

        page = BulkPage(self._workplace)
        page.progress.results_wanted.connect(self._show_campaign)
        return self._in_tab("bulk", page)

    @cached_property
    def p2p(self) -> P2pPage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.p2p import P2pPage  # noqa: PLC0415

        page = P2pPage(self._workplace)
        page.progress.results_wanted.connect(self._show_campaign)
        return self._in_tab("p2p", page)

    @cached_property
    def campaigns(self) -> CampaignsPage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.campaigns import CampaignsPage  # noqa: PLC0415

        page = CampaignsPage(self._workplace)
        page.again.connect(self._take_over)
        page.reports.connect(self._show_reports)
        page.write.connect(self._write)
        return self._in_tab("campaigns", page)

    @cached_property
    def reports(self) -> ReportsPage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.reports import ReportsPage  # noqa: PLC0415

        page = ReportsPage(self._workplace)
        page.again.connect(self._take_over)
        page.write.connect(self._write)
        return self._in_tab("reports", page)

    @cached_property
    def replies(self) -> RepliesPage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.replies import RepliesPage  # noqa: PLC0415

        return self._in_tab("replies", RepliesPage(self._workplace))

    @cached_property
    def people(self) -> PeoplePage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.people import PeoplePage  # noqa: PLC0415

        page = PeoplePage(self._workplace)
        page.wanted.connect(self._write_to)
        return self._in_tab("people", page)

    @cached_property
    def blocklist(self) -> BlocklistPage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.blocklist import BlocklistPage  # noqa: PLC0415

        return self._in_tab("blocklist", BlocklistPage(self._workplace))

    @cached_property
    def balance(self) -> BalancePage:
        """See :attr:`bulk`."""
        from smsdesk.ui.pages.balance import BalancePage  # noqa: PLC0415

        page = BalancePage(self._workplace)
        page.connect_account.connect(self.ask_for_account)
        return self._in_tab("balance", page)

    def _in_tab(self, name: str, page: _P) -> _P:
        """Let a page take the place of its empty tab. No other page comes into sight by that, not for a moment."""
        place = self._places[name]
        empty = self.tabs.widget(place)
        is_current = self.tabs.currentWidget() is empty
        self.tabs.blockSignals(True)
        self.tabs.insertTab(place, page, self.tabs.tabIcon(place), self.tabs.tabText(place))
        self.tabs.setTabToolTip(place, self.tabs.tabToolTip(place + 1))
        if is_current:
            self.tabs.setCurrentIndex(place)
        self.tabs.removeTab(place + 1)
        self.tabs.blockSignals(False)
        if empty is not None:
            empty.deleteLater()
        return page

    def go_to(self, place: int) -> None:
        """To a page by its key: the focus goes along, to the tab, so that a screen reader says which page this is."""
        self.tabs.setCurrentIndex(place)
        self.tabs.tabBar().setFocus()

    def _corner(self) -> QWidget:
        corner = QWidget()
        self.account_box = QComboBox()
        self.account_box.setAccessibleName(self.tr("Account that sends"))
        self.account_box.setMinimumContentsLength(8)
        self.account_box.activated.connect(self._on_account)
        label = parts.quiet(self.tr("Account"), wrap=False)
        label.setBuddy(self.account_box)
        settings = parts.button(self.tr("Settings"), self.open_settings, icon="settings")
        row = parts.row(label, self.account_box, settings, self.help.button())
        row.setContentsMargins(2 * SPACE, SPACE, 3 * SPACE, SPACE)
        corner.setLayout(row)
        return corner

    # -- accounts ------------------------------------------------------------------------------------------

    def _changed(self, what: Changed) -> None:
        if what.accounts:
            self._make_page(self.tabs.currentIndex())
            self.account_box.clear()
            self.account_box.addItems([account.name for account in self._workplace.accounts])
            self._chosen(self._workplace.account)

    def _chosen(self, account: Account | None) -> None:
        if account in self._workplace.accounts:
            self.account_box.setCurrentIndex(self._workplace.accounts.index(account))

    def _on_account(self, place: int) -> None:
        self._workplace.choose(self._workplace.accounts[place])

    def open_settings(self) -> None:
        """Accounts, and all that a person chooses."""
        from smsdesk.ui.dialogs.settings import SettingsDialog  # noqa: PLC0415 - as the pages

        parts.ask(SettingsDialog(self._workplace, self))

    def ask_for_account(self) -> None:
        """The first start: nothing can be done without an account."""
        from smsdesk.ui.dialogs.welcome import Wanted, WelcomeDialog  # noqa: PLC0415 - as the pages

        dialog = WelcomeDialog(self._workplace, self)
        parts.ask(dialog)
        if dialog.wanted is Wanted.PRACTICE:
            self.practice.emit()
        elif dialog.wanted is Wanted.LIST:
            self._write()
            self.bulk.recipients.choose_files()
        elif dialog.wanted is Wanted.GUIDE:
            self.help.show_guide()

    def _write(self) -> None:
        """An empty page offers to begin a campaign, which fills it."""
        self.tabs.setCurrentWidget(self.bulk)

    def _show_campaign(self, campaign_id: int) -> None:
        """What comes of a campaign that was sent from another page."""
        self.tabs.setCurrentWidget(self.campaigns)
        self.campaigns.show_campaign(campaign_id)

    def _show_reports(self, campaign: Campaign) -> None:
        """What became of each message of a campaign."""
        self.tabs.setCurrentWidget(self.reports)
        self.reports.show_campaign(campaign)

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

    def choose_files(self) -> None:
        """Let the person choose lists, as the page that is shown does; from a page that takes none, recipients."""
        if self.tabs.currentIndex() == self._places["p2p"]:
            self.p2p.importing.choose()
            return
        self.tabs.setCurrentWidget(self.bulk)
        self.bulk.recipients.choose_files()

    def fetch_now(self) -> None:
        """Fetch reports and replies of every account at once."""
        self._workplace.poll_now()

    def _open_files(self, paths: list[Path]) -> None:
        """Files were dropped: on a page that takes none, they are recipients."""
        if self.tabs.currentIndex() == self._places["p2p"]:
            self.p2p.add_files(paths)
            return
        self.tabs.setCurrentWidget(self.bulk)
        self.bulk.add_files(paths)

    # -- news ----------------------------------------------------------------------------------------------

    def _show_unread(self, count: int) -> None:
        name = self.tr("Replies")
        self.tabs.setTabText(self._places["replies"], f"{name} ({texts.number(count)})" if count else name)

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

    def quit(self) -> None:
        """Close, from wherever the person says so; what is asked is asked in front of the window."""
        if self._workplace.is_sending:
            self.bring_to_front()
        self.close()

    def _leave(self) -> None:
        """The store is to be another one at the next start: nothing may go on in this one."""
        self._may_stay = False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A campaign on its way goes on without the window, or is paused: that is asked, each time."""
        asks = self._may_stay and self._workplace.is_sending
        leave = ask_how_to_leave(self) if asks else Leave.CLOSE
        if leave is not Leave.CLOSE:
            event.ignore()
        if leave is Leave.TO_TRAY:
            self.hide()
            self.hidden.emit()
        elif leave is Leave.MINIMISED:
            self.showMinimized()
        if leave is not Leave.CLOSE:
            return
        self._workplace.keep(window=self.saveGeometry().toHex().toStdString())
        event.accept()
        self.closed.emit()
