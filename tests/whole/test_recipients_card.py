"""The list of recipients in the window: files dropped, pasted, read otherwise, taken off, and what is said of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from checks import ignore
from conftest import stored_account
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from test_window import click, send_it
from ui_windows import SAMPLES, dialog, opened

from smsdesk.domain.words import Language
from smsdesk.jobs import blocklist, people
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.importing import read_table, recipients
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.reading import ReadingDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.widgets.recipients_card import RecipientsCard
from smsdesk.ui.workplace import Changed

MEMBERS = SAMPLES / "会员名单.xlsx"


def make(path: Path, *sheets: list[list[str]], hidden: tuple[int, ...] = ()) -> Path:
    book = Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet(f"第{place + 1}张")
        for row in rows:
            sheet.append(row)
    for line in hidden:
        book.worksheets[0].row_dimensions[line].hidden = True
    book.save(path)
    return path


def numbered(count: int, first: int = 13800000001) -> list[list[str]]:
    return [["姓名", "手机号"], *([f"客户{n}", str(first + n)] for n in range(count))]


def wait_for(qtbot: QtBot, card: RecipientsCard, files: int) -> None:
    qtbot.waitUntil(lambda: len(card.importer.sources) == files and not card.importer.is_busy, timeout=20_000)


def good(card: RecipientsCard) -> str:
    return card.figures.figures["valid"].text()


def drop(widget: QWidget, *files: Path) -> bool:
    """Drop files as a file manager does; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))
    return enter.isAccepted()


def button_called(root: QWidget, name: str) -> QPushButton:
    buttons = (one for one in root.findChildren(QPushButton) if one.isVisible())
    return next(one for one in buttons if name in (one.accessibleName(), one.text()))


@pytest.mark.parametrize(
    "where",
    [
        lambda window: window,
        lambda window: window.bulk.writing.text.viewport(),
        lambda window: window.bulk.name,
    ],
    ids=["window", "text", "name"],
)
def test_files_may_be_dropped_anywhere(
    desk: Desk, tmp_path: Path, qtbot: QtBot, where: Callable[[MainWindow], QWidget]
) -> None:
    files = [make(tmp_path / f"{n}.xlsx", numbered(3, 13800000000 + 2 * n)) for n in range(2)]
    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.campaigns)
        assert drop(where(window), *files)
        card = window.bulk.recipients
        wait_for(qtbot, card, 2)
        assert window.tabs.currentWidget() is window.bulk
        assert (good(card), card.figures.figures["duplicates"].text()) == ("5", "1")
        assert window.bulk.writing.text.toPlainText() == ""
        assert "0.xlsx" in card.problems.rows[0].reason.en


def test_files_are_taken_off_the_list_one_by_one(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    one, two = make(tmp_path / "一.xlsx", numbered(3)), make(tmp_path / "二.xlsx", numbered(4))
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([one, two])
        wait_for(qtbot, card, 2)
        assert good(card) == "4"
        click(qtbot, button_called(card, "Take “一.xlsx” off the list"))
        wait_for(qtbot, card, 1)
        assert card.summary.text() == "Numbers to send to: 4"
        window.bulk.add_files([make(tmp_path / "二.xlsx", numbered(2))])
        qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 2", timeout=20_000)
        assert len(card.importer.sources) == 1
        click(qtbot, button_called(card, "Take “二.xlsx” off the list"))
        wait_for(qtbot, card, 0)
        assert card.result is None
        assert button_called(card, "Choose files…").isVisible()


def test_numbers_are_pasted_from_the_clipboard(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path, qtbot, language=Language.ZH) as window:
        card = window.bulk.recipients
        QGuiApplication.clipboard().setText("姓名\t手机号\n甲\t13800000001\n乙\t13800000002")
        click(qtbot, button_called(card, "粘贴"))
        wait_for(qtbot, card, 1)
        QGuiApplication.clipboard().setText("张三 13800000003，李四 13800000001")
        window.activateWindow()
        window.tabs.tabBar().setFocus()
        qtbot.keyClick(window.tabs.tabBar(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        wait_for(qtbot, card, 2)
        assert [source.name for source in card.importer.sources] == ["剪贴板", "剪贴板 2"]
        assert (good(card), card.figures.figures["duplicates"].text()) == ("3", "1")
        window.bulk.writing.text.setFocus()
        qtbot.keyClick(window.bulk.writing.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert window.bulk.writing.text.toPlainText().startswith("张三")
        assert len(card.importer.sources) == 2
        QGuiApplication.clipboard().setText(" ")
        click(qtbot, card.paste_button)
        qtbot.waitUntil(lambda: "剪贴板里没有文字" in window.bulk.notice.text)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(MEMBERS))])
        QGuiApplication.clipboard().setMimeData(data)
        click(qtbot, card.paste_button)
        wait_for(qtbot, card, 3)
        QGuiApplication.clipboard().clear()  # what Python made must not live on when the interpreter has ended


def test_hidden_rows_are_asked_about_before_anything_is_sent(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    path = make(tmp_path / "a.xlsx", numbered(5), hidden=(3, 4))
    with opened(desk, tmp_path, qtbot) as window:
        page, card = window.bulk, window.bulk.recipients
        page.add_files([path])
        wait_for(qtbot, card, 1)
        assert card.figures.question.isVisible()
        assert card.figures.figures["hidden"].text() == "2"
        page.writing.text.setPlainText("hello")
        click(qtbot, page.send_button)
        assert "filtered out in the spreadsheet: 2" in page.notice.text
        click(qtbot, card.figures.leave_button)
        qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 3")
        assert [problem.line for problem in card.problems.rows] == [3, 4]
        click(qtbot, card.figures.take_button)
        qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 5")
        click(qtbot, card.figures.leave_button)
        qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 3")
        assert "Send 3 messages?" in send_it(qtbot, window, page.send_button)
        qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) == 3, timeout=10_000)


