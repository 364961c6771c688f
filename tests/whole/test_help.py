"""The keys of the window, and the Help menu."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot
from test_window import Answering
from ui_windows import SAMPLES, opened

from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui import shortcuts
from smsdesk.ui.dialogs.about import AboutDialog
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.dialogs.settings import SettingsDialog
from smsdesk.ui.dialogs.shortcuts import ShortcutsDialog
from smsdesk.ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    with opened(desk, tmp_path / "data", qtbot) as found:
        found.activateWindow()
        qtbot.waitUntil(found.isActiveWindow)
        yield found


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def test_a_list_is_opened_and_sent_by_keys_alone(qtbot: QtBot, window: MainWindow, practice: Practice) -> None:
    sheet = str(SAMPLES / "客户导出.csv")
    press(qtbot, window, Qt.Key.Key_4)
    with mock.patch.object(QFileDialog, "getOpenFileNames", return_value=([sheet], "")):
        press(qtbot, window, Qt.Key.Key_O)
    assert window.tabs.currentWidget() is window.bulk
    qtbot.waitUntil(lambda: window.bulk.recipients.result is not None, timeout=20_000)
    window.bulk.writing.text.setFocus()
    qtbot.keyClicks(window.bulk.writing.text, "Hello")
    answering = Answering(ConfirmDialog, lambda box: box.reject())
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: answering.answered, timeout=10_000)
    assert practice.gateway.ledger.accepted == []


def test_ctrl_f_goes_to_the_search_of_the_page_and_f5_fetches(qtbot: QtBot, window: MainWindow) -> None:
    for page, field in ((window.replies, window.replies.filters.search), (window.people, window.people.search)):
        window.tabs.setCurrentWidget(page)
        window.tabs.tabBar().setFocus()
        press(qtbot, window, Qt.Key.Key_F)
        assert field.hasFocus()
    with mock.patch.object(window._workplace, "poll_now", wraps=window._workplace.poll_now) as fetched:
        press(qtbot, window, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert fetched.call_count == 1


def test_f1_lists_every_key_that_is_installed_and_no_other(qtbot: QtBot, window: MainWindow) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ShortcutsDialog)
        model = dialog.model
        seen.extend(str(model.index(row, 0).data()) for row in range(model.rowCount()))
        dialog.reject()

    answering = Answering(ShortcutsDialog, look)
    press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: answering.answered)
    native = QKeySequence.SequenceFormat.NativeText
    own = {one.key().toString(native) for one in window.findChildren(QShortcut) if one.parent() is window}
    doubles = {QKeySequence(key).toString(native) for one in shortcuts.TABLE for key in one.keys[1:]}
    acting = {QKeySequence(one.keys[0]).toString(native) for one in shortcuts.TABLE if one.act}
    assert own == acting | doubles
    assert acting < set(seen)
    assert len(seen) == len(set(seen)) == len(shortcuts.TABLE)


def test_ctrl_comma_opens_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    answering = Answering(SettingsDialog, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    press(qtbot, window, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: answering.answered)


def entry(window: MainWindow, name: str) -> None:
    """Choose an entry of the Help menu."""
    menus = window.findChildren(QMenu)
    next(action for menu in menus for action in menu.actions() if action.text() == name).trigger()


def test_the_help_menu_saves_a_bundle_and_tells_the_version(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "help.zip"
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), "")):
        entry(window, "Save a support bundle…")
    qtbot.waitUntil(lambda: "is saved as “help.zip”" in window.notice.text, timeout=10_000)
    assert "about.json" in zipfile.ZipFile(path).namelist()
    told: dict[str, str] = {}

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, AboutDialog)
        told.update({name: licence for name, _version, licence in dialog.model.rows})
        dialog.reject()

    answering = Answering(AboutDialog, look)
    entry(window, "About SMS Desk")
    qtbot.waitUntil(lambda: answering.answered)
    assert told["Lucide"] == "ISC"
    assert "LGPL" in told["PySide6_Essentials"]
    assert all(licence not in ("", "–") for licence in told.values()), told


def test_the_sample_lists_are_put_into_a_folder_and_one_is_opened_from_there(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    mine = folder / "点对点.xlsx"
    mine.write_bytes(b"mine")
    with mock.patch.object(QFileDialog, "getExistingDirectory", return_value=str(folder)):
        entry(window, "Sample lists…")
        qtbot.waitUntil(lambda: "会员名单.xlsx" in window.notice.text, timeout=10_000)
    assert sorted(one.name for one in folder.iterdir()) == ["会员名单.xlsx", "客户导出.csv", "点对点.xlsx"]
    assert mine.read_bytes() == b"mine", "what a person has written stays"
    asked: list[str] = []

    def choose(_parent: object, _title: str, where: str, *_more: object) -> tuple[list[str], str]:
        asked.append(where)
        return [str(folder / "会员名单.xlsx")], ""

    with mock.patch.object(QFileDialog, "getOpenFileNames", choose):
        window.notice.action.click()
    assert asked == [str(folder)]
    qtbot.waitUntil(lambda: window.bulk.recipients.result is not None, timeout=20_000)
