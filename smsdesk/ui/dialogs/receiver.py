"""The push receiver: whether, where and for whom it runs, the address to register, and a test of it with one click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QLineEdit, QWidget

from smsdesk.domain.errors import InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs import push_check, push_receiver
from smsdesk.ui import texts
from smsdesk.ui.receiver import Addresses, State, addresses
from smsdesk.ui.theme import SPACE
from smsdesk.ui.widgets import parts
from smsdesk.ui.widgets.notice import Notice
from smsdesk.ui.workplace import Changed, Workplace

if TYPE_CHECKING:
    from smsdesk.jobs.push_check import Checked


class ReceiverDialog(QDialog):
    """Every change takes effect at once."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None):
        super().__init__(parent)
        self._workplace = workplace
        self._addresses: Addresses | None = None
        self.setWindowTitle(self.tr("Receive pushes"))
        self.setMinimumSize(680, 620)
        layout = parts.dialog_column(self)
        layout.addWidget(parts.quiet(self._about()))
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.state = parts.Named(self.tr("State of the receiver"))
        self.state.setWordWrap(True)
        layout.addLayout(self._fields())
        layout.addWidget(self.state)
        layout.addWidget(parts.heading(self.tr("Address to register")))
        self.hint = parts.quiet()
        layout.addWidget(self.hint)
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setAccessibleName(self.tr("Address to register"))
        layout.addWidget(self.address)
        self.copy_button = parts.button(self.tr("Copy"), self._on_copy, icon="copy")
        self.test_button = parts.button(self.tr("Test"), self._on_test, primary=True)
        self.test_button.setToolTip(
            self.tr("Pushes an empty list to the address, as the gateway would, and shows the answer.")
        )
        self.renew_button = parts.button(self.tr("New address…"), self._on_renew)
        close = parts.button(self.tr("Close"), self.accept)
        for button in (self.copy_button, self.test_button, self.renew_button, close):
            button.setAutoDefault(False)
        layout.addStretch(1)
        layout.addLayout(parts.row(self.copy_button, self.test_button, self.renew_button, None, close))
        workplace.receiver.changed.connect(self._show_state)
        workplace.changed.connect(self._changed)
        self._show_state(workplace.receiver.state)
        self._ask_address()

    def _about(self) -> str:
        return self.tr(
            "The gateway can push status reports and replies to an address of yours the moment they come in. The "
            "gateway must be able to reach that address: on a server, or through a reverse proxy (nginx, Caddy) in "
            "front of this computer. Where there is none, leave it off: reports and replies are fetched all the same."
        )

    def _fields(self) -> QFormLayout:
        kept = self._workplace.settings
        self.on = QCheckBox(self.tr("Receive what the gateway pushes"))
        self.on.setChecked(kept.push_on)
        self.on.clicked.connect(self._keep)
        self.account = QComboBox()
        self._show_accounts()
        self.account.activated.connect(self._keep)
        self.port = parts.spin_box(1, 65535)
        self.port.setGroupSeparatorShown(False)
        self.port.setValue(kept.push_port)
        self.port.editingFinished.connect(self._keep)
        self.network = QComboBox()
        self.network.addItem(self.tr("this computer only (the proxy runs on it)"), False)
        self.network.addItem(self.tr("other computers too"), True)
        self.network.setCurrentIndex(int(kept.push_network))
        self.network.activated.connect(self._keep)
        self.allowed = QLineEdit(" ".join(kept.push_allowed))
        self.allowed.setPlaceholderText(self.tr("empty: all; or for example 203.0.113.7 10.0.0.0/8"))
        self.allowed.setToolTip(self.tr("Behind a proxy leave it empty, and let the proxy check the senders."))
        self.allowed.editingFinished.connect(self._keep)
        self.public = QLineEdit(kept.push_public)
        self.public.setPlaceholderText("https://sms.example.com")
        self.public.setToolTip(self.tr("What the proxy is called from outside; empty where there is none."))
        self.public.editingFinished.connect(self._keep)
        form = QFormLayout()
        form.setHorizontalSpacing(4 * SPACE)
        form.setVerticalSpacing(2 * SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("", self.on)
        for name, field in (
            (self.tr("Account"), self.account),
            (self.tr("Port"), self.port),
            (self.tr("Reachable from"), self.network),
            (self.tr("Allowed senders"), self.allowed),
            (self.tr("Address of the proxy"), self.public),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        return form

    # -- settings ------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Keep what is entered, where all of it can be."""
        allowed, public = tuple(self.allowed.text().split()), self.public.text().strip().rstrip("/")
        try:
            push_receiver.networks(allowed)
            if public:
                push_check.public_address(public, "")
        except InputProblem as exc:
            self._complain(exc.words)
            return
        kept = self._workplace.settings
        entered = {
            "push_on": self.on.isChecked(),
            "push_account": int(self.account.currentData() or 0),
            "push_port": self.port.value(),
            "push_network": bool(self.network.currentData()),
            "push_allowed": allowed,
            "push_public": public,
        }
        if any(getattr(kept, name) != value for name, value in entered.items()):
            self.notice.hide()
            self._workplace.keep(**entered)
            self._ask_address()

    def _changed(self, what: Changed) -> None:
        if what.accounts:
            self._show_accounts()

    def _show_accounts(self) -> None:
        self.account.clear()
        for account in self._workplace.accounts:
            self.account.addItem(account.name, account.id)
        self.account.setCurrentIndex(max(0, self.account.findData(self._workplace.settings.push_account)))

    # -- the address ---------------------------------------------------------------------------------------

    def _ask_address(self, *, fresh: bool = False) -> None:
        ask = partial(addresses, self._workplace.data_dir, self._workplace.settings, fresh=fresh)
        self._workplace.work(lambda _desk, _stop, _tell: ask(), self._renewed if fresh else self._show, self._complain)

    def _show(self, found: Addresses) -> None:
        self._addresses = found
        self.address.setText(found.registered)
        self.address.setCursorPosition(0)
        kept = self._workplace.settings
        is_here = not kept.push_network and not kept.push_public
        if is_here:
            hint = self.tr(
                "It can be reached from this computer only. Enter the address of the proxy, or let other computers in."
            )
        else:
            hint = self.tr("Give it to the gateway's administrator only: whoever has it can push.")
        self.hint.setText(hint)
        parts.tone(self.hint, "warn" if is_here else "")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self.notice.say(self.tr("The address was copied."), "good")

    def _on_renew(self) -> None:
        question = self.tr(
            "Make a new address? The old one stops working at once: until the new one is registered with the "
            "gateway, nothing that it pushes comes in."
        )
        if parts.sure(self, self.tr("Make a new address"), question):
            self._ask_address(fresh=True)

    def _renewed(self, found: Addresses) -> None:
        self._show(found)
        self._workplace.receiver.restart(self._workplace.settings, self._workplace.accounts)
        self.notice.say(self.tr("This is the new address. Have it registered with the gateway now."), "warn")

    # -- the test ------------------------------------------------------------------------------------------

    def _on_test(self) -> None:
        if self._addresses is None:
            return
        self.test_button.setEnabled(False)
        self.notice.say(self.tr("Pushing to the address…"))
        urls = dict.fromkeys((self._addresses.own, self._addresses.registered))
        self._workplace.ask(lambda _desk: [push_check.check(url) for url in urls], self._tested, self._not_tested)

    def _tested(self, found: list[Checked]) -> None:
        self.test_button.setEnabled(True)
        say = self._workplace.say
        names = (self.tr("On this computer: %1"), self.tr("At the address to register: %1"))
        lines = [texts.fill(name, say(one.words)) for name, one in zip(names, found, strict=False)]
        self.notice.say("\n".join(lines), "good" if all(one.is_ok for one in found) else "bad")

    def _not_tested(self, words: Words) -> None:
        self.test_button.setEnabled(True)
        self._complain(words)

    def _show_state(self, state: State) -> None:
        self.state.setText(state_line(self._workplace, state))
        parts.tone(self.state, "bad" if state.problem else "good" if state.port else "")

    def _complain(self, words: Words) -> None:
        self.notice.complain(words, self._workplace.language)


def state_line(workplace: Workplace, state: State) -> str:
    """How the receiver is, in a sentence."""
    return texts.receiver(state.is_on, state.port, state.last, workplace.say(state.problem) if state.problem else "")
