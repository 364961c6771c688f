"""The point-to-point page, as a person meets it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import stored_account
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from test_recipients_card import drop, make
from test_window import Answering, button_named, click, is_done, send_it
from ui_windows import SAMPLES, opened

from smsdesk.jobs import planning
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.pages.p2p import P2pPage

HTML = '<table><tr><td>13800000000</td><td style="x">您好</td></tr></table>'


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as shown:
        shown.tabs.setCurrentWidget(shown.p2p)
        yield shown


@pytest.fixture
def page(window: MainWindow) -> P2pPage:
    return window.p2p


def counted(qtbot: QtBot, page: P2pPage, counts: str) -> None:
    qtbot.waitUntil(lambda: page.counts.text().startswith(counts), timeout=5_000)


def paste(qtbot: QtBot, page: P2pPage, text: str) -> None:
    """As a spreadsheet puts cells into the clipboard: as a table and as text."""
    data = QMimeData()
    data.setHtml(HTML)
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    page.editor.setFocus()
    qtbot.keySequence(page.editor, QKeySequence(QKeySequence.StandardKey.Paste))


def test_cells_pasted_from_a_spreadsheet_go_out_as_they_are_shown(
    qtbot: QtBot, page: P2pPage, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    paste(qtbot, page, '13800000000\t【甲】您好\t#1\r\n13800000001\t"【甲】他说""好""\n再见"\r\n')
    assert page.editor.toPlainText() == '13800000000\t【甲】您好\t#1\n13800000001\t【甲】他说"好" 再见\n'
    assert page.notice.text == "Line breaks inside of cells became spaces: 1."
    counted(qtbot, page, "✓ Good 2 · ✗ Wrong 0")
    send_it(qtbot, window, page.send_button)
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
    assert [(one.mobile, one.content) for one in practice.gateway.ledger.accepted] == [
        ("13800000000", "【甲】您好\t#1"),
        ("13800000001", '【甲】他说"好" 再见'),
    ]
    assert page.editor.toPlainText() == ""


@pytest.mark.parametrize("end", ["\v", "\f", "\u2028", "\u2029"])
def test_an_unusual_line_end_is_shown_as_the_space_that_is_sent(qtbot: QtBot, page: P2pPage, end: str) -> None:
    paste(qtbot, page, f"13800000000#一{end}二")
    assert page.editor.lines == ["13800000000#一 二"]
    counted(qtbot, page, "✓ Good 1")
    assert [one.content for one in page._reviewer.review.messages()] == ["一 二"]


def test_an_unusual_line_end_that_came_in_otherwise_cannot_be_sent(qtbot: QtBot, page: P2pPage) -> None:
    page.editor.setPlainText("13800000000#一\u2028二")
    counted(qtbot, page, "✓ Good 0 · ✗ Wrong 1")
    click(qtbot, page.send_button)
    assert "Lines that are wrong: 1" in page.notice.text
    assert "unusual line end" in page.here.text()


def test_a_dropped_sheet_is_put_below_what_is_there_as_one_step(qtbot: QtBot, page: P2pPage, tmp_path: Path) -> None:
    rows = [["手机号", "内容"], ["13800000001", "第一\n第二"], ["1380000", "短"]]
    page.editor.setPlainText("13800000000#旧")
    assert drop(page.editor.viewport(), make(tmp_path / "点对点.xlsx", rows))
    counted(qtbot, page, "✓ Good 2 · ✗ Wrong 1")
    assert page.editor.lines == ["13800000000#旧", "13800000001#第一 第二", "1380000#短"]
    assert page.notice.text == "Lines imported: 2. Line breaks inside of cells became spaces: 1."
    page.editor.undo()
    assert page.editor.lines == ["13800000000#旧"]


def test_a_sheet_is_chosen_with_the_button(qtbot: QtBot, page: P2pPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(SAMPLES / "点对点.xlsx")], ""))
    click(qtbot, page.import_button)
    counted(qtbot, page, "✓ Good 40 · ✗ Wrong 0")
    assert page.notice.text == "Lines imported: 40."
    assert not page.importing.isVisible()


def test_a_sheet_without_texts_says_so(qtbot: QtBot, page: P2pPage, tmp_path: Path) -> None:
    page.add_files([make(tmp_path / "a.xlsx", [["手机号"], ["13800000001"]])])
    qtbot.waitUntil(lambda: "No column looks like texts" in page.notice.text, timeout=10_000)
    assert page.editor.lines == [""]


def test_reading_a_large_sheet_can_be_stopped(qtbot: QtBot, page: P2pPage, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("手机号,内容\n" + "13800000001,您好\n" * 600_000, encoding="utf-8")
    page.add_files([file])
    click(qtbot, page.send_button)
    assert "A sheet is being read" in page.notice.text
    qtbot.waitUntil(page.importing.isVisible, timeout=10_000)
    click(qtbot, page.importing.stop_button)
    qtbot.waitUntil(lambda: not page.importing.is_busy, timeout=10_000)
    assert page.notice.text == "Cancelled."
    assert page.editor.lines == [""]


def test_keys_and_buttons_go_from_one_wrong_line_to_the_next(qtbot: QtBot, page: P2pPage) -> None:
    page.editor.setPlainText("138#一\n13800000000#二\n没有\n13800000000#四")
    counted(qtbot, page, "✓ Good 2 · ✗ Wrong 2 · = Double 1")
    page.editor.setFocus()
    qtbot.keyClick(page.editor, Qt.Key.Key_F8)
    assert page.here.text() == "Line 3 · ✗ Nothing stands between number and text; write it as number#text."
    qtbot.keyClick(page.editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.here.text() == "Line 1 · Characters 1 · segments 1 · ✗ Fewer than 11 digits; complete the number."
    click(qtbot, page.after_button)
    click(qtbot, page.before_button)
    assert page.here.text().startswith("Line 1 ")
    page.editor.go_to(4)
    assert page.here.text() == "Line 4 · Characters 1 · segments 1 · = The number stands in line 2 already."
    page.editor.setPlainText("13800000000#二")
    qtbot.waitUntil(lambda: not page.after_button.isEnabled(), timeout=5_000)


def test_duplicates_are_removed_and_other_texts_for_a_number_stay(qtbot: QtBot, page: P2pPage) -> None:
    lines = ["13800000000#一", "138 0000 0000#一", "13800000000#二", "13800000001#一", "13800000000#二", ""]
    page.editor.setPlainText("\n".join(lines))
    counted(qtbot, page, "✓ Good 5 · ✗ Wrong 0 · = Double 3")
    assert page.repeats_button.text() == "Remove duplicates: 2"
    click(qtbot, page.repeats_button)
    assert page.editor.lines == ["13800000000#一", "13800000000#二", "13800000001#一", ""]
    assert page.notice.text.startswith("Lines removed that repeat")
    counted(qtbot, page, "✓ Good 3 · ✗ Wrong 0 · = Double 1")
    assert not page.repeats_button.isVisible()
    page.editor.undo()
    assert page.editor.lines == lines


def test_what_was_just_typed_is_never_left_out_of_what_is_done(qtbot: QtBot, page: P2pPage) -> None:
    page.editor.setPlainText("13800000000#一\n13800000000#一")
    qtbot.waitUntil(page.repeats_button.isVisible, timeout=5_000)
    qtbot.keyClicks(page.editor, "x")
    click(qtbot, page.repeats_button)
    assert "being checked" in page.notice.text
    click(qtbot, page.send_button)
    assert "being checked" in page.notice.text
    assert page.editor.blockCount() == 2


def test_a_copied_file_is_read_and_its_address_is_not_written(qtbot: QtBot, page: P2pPage) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES / "点对点.xlsx"))])
    QGuiApplication.clipboard().setMimeData(data)
    page.editor.paste()
    counted(qtbot, page, "✓ Good 40 · ✗ Wrong 0")


def test_nothing_is_written_among_lines_that_are_being_sent(
    qtbot: QtBot, page: P2pPage, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    page.workplace.settings = dataclasses.replace(page.workplace.settings, confirm_above=50_000)
    page.editor.setPlainText("\n".join(f"{13800000000 + n}#【甲】您好" for n in range(20_000)))
    counted(qtbot, page, "✓ Good 20,000")
    send_it(qtbot, window, page.send_button)
    qtbot.waitUntil(page.stop_button.isVisible, timeout=10_000)
    qtbot.keyClicks(page.editor, "x")
    page.add_files([SAMPLES / "点对点.xlsx"])
    assert "being prepared" in page.notice.text
    click(qtbot, page.stop_button)
    qtbot.waitUntil(lambda: not page.stop_button.isVisible(), timeout=20_000)
    assert page.editor.blockCount() == 20_000
    assert page.editor.lines[0] == "13800000000#【甲】您好"
    qtbot.keyClicks(page.editor, "x")
    assert page.editor.lines[0] == "x13800000000#【甲】您好"
    assert practice.gateway.ledger.accepted == []


def test_a_long_check_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, page: P2pPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_AT_ONCE", 5)
    page.editor.setPlainText("\n".join(f"{13800000000 + n}#【甲】您好" for n in range(5_000)))
    counted(qtbot, page, "✓ Good 5,000")
    page.send_button.setFocus()
    qtbot.keyClick(page.send_button, Qt.Key.Key_Space)
    assert page.window().focusWidget() is not page.test_button  # a second press would send a test
    qtbot.waitUntil(page.stop_button.isVisible)
    assert page.window().focusWidget() is page.stop_button
    assert page.planning_line.text().startswith("Checking messages: ")
    assert not page.send_button.isEnabled()
    click(qtbot, page.stop_button)
    qtbot.waitUntil(lambda: page.notice.text == "Cancelled.")
    assert page.window().focusWidget() is page.send_button
    assert not page.stop_button.isVisible()
    assert len(page.editor.lines) == 5_000


def test_what_is_found_is_mended_in_the_lines_and_looked_at_again(
    qtbot: QtBot, window: MainWindow, page: P2pPage, desk: Desk, practice: Practice
) -> None:
    lines = ["13800000000#【甲】八折", "13800000001#【甲】八折，退订回T", "13800000000#【甲】八折"]
    page.editor.setPlainText("\n".join(lines))
    page.marketing.setChecked(True)
    counted(qtbot, page, "✓ Good 3")
    page.workplace.settings = dataclasses.replace(page.workplace.settings, opt_out_ending="拒收请回复R")
    answering = Answering(
        ConfirmDialog,
        lambda dialog: click(qtbot, button_named(dialog, "Remove them")),
        lambda dialog: click(qtbot, button_named(dialog, "Add it")),
        QDialog.reject,
    )
    click(qtbot, page.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert page.editor.toPlainText() == "13800000000#【甲】八折，拒收请回复R\n13800000001#【甲】八折，退订回T"
    page.editor.undo()
    assert page.editor.toPlainText() == "\n".join(lines[:2])
    assert practice.gateway.ledger.accepted == []


def test_the_accounts_signature_is_put_in_front_of_lines_without_one(
    qtbot: QtBot, page: P2pPage, practice: Practice
) -> None:
    page.editor.setPlainText(
        "138 0000 0000#八折\n13800000001#【甲】八折\n13800000002\t八折【乙】\n\n13800000003\t#八折"
    )
    counted(qtbot, page, "✓ Good 4")

    def put(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        assert not dialog.seen.isVisible(), "a tick is not enough"
        assert not dialog.send.isEnabled()
        click(qtbot, button_named(dialog, "Put 【示例商城】 in front"))

    answering = Answering(ConfirmDialog, put, QDialog.reject)
    click(qtbot, page.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert page.editor.lines == [
        "138 0000 0000#【示例商城】八折",
        "13800000001#【甲】八折",
        "13800000002\t八折【乙】",
        "",
        "13800000003\t【示例商城】#八折",
    ]
    assert practice.gateway.ledger.accepted == []


def test_what_was_found_is_selected_in_its_line(qtbot: QtBot, window: MainWindow, page: P2pPage) -> None:
    page.editor.setPlainText("13800000000#【甲】一\n\n138 0000 0001\t【甲】😊见 https://example.com")
    counted(qtbot, page, "✓ Good 2")
    answering = Answering(ConfirmDialog, lambda dialog: click(qtbot, button_named(dialog, "Show it in the text")))
    click(qtbot, page.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    qtbot.waitUntil(lambda: page.editor.textCursor().selectedText() == "https://example.com", timeout=5_000)
    assert window.focusWidget() is page.editor
    assert page.here.text().startswith("Line 3 ")


def test_one_of_two_signatures_is_taken_out_of_each_line(qtbot: QtBot, page: P2pPage) -> None:
    page.editor.setPlainText("13800000000#【甲】【示例商城】一\n13800000001#【甲】二【乙】\n13800000002#【甲】三")
    counted(qtbot, page, "✓ Good 3")
    answering = Answering(
        ConfirmDialog, lambda dialog: click(qtbot, button_named(dialog, "Take out the one too many")), QDialog.reject
    )
    click(qtbot, page.send_button)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert page.editor.lines == ["13800000000#【示例商城】一", "13800000001#【甲】二", "13800000002#【甲】三"]


def test_lines_that_went_out_before_are_left_out_also_after_the_lines_were_mended(
    qtbot: QtBot, page: P2pPage, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    page.editor.setPlainText("13800000000#【甲】一")
    counted(qtbot, page, "✓ Good 1")
    send_it(qtbot, window, page.send_button)
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
    page.editor.setPlainText("13800000000#【甲】一\n13800000000#【甲】二\n13800000000#【甲】二")
    counted(qtbot, page, "✓ Good 3")
    said = send_it(qtbot, window, page.send_button, "Leave out what went out", "Remove them")
    assert any(one.startswith("Messages left out: 1.") for one in said)
    qtbot.waitUntil(lambda: is_done(desk, 2), timeout=20_000)
    assert [one.content for one in practice.gateway.ledger.accepted] == ["【甲】一", "【甲】二"]
