"""The first run: try the program with the practice gateway, or connect an account step by step."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial

from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from smsdesk.domain.words import Words
from smsdesk.ui import texts
from smsdesk.ui.dialogs.welcome_steps import (
    AddressStep,
    ChooseStep,
    DoneStep,
    LoginStep,
    SenderStep,
    Step,
    TestStep,
)
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.account_fields import AccountFields
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Workplace


class Wanted(Enum):
    """What a person wants when the guide closes."""

    NOTHING = auto()
    PRACTICE = auto()
    LIST = auto()
    GUIDE = auto()


class WelcomeDialog(QDialog):
    """Enter goes on, Escape closes, Back keeps what was typed. Only an account that has proved right is stored."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self.wanted = Wanted.NOTHING
        self.setWindowTitle(self.tr("First steps"))
        self.setMinimumSize(680, 480)
        self.fields = AccountFields(workplace, self)
        self.notice = Notice()
        self.choose = ChooseStep(partial(self._want, Wanted.PRACTICE), self._forward)
        self.address = AddressStep(workplace, self.fields)
        self.login = LoginStep(workplace, self.fields)
        self.sender_step = SenderStep(workplace, self.fields)
        self.test = TestStep(workplace, self.sender_step, self._failed)
        self.test.sending.connect(self._testing)
        self.done_step = DoneStep(partial(self._want, Wanted.GUIDE))
        self.steps: list[Step] = [self.choose, self.address, self.login, self.sender_step, self.test, self.done_step]
        self.pages = QStackedWidget()
        for step in self.steps:
            self.pages.addWidget(step)
            step.changed.connect(self._show_buttons)
        self.place = parts.quiet(wrap=False)
        self.later_button = parts.button(self.tr("Not now"), self.reject)
        self.back_button = parts.button(self.tr("Back"), self._back)
        self.next_button = parts.button(self.tr("Next"), self._forward, primary=True)
        for button in (self.later_button, self.back_button):
            button.setAutoDefault(False)
        self.next_button.setDefault(True)
        self._is_asking = False
        layout = parts.dialog_column(self, spacing=4)
        layout.addWidget(self.place)
        layout.addWidget(self.notice)
        layout.addWidget(self.pages, 1)
        layout.addLayout(parts.row(self.later_button, None, self.back_button, self.next_button))
        self._show(self.choose)

    @property
    def step(self) -> Step:
        """The one in sight."""
        return self.steps[self.pages.currentIndex()]

    # -- going on and back ---------------------------------------------------------------------------------

    def _forward(self) -> None:
        if self.step is self.done_step:
            self._want(Wanted.LIST)
            return
        self.notice.hide()
        if self.step is self.login:
            self.notice.say(self.tr("Asking the gateway for the balance…"))
        elif self.step is self.sender_step:
            self.notice.say(self.tr("Storing the account… If the system asks about its keyring, answer there first."))
        self._asking(is_on=True)
        self.step.finish(self._finished, self._failed)

    def _finished(self) -> None:
        self._asking(is_on=False)
        self.notice.hide()
        self._show(self.steps[self.pages.currentIndex() + 1])
        if self.step is self.sender_step:
            self.notice.say(self.login.proof, "good")

    def _failed(self, words: Words) -> None:
        self._asking(is_on=False)
        self.notice.say(self._workplace.say(words), "bad")
        self.step.begin()

    def _back(self) -> None:
        self.notice.hide()
        self._show(self.steps[self.pages.currentIndex() - 1])

    def _testing(self) -> None:
        """What was wrong before is right now. The focus waits at what comes next: the pressed button goes grey."""
        self.notice.hide()
        self.next_button.setFocus()

    def _want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.accept()

    # -- what is shown -------------------------------------------------------------------------------------

    def _show(self, step: Step) -> None:
        self.pages.setCurrentWidget(step)
        of = len(self.steps) - 2  # neither the choice before nor the end is a step to take
        at = self.pages.currentIndex()
        self.place.setText(texts.fill(self.tr("Step %1 of %2"), at, of) if 0 < at <= of else "")
        self._show_buttons()
        self.next_button.setFocus()
        step.begin()

    def _asking(self, *, is_on: bool) -> None:
        """While the gateway is asked the fields stay as they are: what is stored is what was tried."""
        self._is_asking = is_on
        self.pages.setEnabled(not is_on)
        self._show_buttons()

    def _show_buttons(self) -> None:
        step = self.step
        names = {self.login: self.tr("Try and go on"), self.sender_step: self.tr("Save and go on")}
        if not self.test.is_sent:
            names[self.test] = self.tr("Leave it out")
        names[self.done_step] = self.tr("Import recipients…")
        self.next_button.setText(names.get(step, self.tr("Next")))
        self.next_button.setVisible(step is not self.choose)
        self.next_button.setEnabled(step.is_ready and not self._is_asking)
        is_test = step is self.test and self.test.wants_to_send
        (self.test.send_button if is_test else self.next_button).setDefault(True)
        self.back_button.setVisible(step not in (self.choose, self.done_step))
        self.back_button.setEnabled(not self._is_asking)
        self.later_button.setText(self.tr("Not now") if self.sender_step.account is None else self.tr("Close"))
