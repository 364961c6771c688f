"""The steps of the first run's guide. Each is a page of it with fields of its own, which keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCommandLinkButton, QLabel, QLineEdit, QWidget

from smsdesk.domain import money
from smsdesk.domain.account import Account, normal_signature, url_problem
from smsdesk.domain.chinatime import CHINA
from smsdesk.domain.inbox import Balance
from smsdesk.domain.message import Delivery, State
from smsdesk.domain.mobile import Reason, clean
from smsdesk.domain.recipient import Recipient
from smsdesk.domain.text import signed
from smsdesk.domain.words import Words
from smsdesk.jobs import accounts, campaigns, explaining, planning
from smsdesk.jobs.conversations import MessageRow
from smsdesk.jobs.rendering import Order
from smsdesk.ui import texts, theme
from smsdesk.ui.lane import is_wanted
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.account_fields import NONE, AccountFields, add, form_layout
from smsdesk.ui.widgets.campaign_progress import CampaignProgress
from smsdesk.ui.widgets.phone_preview import PhonePreview
from smsdesk.ui.workplace import Changed, Workplace

_PAUSE_MS: Final = 700
"""So long after the last key an address is tried."""

Failed = Callable[[Words], None]


class Step(QWidget):
    """A page of the guide: a title, a sentence or two, and what is asked for."""

    changed = Signal()
    """:attr:`is_ready` may be another."""

    def __init__(self, title: str, about: str):
        super().__init__()
        self.title = title
        self.column = parts.column(self, spacing=3)
        head = QLabel(title)
        head.setFont(theme.large(head.font(), theme.TITLE))
        self.column.addWidget(head)
        self.column.addWidget(parts.quiet(about))

    @property
    def is_ready(self) -> bool:
        """Whether one may go on."""
        return True

    def begin(self) -> None:
        """It comes into sight."""

    def finish(self, then: Callable[[], None], failed: Failed) -> None:  # noqa: ARG002 - this one cannot
        """The person goes on: do what belongs to that, and call one of the two, now or later."""
        then()


class ChooseStep(Step):
    """What do you want?"""

    def __init__(self, on_practice: Callable[[], None], on_connect: Callable[[], None]):
        super().__init__(
            self.tr("Welcome to SMS Desk"),
            self.tr(
                "Send messages to many people, and see who got them and what they answer. How do you want to begin?"
            ),
        )
        self.practice = self._choice(
            self.tr("Try it with the practice gateway"),
            self.tr("Nothing to prepare: everything works as in earnest, but no message leaves this computer."),
            "play",
            on_practice,
        )
        self.connect_button = self._choice(
            self.tr("Connect an account"),
            self.tr("You need what the gateway's administrator gave you: address, account, password, access number."),
            "send",
            on_connect,
        )
        self.column.addStretch(1)

    def _choice(self, name: str, about: str, icon: str, on_click: Callable[[], None]) -> QCommandLinkButton:
        made = QCommandLinkButton(name, about)
        made.setIcon(theme.icon(icon, "accent"))
        made.setAccessibleDescription(about)
        made.clicked.connect(lambda _checked=False: on_click())
        self.column.addWidget(made)
        return made

    def begin(self) -> None:
        """See :class:`Step`."""
        self.practice.setFocus()


class AddressStep(Step):
    """Where is the gateway? The address is tried when the person stops typing."""

    def __init__(self, workplace: Workplace, fields: AccountFields):
        super().__init__(
            self.tr("Where is the gateway?"),
            self.tr("Paste the address whole, with its port and path, as it was given."),
        )
        self._workplace, self._field = workplace, fields.url
        form = form_layout()
        fields.add_address(form)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setAccessibleName(self.tr("Whether the address answers"))
        form.addRow("", self.state)
        self.column.addLayout(form)
        self.column.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._try)
        self._field.textChanged.connect(self._typed)

    @property
    def is_ready(self) -> bool:
        """See :class:`Step`. An address that does not answer is no obstacle: the next step tells."""
        return url_problem(self._field.text().strip()) is None

    def begin(self) -> None:
        """See :class:`Step`."""
        self._field.setFocus()

    def _typed(self, text: str) -> None:
        self._say("")
        self._pause.stop()
        if text.strip():
            self._pause.start()
        self.changed.emit()

    def _try(self) -> None:
        url = self._field.text()
        if problem := url_problem(url.strip()):
            self._say(f"✗ {self._workplace.say(problem)}", "bad")
            return
        self._say(self.tr("Trying the address…"))

        def answered(_none: None) -> None:
            if self._field.text() == url:
                self._say(self.tr("✓ The address answers."), "good")

        def silent(words: Words) -> None:
            if self._field.text() == url:
                self._say(f"! {self._workplace.say(words)}", "warn")

        self._workplace.ask(lambda desk: accounts.reach(desk, url), answered, silent)

    def _say(self, text: str, tone: str = "") -> None:
        self.state.setText(text)
        parts.tone(self.state, tone)


class LoginStep(Step):
    """Who are you there? Going on asks for the balance, which is the proof."""

    def __init__(self, workplace: Workplace, fields: AccountFields):
        super().__init__(
            self.tr("Account and password"),
            self.tr("They are tried by asking the gateway for the balance. Nothing is sent."),
        )
        self._workplace, self._fields = workplace, fields
        self.proof = ""
        form = form_layout()
        fields.add_login(form)
        self.column.addLayout(form)
        self.column.addStretch(1)
        for field in (fields.login, fields.password):
            field.textChanged.connect(self.changed)

    @property
    def is_ready(self) -> bool:
        """See :class:`Step`."""
        return bool(self._fields.login.text().strip() and self._fields.password.text())

    def begin(self) -> None:
        """See :class:`Step`."""
        (self._fields.password if self._fields.login.text() else self._fields.login).setFocus()

    def finish(self, then: Callable[[], None], failed: Failed) -> None:
        """See :class:`Step`."""
        account, password = self._fields.entered(NONE), self._fields.secret()

        def proved(balance: Balance) -> None:
            held = self._workplace.say(money.balance(balance.balance_li, balance.charge_type))
            self.proof = texts.fill(self.tr("The account works. %1"), held)
            then()

        self._workplace.ask(lambda desk: accounts.prove(desk, account, password), proved, failed)


class SenderStep(Step):
    """What do people see? Going on stores the account."""

    def __init__(self, workplace: Workplace, fields: AccountFields):
        super().__init__(
            self.tr("What people see"),
            self.tr("The number that your messages come from, and the signature at their beginning."),
        )
        self._workplace, self._fields = workplace, fields
        self.account: Account | None = None
        self.preview = PhonePreview()
        left, form = QWidget(), form_layout()
        form.setContentsMargins(0, 0, 0, 0)
        left.setLayout(form)
        fields.add_sender(form)
        fields.add_name(form)
        self.column.addLayout(parts.row(left, self.preview, spacing=4), 1)
        for field in (fields.extno, fields.signature, fields.name):
            field.textChanged.connect(self._show)
        self._show()

    @property
    def is_ready(self) -> bool:
        """See :class:`Step`."""
        return bool(self._fields.extno.text().strip() and self._fields.name.text().strip())

    def begin(self) -> None:
        """See :class:`Step`."""
        if not self._fields.name.text():
            self._fields.name.setText(self._fields.login.text().strip())
        self._fields.extno.setFocus()

    def _show(self) -> None:
        text = self.tr("Hello, this is a test message.")
        signature = normal_signature(self._fields.signature.text())
        self.preview.show_message(self._fields.extno.text().strip(), signed(signature, text))
        self.changed.emit()

    def finish(self, then: Callable[[], None], failed: Failed) -> None:
        """See :class:`Step`."""

        def saved(result: tuple[Account, Balance]) -> None:
            self.account = result[0]
            self._workplace.reload_accounts(then)

        account, password = self._fields.entered(self.account or NONE), self._fields.secret()
        remember = self._fields.remember.is_wanted
        self._workplace.save_account(account, password, saved, failed, remember=remember)


class TestStep(Step):
    """A message to oneself, which may be left out."""

    sending = Signal()
    """A test message is on its way."""

    def __init__(self, workplace: Workplace, sender: SenderStep, failed: Failed):
        super().__init__(
            self.tr("A test message to yourself"),
            self.tr("The surest proof: your own phone rings. It costs one message; you can also leave it out."),
        )
        self._workplace, self._sender, self._failed = workplace, sender, failed
        self.mobile = QLineEdit(" ".join(workplace.settings.own_numbers[:1]))
        self.mobile.setPlaceholderText("13800000000")
        self.mobile.textChanged.connect(self._enable)
        self.text = QLineEdit(self.tr("Hello, this is a test message."))
        self.send_button = parts.button(self.tr("Send the test message"), self._on_send, icon="smartphone")
        self.send_button.setAutoDefault(False)
        self.progress = CampaignProgress(workplace)
        self.outcome = QLabel()
        self.outcome.setWordWrap(True)
        form = form_layout()
        add(form, self.tr("Your mobile number"), self.mobile, self.tr("Kept for tests on the pages that send."))
        add(form, self.tr("Text"), self.text, "")
        self.column.addLayout(form)
        self.column.addLayout(parts.row(self.send_button, None))
        self.column.addWidget(self.progress)
        self.column.addWidget(self.outcome)
        self.column.addStretch(1)
        self._campaign_id: int | None = None
        workplace.changed.connect(self._changed)
        self._enable()

    @property
    def is_sent(self) -> bool:
        """Whether a message has gone out."""
        return self._campaign_id is not None

    @property
    def wants_to_send(self) -> bool:
        """Whether Enter means the test message: a number is there, and nothing has gone out."""
        return self.send_button.isEnabled() and not self.is_sent

    def begin(self) -> None:
        """See :class:`Step`."""
        self.mobile.setFocus()

    def _enable(self) -> None:
        self.send_button.setEnabled(bool(self.mobile.text().strip()))
        self.changed.emit()

    def _on_send(self) -> None:
        account, found = self._sender.account, clean(self.mobile.text())
        if account is None:
            return
        if isinstance(found, Reason):
            self._failed(found.words)
            return
        kept = self._workplace.settings.own_numbers
        self._workplace.keep(own_numbers=(*found, *(one for one in kept if one not in found)))
        name = texts.fill(self.tr("Test %1"), f"{datetime.now(CHINA):%m-%d %H:%M}")
        people = [Recipient(mobile, {}, line) for line, mobile in enumerate(found, 1)]
        order = Order(account, name, self.text.text(), name, people)
        self.outcome.clear()
        self.sending.emit()
        self.send_button.setEnabled(False)
        workplace, show = self._workplace, self._planned

        def planned(campaign_id: int) -> None:
            workplace.send(campaign_id)  # also where the guide was closed meanwhile: the person has pressed Send
            if is_wanted(show):
                show(campaign_id)

        workplace.work(
            lambda desk, stop, tell: planning.plan(desk, order, stop, tell),
            planned,
            self._not_planned,
            changes=Changed(campaigns=True),
        )

    def _planned(self, campaign_id: int) -> None:
        self._campaign_id = campaign_id
        self._enable()
        self.progress.show_campaign(campaign_id)

    def _changed(self, what: Changed) -> None:
        if (what.reports or what.campaigns) and (campaign_id := self._campaign_id) is not None:
            self._workplace.read(lambda desk: list(campaigns.every_message(desk, campaign_id)), self._show_outcome)

    def _show_outcome(self, rows: list[MessageRow]) -> None:
        """What became of the one message, in words: a test that went wrong is there to tell why."""
        failed = [row for row in rows if row.delivery is Delivery.FAILED or row.state is State.REJECTED]
        if failed:
            why = self._workplace.say(explaining.of_message(failed[0]))
            self.outcome.setText(texts.fill(self.tr("✗ It did not arrive: %1"), why))
            parts.tone(self.outcome, "bad")
        elif any(row.delivery is Delivery.DELIVERED for row in rows):
            self.outcome.setText(self.tr("✓ It has arrived: look at your phone."))
            parts.tone(self.outcome, "good")

    def _not_planned(self, words: Words) -> None:
        self._enable()
        self._failed(words)


class DoneStep(Step):
    """What next?"""

    def __init__(self, on_guide: Callable[[], None]) -> None:
        super().__init__(
            self.tr("Ready"),
            self.tr("The account is connected. Status reports and replies come in by themselves from now on."),
        )
        for number, line in enumerate(
            (
                self.tr("Import a list of recipients: Excel, WPS, CSV or text, with a column of mobile numbers."),
                self.tr("Write the text. What each person gets, how long it is and what it costs is shown meanwhile."),
                self.tr("Check and send. Before anything goes out you see to how many it goes, and confirm it."),
            ),
            1,
        ):
            self.column.addWidget(parts.step(number, line))
        self.column.addSpacing(2 * SPACE)
        self.guide_button = parts.button(self.tr("Read the user guide"), on_guide, icon="file-text")
        self.guide_button.setAutoDefault(False)
        self.column.addLayout(parts.row(self.guide_button, None))
        self.column.addStretch(1)
