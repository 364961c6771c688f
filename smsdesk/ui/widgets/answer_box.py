"""Where an answer is written, under the conversation. It goes the way of every message: checked, planned, sent."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from smsdesk.domain.account import Account
from smsdesk.domain.findings import Finding, Kind, Severity
from smsdesk.domain.hours import MARKETING, Hours
from smsdesk.domain.text import segments, signed, utf16_units, without_second
from smsdesk.domain.words import Words
from smsdesk.jobs import answering, planning
from smsdesk.jobs.answering import BLOCKED
from smsdesk.jobs.checking import Checked, Rules
from smsdesk.jobs.conversations import Conversation
from smsdesk.jobs.rendering import Order
from smsdesk.ui import texts
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.widgets.selecting import select
from smsdesk.ui.workplace import Changed, Workplace


class AnswerBox(QWidget):
    """Answers through the account that the last reply came to. What is written waits while others are looked at."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._conversation: Conversation | None = None
        self._drafts: dict[str, str] = {}
        self._is_checking = False
        self.notice = Notice()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Your answer"))
        self.text.setPlaceholderText(self.tr("Write an answer; Ctrl+Enter sends it"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().height() * 3 + 5 * SPACE)
        self.text.textChanged.connect(self._show)
        self.length = parts.quiet(name=self.tr("Length of the answer"))
        self.send_button = parts.button(self.tr("Send"), self._on_send, primary=True, icon="send")
        self.send_button.setProperty("sends", "here")
        column = parts.column(self)
        column.addWidget(self.notice)
        column.addWidget(self.text)
        line = parts.row(self.length, self.send_button)
        line.setStretch(0, 1)
        column.addLayout(line)

    def show_conversation(self, conversation: Conversation) -> None:
        """Answer to this one."""
        before = self._conversation
        if before is None or before.mobile != conversation.mobile:
            if before:
                self._drafts[before.mobile] = self.text.toPlainText()
            self.notice.hide()
            self.text.setPlainText(self._drafts.pop(conversation.mobile, ""))
        self._conversation = conversation
        self._show()

    @property
    def _account(self) -> Account | None:
        """The one that they wrote to; where it is removed, the one that is chosen."""
        asked = self._conversation.account_id if self._conversation else 0
        return next((one for one in self._workplace.accounts if one.id == asked), self._workplace.account)

    def _show(self) -> None:
        account, found = self._account, self._conversation
        is_blocked = found is not None and found.is_blocked
        self.text.setEnabled(not is_blocked)
        typed = self.text.toPlainText()
        may_send = bool(account and typed.strip() and not is_blocked and not self._is_checking)
        self.send_button.setEnabled(may_send)
        if is_blocked:
            self.length.setText("⊘ " + self._workplace.say(BLOCKED))
            return
        whole = signed(account.signature, typed) if account and typed else typed
        size = segments(whole, gsm7=account is not None and account.gsm7)
        line = self.tr("%1 %2 · characters %3 · segments %4")
        name = account.name if account else "-"
        self.length.setText(texts.fill(line, name, account.signature if account else "", utf16_units(whole), size))

    # -- sending -------------------------------------------------------------------------------------------

    def _on_send(self) -> None:
        if self.send_button.isEnabled():
            self._check(None)

    def _check(self, hours: Hours | None) -> None:
        account, found = self._account, self._conversation
        if account is None or found is None:
            return
        name = texts.fill(self.tr("Answer to %1"), found.mobile)
        order = answering.order(account, found.mobile, self.text.toPlainText(), name, hours)
        settings = self._workplace.settings
        rules = Rules(settings.sensitive, settings.opt_out_ending)
        self.notice.hide()
        self._checking(is_on=True)

        def checked(found: Checked) -> None:
            self._checking(is_on=False)
            self._confirm(order, found)

        self._workplace.work(lambda desk, _stop, _tell: answering.check(desk, order, rules), checked, self._failed)

    def _confirm(self, order: Order, checked: Checked) -> None:
        """Ask only where something was found: the person has just pressed Send under the text."""
        if all(one.severity is Severity.NOTE for one in checked.findings):
            self._go(order)
            return
        when, language = (None, order.hours), self._workplace.language
        settings = self._workplace.settings
        dialog = ConfirmDialog(order.account, checked, when, language, settings.confirm_above, self.window())
        if parts.ask(dialog):
            self._go(order)
        elif dialog.mend:
            self._mend(order, *dialog.mend)

    def _mend(self, order: Order, found: Finding, place: int) -> None:
        typed, signature = self.text.toPlainText(), order.account.signature
        if spot := found.leads_to(place):
            front = len(spot.text) - len(typed)
            select(self.text, typed, max(spot.start - front, 0), max(spot.end - front, 0))
            return
        match found.kind:
            case Kind.OUTSIDE_HOURS:
                self._check(MARKETING)
            case Kind.NO_SIGNATURE:
                parts.ask(AccountDialog(self._workplace, order.account, self.window()))
            case Kind.TWO_SIGNATURES:
                self.text.setPlainText(without_second(signature, typed))
                self._check(order.hours)

    def _go(self, order: Order) -> None:
        mobile, typed = order.recipients[0].mobile, self.text.toPlainText()
        workplace = self._workplace
        self._checking(is_on=True)

        def planned(campaign_id: int) -> None:
            self._checking(is_on=False)
            workplace.send(campaign_id)
            self._drafts.pop(mobile, None)
            if self._conversation and self._conversation.mobile == mobile and self.text.toPlainText() == typed:
                self.text.clear()

        workplace.work(
            lambda desk, stop, tell: planning.plan(desk, order, stop, tell),
            planned,
            self._failed,
            changes=Changed(campaigns=True),
        )

    def _checking(self, *, is_on: bool) -> None:
        self._is_checking = is_on
        self.text.setReadOnly(is_on)  # what is typed meanwhile would not go out
        self._show()

    def _failed(self, words: Words) -> None:
        self._checking(is_on=False)
        self.notice.complain(words, self._workplace.language)
