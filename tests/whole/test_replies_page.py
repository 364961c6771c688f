"""The replies as an inbox: reading, searching, labels, answering, and what the desktop is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from checks import assert_ledger_agrees, numbers, plan_lines
from conftest import stored_account
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click
from ui_windows import opened

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.hours import Hours
from smsdesk.jobs import campaigns, conversations, people, recovery
from smsdesk.jobs.conversations import Only
from smsdesk.jobs.desk import Desk
from smsdesk.settings.settings import Notify
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.tray import Tray
from smsdesk.ui.widgets.bubble import MOST_SHOWN, Bubble

A, B, C = numbers(3)
STRANGE = ["<b>fett</b><img src=x>", "a\u202egpj.exe", "\u200bT\u200bD x", "👨‍👩‍👧‍👦👩🏽‍💻", "مرحبا بكم", "x" * 100_000]


@pytest.fixture(autouse=True)
def _by_day() -> Iterator[None]:
    """At night an answer is asked about."""
    with mock.patch.object(Hours, "allow", return_value=True):
        yield


@pytest.fixture
def account(desk: Desk, practice: Practice) -> Account:
    return stored_account(desk, practice)


@pytest.fixture
def window(desk: Desk, account: Account, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(desk, tmp_path, qtbot) as found:
        found.tabs.setCurrentWidget(found.replies)
        yield found


def shown(window: MainWindow) -> list[str]:
    return [row.mobile for row in window.replies.model.rows]


def replied(qtbot: QtBot, window: MainWindow, practice: Practice, *said: tuple[str, str]) -> None:
    """These replies come in, and are seen in the list."""
    for mobile, text in said:
        practice.reply(mobile, text)
    qtbot.waitUntil(lambda: {mobile for mobile, _ in said} <= set(shown(window)), timeout=15_000)


def choose(qtbot: QtBot, window: MainWindow, mobile: str) -> None:
    page = window.replies
    place = page.model.place_of(mobile)
    assert place is not None
    page.list.setCurrentIndex(page.model.index(place))
    qtbot.waitUntil(lambda: page.who.text().endswith(mobile) and page.sides.currentIndex() == 1)


def test_a_conversation_is_read_by_looking_at_it_and_can_be_marked_unread(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "几点开始？"), (B, "好的"))
    page = window.replies
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies (2)")
    choose(qtbot, window, A)
    assert [bubble.text.toPlainText() for bubble in page.view.bubbles] == ["几点开始？"]
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies (1)")
    page.unread_action.trigger()
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies (2)")
    page.filters.only_unread.click()
    qtbot.waitUntil(lambda: set(shown(window)) == {A, B})
    click(qtbot, page.filters.all_read_button)
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies" and shown(window) == [])


def test_a_reply_stands_below_what_it_answers_with_its_delivery(
    qtbot: QtBot, window: MainWindow, desk: Desk, account: Account, practice: Practice
) -> None:
    campaign = plan_lines(desk, account, [(A, "【示例商城】明天见")])
    window.replies.workplace.send(campaign)
    qtbot.waitUntil(lambda: campaigns.get(desk, campaign).counts.delivered == 1, timeout=15_000)
    replied(qtbot, window, practice, (A, "好"))
    choose(qtbot, window, A)
    ours, theirs = window.replies.view.bubbles
    assert (ours.text.toPlainText(), theirs.text.toPlainText()) == ("【示例商城】明天见", "好")
    assert "点对点" in ours.above.text()
    assert "✓ Delivered" in ours.below.text()
    assert theirs.above.text() == ""  # it stands above anyway


def test_bubbles_stay_when_more_is_said_and_earlier_ones_are_asked_for(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    replied(qtbot, window, practice, *((A, f"{n:02d}") for n in range(40)))
    choose(qtbot, window, A)
    view = window.replies.view

    def texts() -> list[str]:
        return [one.text.toPlainText() for one in view.bubbles]

    qtbot.waitUntil(lambda: texts() == [f"{n:02d}" for n in range(10, 40)], timeout=15_000)
    last = view.bubbles[-1]
    practice.reply(A, "40")
    qtbot.waitUntil(lambda: texts()[-1] == "40", timeout=15_000)
    assert view.bubbles[-2] is last
    qtbot.waitUntil(
        lambda: last.y() < view.bubbles[-1].y() and view.verticalScrollBar().value() > last.y() - view.height()
    )
    earlier = next(one for one in view.findChildren(QPushButton) if one.text() == "Show earlier ones")
    bar = view.verticalScrollBar()
    bar.setValue(0)
    in_sight = view.bubbles[0]
    was_at = in_sight.mapTo(view, QPoint()).y()
    click(qtbot, earlier)
    qtbot.waitUntil(lambda: texts() == [f"{n:02d}" for n in range(41)])
    assert view.bubbles[-2] is last
    # What is being read stays where it is, although there is more above it.
    qtbot.waitUntil(lambda: bar.value() > 0 and abs(in_sight.mapTo(view, QPoint()).y() - was_at) < 2)
    assert earlier.isHidden()


def test_the_page_reads_nothing_out_of_sight_and_the_tab_counts_all_the_same(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "几点开始？"))
    choose(qtbot, window, A)
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies")
    window.tabs.setCurrentWidget(window.balance)
    practice.reply(A, "还有吗")
    practice.reply(B, "好的")
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies (2)", timeout=15_000)
    assert shown(window) == [A]
    assert len(window.replies.view.bubbles) == 1
    window.activateWindow()
    window.tabs.setCurrentWidget(window.replies)
    qtbot.waitUntil(lambda: set(shown(window)) == {A, B} and len(window.replies.view.bubbles) == 2)
    qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies (1)")  # the one that is open is seen now


def test_keys_lead_through_the_list_to_the_answer_and_back(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    page = window.replies
    qtbot.waitUntil(lambda: page.purpose.text() == "Nobody has replied yet")
    replied(qtbot, window, practice, (A, "一"), (B, "二"))
    assert page.purpose.text() == "Choose a conversation on the left."
    window.activateWindow()
    page.list.setFocus()

    def is_open(mobile: str) -> bool:
        return page.who.text() == mobile

    first, second = shown(window)
    for mobile in (first, second):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        qtbot.waitUntil(partial(is_open, mobile))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.answer.text.hasFocus)
    qtbot.keyClick(page.answer.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.list.hasFocus)
    page.filters.search.setFocus()
    page.filters.search.setText("没有这样的")
    qtbot.waitUntil(lambda: page.filters.found.text() == "Found: 0", timeout=10_000)
    assert page.hint.isVisible()
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.list.hasFocus() and len(shown(window)) == 2)


def test_an_answer_is_sent_like_every_message_and_seen_in_the_conversation(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "价格？"))
    choose(qtbot, window, A)
    page = window.replies
    window.activateWindow()
    page.list.activated.emit(page.list.currentIndex())  # Enter leads from the list to the answer
    qtbot.waitUntil(page.answer.text.hasFocus)
    page.answer.text.insertPlainText("Price {50} yuan")
    assert "segments 1" in page.answer.length.text()
    assert "【示例商城】" in page.answer.length.text()
    qtbot.keyClick(page.answer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def ours() -> list[Bubble]:
        return [one for one in page.view.bubbles if one.objectName() == "ours"]

    qtbot.waitUntil(lambda: any("✓" in one.below.text() for one in ours()), timeout=15_000)
    assert ours()[0].text.toPlainText() == "【示例商城】Price {50} yuan"
    assert page.answer.text.toPlainText() == ""
    (sent,) = campaigns.newest(desk)
    qtbot.waitUntil(lambda: campaigns.get(desk, sent.id).state is CampaignState.DONE, timeout=15_000)
    assert campaigns.newest_but_answers(desk) == []
    assert_ledger_agrees(desk, practice)


def test_an_answer_waits_for_another_window_that_answers_through_the_account(
    qtbot: QtBot, window: MainWindow, desk: Desk, account: Account, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "价格？"))
    choose(qtbot, window, A)
    page = window.replies
    page.answer.text.insertPlainText("50 元")
    with desk.database.lock(recovery.sender_lock(account.id, answers=True)):
        click(qtbot, page.answer.send_button)
        qtbot.waitUntil(lambda: "goes out by itself" in window.notice.text, timeout=15_000)
    qtbot.waitUntil(lambda: any("✓" in one.below.text() for one in page.view.bubbles), timeout=15_000)
    assert_ledger_agrees(desk, practice)


def test_an_answer_with_a_sensitive_word_is_asked_about(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "价格？"))
    choose(qtbot, window, A)
    page = window.replies
    page.workplace.settings = dataclasses.replace(page.workplace.settings, sensitive=("免费",))
    page.answer.text.setPlainText("😊是免费的")
    answering = Answering(ConfirmDialog, lambda dialog: click(qtbot, button_named(dialog, "Show it in the text")))
    click(qtbot, page.answer.send_button)
    qtbot.waitUntil(lambda: answering.answered)
    assert campaigns.newest(desk) == []
    assert page.answer.text.toPlainText() == "😊是免费的"
    assert page.answer.text.textCursor().selectedText() == "免费"


def test_a_second_signature_is_taken_out_of_an_answer(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "价格？"))
    choose(qtbot, window, A)
    answer = window.replies.answer
    answer.text.setPlainText("50 元【示例商城】")
    answering = Answering(ConfirmDialog, lambda dialog: click(qtbot, button_named(dialog, "Take out the one too many")))
    click(qtbot, answer.send_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: campaigns.newest(desk) != [], timeout=10_000)
    assert campaigns.newest(desk)[0].text == "【示例商城】50 元"


def test_who_has_opted_out_cannot_be_answered(qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice) -> None:
    replied(qtbot, window, practice, (A, "TD"))
    choose(qtbot, window, A)
    answer = window.replies.answer
    assert not answer.text.isEnabled()
    assert not answer.send_button.isEnabled()
    assert answer.length.text().startswith("⊘ They have opted out")


def test_strange_texts_are_shown_as_text_and_long_ones_are_cut(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    replied(qtbot, window, practice, *((A, text) for text in STRANGE))
    choose(qtbot, window, A)
    view = window.replies.view
    qtbot.waitUntil(lambda: len(view.bubbles) == len(STRANGE), timeout=15_000)
    seen = {bubble.text.toPlainText() for bubble in view.bubbles}
    assert {"<b>fett</b><img src=x>", "a[U+202E]gpj.exe", "👨‍👩‍👧‍👦👩🏽‍💻", "مرحبا بكم"} <= seen
    long = next(one for one in view.bubbles if one.text.toPlainText().startswith("xxx"))
    assert len(long.text.toPlainText()) == MOST_SHOWN + 1
    qtbot.waitUntil(long.whole_button.isVisible)
    assert long.width() < view.viewport().width()  # it breaks although there is no blank


def test_a_search_finds_number_name_and_text_and_typed_signs_are_no_wildcards(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    replied(qtbot, window, practice, (A, "打折100%吗"), (B, "100元"), (C, "好"))
    conversations.join_group(desk, C, "回访")
    people.edit(desk, C, name="王小明")

    def search(text: str, *found: str) -> None:
        window.replies.filters.search.setText(text)
        said = f"Found: {len(found)}"
        qtbot.waitUntil(
            lambda: shown(window) == [*found] and window.replies.filters.found.text() == said, timeout=10_000
        )

    search(B[:9], B)
    search("小明", C)
    search("100%", A)
    search("没有这样的")


def test_a_label_is_made_on_the_fly_and_filters(qtbot: QtBot, window: MainWindow, practice: Practice) -> None:
    replied(qtbot, window, practice, (A, "想买"), (B, "好"))
    choose(qtbot, window, A)
    page = window.replies
    with mock.patch.object(QInputDialog, "getText", return_value=("大客户 & VIP", True)):
        next(one for one in page.label_button.menu().actions() if one.text() == "New label…").trigger()
    qtbot.waitUntil(lambda: page.filters.label_box.findText("大客户 & VIP") > 0)
    page.filters.label_box.setCurrentIndex(page.filters.label_box.findText("大客户 & VIP"))
    page.filters.label_box.activated.emit(page.filters.label_box.currentIndex())
    qtbot.waitUntil(lambda: shown(window) == [A])


def test_a_label_that_was_removed_comes_back_with_its_conversations(
    qtbot: QtBot, window: MainWindow, practice: Practice, desk: Desk
) -> None:
    replied(qtbot, window, practice, (A, "想买"), (B, "好"))
    label = conversations.every_label(desk)[0]
    for mobile in (A, B):
        conversations.set_label(desk, mobile, label.id)
    choose(qtbot, window, A)
    page = window.replies
    qtbot.waitUntil(lambda: page.label_button.text() == label.name.en)
    next(one for one in page.label_button.menu().actions() if one.text() == "Remove this label").trigger()
    qtbot.waitUntil(
        lambda: page.notice.text == f"The label “{label.name.en}” is removed. Conversations that had it: 2."
    )
    assert label.name not in [one.name for one in conversations.every_label(desk)]
    conversations.set_label(desk, B, conversations.make_label(desk, "别的"))
    page.notice.action.click()

    def names() -> dict[str, str]:
        return {one.mobile: one.label.zh if one.label else "" for one in conversations.rows(desk, Only())}

    qtbot.waitUntil(lambda: names() == {A: label.name.zh, B: "别的"})


def test_the_desktop_is_told_once_how_many_came_and_the_text_only_where_that_is_wanted(
    qtbot: QtBot, window: MainWindow, practice: Practice
) -> None:
    workplace = window.replies.workplace
    tray = Tray(workplace, window)
    qtbot.waitUntil(lambda: tray._after is not None)
    plain = tray.icon.icon()
    with (
        mock.patch.object(QApplication, "activeWindow", return_value=None),
        mock.patch.object(QSystemTrayIcon, "showMessage") as told,
    ):
        replied(qtbot, window, practice, (A, "TD"), (B, "私密"))
        qtbot.waitUntil(lambda: told.call_count > 0, timeout=15_000)
        assert told.call_args.args[:2] == ("New replies: 2", "of them opt-outs: 1")
        qtbot.waitUntil(lambda: "unread replies: 2" in tray.icon.toolTip())
        assert tray.icon.icon().cacheKey() != plain.cacheKey()
        assert "Unread replies (2)" in [action.text() for action in tray.menu.actions()]
        workplace.settings = dataclasses.replace(workplace.settings, notify=Notify.TEXT)
        replied(qtbot, window, practice, (C, "明天见"))
        qtbot.waitUntil(lambda: told.call_count == 2, timeout=15_000)
        assert told.call_args.args[1].startswith(f"{C}: \u2068明天见")
        workplace.settings = dataclasses.replace(workplace.settings, notify=Notify.OFF)
        practice.reply(C, "还有")
        seen = tray._after
        qtbot.waitUntil(lambda: tray._after != seen, timeout=15_000)
        assert told.call_count == 2


def test_marking_all_as_read_says_how_far_it_is(
    qtbot: QtBot, window: MainWindow, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smsdesk.jobs.conversations._READ_AT_ONCE", 1)
    replied(qtbot, window, practice, *((mobile, "好") for mobile in numbers(4)))
    filters = window.replies.filters
    with mock.patch.object(filters, "_show_search", wraps=filters._show_search) as shown_line:
        click(qtbot, filters.all_read_button)
        qtbot.waitUntil(lambda: filters._marking is None)
    assert "Marking as read… 25 %" in [call.args[0] for call in shown_line.call_args_list]
    assert not filters.stop_button.isVisible()
    qtbot.waitUntil(lambda: not any(row.unread for row in window.replies.model.rows))
