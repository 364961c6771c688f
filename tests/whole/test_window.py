"""The window, the store and the practice gateway together, as a person meets them."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from checks import ignore, plan
from conftest import Recording, stored_account
from PySide6.QtCore import QDateTime, Qt, QTimer, QTimeZone
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui_windows import SAMPLES, opened

from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.errors import Cancelled
from smsdesk.domain.words import Language
from smsdesk.gateway.patience import Patience
from smsdesk.jobs import campaigns, checking, sending
from smsdesk.jobs.desk import Desk
from smsdesk.settings import settings as settings_file
from smsdesk.simulator.faults import Kind
from smsdesk.simulator.model import ALL_DELIVERED, Rates, Settings
from smsdesk.simulator.server import Practice
from smsdesk.ui import workplace as workplace_module
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.widgets import parts

MEMBERS = SAMPLES / "会员名单.xlsx"


def click(qtbot: QtBot, button: QWidget) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def button_named(root: QWidget, start: str) -> QPushButton:
    return next(b for b in root.findChildren(QPushButton) if b.text().startswith(start) and b.isVisible())


class Answering:
    """Answers the next dialogs of a kind, one after another, as the person in front of the window would.

    A dialog that follows another can open inside the wait for the first one's answer: all are named beforehand.
    """

    def __init__(self, kind: type[QDialog], *answers: Callable[[QDialog], None]):
        self._kind, self._answers = kind, list(answers)
        self._seen: list[QDialog] = []
        # With a parent: where the test fails, the garbage collector would delete it on whatever thread it runs.
        self._timer = QTimer(QApplication.instance())
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def answered(self) -> bool:
        return not self._answers

    def end(self) -> None:
        """No more dialogs come; answers that are left were for what should not happen."""
        self._timer.stop()

    def _look(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, self._kind) and widget.isVisible() and widget not in self._seen:
                self._seen.append(widget)
                answer = self._answers.pop(0)
                if self.answered:
                    self._timer.stop()
                try:
                    answer(widget)
                except BaseException:
                    widget.reject()  # else nobody would ever close it
                    raise
                return


def send_it(
    qtbot: QtBot, window: MainWindow, button: QWidget, *mends: str, meanwhile: Callable[[], None] = lambda: None
) -> list[str]:
    """Press Check and send, then these buttons of findings, and Send; returns what the last dialog said.

    `meanwhile` is done between the first press and the dialog.
    """
    said: list[str] = []

    def mend(name: str) -> Callable[[QDialog], None]:
        return lambda dialog: click(qtbot, button_named(dialog, name))

    def accept(dialog: QDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text"))
        assert isinstance(dialog, ConfirmDialog)
        if dialog.seen.isVisible():
            dialog.seen.click()
        assert dialog.send.isEnabled()
        dialog.send.setFocus()
        qtbot.keyClick(dialog.send, Qt.Key.Key_Return)  # and not Back, which has Enter anywhere else

    answering = Answering(ConfirmDialog, *map(mend, mends), accept)
    click(qtbot, button)
    meanwhile()
    qtbot.waitUntil(lambda: answering.answered)
    return said


def import_members(qtbot: QtBot, window: MainWindow) -> None:
    window.bulk.add_files([MEMBERS])
    qtbot.waitUntil(lambda: window.bulk.recipients.problems.rowCount() > 0, timeout=20_000)


def is_done(desk: Desk, campaign_id: int = 1) -> bool:
    return any(one.id == campaign_id and one.state is CampaignState.DONE for one in campaigns.newest(desk))


@pytest.fixture
def lively() -> Iterator[Practice]:
    """A practice gateway whose handsets reply at once."""
    rates = dataclasses.replace(ALL_DELIVERED, replied=0.2, opted_out=0.05)
    with Practice(settings=Settings(speed=0, rates=rates)) as gateway:
        yield gateway


def test_from_an_excel_file_to_delivered_messages(desk: Desk, tmp_path: Path, qtbot: QtBot, lively: Practice) -> None:
    stored_account(desk, lively)
    with opened(desk, tmp_path, qtbot) as window:
        import_members(qtbot, window)
        assert window.bulk.recipients.result is not None
        numbers = {recipient.mobile for recipient in window.bulk.recipients.result.recipients}
        assert window.bulk.recipients.summary.text() == "Numbers to send to: 282"
        window.bulk.writing.text.insertPlainText("Dear {姓名}, renew by {到期日} & save 20 %. TD = out")
        assert "李建国" in window.bulk.writing.preview.message.text()
        assert window.bulk.writing.length.text() == "Characters 57 · UTF-16 units 57 · segments 1 · ¥0.05 a person"
        said = send_it(qtbot, window, window.bulk.send_button, "The first row only")
        assert "Send 282 messages?" in said
        assert any("¥14.10" in text for text in said)
        qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
        assert set(lively.gateway.ledger.times_accepted()) == numbers
        assert set(lively.gateway.ledger.times_accepted().values()) == {1}
        first = lively.gateway.ledger.accepted[0].content
        assert first.startswith("【示例商城】Dear ")
        assert first.endswith(" & save 20 %. TD = out")
        qtbot.waitUntil(lambda: window.campaigns.model.index(0, 4).data() not in (None, "0"), timeout=10_000)
        window.tabs.setCurrentWidget(window.reports)
        qtbot.waitUntil(lambda: window.reports.count.text() == "282 messages", timeout=10_000)
        window.tabs.setCurrentWidget(window.replies)
        qtbot.waitUntil(lambda: window.replies.model.rowCount() > 10, timeout=10_000)
        qtbot.waitUntil(lambda: "Replies (" in window.tabs.tabText(4))
        window.tabs.setCurrentWidget(window.balance)
        qtbot.waitUntil(lambda: window.balance.figure.text() == "¥985.90", timeout=5_000)
        window.tabs.setCurrentWidget(window.reports)
        states = [window.reports.model.index(row, 2) for row in range(282)]
        known = {"✓ Delivered", "✗ Failed", "✗ Rejected", "… Under way", "→ No report yet"}
        qtbot.waitUntil(lambda: {state.data() for state in states} <= known, timeout=10_000)


def test_who_opts_out_gets_nothing_more(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    rates = Rates(failed=0, interim=0, replied=0, opted_out=1)
    with Practice(settings=Settings(speed=0, rates=rates, specials=False)) as gateway:
        stored_account(desk, gateway)
        with opened(desk, tmp_path, qtbot) as window:
            window.tabs.setCurrentWidget(window.p2p)
            window.p2p.editor.setPlainText("13800003456#【示例商城】one\n13800003457#【示例商城】two")
            qtbot.waitUntil(lambda: window.p2p.counts.text().startswith("✓ Good 2"))
            send_it(qtbot, window, window.p2p.send_button)
            window.tabs.setCurrentWidget(window.replies)
            qtbot.waitUntil(lambda: window.replies.model.rowCount() == 2, timeout=10_000)
            assert window.replies.model.index(0).data().endswith("⊘ Opted out")
            window.tabs.setCurrentWidget(window.p2p)
            window.p2p.editor.setPlainText("13800003456#【示例商城】again\n13800009876#【示例商城】first")
            qtbot.waitUntil(lambda: window.p2p.counts.text().startswith("✓ Good 2"))
            said = send_it(qtbot, window, window.p2p.send_button)
            assert "Send the message?" in said
            qtbot.waitUntil(lambda: is_done(desk, 2), timeout=10_000)
        assert gateway.gateway.ledger.times_accepted() == Counter(["13800003456", "13800003457", "13800009876"])


def test_wrong_lines_are_marked_and_keep_the_rest_from_going(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.p2p)
        page = window.p2p
        page.editor.setPlainText("13800003456#【示例商城】a\n1380000#b\nno number\n13800003456#【示例商城】c")
        qtbot.waitUntil(lambda: page.wrong.rowCount() == 3)
        assert [page.wrong.index(row, 0).data() for row in range(3)] == ["2", "3", "4"]
        assert page.counts.text() == "✓ Good 2 · ✗ Wrong 2 · = Double 1 · Segments 2"
        click(qtbot, page.send_button)
        assert "Lines that are wrong: 2, the first is line 2" in page.notice.text
        page.editor.setPlainText("13800003456#【示例商城】a#b, as it stands\n13800003457\t【示例商城】tab")
        qtbot.waitUntil(lambda: page.wrong.rowCount() == 0)
        send_it(qtbot, window, page.send_button)
        qtbot.waitUntil(lambda: is_done(desk), timeout=10_000)
    assert [(one.mobile, one.content) for one in practice.gateway.ledger.accepted] == [
        ("13800003456", "【示例商城】a#b, as it stands"),
        ("13800003457", "【示例商城】tab"),
    ]


def fill_account(dialog: AccountDialog, practice: Practice, password: str) -> None:
    dialog.fields.name.setText("练习")
    dialog.fields.url.setText(practice.url)
    dialog.fields.login.setText(practice.account)
    dialog.fields.extno.setText(practice.extno)
    dialog.fields.signature.setText("示例商城")
    dialog.fields.password.setText(password)


def test_an_account_is_tried_before_it_is_kept(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    desk = dataclasses.replace(desk, patience=Patience(connect=1, silence=0.5, whole=1))
    with opened(desk, tmp_path, qtbot, language=Language.EN) as window:
        workplace = window.bulk.workplace
        dialog = AccountDialog(workplace, None, window)
        dialog.show()
        beats: list[int] = []
        heart = QTimer()
        heart.setInterval(10)
        heart.timeout.connect(lambda: beats.append(1))
        heart.start()

        def tried(sentence: str) -> None:
            click(qtbot, dialog.save_button)
            beats.clear()
            qtbot.waitUntil(lambda: sentence in dialog.notice.text, timeout=5_000)
            assert workplace.accounts == []
            assert practice.password not in dialog.notice.text

        fill_account(dialog, practice, "wrong")
        tried("the account or password is wrong")
        dialog.fields.password.setText(practice.password)
        dialog.fields.extno.setText("106x")
        tried("The access number is digits")
        dialog.fields.extno.setText(practice.extno)
        for kind, sentence in (
            (Kind.HTML, "HTTP error 502"),
            (Kind.NOT_JSON, "cannot be read"),
            (Kind.HANG, "took too long to answer"),
            (Kind.REFUSE, "connection refused"),
        ):
            fault = practice.faults.add(kind)
            tried(sentence)
            if kind is Kind.HANG:
                assert len(beats) > 20, "the window stood still while the gateway hung"
            fault.off()
        click(qtbot, dialog.save_button)
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5_000)
        assert [account.signature for account in workplace.accounts] == ["【示例商城】"]
        assert window.account_box.currentText() == "练习"
        assert dialog.fields.plain_http.text().startswith("! http:// is not encrypted")
        stored = desk.passwords.get(workplace.accounts[0].key)
        assert stored is not None
        assert stored.reveal() == practice.password


def test_a_password_goes_out_of_the_keyring_when_it_is_no_longer_to_be_remembered(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    passwords = Recording()
    desk = dataclasses.replace(desk, passwords=passwords)
    account = stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        workplace = window.bulk.workplace

        def changed(*, remembered: bool) -> None:
            dialog = AccountDialog(workplace, workplace.accounts[0], window)
            dialog.show()
            box = dialog.fields.remember
            qtbot.waitUntil(lambda: box.is_wanted is remembered)
            assert not box.dropped.isVisible()
            box.box.click()
            qtbot.waitUntil(lambda: box.dropped.isVisible() is remembered)
            click(qtbot, dialog.save_button)
            qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5_000)

        changed(remembered=True)
        assert passwords.stored == set()
        assert "taken out of the keyring" in window.notice.text
        with desk.client(account) as client:
            assert client.balance()
        changed(remembered=False)
        assert passwords.stored == {account.key}


def test_an_account_is_kept_although_its_dialog_is_closed_meanwhile(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    practice.faults.add(Kind.SLOW, "balance", seconds=0.5)
    with opened(desk, tmp_path, qtbot) as window:

        def leave(dialog: QDialog) -> None:
            assert isinstance(dialog, AccountDialog)
            fill_account(dialog, practice, practice.password)
            click(qtbot, dialog.save_button)
            dialog.reject()

        answering = Answering(AccountDialog, leave)
        parts.ask(AccountDialog(window.bulk.workplace, None, window))
        assert answering.answered
        qtbot.waitUntil(lambda: len(window.bulk.workplace.accounts) == 1, timeout=10_000)


def test_a_campaign_is_paused_while_another_one_is_being_checked(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of a million people takes long; who sees that something goes out wrongly does not wait for it."""
    account = stored_account(desk, practice, batch=2, connections=1)
    campaign_id = plan(desk, account, 200)
    practice.faults.add(Kind.SLOW, "send", seconds=0.2)
    is_checking = threading.Event()

    def long_check(*_given: object, stop: threading.Event, **_more: object) -> None:
        is_checking.set()
        stop.wait(30)
        raise Cancelled

    monkeypatch.setattr(checking, "check", long_check)
    with opened(desk, tmp_path, qtbot) as window:
        window.bulk.workplace.send(campaign_id)
        window.bulk.progress.show_campaign(campaign_id)
        QApplication.clipboard().setText("13900000001")
        window.bulk.recipients.paste()
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None, timeout=10_000)
        window.bulk.writing.text.insertPlainText("您好")
        qtbot.waitUntil(lambda: bool(practice.gateway.ledger.accepted), timeout=10_000)
        qtbot.waitUntil(lambda: not window.bulk.recipients.importer.is_busy)
        click(qtbot, window.bulk.send_button)
        qtbot.waitUntil(is_checking.is_set)
        qtbot.waitUntil(
            lambda: any(b.text() == "Pause" and b.isVisible() for b in window.bulk.progress.findChildren(QPushButton))
        )
        click(qtbot, button_named(window.bulk.progress, "Pause"))
        qtbot.waitUntil(lambda: campaigns.get(desk, campaign_id).state is CampaignState.PAUSED)


