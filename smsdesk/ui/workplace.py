"""What every page works with: the desk behind its lanes, the settings, and news that go from page to page.

Data flows one way: a page puts a work on a lane, the work changes the store, the workplace tells what has changed,
and the pages that show it read it again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QTimer, Signal

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.campaign import Campaign
from smsdesk.domain.chinatime import now
from smsdesk.domain.inbox import Balance
from smsdesk.domain.words import Language, Words
from smsdesk.jobs import accounts, inbox, old_data, polling, raw_answers, recovery, scheduling, sending, turns
from smsdesk.settings import settings as settings_file
from smsdesk.settings.drafts import Drafts
from smsdesk.settings.settings import Settings
from smsdesk.ui.lane import Lane, Task, is_wanted
from smsdesk.ui.receiver import Receiver
from smsdesk.ui.works import Changed as Changed  # noqa: PLC0414 - pages take it from here
from smsdesk.ui.works import Works

if TYPE_CHECKING:
    from smsdesk.jobs.accounts import Given, Missing
    from smsdesk.jobs.desk import Desk
    from smsdesk.jobs.polling import Came, Coming, Polled, Poller
    from smsdesk.jobs.recovery import Recovered
    from smsdesk.jobs.scheduling import Due
    from smsdesk.jobs.sending import Sending

_log = logging.getLogger(__name__)

_LOOK_MS = 5_000
"""How often it is looked whether a campaign's time has come."""

_NEWS_MS = 1_000
"""How often pages are told at most of what comes in: 100,000 reports are a hundred answers, and each page reads."""

_LEFT = Words(
    "另一个程序在发送中退出：{campaigns} 个任务现已暂停，{in_doubt} 条短信存疑。请到“任务”页查看。",
    "A program ended while it was sending. Campaigns paused: {campaigns}, messages in doubt: {in_doubt}. "
    "See the page “Campaigns”.",
)

_OLD_MS = 24 * 3600 * 1000
"""How often old data go, where they do so by themselves."""

_MISSED = Words(
    "任务“{name}”错过了预定的开始时间，现已暂停。要发送请到“任务”页继续。",
    "The campaign “{name}” has missed its time and stands still. To send it, go on with it on the page “Campaigns”.",
)


