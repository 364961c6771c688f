"""The first run: a guide to the first account, on machines with a keyring and without one."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from conftest import stored_account
from keyring.backends import fail
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click
from ui_windows import dialog, opened

from smsdesk.domain.account import Account, Secret
from smsdesk.domain.campaign import CampaignState
from smsdesk.jobs import accounts, campaigns
from smsdesk.jobs.desk import Desk
from smsdesk.settings.secrets import KeyringPasswords, MemoryPasswords
from smsdesk.simulator.faults import Kind
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.password import PasswordDialog
from smsdesk.ui.dialogs.welcome import Wanted, WelcomeDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.widgets.account_fields import RevealBox


@pytest.fixture
def without_keyring(desk: Desk) -> Iterator[Desk]:
    """A desk on a machine that has no keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield dataclasses.replace(desk, passwords=KeyringPasswords())
    keyring.set_keyring(before)


def guide(window: MainWindow, qtbot: QtBot) -> WelcomeDialog:
    made = WelcomeDialog(window.bulk.workplace, window)
    made.show()
    click(qtbot, made.choose.connect_button)
    return made


def reach_login(made: WelcomeDialog, qtbot: QtBot, practice: Practice) -> None:
    made.fields.url.setText(practice.url)
    qtbot.waitUntil(lambda: made.address.state.text() == "✓ The address answers.", timeout=5_000)
    click(qtbot, made.next_button)
    assert made.step is made.login
    made.fields.login.setText(practice.account)


def reach_sender(made: WelcomeDialog, qtbot: QtBot, practice: Practice) -> None:
    reach_login(made, qtbot, practice)
    made.fields.password.setText(practice.password)
    qtbot.keyClick(made.fields.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.step is made.sender_step, timeout=5_000)


def reach_test(made: WelcomeDialog, qtbot: QtBot, practice: Practice) -> None:
    reach_sender(made, qtbot, practice)
    made.fields.extno.setText(practice.extno)
    made.fields.signature.setText("示例商城")
    click(qtbot, made.next_button)
    qtbot.waitUntil(lambda: made.step is made.test, timeout=5_000)


def test_the_guide_leads_from_an_address_to_a_message_on_ones_own_phone(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        workplace = window.bulk.workplace
        made = guide(window, qtbot)
        assert not made.next_button.isEnabled()
        reach_sender(made, qtbot, practice)
        assert made.notice.text.startswith("The account works. Balance ¥")
        assert workplace.accounts == []
        made.fields.extno.setText(practice.extno)
        made.fields.signature.setText("示例商城")
        assert made.sender_step.preview.number.text() == practice.extno
        assert made.sender_step.preview.message.text() == "【示例商城】Hello, this is a test message."
        click(qtbot, made.next_button)
        qtbot.waitUntil(lambda: made.step is made.test, timeout=5_000)
        assert window.account_box.currentText() == practice.account
        made.test.mobile.setText("1380000")
        click(qtbot, made.test.send_button)
        assert "Fewer than 11 digits" in made.notice.text
        assert made.next_button.text() == "Leave it out"
        made.test.mobile.setText("138 0000 3456")
        qtbot.keyClick(made.test.mobile, Qt.Key.Key_Return)  # to send is meant, not to leave it out
        assert made.notice.isHidden()
        qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) == 1, timeout=5_000)
        assert made.step is made.test
        assert made.focusWidget() is made.next_button
        [sent] = practice.gateway.ledger.accepted
        assert (sent.mobile, sent.content) == ("13800003456", "【示例商城】Hello, this is a test message.")
        assert workplace.settings.own_numbers == ("13800003456",)
        qtbot.waitUntil(lambda: made.next_button.text() == "Next")
        qtbot.waitUntil(lambda: made.test.outcome.text() == "✓ It has arrived: look at your phone.", timeout=10_000)
        click(qtbot, made.next_button)
        click(qtbot, made.next_button)
        assert made.wanted is Wanted.LIST
        stored = desk.passwords.get(workplace.accounts[0].key)
        assert stored is not None
        assert stored.reveal() == practice.password


