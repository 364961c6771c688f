from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_windows import SAMPLES, descendants, opened

from smsdesk.domain.words import Language
from smsdesk.jobs.desk import Desk
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.data import DataDialog
from smsdesk.ui.dialogs.numbers import NumbersDialog
from smsdesk.ui.dialogs.opt_out_words import OptOutWordsDialog
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.dialogs.reading import ReadingDialog
from smsdesk.ui.dialogs.receiver import ReceiverDialog
from smsdesk.ui.dialogs.settings import SettingsDialog
from smsdesk.ui.dialogs.templates import TemplatesDialog
from smsdesk.ui.widgets.elided import Elided


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not call by a name."""
    controls = [
        widget
        for widget in descendants(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parent(), QAbstractScrollArea | QAbstractSpinBox)
        and widget.window().windowType() is not Qt.WindowType.Popup
        and not widget.objectName().startswith("qt_")
    ]
    assert controls
    return [f"{type(widget).__name__} in {type(widget.parent()).__name__}" for widget in controls if not _name(widget)]


def mute(root: QWidget) -> list[str]:
    """Texts that a screen reader does not say, since the label's name takes their place. (A sign's name is a word.)"""
    return [
        f"{label.text()}, called {label.accessibleName()}"
        for label in root.findChildren(QLabel)
        if len(label.text()) > 1 and label.accessibleName() and label.text() not in label.accessibleName()
        if not isinstance(label, Elided)
    ]


def purposeless(root: QWidget) -> list[str]:
    """Boxes to choose from of which only the value is told: on Linux Qt calls them by it, whatever their name is."""
    return [f"{box.accessibleName()}: {box.currentText()}" for box in root.findChildren(QComboBox) if not _purpose(box)]


def _purpose(box: QComboBox) -> str:
    if box.accessibleDescription():
        return box.accessibleDescription()
    labels = (label for label in box.window().findChildren(QLabel) if label.buddy() is box)
    return " ".join(label.text() for label in labels)


def _interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def _name(widget: QWidget) -> str:
    return str(_interface(widget).text(QAccessible.Text.Name))


@pytest.mark.parametrize("language", list(Language))
def test_every_control_of_the_window_and_its_dialogs_has_a_name(
    desk: Desk, tmp_path: Path, qtbot: QtBot, language: Language
) -> None:
    with opened(desk, tmp_path, qtbot, language=language) as window:
        workplace = window.bulk.workplace
        window.bulk.add_files([SAMPLES / "客户导出.csv"])
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None, timeout=20_000)
        table = window.bulk.recipients.importer.sources[0].table
        dialogs: list[QDialog] = [
            SettingsDialog(workplace, window),
            ReceiverDialog(workplace, window),
            DataDialog(workplace, window),
            AccountDialog(workplace, None, window),
            ReadingDialog(workplace, table, "a.csv", window),
            TemplatesDialog(workplace, window),
            OptOutWordsDialog(workplace, window),
            PersonDialog(workplace, "13800010000", window),
            NumbersDialog(workplace, "Add people", "Group", QLineEdit(), "Add %1 people", window),
        ]
        for root in (window, *dialogs):
            assert nameless(root) == []
            assert mute(root) == []
            assert purposeless(root) == []


def test_the_pages_can_be_reached_by_keyboard(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        window.activateWindow()
        for place in range(window.tabs.count()):
            qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.ControlModifier)
            assert window.tabs.currentIndex() == place
