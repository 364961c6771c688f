"""The page of people: groups from files, each person's tags and history, and sending to them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from checks import ignore, new_campaign, numbers
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from test_window import Answering, click, is_done, send_it
from ui_windows import opened

from smsdesk.jobs import blocklist, importing, people
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.people import Group
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.numbers import NumbersDialog
from smsdesk.ui.dialogs.person import PersonDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.workplace import Changed

A, B, C = numbers(3)


@pytest.fixture
def window(desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as found:
        found.tabs.setCurrentWidget(found.people)
        yield found


@pytest.fixture
def members(tmp_path: Path) -> Path:
    file = tmp_path / "会员.csv"
    file.write_text(f"姓名,手机号,等级\n王伟,{A},金卡\n李芳,{B},银卡\n张敏,{C},金卡\n", "utf-8")
    return file


def rows(window: MainWindow, column: int = 0) -> list[str]:
    model = window.people.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def groups(window: MainWindow) -> list[tuple[str, str]]:
    model = window.people.groups
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def add(qtbot: QtBot, window: MainWindow, file: Path, group: str) -> None:
    """Add the people of a file to a group, by the dialog."""

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NumbersDialog)
        name = next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Group")
        name.setText(group)
        dialog.card.add([file])
        qtbot.waitUntil(dialog.go.isEnabled, timeout=10_000)
        click(qtbot, dialog.go)

    window.people.notice.hide()
    answering = Answering(NumbersDialog, fill)
    click(qtbot, window.people.add_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: bool(window.people.notice.text))


def test_a_file_becomes_a_group(qtbot: QtBot, window: MainWindow, members: Path) -> None:
    qtbot.waitUntil(window.people.empty.isVisible)
    add(qtbot, window, members, "会员")
    assert window.people.notice.text == "New people: 3, known: 0; joined the group: 3."
    qtbot.waitUntil(lambda: groups(window) == [("Everybody", "3"), ("会员", "3")])
    qtbot.waitUntil(lambda: rows(window) == [C, B, A])
    assert rows(window, 4)[0] == "等级: 金卡"
    assert not window.people.empty.isVisible()


def test_a_group_without_a_name_is_told_before_the_list_is_lost(
    qtbot: QtBot, window: MainWindow, members: Path, desk: Desk
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NumbersDialog)
        dialog.card.add([members])
        qtbot.waitUntil(dialog.go.isEnabled, timeout=10_000)
        click(qtbot, dialog.go)
        assert dialog.isVisible()
        assert dialog.notice.text == "“Group” is empty."
        dialog.reject()

    answering = Answering(NumbersDialog, fill)
    click(qtbot, window.people.add_button)
    qtbot.waitUntil(lambda: answering.answered)
    assert people.size(desk) == 0


def test_two_numbers_that_are_typed_one_after_the_other_are_both_there(qtbot: QtBot, window: MainWindow) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NumbersDialog)
        for mobile in (A, B):
            qtbot.keyClicks(dialog.typed, mobile)
            qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.go.text() == "Add people: 2", timeout=10_000)
        dialog.reject()

    answering = Answering(NumbersDialog, fill)
    click(qtbot, window.people.add_button)
    qtbot.waitUntil(lambda: answering.answered)


def test_a_number_without_enter_counts_and_a_wrong_one_is_told(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NumbersDialog)
        next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Group").setText("组")
        qtbot.keyClicks(dialog.typed, f"{A} {B}, 1380000123")
        qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.go.text() == "Add people: 2", timeout=10_000)
        assert dialog.card.result is not None
        (problem,) = dialog.card.result.problems
        assert (problem.line, problem.value) == (3, "1380000123")
        qtbot.keyClicks(dialog.typed, C)
        click(qtbot, dialog.go)
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    answering = Answering(NumbersDialog, fill)
    click(qtbot, window.people.add_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: people.size(desk) == 3)
    assert {one.mobile for one in people.rows(desk)} == {A, B, C}


@pytest.fixture
def groups_of_one(desk: Desk, window: MainWindow, tmp_path: Path) -> list[Group]:
    """Two groups whose names differ in what a path would not tell apart, each with one person."""
    for name, mobile in (("华东/客户", A), ("华东//客户", B)):
        file = tmp_path / f"{mobile}.csv"
        file.write_text(f"手机号\n{mobile}\n", "utf-8")
        table = importing.read_table(file, stop=threading.Event(), tell=ignore)
        people.keep(desk, importing.recipients(table), name, threading.Event(), ignore)
    window.bulk.workplace.changed.emit(Changed(people=True))
    return people.groups(desk)


def test_groups_with_names_alike_are_two_lists(qtbot: QtBot, window: MainWindow, groups_of_one: list[Group]) -> None:
    card = window.bulk.recipients
    for group in groups_of_one:
        card.add_group(group)
        card.add_group(group)
    qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 2")
    assert [source.name for source in card.importer.sources] == ["Group: 华东／／客户", "Group: 华东／客户"]


def test_a_group_that_changes_is_another_list_at_once(
    qtbot: QtBot, window: MainWindow, desk: Desk, groups_of_one: list[Group]
) -> None:
    card = window.bulk.recipients
    for group in groups_of_one:
        card.add_group(group)
    qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 2")
    (first,) = people.rows(desk, groups_of_one[0].id)
    people.leave_group(desk, groups_of_one[0].id, [first.id])
    window.bulk.workplace.changed.emit(Changed(people=True))
    qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 1")


def test_a_group_is_written_to_without_those_of_another(
    qtbot: QtBot, window: MainWindow, members: Path, desk: Desk, practice: Practice, tmp_path: Path
) -> None:
    add(qtbot, window, members, "会员")
    staff = tmp_path / "员工.csv"
    staff.write_text(f"手机号\n{B}\n", "utf-8")
    add(qtbot, window, staff, "员工")
    qtbot.waitUntil(lambda: len(groups(window)) == 3)
    window.people.groups_table.selectRow(1)
    click(qtbot, window.people.send_button)
    card = window.bulk.recipients
    assert window.tabs.currentWidget() is window.bulk
    qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 3")
    actions = {action.text(): action for action in card.groups_button.menu().actions()}
    assert list(actions) == ["Everybody (3)", "会员 (3)", "员工 (1)"]
    actions["员工 (1)"].trigger()
    qtbot.waitUntil(lambda: len(card.importer.sources) == 2)
    name = "Leave out whoever is in “Group: 员工”"

    def second() -> QPushButton | None:
        buttons = card.findChildren(QPushButton)
        return next((one for one in buttons if one.accessibleName() == name and one.isVisible()), None)

    qtbot.waitUntil(lambda: second() is not None)
    found = second()
    assert found is not None
    click(qtbot, found)
    qtbot.waitUntil(lambda: card.summary.text() == "Numbers to send to: 2")
    assert card.figures.figures["excluded"].text() == "1"
    window.bulk.writing.text.insertPlainText("{姓名}您好，{等级}")
    send_it(qtbot, window, window.bulk.send_button)
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
    assert sorted((one.mobile, one.content) for one in practice.gateway.ledger.accepted) == [
        (A, "【示例商城】王伟您好，金卡"),
        (C, "【示例商城】张敏您好，金卡"),
    ]


def test_a_persons_tags_and_note_are_kept_and_found(
    qtbot: QtBot, window: MainWindow, members: Path, desk: Desk
) -> None:
    add(qtbot, window, members, "会员")
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    window.people.table.selectRow(rows(window).index(B))

    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        qtbot.waitUntil(lambda: dialog.name.text() == "李芳")
        dialog.tags.setFocus()
        qtbot.keyClicks(dialog.tags, "VIP old")
        qtbot.keyClick(dialog.tags, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: people.rows(desk, search="VIP") != [])
        dialog.accept()

    answering = Answering(PersonDialog, write)
    click(qtbot, window.people.open_button)
    qtbot.waitUntil(lambda: answering.answered)
    qtbot.waitUntil(lambda: window.findChildren(PersonDialog) == [])  # a closed one would go on reading
    qtbot.keyClicks(window.people.search, "vip")
    qtbot.waitUntil(lambda: rows(window) == [B])
    assert rows(window, 2) == ["VIP old"]


def test_a_long_history_is_read_on_and_saved_as_a_whole(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.database.write() as conn:
        new_campaign(conn, [A] * 1100, contents=[str(n) for n in range(1100)])
    dialog = PersonDialog(window.people.workplace, A, window)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.events.rowCount() == 500, timeout=5_000)
    click(qtbot, dialog.earlier_button)
    qtbot.waitUntil(lambda: dialog.events.rowCount() == 1000, timeout=5_000)
    click(qtbot, dialog.earlier_button)
    qtbot.waitUntil(lambda: dialog.events.rowCount() == 1100, timeout=5_000)
    assert not dialog.earlier_button.isVisible()
    assert dialog.events.index(1099, 2).data() == "0"
    window.people.workplace.changed.emit(Changed(reports=True))
    blocklist.add(desk, [A])
    window.people.workplace.changed.emit(Changed(blocklist=True))
    qtbot.waitUntil(lambda: "on the blocklist" in dialog.state.text(), timeout=5_000)
    assert dialog.events.rowCount() == 1100, "what was read on stays when something happens"
    saved = tmp_path / "a.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), "CSV"))
    click(qtbot, dialog.export_button)
    qtbot.waitUntil(lambda: saved.exists() and saved.read_text("utf-8-sig").count("\n") == 1102, timeout=10_000)
    dialog.close()


def test_groups_are_renamed_and_removed_and_people_leave(
    qtbot: QtBot, window: MainWindow, members: Path, desk: Desk
) -> None:
    add(qtbot, window, members, "会员")
    qtbot.waitUntil(lambda: len(groups(window)) == 2)
    page = window.people
    page.groups_table.selectRow(1)
    with mock.patch.object(QInputDialog, "getText", return_value=("老会员", True)):
        click(qtbot, page.rename_button)
    qtbot.waitUntil(lambda: groups(window)[1] == ("老会员", "3"))
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    page.table.selectRow(0)
    click(qtbot, page.leave_button)
    qtbot.waitUntil(lambda: groups(window) == [("Everybody", "3"), ("老会员", "2")])
    click(qtbot, page.notice.action)
    qtbot.waitUntil(lambda: groups(window) == [("Everybody", "3"), ("老会员", "3")])
    click(qtbot, page.drop_button)
    qtbot.waitUntil(lambda: groups(window) == [("Everybody", "3")])
    click(qtbot, page.notice.action)
    qtbot.waitUntil(lambda: groups(window) == [("Everybody", "3"), ("老会员", "3")])
    qtbot.waitUntil(lambda: page.notice.text == "")
    page.groups_table.selectRow(1)
    click(qtbot, page.drop_button)
    qtbot.waitUntil(lambda: groups(window) == [("Everybody", "3")])
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    page.table.selectAll()
    click(qtbot, page.remove_button)
    qtbot.waitUntil(lambda: people.size(desk) == 0)
    qtbot.waitUntil(lambda: page.notice.text.startswith("People taken out of the address book"))
    click(qtbot, page.notice.action)
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