def test_a_wrong_password_is_told_and_what_was_typed_stays(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        reach_login(made, qtbot, practice)
        made.fields.password.setText("wrong")
        click(qtbot, made.next_button)
        qtbot.waitUntil(lambda: "the account or password is wrong" in made.notice.text, timeout=5_000)
        assert made.place.text() == "Step 2 of 4"
        assert made.next_button.isEnabled()
        click(qtbot, made.back_button)
        assert made.place.text() == "Step 1 of 4"
        click(qtbot, made.next_button)
        assert (made.fields.login.text(), made.fields.password.text()) == (practice.account, "wrong")
        qtbot.keyClick(made, Qt.Key.Key_Escape)
        assert not made.isVisible()
        assert accounts.every(desk) == []


def test_a_test_message_that_does_not_arrive_says_why(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        reach_test(made, qtbot, practice)
        practice.faults.add(Kind.RESULT, "send", code=12, place=1)
        made.test.mobile.setText("13800003456")
        click(qtbot, made.test.send_button)
        qtbot.waitUntil(lambda: made.test.outcome.text().startswith("✗ It did not arrive: "), timeout=10_000)
        assert "number" in made.test.outcome.text()


def test_a_test_message_goes_out_although_the_guide_is_closed_meanwhile(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        reach_test(made, qtbot, practice)
        held = threading.Event()
        window.bulk.workplace.work(lambda _desk, _stop, _tell: held.wait(10))
        made.test.mobile.setText("13800003456")
        click(qtbot, made.test.send_button)
        with qtbot.waitSignal(made.destroyed):
            made.reject()
            made.deleteLater()
        held.set()
        qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) == 1, timeout=5_000)
        qtbot.waitUntil(lambda: campaigns.get(desk, 1).state is CampaignState.DONE, timeout=5_000)


def test_a_password_can_be_looked_at(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        reach_login(made, qtbot, practice)
        made.fields.password.setText(" pasted ")
        assert made.fields.password.displayText() != " pasted "
        [show] = made.login.findChildren(RevealBox)
        show.click()
        assert made.fields.password.displayText() == " pasted "
        show.click()
        assert made.fields.password.displayText() != " pasted "


def test_going_back_after_saving_changes_the_account_instead_of_adding_another(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        reach_test(made, qtbot, practice)
        click(qtbot, made.back_button)
        made.fields.name.setText("营销")
        click(qtbot, made.next_button)
        qtbot.waitUntil(lambda: made.step is made.test, timeout=5_000)
        assert [account.name for account in accounts.every(desk)] == ["营销"]


def test_an_address_is_checked_while_it_is_typed(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        made.fields.url.setText("sms.example")
        qtbot.waitUntil(lambda: "begins with http:// or https://" in made.address.state.text())
        made.fields.url.setText("http://")
        qtbot.waitUntil(lambda: "The gateway's address is not right" in made.address.state.text())
        assert not made.next_button.isEnabled()
        practice.stop()
        made.fields.url.setText(practice.url)
        assert made.fields.plain_http.isVisible()
        assert made.next_button.isEnabled()
        qtbot.waitUntil(lambda: "connection refused" in made.address.state.text(), timeout=5_000)
        click(qtbot, made.next_button)
        made.fields.login.setText("any")
        made.fields.password.setText("any")
        click(qtbot, made.next_button)
        qtbot.waitUntil(lambda: "connection refused" in made.notice.text, timeout=5_000)
        assert made.step is made.login


def test_without_a_keyring_the_guide_says_so_and_goes_on(
    without_keyring: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    desk = without_keyring
    with opened(desk, tmp_path, qtbot) as window:
        made = guide(window, qtbot)
        reach_login(made, qtbot, practice)
        assert "no keyring" in made.fields.remember.none.text()
        assert made.fields.remember.none.isVisible()
        assert not made.fields.remember.box.isVisible()
        click(qtbot, made.back_button)
        reach_test(made, qtbot, practice)
        qtbot.waitUntil(lambda: "Reports and replies fetched" in window.status.fetch_line.text(), timeout=10_000)
        made.reject()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert practice.password.encode() not in file.read_bytes(), file


@pytest.fixture
def account(desk: Desk, practice: Practice, passwords: MemoryPasswords) -> Account:
    """Stored, its password not in reach."""
    made = stored_account(desk, practice)
    passwords.forget(made.key)
    return made


def test_a_password_that_is_missing_is_asked_for_at_the_start(
    without_keyring: Desk, account: Account, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(without_keyring, tmp_path, qtbot) as window:
        asked = dialog(qtbot, PasswordDialog)
        assert isinstance(asked, PasswordDialog)
        assert asked.account == account
        polled: list[object] = []
        window.bulk.workplace.polled.connect(polled.append)
        asked.password.setText("wrong")
        click(qtbot, asked.go_button)
        qtbot.waitUntil(lambda: "password is wrong" in asked.notice.text, timeout=5_000)
        assert polled == []
        asked.password.setText(practice.password)
        qtbot.keyClick(asked.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(polled) >= 2, timeout=10_000)
        assert [one.problem for one in polled] == [None] * len(polled)  # type: ignore[attr-defined]
        held = without_keyring.passwords.get(account.key)
        assert held is not None
        assert held.reveal() == practice.password


def test_later_is_an_answer_and_the_window_says_what_waits(
    without_keyring: Desk, account: Account, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(without_keyring, tmp_path, qtbot) as window:
        asked = dialog(qtbot, PasswordDialog)
        qtbot.keyClick(asked, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: window.notice.text.startswith(f"Waiting for a password: {account.name}."))
        click(qtbot, window.notice.action)
        dialog(qtbot, PasswordDialog).reject()
        window.tabs.setCurrentWidget(window.replies)
        click(qtbot, window.replies.filters.fetch_button)
        dialog(qtbot, PasswordDialog).reject()


def test_a_password_that_was_given_meanwhile_is_not_asked_for_again(
    without_keyring: Desk, account: Account, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(without_keyring, tmp_path, qtbot) as window:
        qtbot.keyClick(dialog(qtbot, PasswordDialog), Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: window.notice.text.startswith("Waiting for a password"))
        polled: list[object] = []
        workplace = window.bulk.workplace
        workplace.polled.connect(polled.append)
        password = Secret(practice.password)
        workplace.save_account(
            account,
            password,
            lambda _saved: workplace.reload_accounts(),
            lambda words: pytest.fail(words.en),
            remember=False,
        )
        qtbot.waitUntil(lambda: len(polled) >= 2, timeout=10_000)
        click(qtbot, window.notice.action)
        qtbot.wait(300)
        assert not [one for one in window.findChildren(PasswordDialog) if one.isVisible()]


def test_a_password_that_cannot_be_tried_holds_and_that_is_told(
    without_keyring: Desk, account: Account, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    practice.faults.add(Kind.REFUSE, "balance")
    with opened(without_keyring, tmp_path, qtbot) as window:
        asked = dialog(qtbot, PasswordDialog)
        assert isinstance(asked, PasswordDialog)
        asked.password.setText(practice.password)
        click(qtbot, asked.go_button)
        qtbot.waitUntil(lambda: "could not be tried" in window.notice.text, timeout=5_000)
    assert without_keyring.passwords.get(account.key) is not None


def test_an_entry_that_is_missing_is_stored_again_on_request(
    desk: Desk, account: Account, tmp_path: Path, qtbot: QtBot, practice: Practice, passwords: MemoryPasswords
) -> None:
    with opened(desk, tmp_path, qtbot):
        asked = dialog(qtbot, PasswordDialog)
        assert isinstance(asked, PasswordDialog)
        assert asked.remember.is_wanted
        asked.password.setText(practice.password)
        click(qtbot, asked.go_button)
        qtbot.waitUntil(lambda: passwords.get(account.key) is not None, timeout=5_000)


def test_at_the_end_of_the_guide_the_list_is_asked_for(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def choose(_over: object, _title: object, folder: object, _kinds: object) -> tuple[list[str], str]:
        asked.append(folder)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)

    def go(shown: object) -> None:
        assert isinstance(shown, WelcomeDialog)
        shown.pages.setCurrentWidget(shown.done_step)
        shown.next_button.show()
        shown.next_button.setEnabled(True)
        click(qtbot, shown.next_button)

    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.balance)
        answering = Answering(WelcomeDialog, go)
        click(qtbot, button_named(window.balance.empty, "Connect an account"))
        assert answering.answered
        assert asked == [QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)]
        assert window.tabs.currentWidget() is window.bulk


@pytest.mark.parametrize("page", ["campaigns", "reports"])
def test_an_empty_page_leads_to_what_fills_it(
    desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot, page: str
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        shown = getattr(window, page)
        window.tabs.setCurrentWidget(shown)
        qtbot.waitUntil(shown.empty.isVisible, timeout=5_000)
        assert not shown.table.isVisible()
        click(qtbot, button_named(shown.empty, "New campaign"))
        assert window.tabs.currentWidget() is window.bulk


_PRACTISE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from smsdesk import app
from smsdesk.ui.dialogs.welcome import WelcomeDialog
from smsdesk.ui.main_window import MainWindow

class Watched(app.Program):
    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        self.timer = QTimer(self, interval=50)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self):
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, WelcomeDialog) and shown.isVisible():
                shown.choose.practice.click()
                return
        if self._demo and self.window and self.window.account_box.count():
            print(self.window.windowTitle(), self.window.account_box.currentText(), flush=True)
            self.timer.stop()
            self.window.close()

app.Program = Watched
sys.exit(app.main(["--data-dir", sys.argv[1]]))
"""


def test_who_wants_to_practise_gets_the_practice_gateway_in_a_store_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PRACTISE, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "en_US.UTF-8", "LC_ALL": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "SMS Desk – practice 练习网关"), done.stderr
    assert (tmp_path / "demo" / "store.sqlite3").exists()
    assert (tmp_path / "store.sqlite3").exists()
