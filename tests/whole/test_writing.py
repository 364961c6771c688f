"""Writing a text in the window, and what is found before it goes out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click, import_members, is_done, send_it
from ui_windows import opened

from smsdesk.domain.recipient import Recipient
from smsdesk.jobs import balances, campaigns, templates
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.dialogs.settings import SettingsDialog
from smsdesk.ui.dialogs.templates import TemplatesDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.widgets.text_card import TextCard


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def sentences(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as shown:
        yield shown


def people_of(window: MainWindow) -> Sequence[Recipient]:
    result = window.bulk.recipients.result
    assert result is not None
    return result.recipients


@pytest.fixture
def card(window: MainWindow) -> TextCard:
    return window.bulk.writing


def test_length_and_cost_are_counted_as_one_types(card: TextCard) -> None:
    card.text.insertPlainText("您好😊")
    assert card.length.text() == "Characters 9 · UTF-16 units 10 · segments 1 · ¥0.05 a person"
    assert card.preview.message.text() == "【示例商城】您好😊"
    card.text.insertPlainText("好" * 61)
    assert "segments 2 · ¥0.10 a person" in card.length.text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("您好{", "stands alone"),
        ("【甲】【乙】您好", "two signatures"),
        ("【甲您好", "not complete"),
    ],
)
def test_what_is_wrong_is_said_as_one_types(card: TextCard, text: str, said: str) -> None:
    card.text.insertPlainText(text)
    assert said in card.length.text()


def test_what_nobody_sees_is_counted_and_taken_out_with_one_click(qtbot: QtBot, card: TextCard) -> None:
    card.text.insertPlainText("😊您\u200b好\u2009吗")
    assert card.clean_button.text() == "Remove invisible characters: 2"
    click(qtbot, card.clean_button)
    assert card.text.toPlainText() == "😊您好 吗"
    assert not card.clean_button.isVisible()
    assert card.text.hasFocus()
    card.text.undo()
    assert card.text.toPlainText() == "😊您\u200b好\u2009吗"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen, the list of names cannot be raised
def test_a_placeholder_is_completed_while_typing(qtbot: QtBot, window: MainWindow, card: TextCard) -> None:
    import_members(qtbot, window)
    card.text.setFocus()
    qtbot.keyClicks(card.text, "Dear {")
    qtbot.waitUntil(card.text.popup.isVisible)
    qtbot.keyClick(card.text.popup, Qt.Key.Key_Return)
    assert card.text.toPlainText() == "Dear {姓名}"
    assert "李建国" in card.preview.message.text()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_name_that_an_input_method_writes_is_completed_too(qtbot: QtBot, card: TextCard) -> None:
    card.text.set_columns(["姓名", "金额", "欠费金额", "日期"])
    card.text.setFocus()
    qtbot.keyClicks(card.text, "{")
    qtbot.waitUntil(card.text.popup.isVisible)
    composed = QInputMethodEvent()
    composed.setCommitString("金额")
    QApplication.sendEvent(card.text, composed)
    assert card.text.popup.model().rowCount() == 2
    qtbot.keyClick(card.text.popup, Qt.Key.Key_Return)
    assert card.text.toPlainText() == "{金额}"
    finished = QInputMethodEvent()
    finished.setCommitString("元")
    QApplication.sendEvent(card.text, finished)
    assert not card.text.popup.isVisible()


def test_each_persons_text_can_be_looked_at(qtbot: QtBot, window: MainWindow, card: TextCard) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("{姓名}您好")
    first = card.preview.message.text()
    click(qtbot, card.after_button)
    second = card.preview.message.text()
    assert first != second
    assert card.whose.text() == "2"
    assert "of 282 people" in sentences(card)
    click(qtbot, card.before_button)
    assert card.preview.message.text() == first
    click(qtbot, card.before_button)
    assert card.whose.text() == "282"
    card.whose.setFocus()
    card.whose.selectAll()
    qtbot.keyClicks(card.whose, "2")
    assert card.preview.message.text() == second
    choose(card.notable_button.menu(), "The longest text")
    qtbot.waitUntil(lambda: "segments 1: people 282" in card.spread.text(), timeout=5_000)
    longest = card.preview.message.text()
    choose(card.notable_button.menu(), "The shortest text")
    qtbot.waitUntil(lambda: card.preview.message.text() != longest, timeout=5_000)
    assert len(card.preview.message.text()) < len(longest)


def test_a_finding_is_mended_with_its_button(
    qtbot: QtBot, window: MainWindow, card: TextCard, desk: Desk, practice: Practice
) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("全场八折")
    window.bulk.marketing.setChecked(True)
    said: list[str] = []

    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        said.extend(sentences(dialog))
        assert not dialog.send.isEnabled()
        click(qtbot, button_named(dialog, "Add it"))

    answering = Answering(ConfirmDialog, mend, QDialog.reject)
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered)
    assert any("how to opt out" in sentence for sentence in said)
    assert card.text.toPlainText() == "全场八折，拒收请回复R"
    assert practice.gateway.ledger.accepted == []


def show(qtbot: QtBot, window: MainWindow, button: str = "Show it in the text") -> None:
    """Check, and press this button of a finding."""
    answering = Answering(ConfirmDialog, lambda dialog: click(qtbot, button_named(dialog, button)))
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)


def test_what_was_found_is_selected_where_it_was_typed(qtbot: QtBot, window: MainWindow, card: TextCard) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("😊详见 https://example.com")
    show(qtbot, window)
    assert card.text.textCursor().selectedText() == "https://example.com"
    assert window.focusWidget() is card.text


def test_what_came_with_the_list_is_shown_with_the_person_whose_it_is(
    qtbot: QtBot, window: MainWindow, card: TextCard
) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("您好，{姓名}")
    third = people_of(window)[2]
    window.bulk.workplace.settings = dataclasses.replace(
        window.bulk.workplace.settings, sensitive=(third.fields["姓名"],)
    )
    show(qtbot, window)
    qtbot.waitUntil(lambda: f"row {third.line} of the list" in window.bulk.notice.text, timeout=5_000)
    assert card.text.textCursor().selectedText() == "{姓名}"
    assert third.fields["姓名"] in card.preview.message.text()
    assert card.whose.value() == 3


def test_the_longest_text_is_shown(qtbot: QtBot, window: MainWindow, card: TextCard) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("{姓名}" + "好" * 300)
    show(qtbot, window)
    qtbot.waitUntil(lambda: "has the longest text" in window.bulk.notice.text, timeout=5_000)
    assert not card.text.textCursor().hasSelection(), "whoever types on must not lose all of it"
    place = card.whose.value() - 1
    assert f"Row {people_of(window)[place].line} " in window.bulk.notice.text
    assert len(people_of(window)[place].fields["姓名"]) == max(len(one.fields["姓名"]) for one in people_of(window))


def test_a_second_signature_is_taken_out_as_a_step_that_can_be_undone(
    qtbot: QtBot, window: MainWindow, card: TextCard
) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("您好【别家】")
    answering = Answering(
        ConfirmDialog, lambda dialog: click(qtbot, button_named(dialog, "Take out the one too many")), QDialog.reject
    )
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert card.preview.message.text() == "【示例商城】您好"
    card.text.undo()
    assert card.text.toPlainText() == "您好【别家】"


def test_a_large_send_is_confirmed_by_typing_its_count(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    window.bulk.workplace.settings = dataclasses.replace(window.bulk.workplace.settings, confirm_above=200)
    import_members(qtbot, window)
    window.bulk.writing.text.insertPlainText("您好")

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        if dialog.seen.isVisible():
            dialog.seen.click()
        assert not dialog.send.isEnabled()
        qtbot.keyClicks(dialog.count, "281")
        assert not dialog.send.isEnabled()
        dialog.count.clear()
        qtbot.keyClicks(dialog.count, "282")
        click(qtbot, dialog.send)

    answering = Answering(ConfirmDialog, answer)
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
    assert campaigns.get(desk, 1).counts.accepted == 282


def test_a_balance_that_was_topped_up_meanwhile_is_asked_for_from_the_page(
    qtbot: QtBot, window: MainWindow, card: TextCard, desk: Desk, practice: Practice
) -> None:
    holder = practice.gateway.accounts[practice.account]
    holder.balance_li = 100
    account = window.bulk.workplace.account
    assert account is not None
    balances.ask(desk, account)
    import_members(qtbot, window)
    card.text.insertPlainText("您好")
    said: list[str] = []

    def top_up(dialog: QDialog) -> None:
        assert any("too low" in sentence for sentence in sentences(dialog))
        holder.balance_li = 1_000_000
        click(qtbot, button_named(dialog, "Topped up"))

    def look(dialog: QDialog) -> None:
        said.extend(sentences(dialog))
        dialog.reject()

    answering = Answering(ConfirmDialog, top_up, look)
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert not any("too low" in sentence for sentence in said)
    assert "¥1,000.00" in said
    assert practice.gateway.ledger.accepted == []


def test_a_list_that_is_gone_when_the_balance_has_been_asked_for_leaves_the_button_usable(
    qtbot: QtBot, window: MainWindow, card: TextCard, desk: Desk, practice: Practice
) -> None:
    practice.gateway.accounts[practice.account].balance_li = 100
    account = window.bulk.workplace.account
    assert account is not None
    balances.ask(desk, account)
    import_members(qtbot, window)
    card.text.insertPlainText("您好")
    practice.faults.add("slow", "balance", seconds=0.3)

    def top_up(dialog: QDialog) -> None:
        click(qtbot, button_named(dialog, "Topped up"))
        window.bulk.recipients.importer.clear()

    answering = Answering(ConfirmDialog, top_up)
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    qtbot.waitUntil(lambda: "Import a list" in window.bulk.notice.text, timeout=10_000)
    assert window.bulk.send_button.isEnabled()


@pytest.mark.parametrize(
    ("more", "found", "button"),
    [
        ("，又来了", "Of these people, 282 had a message", "Leave them out"),
        ("", "This very text went to 282", "Leave out who got it"),
    ],
)
def test_who_was_written_to_already_is_left_out_with_one_click(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice, more: str, found: str, button: str
) -> None:
    import_members(qtbot, window)
    window.bulk.writing.text.insertPlainText("您好")
    send_it(qtbot, window, window.bulk.send_button)
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
    window.bulk.writing.text.insertPlainText(more)
    said: list[str] = []
    again: list[str] = []

    def leave_out(dialog: QDialog) -> None:
        said.extend(sentences(dialog))
        click(qtbot, button_named(dialog, button))

    def look(dialog: QDialog) -> None:
        again.extend(sentences(dialog))
        assert isinstance(dialog, ConfirmDialog)
        assert not dialog.send.isEnabled()
        assert not dialog.seen.isVisible()  # a tick that would allow nothing
        dialog.reject()

    answering = Answering(ConfirmDialog, leave_out, look)
    click(qtbot, window.bulk.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert any(one.startswith(found) for one in said)
    assert any(one.startswith("People left out: 282.") for one in again)
    assert "Nobody is left to send to" in again
    assert len(practice.gateway.ledger.accepted) == 282


def test_a_text_is_kept_found_used_removed_and_brought_back(
    qtbot: QtBot, window: MainWindow, card: TextCard, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates.keep(desk, "生日", "{姓名}，生日快乐")
    card.text.insertPlainText("{姓名|客户}，请续费")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("续费", True))
    choose(card.templates_button.menu(), "Keep this text…")
    qtbot.waitUntil(lambda: window.bulk.notice.text == "The template “续费” is kept.", timeout=5_000)
    card.text.clear()

    def use(dialog: QDialog) -> None:
        assert isinstance(dialog, TemplatesDialog)
        qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=5_000)
        dialog.search.setText("生日")
        assert dialog.model.rowCount() == 1
        click(qtbot, dialog.remove_button)
        qtbot.waitUntil(lambda: dialog.notice.text == "“生日” is removed.", timeout=5_000)
        qtbot.waitUntil(lambda: dialog.model.rowCount() == 0, timeout=5_000)
        click(qtbot, dialog.notice.action)
        qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=5_000)
        dialog.search.setText("请续费")
        click(qtbot, dialog.use_button)

    answering = Answering(TemplatesDialog, use)
    choose(card.templates_button.menu(), "Choose…")
    qtbot.waitUntil(lambda: answering.answered)
    assert card.text.toPlainText() == "{姓名|客户}，请续费"
    card.text.undo()
    assert card.text.toPlainText() == ""
    assert {one.name for one in templates.every(desk)} == {"生日", "续费"}


def test_what_was_sent_is_used_again_without_its_signature_twice(
    qtbot: QtBot, window: MainWindow, card: TextCard, desk: Desk
) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("您好")
    send_it(qtbot, window, window.bulk.send_button)
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
    card.text.clear()

    def use(dialog: QDialog) -> None:
        assert isinstance(dialog, TemplatesDialog)
        qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=5_000)
        click(qtbot, dialog.use_button)

    answering = Answering(TemplatesDialog, use)
    choose(card.templates_button.menu(), "Choose…")
    qtbot.waitUntil(lambda: answering.answered)
    assert card.text.toPlainText() == "您好"
    assert card.preview.message.text() == "【示例商城】您好"


def test_a_test_goes_to_ones_own_numbers_with_the_values_of_whose_text_is_shown(
    qtbot: QtBot, window: MainWindow, card: TextCard, practice: Practice
) -> None:
    import_members(qtbot, window)
    card.text.insertPlainText("{姓名}您好")
    click(qtbot, card.after_button)
    shown = card.preview.message.text()
    click(qtbot, window.bulk.test_button)
    assert "your own number" in window.bulk.notice.text
    settings = SettingsDialog(window.bulk.workplace, window)
    settings.sending.own_numbers.setText("138")
    settings.sending.own_numbers.editingFinished.emit()
    assert "11 digits" in settings.notice.text
    settings.sending.own_numbers.setText("13811110000 138-1111-0001")
    settings.sending.own_numbers.editingFinished.emit()
    click(qtbot, window.bulk.test_button)
    qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) == 2, timeout=10_000)
    sent = [(one.mobile, one.content) for one in practice.gateway.ledger.accepted]
    assert sent == [("13811110000", shown), ("13811110001", shown)]
    window.tabs.setCurrentWidget(window.p2p)
    click(qtbot, window.p2p.test_button)
    assert "no line" in window.p2p.notice.text
    before = window.p2p.counts.text()
    window.p2p.editor.setPlainText("13800010000#【商城】王先生，您好")
    qtbot.waitUntil(lambda: window.p2p.counts.text() != before, timeout=5_000)
    click(qtbot, window.p2p.test_button)
    qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) == 4, timeout=10_000)
    assert practice.gateway.ledger.accepted[-1].content == "【商城】王先生，您好"
    assert "13800010000" not in {one.mobile for one in practice.gateway.ledger.accepted}