def test_a_campaign_is_paused_resumed_and_its_rest_cancelled(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice, batch=10, connections=1)
    practice.faults.add(Kind.SLOW, "p2p", seconds=0.1)
    with opened(desk, tmp_path, qtbot) as window:
        import_members(qtbot, window)
        window.bulk.writing.text.insertPlainText("{姓名}")
        send_it(qtbot, window, window.bulk.send_button, "The first row only")
        progress = window.bulk.progress

        def standing(state: CampaignState) -> bool:
            return progress.isVisible() and campaigns.get(desk, 1).state is state

        def visible(start: str) -> bool:
            return any(b.text() == start and b.isVisible() for b in progress.findChildren(QPushButton))

        qtbot.waitUntil(lambda: visible("Pause") and bool(practice.gateway.ledger.accepted), timeout=10_000)
        click(qtbot, button_named(progress, "Pause"))
        qtbot.waitUntil(lambda: standing(CampaignState.PAUSED) and visible("Go on"), timeout=10_000)
        qtbot.waitUntil(lambda: not window.bulk.workplace.is_sending, timeout=10_000)
        sent = len(practice.gateway.ledger.accepted)
        assert 0 < sent < 282
        qtbot.wait(300)
        assert len(practice.gateway.ledger.accepted) == sent
        click(qtbot, button_named(progress, "Go on"))
        qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) > sent, timeout=10_000)
        qtbot.waitUntil(lambda: visible("Cancel the rest…"), timeout=10_000)
        answering = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Cancel the rest")))
        click(qtbot, button_named(progress, "Cancel the rest…"))
        qtbot.waitUntil(lambda: answering.answered and standing(CampaignState.CANCELLED), timeout=10_000)
        qtbot.waitUntil(lambda: not window.bulk.workplace.is_sending, timeout=10_000)
    counts = campaigns.get(desk, 1).counts
    assert counts.accepted == len(practice.gateway.ledger.accepted)
    assert counts.accepted + counts.skipped == counts.total == 282
    assert not practice.gateway.ledger.sent_twice()


