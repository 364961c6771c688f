"""The page of the blocklist: putting numbers on it, finding them, taking them off, the words that opt out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from checks import numbers, plan
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click
from ui_windows import dialog, opened

from smsdesk.domain.account import Account
from smsdesk.jobs import blocklist, campaigns, inbox
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.inbox import Filter
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.numbers import NumbersDialog
from smsdesk.ui.dialogs.opt_out_words import OptOutWordsDialog
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.widgets.exporter import ExportDialog

A, B, C = numbers(3)


@pytest.fixture
def account(desk: Desk, practice: Practice) -> Account:
    return stored_account(desk, practice)


@pytest.fixture
def window(desk: Desk, account: Account, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(desk, tmp_path, qtbot) as found:
        found.tabs.setCurrentWidget(found.blocklist)
        yield found


def shown(window: MainWindow) -> list[str]:
    """The numbers that the table shows."""
    model = window.blocklist.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def blocked(qtbot: QtBot, window: MainWindow, desk: Desk, *mobiles: str) -> None:
    """Numbers that are on the list when the page is looked at."""
    blocklist.add(desk, mobiles)
    window.blocklist.model.refresh()
    qtbot.waitUntil(lambda: len(shown(window)) == len(mobiles))


def test_numbers_are_typed_and_come_from_a_file_with_a_reason(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "旧系统.csv"
    file.write_text(f"手机号\n{B}\n{C}\n坏的\n", "utf-8")

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NumbersDialog)
        assert not dialog.go.isEnabled()
        reason = next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Why")
        reason.setText("投诉")
        qtbot.keyClicks(dialog.typed, f"{A}, 139")
        qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
        dialog.card.add([file])
        qtbot.waitUntil(lambda: dialog.go.text() == "Put on the blocklist: 3", timeout=10_000)
        click(qtbot, dialog.go)

    answering = Answering(NumbersDialog, fill)
    click(qtbot, window.blocklist.add_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: sorted(shown(window)) == [A, B, C])
    assert window.blocklist.notice.text == "Put on the blocklist: 3."
    assert {one.reason.zh for one in blocklist.rows(desk)} == {"投诉"}
    qtbot.waitUntil(lambda: window.blocklist.count.text() == "Numbers on the blocklist: 3")


def test_a_number_is_found_taken_off_with_a_reason_and_looked_at_afterwards(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = window.blocklist
    blocked(qtbot, window, desk, A, B)
    qtbot.keyClicks(page.search, B)
    qtbot.waitUntil(lambda: shown(window) == [B])
    page.table.selectRow(0)
    with mock.patch.object(QInputDialog, "getText", return_value=(" ", True)):
        click(qtbot, page.remove_button)
    assert page.notice.text == "Say why they are taken off the blocklist."
    with mock.patch.object(QInputDialog, "getText", return_value=("来电要求恢复", True)):
        click(qtbot, page.remove_button)
    qtbot.waitUntil(lambda: shown(window) == [])
    click(qtbot, page.notice.action)
    qtbot.waitUntil(lambda: shown(window) == [B])
    page.table.selectRow(0)
    with mock.patch.object(QInputDialog, "getText", return_value=("来电要求恢复", True)):
        click(qtbot, page.remove_button)
    qtbot.waitUntil(lambda: shown(window) == [])
    page.which.setCurrentIndex(1)
    page.which.activated.emit(1)
    qtbot.waitUntil(lambda: shown(window) == [B])
    assert "来电要求恢复" in page.model.index(0, 5).data()
    assert [one.mobile for one in blocklist.rows(desk)] == [A]


def test_an_opt_out_that_comes_in_is_shown_with_its_reply(qtbot: QtBot, window: MainWindow, practice: Practice) -> None:
    qtbot.waitUntil(window.blocklist.empty.isVisible)
    practice.reply(A, "退订")
    qtbot.waitUntil(lambda: shown(window) == [A], timeout=15_000)
    assert not window.blocklist.empty.isVisible()
    model = window.blocklist.model
    assert [model.index(0, column).data() for column in (2, 3, 4)] == ["opted out by a reply", "by itself", "退订"]


def test_the_list_is_saved_as_a_file(qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    blocked(qtbot, window, desk, A, B)
    target = tmp_path / "黑名单.csv"
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(target), "")):
        click(qtbot, window.blocklist.export_button)
    shown = dialog(qtbot, ExportDialog)
    assert isinstance(shown, ExportDialog)
    qtbot.waitUntil(lambda: "Rows: 2." in shown.line.text())
    assert A in target.read_text("utf-8-sig")


def test_a_word_is_added_counts_for_what_came_before_and_is_removed(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    practice.reply(A, "别发了")
    qtbot.waitUntil(lambda: [row.mobile for row in inbox.replies(desk, Filter())] == [A], timeout=15_000)

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, OptOutWordsDialog)
        qtbot.waitUntil(lambda: dialog.words.count() > 5)
        dialog.word.setText("别发了")
        asked = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Add the word")))
        qtbot.keyClick(dialog.word, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: asked.answered)
        qtbot.waitUntil(lambda: "People who had replied so before: 1." in dialog.notice.text)
        (item,) = dialog.words.findItems("N", Qt.MatchFlag.MatchExactly)
        dialog.words.clearSelection()
        item.setSelected(True)
        click(qtbot, dialog.remove_button)
        qtbot.waitUntil(lambda: not dialog.words.findItems("N", Qt.MatchFlag.MatchExactly))
        dialog.accept()

    answering = Answering(OptOutWordsDialog, change)
    click(qtbot, window.blocklist.words_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: shown(window) == [A])
    assert "别发了" in blocklist.words(desk)


def test_who_wrote_a_reply_is_blocked_from_the_inbox(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    practice.reply(B, "再发我就投诉")
    page = window.replies
    window.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=15_000)
    page.list.setCurrentIndex(page.model.index(0))
    qtbot.waitUntil(lambda: page.sides.currentIndex() == 1)
    page.block_action.trigger()
    qtbot.waitUntil(lambda: shown(window) == [B])
    assert blocklist.rows(desk)[0].reply == "再发我就投诉"
    qtbot.waitUntil(lambda: [row.read for row in inbox.replies(desk, Filter())] == [True])


def test_all_people_of_a_campaign_are_blocked_after_a_question(
    qtbot: QtBot, window: MainWindow, desk: Desk, account: Account
) -> None:
    plan(desk, account, 5)
    page = window.campaigns
    window.tabs.setCurrentWidget(page)
    page.model.refresh()
    qtbot.waitUntil(page.block_button.isVisible)
    asked: list[str] = []

    def say(answer: str) -> Answering:
        def press(box: QDialog) -> None:
            assert isinstance(box, QMessageBox)
            asked.append(box.text())
            click(qtbot, button_named(box, answer))

        return Answering(QMessageBox, press)

    answering = say("Back")
    click(qtbot, page.block_button)
    qtbot.waitUntil(lambda: answering.answered)
    assert blocklist.count(desk) == 0
    again = say("Put on")
    click(qtbot, page.block_button)
    qtbot.waitUntil(lambda: again.answered)
    qtbot.waitUntil(lambda: blocklist.count(desk) == 5)
    assert asked[0].startswith("All people of “任务” (messages: 5)")


def test_a_number_opens_its_history_where_it_can_be_taken_off(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    blocked(qtbot, window, desk, A)
    window.blocklist.table.selectRow(0)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        qtbot.waitUntil(lambda: dialog.events.rowCount() == 1)  # the button is there before anything is read
        assert dialog.events.index(0, 1).data() == "⊘ Blocklist"
        with mock.patch.object(QInputDialog, "getText", return_value=("误加", True)):
            click(qtbot, dialog.unblock_button)
        qtbot.waitUntil(dialog.block_button.isVisible)
        assert dialog.events.rowCount() == 2
        dialog.accept()

    answering = Answering(PersonDialog, look)
    click(qtbot, window.blocklist.person_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: shown(window) == [])


def test_an_earlier_campaign_is_a_draft_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, account: Account, practice: Practice
) -> None:
    campaign_id = plan(desk, account, 5, "您好 {{}}")
    assert campaigns.get(desk, campaign_id).text == "【示例商城】您好 {}"
    page = window.campaigns
    window.tabs.setCurrentWidget(page)
    page.model.refresh()
    qtbot.waitUntil(page.again_button.isVisible)
    click(qtbot, page.again_button)
    assert window.tabs.currentWidget() is window.bulk
    assert window.bulk.writing.text.toPlainText() == "您好 {{}}"
    qtbot.waitUntil(lambda: window.bulk.recipients.summary.text() == "Numbers to send to: 5")
    assert window.bulk.recipients.importer.sources[0].name == "Campaign: 任务"
    window.bulk.writing.text.insertPlainText("！")
    window.tabs.setCurrentWidget(page)
    answering = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Back")))
    click(qtbot, page.again_button)
    qtbot.waitUntil(lambda: answering.answered)
    assert window.bulk.writing.text.toPlainText().endswith("！")  # what was being written is not lost
    assert practice.gateway.ledger.accepted == []