def test_numbers_on_the_blocklist_are_told(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    blocklist.add(desk, ["13800000001", "13800000002", "13900000000"])
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([make(tmp_path / "a.xlsx", numbered(5))])
        qtbot.waitUntil(lambda: card.figures.figures["blocked"].text() == "2", timeout=20_000)
        assert card.figures.figures["blocked"].isVisible()
        assert good(card) == "5"


def test_sheet_header_row_and_column_change_at_once_without_the_file(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    second = [["说明", ""], ["姓名", "手机"], ["甲", "13900000001"]]
    path = make(tmp_path / "a.xlsx", numbered(5), second)
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([path])
        wait_for(qtbot, card, 1)
        path.unlink()
        click(qtbot, button_called(card, "How “a.xlsx” is read…"))
        how = dialog(qtbot, ReadingDialog)
        assert isinstance(how, ReadingDialog)
        assert how.model.rowCount() == 6
        assert "named like a mobile number" in how.reason.text()
        how.sheet.setCurrentIndex(1)
        how.sheet.activated.emit(1)
        qtbot.waitUntil(lambda: good(card) == "1")
        assert (how.header.value(), how.column.currentText()) == (2, "手机")
        how.header.setValue(0)
        qtbot.waitUntil(lambda: card.figures.figures["rows"].text() == "3")
        how.header.setFocus()
        qtbot.mouseClick(how.header.lineEdit(), Qt.MouseButton.LeftButton)
        qtbot.keyClicks(how.header, "9")
        qtbot.waitUntil(lambda: "no row 9" in how.notice.text)
        assert how.header.value() == 0
        how.column.setCurrentIndex(0)
        how.column.activated.emit(0)
        qtbot.waitUntil(lambda: good(card) == "0")
        assert "chosen by you" in how.reason.text()
        how.accept()


def test_a_text_file_is_read_again_in_another_encoding(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名;手机号\n张三;13800000001\n李四;13800000002\n", encoding="gb18030")
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([path])
        wait_for(qtbot, card, 1)
        card.ask_how(card.importer.sources[0])
        how = dialog(qtbot, ReadingDialog)
        assert isinstance(how, ReadingDialog)
        assert (how.encoding.currentData(), how.separator.currentData()) == ("gb18030", ";")

        def choose(box: object, value: str) -> None:
            assert isinstance(box, type(how.encoding))
            box.setCurrentIndex(box.findData(value))
            box.activated.emit(box.currentIndex())
            qtbot.waitUntil(lambda: not how.is_busy, timeout=20_000)

        choose(how.separator, ",")
        assert how.column.count() == 1
        choose(how.encoding, "big5")
        assert how.encoding.currentData() == "big5"
        choose(how.encoding, "gb18030")
        assert how.column.currentText() == "手机号"
        path.unlink()
        choose(how.encoding, "utf-8")
        assert "a.csv" in how.notice.text
        assert how.encoding.currentData() == "gb18030"
        how.accept()


def test_a_file_without_a_number_column_asks_for_it(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        page, card = window.bulk, window.bulk.recipients
        page.add_files([make(tmp_path / "a.xlsx", [["姓名", "联系"], ["甲", "1380000"], ["乙", "x"]])])
        how = dialog(qtbot, ReadingDialog)
        assert isinstance(how, ReadingDialog)
        assert "No column looks like" in how.reason.text()
        how.reject()
        click(qtbot, page.send_button)
        assert "which column of “a.xlsx”" in page.notice.text
        card.ask_how(card.importer.sources[0])
        how = dialog(qtbot, ReadingDialog)
        assert isinstance(how, ReadingDialog)
        how.column.activated.emit(1)
        qtbot.waitUntil(lambda: card.problems.rowCount() == 2)
        how.accept()


def test_a_group_that_is_taken_off_while_it_is_read_anew_does_not_come_back(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    table = read_table(make(tmp_path / "g.xlsx", numbered(2)), stop=threading.Event(), tell=ignore)
    people.keep(desk, recipients(table), "会员", threading.Event(), ignore)
    slow = threading.Event()
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        card.add_group(people.group_named(desk, "会员"))
        wait_for(qtbot, card, 1)
        card.importer.leave_out(card.importer.sources[0], is_left_out=True)
        window.bulk.workplace.open_file(lambda _stop, _tell: slow.wait(20), ignore)  # a file that takes long
        window.bulk.workplace.changed.emit(Changed(people=True))
        card.importer.remove(card.importer.sources[0])
        slow.set()
        wait_for(qtbot, card, 0)


def test_what_was_typed_and_stopped_does_not_come_back(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.workplace.open_file(lambda stop, _tell: stop.wait(0.3), ignore)  # a file that takes long
        card.importer.type_in("13800000001", "Typed")
        card.importer.cancel()
        wait_for(qtbot, card, 0)
        card.importer.type_in("13800000002", "Typed")
        wait_for(qtbot, card, 1)
        assert good(card) == "1"
        card.importer.type_in("13800000003", "Typed")
        wait_for(qtbot, card, 1)
        qtbot.waitUntil(lambda: good(card) == "2")


def test_a_file_that_cannot_be_read_leaves_the_others(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(MEMBERS.read_bytes()[:2000])
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([broken, make(tmp_path / "a.xlsx", numbered(5)), tmp_path / "gone.csv"])
        wait_for(qtbot, card, 1)
        assert good(card) == "5"
        assert "broken.xlsx" in window.bulk.notice.text
        assert "gone.csv" in window.bulk.notice.text


def test_reading_is_stopped_within_a_second_and_leaves_the_list_as_it_was(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    large = tmp_path / "large.csv"
    large.write_text("手机号,名\n" + "".join(f"{13000000000 + n},客户{n}\n" for n in range(600_000)), encoding="utf-8")
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([make(tmp_path / "a.xlsx", numbered(5))])
        wait_for(qtbot, card, 1)
        window.bulk.add_files([large])
        qtbot.waitUntil(lambda: "row" in card.progress_line.text() and card.bar.isVisible(), timeout=20_000)
        started = time.monotonic()
        click(qtbot, card.stop_button)
        wait_for(qtbot, card, 1)
        assert time.monotonic() - started < 1
        assert good(card) == "5"
        assert not card.stop_button.isVisible()


def test_wrong_rows_are_saved_to_be_mended(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.xlsx"
    monkeypatch.setattr("smsdesk.ui.widgets.recipients_card.QFileDialog.getSaveFileName", lambda *_args: (str(out), ""))
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([make(tmp_path / "a.xlsx", [*numbered(2), ["丙", "1380"]])])
        wait_for(qtbot, card, 1)
        click(qtbot, card.rejects_button)
        qtbot.waitUntil(lambda: "Rows: 1." in window.bulk.notice.text, timeout=10_000)
        window.bulk.add_files([out])
        wait_for(qtbot, card, 2)
        assert card.problems.rowCount() == 2
