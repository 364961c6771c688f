"""What the bulk page and the point-to-point page have in common: check, confirm, plan, send, show."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QLineEdit, QPushButton, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import CHINA, now
from smsdesk.domain.findings import Finding, Kind, Spot
from smsdesk.domain.hours import MARKETING, Hours
from smsdesk.domain.recipient import Household
from smsdesk.domain.words import Words
from smsdesk.jobs import balances, blocklist, checking, planning, repeating
from smsdesk.ui import texts
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.dialogs.opt_out_words import ask_for_word
from smsdesk.ui.draft import Draft
from smsdesk.ui.lane import Task
from smsdesk.ui.pages.page import Page
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.campaign_progress import CampaignProgress
from smsdesk.ui.widgets.progress import Progress
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.balances import Reading
    from smsdesk.jobs.checking import Checked, Rules
    from smsdesk.jobs.desk import Desk
    from smsdesk.jobs.news import Stop, Tell
    from smsdesk.jobs.planning import Checking, Planning, Summary

CHINA_SECONDS = int(CHINA.utcoffset(None).total_seconds())

Check: TypeAlias = "Callable[[Desk, Stop, Tell], Checked]"
Plan: TypeAlias = "Callable[[Desk, Stop, Tell], int]"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person has said of a send when asked; as in `Order`."""

    not_since: datetime | None = None
    not_until: datetime | None = None
    not_again: datetime | None = None
    household: Household | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """What the page held when the button was pressed: what is changed from then on is not what was asked about."""

    check: Check
    plan: Plan
    when: tuple[datetime | None, Hours | None]
    """As :meth:`SendingPage.when`."""