def test_what_must_be_mended_first_is_said_beside_the_button_that_waits_for_it(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        said = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
        assert "✗ To be mended before sending: 1" in said
        assert not dialog.seen.isVisible()
        assert not dialog.send.isEnabled()
        dialog.reject()

    with opened(desk, tmp_path, qtbot) as window:
        import_members(qtbot, window)
        window.bulk.writing.text.insertPlainText("{姓名}")
        answering = Answering(ConfirmDialog, look)
        click(qtbot, window.bulk.send_button)
        qtbot.waitUntil(lambda: answering.answered)


def test_what_is_on_its_way_is_what_the_page_shows(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    """Also after an earlier campaign, and before the gateway has answered anything."""
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot, settings=settings_file.Settings(poll_seconds=3600)) as window:
        import_members(qtbot, window)
        window.bulk.writing.text.insertPlainText("{姓名}")
        send_it(qtbot, window, window.bulk.send_button, "The first row only")
        qtbot.waitUntil(lambda: is_done(desk), timeout=10_000)
        progress = window.bulk.progress

        def visible(start: str) -> bool:
            return any(b.text() == start and b.isVisible() for b in progress.findChildren(QPushButton))

        qtbot.waitUntil(lambda: progress._state.text() == "✓ Done", timeout=10_000)
        slow = practice.faults.add(Kind.SLOW, seconds=60)
        send_it(qtbot, window, window.bulk.send_button, "The first row only")
        qtbot.waitUntil(lambda: progress._state.text() == "▶ Sending" and not visible("Start"), timeout=5_000)
        assert visible("Pause")
        slow.off()
        click(qtbot, button_named(progress, "See the results"))
        assert window.tabs.currentWidget() is window.campaigns
        qtbot.waitUntil(lambda: window.campaigns.table.currentIndex().row() == 0)
        current = window.campaigns._current()
        assert current is not None
        assert current.id == 2
        window.bulk.workplace.work(lambda desk, _stop, _tell: campaigns.pause(desk, 2))
        qtbot.waitUntil(lambda: not window.bulk.workplace.is_sending, timeout=20_000)


def test_what_is_in_doubt_is_shown_with_its_reason_and_can_be_treated_as_sent(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice, batch=100, connections=1)
    practice.faults.add(Kind.DROP_AFTER, "send", times=1)
    with opened(desk, tmp_path, qtbot, settings=settings_file.Settings(poll_seconds=3600)) as window:
        import_members(qtbot, window)
        window.bulk.writing.text.insertPlainText("hello")
        send_it(qtbot, window, window.bulk.send_button)
        progress = window.bulk.progress
        qtbot.waitUntil(lambda: "100 in doubt since" in progress._doubt.text(), timeout=10_000)
        assert "cut short" in progress._doubt.text()
        assert "a status report settles each of them by itself" in progress._doubt.text()
        qtbot.waitUntil(lambda: is_done(desk), timeout=10_000)
        again = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Back")))
        qtbot.waitUntil(progress._retry_doubt.isVisible, timeout=5_000)
        click(qtbot, progress._retry_doubt)
        assert again.answered
        click(qtbot, progress._as_sent)
        qtbot.waitUntil(lambda: not progress._doubt.isVisible(), timeout=5_000)
    assert campaigns.get(desk, 1).counts.accepted == 282
    assert not practice.gateway.ledger.sent_twice()


def test_what_the_person_was_asked_about_is_sent_again_and_not_what_came_into_sight_meanwhile(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    practice.faults.add(Kind.HTTP, "send", times=2, done=False)
    asked, other = plan(desk, account, 5), plan(desk, account, 5)
    for campaign in (asked, other):
        assert sending.send(desk, campaign, threading.Event(), ignore).counts.in_doubt == 5
    with opened(desk, tmp_path, qtbot, settings=settings_file.Settings(poll_seconds=3600)) as window:
        window.tabs.setCurrentWidget(window.campaigns)
        progress = window.campaigns.view.progress

        def choose(campaign: int) -> None:
            window.campaigns.show_campaign(campaign)
            qtbot.waitUntil(lambda: progress._campaign is not None and progress._campaign.id == campaign)

        def agree(box: QDialog) -> None:
            choose(other)
            click(qtbot, button_named(box, "Send again"))

        choose(asked)
        answering = Answering(QMessageBox, agree)
        click(qtbot, progress._retry_doubt)
        assert answering.answered
        qtbot.waitUntil(lambda: campaigns.get(desk, asked).counts.accepted == 5, timeout=10_000)
    assert campaigns.get(desk, other).counts.in_doubt == 5


def test_a_campaign_starts_at_its_time_by_itself(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored_account(desk, practice)
    monkeypatch.setattr(workplace_module, "_LOOK_MS", 100)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.bulk
        import_members(qtbot, window)
        page.writing.text.insertPlainText("hello")
        page.later.setChecked(True)
        page.start_at.setDateTime(page.start_at.dateTime().addDays(-1))
        click(qtbot, page.send_button)
        assert "The time to start has passed" in page.notice.text
        soon = datetime.now(UTC) + timedelta(seconds=2)
        page.start_at.setDateTime(QDateTime.fromMSecsSinceEpoch(int(soon.timestamp() * 1000), QTimeZone(8 * 3600)))
        send_it(qtbot, window, page.send_button)
        qtbot.waitUntil(lambda: "Starts by itself at" in page.progress._line.text(), timeout=5_000)
        assert practice.gateway.ledger.accepted == []
        qtbot.waitUntil(lambda: is_done(desk), timeout=10_000)
    assert len(practice.gateway.ledger.accepted) == 282


@pytest.mark.parametrize("is_later", [False, True])
def test_a_campaign_starts_when_the_person_confirmed_whatever_is_ticked_meanwhile(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, *, is_later: bool
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.bulk
        import_members(qtbot, window)
        page.writing.text.insertPlainText("hello")
        page.later.setChecked(is_later)
        said = send_it(qtbot, window, page.send_button, meanwhile=lambda: page.later.setChecked(not is_later))
        if is_later:
            qtbot.waitUntil(lambda: "Starts by itself at" in page.progress._line.text(), timeout=5_000)
            qtbot.wait(500)
            assert practice.gateway.ledger.accepted == []
        else:
            assert "now" in said
            qtbot.waitUntil(lambda: is_done(desk), timeout=10_000)


def test_what_went_wrong_with_a_campaign_is_said_where_one_looks(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    practice.faults.add(Kind.STATUS, code=7)
    with opened(desk, tmp_path, qtbot) as window:
        import_members(qtbot, window)
        window.bulk.writing.text.insertPlainText("hello")
        send_it(qtbot, window, window.bulk.send_button)
        sentence = "the account is disabled. Nothing of it was sent. Have the administrator enable the account."
        qtbot.waitUntil(lambda: sentence in window.bulk.progress._why.text(), timeout=10_000)
        qtbot.waitUntil(lambda: sentence in window.status.fetch_line.accessibleName(), timeout=10_000)
    assert practice.gateway.ledger.accepted == []


def test_what_cannot_be_sent_is_said_before_anything_is_asked(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        click(qtbot, window.bulk.send_button)
        assert "Add an account" in window.bulk.notice.text
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.bulk
        click(qtbot, page.send_button)
        assert "Import a list" in page.notice.text
        import_members(qtbot, window)
        click(qtbot, page.send_button)
        qtbot.waitUntil(lambda: "Write the text first" in page.notice.text)
        page.writing.text.setPlainText("Dear {nobody}")
        click(qtbot, page.send_button)
        qtbot.waitUntil(lambda: "nobody" in page.notice.text)
        page.writing.text.setPlainText("Dear {姓名")
        assert "stands alone" in page.writing.length.text()
