"""What is there again the next time the program starts, and what is not."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from checks import plan
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot
from ui_windows import opened

from smsdesk.domain.message import Status
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.listing import By
from smsdesk.simulator.server import Practice
from smsdesk.ui.tables import view
from smsdesk.ui.widgets import parts


def test_page_columns_sort_filters_and_halves_are_as_they_were_left(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.campaigns)
        halves = window.campaigns.findChild(QSplitter)
        assert halves is not None
        halves.moveSplitter(halves.sizes()[0] + 60, 1)
        sizes = halves.sizes()
        window.tabs.setCurrentWidget(window.replies)
        window.replies.filters.only_unread.click()
        window.tabs.setCurrentWidget(window.reports)
        page = window.reports
        page.mobile.setText("13800000000")
        page.status.setCurrentIndex(page.status.findData(Status.FAILED))
        head = page.table.horizontalHeader()
        head.resizeSection(3, 222)
        head.moveSection(head.visualIndex(1), 0)
        head.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    file = tmp_path / "window.json"
    assert "13800000000" not in file.read_text(encoding="utf-8"), "what was typed is not remembered"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with opened(desk, tmp_path, qtbot) as window:
        assert "reports" in vars(window), "the page that was open last is the first"
        assert "bulk" not in vars(window), "and the only one that was made"
        page = window.reports
        assert window.tabs.currentWidget() is page
        head = page.table.horizontalHeader()
        assert (head.sectionSize(3), head.visualIndex(1)) == (222, 0)
        assert (page.model.order.by, page.model.order.descending) == (By.MOBILE, False)
        assert (page.wanted.status, page.wanted.mobile) == (Status.FAILED, "")
        window.tabs.setCurrentWidget(window.campaigns)
        halves = window.campaigns.findChild(QSplitter)
        assert halves is not None
        assert halves.sizes() == sizes
        window.tabs.setCurrentWidget(window.replies)
        assert window.replies.filters.only_unread.isChecked()


def test_what_was_remembered_by_another_version_or_changed_by_hand_does_no_harm(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    fewer = {"order": [0, 1], "widths": [10, 10], "hidden": [], "sort": [1, 0]}
    every = {"order": list(range(9)), "widths": [100] * 9, "hidden": list(range(9)), "sort": [-1, 1]}
    wrongs: tuple[object, ...] = (
        fewer,
        every,
        {"order": None},
        "x",
        [],
        7,
        [5, "x", 3],
        [5, "2026-05-02", "2026-05-01"],
    )
    for wrong in wrongs:
        values = {"page": 3, "ReportsPage.status": 99, "ReportsPage.days": wrong}
        values |= {"ReportsPage.": wrong, "CampaignsPage.halves": wrong}
        (tmp_path / "window.json").write_text(json.dumps(values), encoding="utf-8")
        with opened(desk, tmp_path, qtbot) as window:
            assert window.tabs.currentWidget() is window.bulk
            window.tabs.setCurrentWidget(window.reports)
            window.tabs.setCurrentWidget(window.campaigns)
            assert window.reports.table.columnWidth(1) == 120
            assert window.reports.status.currentIndex() == window.reports.days.choice.currentIndex() == 0


def test_the_count_of_unread_replies_is_there_before_the_page_is(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    plan(desk, account, 1, "您好")
    practice.reply("13800010000", "好的")
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: window.tabs.tabText(4) == "Replies (1)")
        assert "replies" not in vars(window)


def test_rows_that_were_never_in_sight_are_copied_and_too_many_are_not(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(desk, stored_account(desk, practice), 350, "您好")
    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.reports)
        page = window.reports
        qtbot.waitUntil(lambda: page.count.text() == "350 messages")
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QGuiApplication.clipboard().clear()
        qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
        lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
        assert len({line[1] for line in lines}) == 350
        QGuiApplication.clipboard().clear()
        monkeypatch.setattr(view, "MOST_COPIED", 349)
        said: list[str] = []
        monkeypatch.setattr(parts, "ask", lambda box: said.append(box.text()))
        page.table.copy()
        assert said == ["At most 349 rows can be copied, and 350 are selected. “Export…” saves them as a file."]
        assert QGuiApplication.clipboard().text() == ""