class SendingPage(Page):
    """A page with a button that sends. A subclass says what, by `_order` and `_test`."""

    draft: str
    """Under which name its draft is kept."""

    def __init__(self, workplace: Workplace):
        super().__init__(workplace)
        self.send_button: QPushButton = parts.button(
            self.tr("Check and send…"), self._on_send, primary=True, icon="send"
        )
        self.send_button.setProperty("sends", "page")
        self.stop_button: QPushButton = parts.button(self.tr("Stop"), self._on_stop, icon="square")
        self.test_button = parts.button(self.tr("Send a test to me"), self._on_test, icon="smartphone")
        self.test_button.setToolTip(self.tr("To your own numbers, as a campaign of its own. The settings name them."))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the campaign"))
        self.name.setPlaceholderText(self.tr("Name of the campaign (optional)"))
        self.marketing = QCheckBox(texts.fill(self.tr("Marketing (%1 only)"), MARKETING))
        self.marketing.setToolTip(self.tr("Pauses overnight and goes on by itself in the morning. China time."))
        self.later = QCheckBox(self.tr("Start at"))
        seconds = QDateTime.currentSecsSinceEpoch()
        self.start_at = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(seconds - seconds % 60 + 3600))  # no seconds unseen
        self.start_at.setTimeZone(QTimeZone(CHINA_SECONDS))
        self.start_at.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.start_at.setCalendarPopup(True)
        self.start_at.setAccessibleName(self.tr("When it starts, China time"))
        self.start_at.setEnabled(False)
        self.later.toggled.connect(self.start_at.setEnabled)
        self.planning_bar = Progress(self.tr("Messages checked or prepared"))
        self.planning_line = parts.quiet()
        self.progress = CampaignProgress(workplace, leads_on=True)
        self._answers = Answers()
        self._task: Task | None = None
        self._had_focus = False
        self._show_planning(None)
        changes = (self.name.textChanged, self.marketing.toggled, self.later.toggled, self.start_at.dateTimeChanged)
        Draft(workplace, f"{self.draft}-form", self, self._form, self._restore_form, *changes)

    def _form(self) -> list[str]:
        """The fields as a draft, without those that are as they were at first."""
        values = {
            "name": self.name.text(),
            "marketing": self.marketing.isChecked(),
            "start_at": self.start_at.dateTime().toSecsSinceEpoch() if self.later.isChecked() else 0,
        }
        values = {name: value for name, value in values.items() if value}
        return [json.dumps(values)] if values else []

    def _restore_form(self, text: str) -> None:
        """What can be read of a draft; a time that has passed is said when it is to be sent."""
        try:
            values = json.loads(text)
            self.name.setText(str(values.get("name", "")))
            self.marketing.setChecked(values.get("marketing") is True)
            if start_at := int(values.get("start_at", 0)):
                self.start_at.setDateTime(QDateTime.fromSecsSinceEpoch(start_at, QTimeZone(CHINA_SECONDS)))
                self.later.setChecked(True)
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return

    def _order(self, answers: Answers) -> Ready | None:
        """How to check and how to plan what the page holds; None when there is nothing (and the page says so)."""
        raise NotImplementedError

    def _test(self, account: Account, name: str, mobiles: Sequence[str]) -> Plan | None:
        """How to plan a test of what the page holds, to the person's own numbers; None when there is nothing."""
        raise NotImplementedError

    def _lead_to(self, spot: Spot) -> None:
        """Show a person where in what the page holds something was found."""
        raise NotImplementedError

    def _sent(self) -> None:
        """What was on the page is on its way."""
        self.name.clear()
        self.later.setChecked(False)

    def when(self) -> tuple[datetime | None, Hours | None] | None:
        """When the campaign starts, and the hours that it keeps to; None where that has passed, which is said."""
        start = None
        if self.later.isChecked():
            start = datetime.fromtimestamp(self.start_at.dateTime().toSecsSinceEpoch(), UTC)
            if start < now():
                self.complain(
                    Words("预定的开始时间已经过去，请重新选择。", "The time to start has passed. Choose another.")
                )
                return None
        return start, MARKETING if self.marketing.isChecked() else None

    def may_replace(self) -> bool:
        """Ask before a draft that is here gives way to another."""
        question = self.tr("There is a draft on this page already. Replace it?")
        return parts.sure(self, self.tr("Replace"), question)

    def rules(self) -> Rules:
        """What the settings say of texts."""
        settings = self.workplace.settings
        return checking.Rules(settings.sensitive, settings.opt_out_ending)

    def send_card(self, head: QWidget) -> QWidget:
        """The campaign's name, the send button, and what is shown while messages are prepared."""
        frame, layout = parts.card()
        layout.addWidget(head)
        layout.addWidget(self.name)
        layout.addLayout(parts.row(self.marketing, self.later, self.start_at, None, spacing=4))
        layout.addLayout(parts.row(self.send_button, self.stop_button, None, self.test_button))
        layout.addWidget(self.planning_bar)
        layout.addWidget(self.planning_line)
        return frame

    def account_or_complain(self) -> Account | None:
        """The chosen account."""
        if not self.workplace.is_open:
            self.complain(Words("数据还在打开，请稍候再试。", "The data is still being opened; try again in a moment."))
        elif self.workplace.account is None:
            self.complain(Words("请先在设置里添加账号。", "Add an account in the settings first."))
        return self.workplace.account

    def _on_send(self) -> None:
        self._check(Answers())

    def _check(self, answers: Answers) -> None:
        """Check what is on the page, then ask."""
        self._answers = answers
        ready = self._order(answers)
        account = self.workplace.account
        if ready is None or account is None:
            return
        self.notice.hide()
        self._may_send(is_allowed=False)

        def checked(found: Checked) -> None:
            self._prepared()
            self._confirm(account, found, ready, answers)

        self._task = self.workplace.prepare(ready.check, checked, self._failed, self._show_planning)

    def _confirm(self, account: Account, checked: Checked, ready: Ready, answers: Answers) -> None:
        settings = self.workplace.settings
        dialog = ConfirmDialog(account, checked, ready.when, self.workplace.language, settings.confirm_above, self)
        if parts.ask(dialog):
            self._go(checked.summary, ready)
        elif dialog.mend and (spot := dialog.mend[0].leads_to(dialog.mend[1])):
            self._lead_to(spot)
        elif dialog.mend:
            self._answer(*dialog.mend, account, answers)

    def _answer(self, found: Finding, place: int, account: Account, answers: Answers) -> None:
        """Do what a person has chosen for a finding, and look again."""
        match found.kind:
            case Kind.RECENT:
                self._check(replace(answers, not_since=now() - repeating.RECENT))
            case Kind.WAITING:
                self._check(replace(answers, not_until=now() + repeating.RECENT))
            case Kind.SAME_TEXT:
                self._check(replace(answers, not_again=now() - repeating.SAME_TEXT))
            case Kind.BALANCE | Kind.LIMIT:
                self._ask_balance(account, answers)
            case Kind.HOUSEHOLD:
                self._check(replace(answers, household=list(Household)[place]))
            case Kind.OPT_OUT_WORD:
                word = found.value
                ask_for_word(self.workplace, self, word, lambda: self._add_word(word, answers), self.complain)
            case kind if self._mend(kind, account):
                self._check(answers)

    def _ask_balance(self, account: Account, answers: Answers) -> None:
        """Ask the gateway for the balance, and look again."""
        self._may_send(is_allowed=False)

        def asked(_reading: Reading) -> None:
            self.workplace.changed.emit(Changed(balances=True))
            self._may_send(is_allowed=True)  # there may be nothing to check any more
            self._check(answers)

        self.workplace.ask(lambda desk: balances.ask(desk, account), asked, self._failed)

    def _add_word(self, word: str, answers: Answers) -> None:
        """Let a word opt out that the text asks for, and look again."""
        self.workplace.work(
            lambda desk, _stop, _tell: blocklist.change_words(desk, [word], ()),
            lambda _earlier: self._check(answers),
            self.complain,
            changes=Changed(blocklist=True, replies=True),
        )

    def _mend(self, kind: Kind, account: Account) -> bool:
        """Mend what was found; whether to look again."""
        match kind:
            case Kind.NO_SIGNATURE:
                return parts.ask(AccountDialog(self.workplace, account, self))
            case Kind.OUTSIDE_HOURS:
                self.marketing.setChecked(True)
        return True

    def _go(self, summary: Summary, ready: Ready) -> None:
        self._may_send(is_allowed=False)
        self._show_planning(planning.Planning(0, summary.messages))

        def planned(campaign_id: int) -> None:
            self._prepared()
            self.progress.show_campaign(campaign_id)
            self.workplace.changed.emit(Changed(campaigns=True))
            if ready.when[0] is None:
                self.workplace.send(campaign_id)
            self._sent()

        self._task = self.workplace.prepare(ready.plan, planned, self._failed, self._show_planning)

    def _on_test(self) -> None:
        account = self.account_or_complain()
        if account is None:
            return
        mobiles = self.workplace.settings.own_numbers
        if not mobiles:
            self.complain(Words("请先在设置里填写自己的手机号。", "Enter your own number in the settings first."))
            return
        plan = self._test(account, texts.fill(self.tr("Test %1"), f"{datetime.now(CHINA):%m-%d %H:%M}"), mobiles)
        if plan is None:
            return
        self.test_button.setEnabled(False)

        def planned(campaign_id: int) -> None:
            self.test_button.setEnabled(True)
            self.notice.say(texts.fill(self.tr("A test is on its way to %1."), ", ".join(mobiles)), "good")
            self.workplace.send(campaign_id)

        def failed(words: Words) -> None:
            self.test_button.setEnabled(True)
            self.complain(words)

        self.workplace.work(plan, planned, failed)

    def _may_send(self, *, is_allowed: bool) -> None:
        """Enable the button that sends, and give it back the focus that went to the next one with its disabling."""
        if not is_allowed:
            self._had_focus = self.window().focusWidget() is self.send_button  # also behind a dialog that closes
            if self._had_focus:
                self.setFocus()  # else the next button has it, which sends a test
        self.send_button.setEnabled(is_allowed)
        if is_allowed and self._had_focus:
            self.send_button.setFocus()

    def _failed(self, words: Words) -> None:
        self._prepared()
        self.not_done(words)

    def _prepared(self) -> None:
        """The messages are checked or stored, or will not be."""
        self._task = None
        self._show_planning(None)
        self._may_send(is_allowed=True)

    def _on_stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _show_planning(self, news: Checking | Planning | None) -> None:
        for widget in (self.planning_bar, self.planning_line, self.stop_button):
            widget.setVisible(news is not None)
        if news is not None:
            if self.hasFocus():
                self.stop_button.setFocus()
            self.planning_bar.tell(news.done, news.total)
            is_check = isinstance(news, planning.Checking)
            line = self.tr("Checking messages: %1 of %2") if is_check else self.tr("Preparing messages: %1 of %2")
            self.planning_line.setText(texts.fill(line, texts.number(news.done), texts.number(news.total)))
