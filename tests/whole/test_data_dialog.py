"""The dialog of the data: backup, restore, old data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from checks import plan
from conftest import stored_account
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click
from ui_windows import opened

from smsdesk.domain.old_data import Removal
from smsdesk.jobs import keeping
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.data import DataDialog
from smsdesk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    plan(desk, stored_account(desk, practice), 3)
    with opened(desk, tmp_path / "data", qtbot) as found:
        yield found


@pytest.fixture
def data(window: MainWindow, qtbot: QtBot) -> Iterator[DataDialog]:
    shown = DataDialog(window.bulk.workplace, window)
    shown.show()
    yield shown
    shown.close()


def test_a_backup_is_made_and_restored_when_the_program_closes(
    qtbot: QtBot, window: MainWindow, data: DataDialog, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: "store.sqlite3" in data.place.text())
    path = tmp_path / "b.sqlite3"
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), "")):
        click(qtbot, data.backup_button)
    qtbot.waitUntil(lambda: "checked: 1 MB. Campaigns 1, messages 3" in data.notice.text)
    asked: list[str] = []

    def restore(box: object) -> None:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        click(qtbot, button_named(box, "Restore and close"))

    answering = Answering(QMessageBox, restore)
    with (
        mock.patch.object(QFileDialog, "getOpenFileName", return_value=(str(path), "")),
        qtbot.waitSignal(window.closed, timeout=15_000),
    ):
        click(qtbot, data.restore_button)
    assert answering.answered
    assert "messages 3" in asked[0]
    assert keeping.is_pending(tmp_path / "data")


def test_what_is_no_backup_is_told(qtbot: QtBot, data: DataDialog, tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_text("no")
    with mock.patch.object(QFileDialog, "getOpenFileName", return_value=(str(tmp_path / "a.sqlite3"), "")):
        click(qtbot, data.restore_button)
    qtbot.waitUntil(lambda: "is no backup" in data.notice.text)


def test_old_data_go_daily_only_after_the_counts_were_agreed_to(
    qtbot: QtBot, window: MainWindow, data: DataDialog
) -> None:
    workplace = window.bulk.workplace
    assert not data.daily.isEnabled()
    assert not data.clear_button.isEnabled()
    data.days.setValue(90)
    click(qtbot, data.count_button)
    qtbot.waitUntil(lambda: data.notice.text.startswith("Old: Messages 0"))
    assert not data.clear_button.isEnabled()  # there is nothing
    for button, agreed in (("Back", False), ("Do so every day", True)):
        answering = Answering(QMessageBox, lambda box, button=button: click(qtbot, button_named(box, button)))  # type: ignore[misc]
        data.daily.click()
        assert answering.answered
        assert workplace.settings.old_daily is agreed
    assert (workplace.settings.old_days, workplace.settings.old_how) == (90, Removal.ANONYMISE)
    data.days.setValue(30)  # not what was agreed to
    assert not data.daily.isChecked()
    assert not workplace.settings.old_daily


def test_copies_that_an_update_left_are_told_and_deleted_after_a_question(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    assert desk.database.file is not None
    copy = desk.database.file.with_name("backup-0009-20260101-000000.sqlite3")
    copy.write_bytes(b"earlier")
    log = copy.with_name(copy.name + "-wal")
    log.write_bytes(b"")
    data = DataDialog(window.bulk.workplace, window)
    data.show()
    qtbot.waitUntil(data.copies_button.isVisible)
    assert "earlier copies of the data, made at updates and restores: 1 (" in data.copies.text()

    def yes(box: object) -> None:
        assert isinstance(box, QMessageBox)
        click(qtbot, button_named(box, "Delete the copies"))

    answering = Answering(QMessageBox, yes)
    click(qtbot, data.copies_button)
    qtbot.waitUntil(lambda: not copy.exists() and not log.exists() and "Copies deleted: 1." in data.notice.text)
    assert answering.answered
    assert not data.copies_button.isVisible()
    data.close()