class Workplace(Works):
    """The lanes, and who wants to know what has changed."""

    progressed = Signal(object)
    """:class:`~smsdesk.jobs.sending.Sending`: how far a campaign is."""
    polled = Signal(object)
    """:class:`~smsdesk.jobs.polling.Polled`: a round of fetching is over."""
    unread = Signal(int)
    """How many answers of the gateways could not be read and wait for a person."""
    unread_replies = Signal(int)
    """How many replies nobody has seen."""
    chosen = Signal(object)
    """:class:`Account` or None: the account that pages work with."""
    kept = Signal(object)
    """:class:`Settings` that have changed."""
    leaving = Signal()
    """The program is to end, so that a backup takes the store's place."""
    closing = Signal()
    """The program ends; what is not yet kept has to be kept now."""
    passwords_wanted = Signal(object)
    """A list of :class:`~smsdesk.jobs.accounts.Missing`: passwords that a person has to be asked for."""

    def __init__(self, desk: Callable[[], Desk], data_dir: Path, settings: Settings, language: Language):
        """`desk` gives the desk, and waits until it is open: it is asked for on the lanes only."""
        super().__init__(desk)
        self.language = language
        self.settings = settings
        self.data_dir = data_dir
        self._receiving = self._lane("receiving")
        self._unlocking = self._lane("unlocking")  # a keyring that is locked asks, and waits for the answer
        self.receiver = Receiver(desk, data_dir, self._receiving, self)
        self.receiver.came.connect(self.came)
        self._sending: dict[tuple[int, bool], Lane] = {}  # of an account, for answers to replies and for the rest
        self._polling: dict[int, tuple[Lane, Task, Poller]] = {}
        self._news = Changed()
        self._news_pause = QTimer(self)
        self._news_pause.setInterval(_NEWS_MS)
        self._news_pause.setSingleShot(True)
        self._news_pause.timeout.connect(self._tell_news)
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self._look_for_due)
        self._clock.start()
        self._cleaner = QTimer(self)
        self._cleaner.setInterval(_OLD_MS)
        self._cleaner.timeout.connect(self._clear_old)
        self._cleaner.start()
        self._clear_old()
        self.changed.connect(lambda what: self.count_unread_replies() if what.replies else None)
        self._drafts = Drafts(data_dir)
        self._found: dict[str, str] | None = None  # drafts that no page has asked for yet
        self._asked: list[tuple[str, Callable[[str], None]]] = []
        # Before the pages are there: one that is made to take something over must know that it has a draft.
        self.beside(lambda _stop, _tell: self._drafts.load(), self._drafts_read)
        self.is_open = False
        """Whether the store has been read: before that nobody knows which accounts there are."""
        self.accounts: list[Account] = []
        self.account: Account | None = None
        self._missing: dict[int, Missing] = {}  # by the account's id

    def say(self, words: Words) -> str:
        """A sentence in the window's language."""
        return words.text(self.language)

    def keep(self, **changes: Any) -> None:
        """Change settings, and keep them."""
        kept = self.settings = replace(self.settings, **changes)
        self.kept.emit(kept)
        self.receiver.apply(kept, self.accounts)
        self.beside(lambda _stop, _tell: settings_file.save(self.data_dir, kept))

    def load_draft(self, name: str, on_loaded: Callable[[str], None]) -> None:
        """Give what was being written when the program ended: at once, where it has been read by now."""
        if self._found is None:
            self._asked.append((name, on_loaded))
        else:
            on_loaded(self._found.pop(name))

    def _drafts_read(self, found: dict[str, str]) -> None:
        self._found = found
        for name, on_loaded in self._asked:
            if is_wanted(on_loaded):
                on_loaded(found.pop(name))
        self._asked.clear()

    def keep_draft(self, name: str, make: Callable[[], str]) -> None:
        """Keep what is being written; `make` gives it, on whichever thread."""
        self._drafts.put(name, make)
        self.beside(lambda _stop, _tell: self._drafts.write())

    # -- sending -------------------------------------------------------------------------------------------

    def send(self, campaign_id: int) -> None:
        """Send a campaign, after those of its account that were sent before; an answer to a reply at once."""

        def queued(campaign: Campaign) -> None:
            self.changed.emit(Changed(campaigns=True))
            self._send(campaign)

        self.work(lambda desk, _stop, _tell: scheduling.enqueue(desk, campaign_id), queued, self._not_sent)

    def _send(self, campaign: Campaign) -> None:
        key = campaign.account_id, campaign.is_answer
        if key not in self._sending:
            self._sending[key] = self._lane("{} {}".format("answering" if campaign.is_answer else "sending", key[0]))
        has_begun = False

        def progressed(news: Sending | turns.Waits) -> None:
            nonlocal has_begun
            if isinstance(news, turns.Waits):
                self.told.emit(news.words)
                return
            if not has_begun:
                has_begun = True
                self.changed.emit(Changed(campaigns=True))  # what waited for its turn is on its way
            self.progressed.emit(news)

        self._sending[key].run(
            lambda stop, tell: sending.send(self._desk(), campaign.id, stop, tell, only_waiting=True),
            self._sent,
            self._not_sent,
            progressed,
            is_owed=True,  # where the program ends before its turn it is paused: nobody else would send it
        )

    @property
    def folder(self) -> str:
        """Where a person looks for files: where the last one was, at first the documents."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return self.settings.folder or QStandardPaths.writableLocation(documents)

    @property
    def is_sending(self) -> bool:
        """Whether a campaign is on its way or waits for its turn."""
        return any(lane.is_busy for lane in self._sending.values())

    def _look_for_due(self) -> None:
        """Campaigns whose time has come go on their way; those that missed it, or that nobody sends any more, ask."""

        def looked(result: tuple[Due, Recovered]) -> None:
            found, left = result
            for campaign in found.start:
                self._send(campaign)
            for campaign in found.missed:
                self.told.emit(_MISSED.fill(name=campaign.name))
            if left.campaigns:
                self.told.emit(_LEFT.fill(campaigns=left.campaigns, in_doubt=left.in_doubt))
            if found.start or found.missed or left.campaigns:
                self.changed.emit(Changed(campaigns=True))

        self.work(lambda desk, _stop, _tell: (scheduling.due(desk, now()), recovery.look(desk)), looked)

    def _clear_old(self) -> None:
        """Old data go by themselves where a person has said so, at the start and every day."""
        days, how = self.settings.old_days, self.settings.old_how
        if self.settings.old_daily:
            self.work_apart(
                lambda desk, stop, tell: old_data.clear(desk, days, how, stop, tell),
                changes=Changed(campaigns=True, reports=True, replies=True),
            )

    def _sent(self, _campaign: Campaign) -> None:
        self.changed.emit(Changed(campaigns=True, balances=True))

    def _not_sent(self, words: Words) -> None:
        self.told.emit(words)
        self.changed.emit(Changed(campaigns=True))

    # -- accounts and polling ------------------------------------------------------------------------------

    def reload_accounts(self, then: Callable[[], None] | None = None) -> None:
        """Read the accounts again, and fetch reports and replies for each whose password is in reach from now on.

        What is unread is counted.
        """

        def loaded(found: list[Account]) -> None:
            self.accounts, self.is_open = found, True
            self._look_for_passwords(found)
            self.receiver.apply(self.settings, found)
            self.choose(next((one for one in found if one.name == self.settings.account), None))
            self.changed.emit(Changed(accounts=True))
            self.count_unread()
            self.count_unread_replies()
            if then and is_wanted(then):
                then()

        self.read(accounts.every, loaded)

    def _look_for_passwords(self, found: list[Account]) -> None:
        def looked(missing: list[Missing]) -> None:
            new = [one for one in missing if one.account.id not in self._missing]
            self._missing = {one.account.id: one for one in missing}
            self._poll_for([account for account in found if account.id not in self._missing])
            if new:
                self.passwords_wanted.emit(new)

        self._unlocking.run(lambda _stop, _tell: accounts.without_password(self._desk()), looked)

    def give_password(
        self,
        account: Account,
        password: Secret,
        on_given: Callable[[Given], None],
        on_error: Callable[[Words], None],
        *,
        remember: bool,
    ) -> None:
        """Hand in a password that was asked for; from then on it is fetched for the account, too."""

        def given(result: Given) -> None:
            self._missing.pop(account.id, None)
            self._start_polling(account)
            self.changed.emit(Changed(balances=True))
            if is_wanted(on_given):
                on_given(result)

        self.ask(lambda desk: accounts.give_password(desk, account, password, remember=remember), given, on_error)

    def save_account(
        self,
        account: Account,
        password: Secret | None,
        on_saved: Callable[[tuple[Account, Balance]], None],
        on_error: Callable[[Words], None],
        *,
        remember: bool = True,
    ) -> None:
        """Try an account and keep it; it is there then, whether or not its dialog is."""

        def saved(result: tuple[Account, Balance]) -> None:
            if is_wanted(on_saved):
                on_saved(result)
            else:
                self.reload_accounts()

        self.ask(lambda desk: accounts.try_and_save(desk, account, password, remember=remember), saved, on_error)

    def choose(self, account: Account | None) -> None:
        """Work with this account from now on; None is the first there is."""
        self.account = account or (self.accounts[0] if self.accounts else None)
        if self.account and self.account.name != self.settings.account:
            self.keep(account=self.account.name)
        self.chosen.emit(self.account)

    def poll_now(self) -> None:
        """Fetch for every account at once instead of at its time, and from now on as often as the settings say."""
        for account in self.accounts:
            if account.id not in self._missing:
                self._start_polling(account)
        if self._missing:
            self.passwords_wanted.emit(list(self._missing.values()))

    def _poll_for(self, found: list[Account]) -> None:
        for account_id in set(self._polling) - {account.id for account in found}:
            lane, task, _ = self._polling.pop(account_id)
            task.cancel()
            lane.close()
        for account in found:
            self._start_polling(account)

    def _start_polling(self, account: Account) -> None:
        """A lane for each account, with one work on it that goes on as long as there is the account."""
        every_s = self.settings.poll_seconds
        if account.id in self._polling:
            self._polling[account.id][2].change(account, every_s)
            return
        lane, poller = self._lane(f"polling {account.id}"), polling.Poller(self._desk(), account, every_s)
        self._polling[account.id] = lane, lane.run(poller.run, on_event=self._polled), poller

    def _polled(self, news: Polled | Coming) -> None:
        self.came(news.came)
        if isinstance(news, polling.Polled):
            self.polled.emit(news)
            self.count_unread()

    def count_unread(self) -> None:
        """Look how many answers could not be read."""
        self.read(raw_answers.count, self.unread.emit)

    def count_unread_replies(self) -> None:
        """Look how many replies nobody has seen."""
        self.read(inbox.unread, self.unread_replies.emit)

    def came(self, came: Came) -> None:
        """Reports and replies have come in: tell the pages, at once or a second after they were told last."""
        if came.reports or came.replies:
            self._news |= Changed(
                campaigns=True,
                reports=bool(came.reports),
                replies=bool(came.replies),
                blocklist=bool(came.opted_out),
            )
            if not self._news_pause.isActive():
                self._tell_news()

    def _tell_news(self) -> None:
        news, self._news = self._news, Changed()
        if news != Changed():
            self._news_pause.start()
            self.changed.emit(news)

    # -- the end -------------------------------------------------------------------------------------------

    def close(self, seconds: float) -> bool:
        """Ask all works to end and wait for them; whether they did within `seconds`. What is sending is paused."""
        self.closing.emit()
        self._drafts.write()  # here and now: what waits on a lane that closes is left out
        self._clock.stop()
        self._cleaner.stop()
        return self._end(seconds)
