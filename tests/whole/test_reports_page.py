"""The page of status reports: what it lists, how it is narrowed and sorted, and how far it can be scrolled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from checks import numbers, plan, plan_lines
from conftest import stored_account
from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import update
from ui_windows import dialog, opened

from smsdesk.domain.chinatime import now, written
from smsdesk.domain.message import Delivery, State, Status
from smsdesk.jobs import receiving
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.store.schema import campaigns, messages
from smsdesk.ui.dialogs.foreign_reports import ForeignReportsDialog
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.pages.reports import ReportsPage
from smsdesk.ui.tables import listed


def page_of(qtbot: QtBot, window: MainWindow, messages: str) -> ReportsPage:
    """The page, when it lists so many messages."""
    window.tabs.setCurrentWidget(window.reports)
    lists(qtbot, window.reports, messages)
    return window.reports


def lists(qtbot: QtBot, page: ReportsPage, messages: str) -> None:
    qtbot.waitUntil(lambda: page.count.text() == messages)


def cells(qtbot: QtBot, page: ReportsPage, column: int) -> list[str]:
    """What a column says, when it has been read."""
    places = [page.model.index(row, column) for row in range(page.model.rowCount())]
    qtbot.waitUntil(lambda: all(page.model.row_at(row) is not None for row in range(page.model.rowCount())))
    return [place.data() for place in places]


def test_filters_hold_together_and_are_taken_off_by_one_button(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    plan(desk, account, 12, "您好")
    plan_lines(desk, account, [(mobile, f"第{n}条") for n, mobile in enumerate(numbers(5))])
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "17 messages")
        page.text.setText("第")
        lists(qtbot, page, "5 messages")
        page.mobile.setText(numbers(2)[1])
        lists(qtbot, page, "1 message")
        assert cells(qtbot, page, 8) == ["第1条"]
        assert cells(qtbot, page, 2) == ["◷ Waiting"]
        page.status.setCurrentIndex(page.status.findData(Status.DELIVERED))
        page.status.activated.emit(0)
        lists(qtbot, page, "0 messages")
        qtbot.mouseClick(page.clear_button, Qt.MouseButton.LeftButton)
        lists(qtbot, page, "17 messages")


def test_a_click_on_a_head_sorts_and_a_further_one_turns_the_order_round(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    plan(desk, stored_account(desk, practice), 30)
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "30 messages")
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            page.table.horizontalHeader().setSortIndicator(1, order)
            with qtbot.waitSignal(page.model.modelReset):
                pass
            expected = sorted(numbers(30), reverse=order is Qt.SortOrder.DescendingOrder)
            assert cells(qtbot, page, 1) == expected
        qtbot.mouseClick(page.clear_button, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(page.model.modelReset):
            pass
        assert cells(qtbot, page, 1) == numbers(30)[::-1]
        assert not page.notice.isVisible()  # a list that gave way to another is no trouble


def test_a_long_list_is_read_as_it_is_scrolled_and_shown_a_part_at_a_time(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST", 500)
    monkeypatch.setattr("smsdesk.ui.pages.reports.MOST", 500)
    plan(desk, stored_account(desk, practice), 1200)
    newest_first = numbers(1200)[::-1]
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "1,200 messages")
        tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert cells(qtbot, page, 1) == newest_first[:500]
        assert page.part.text() == "1 to 500"
        page.on_button.click()
        page.on_button.click()
        assert page.part.text() == "1,001 to 1,200"
        assert not page.on_button.isEnabled()
        assert cells(qtbot, page, 1) == newest_first[1000:]
        page.back_button.click()
        assert cells(qtbot, page, 1) == newest_first[500:1000]
        del tester


def test_a_report_that_comes_in_shows_in_the_row_that_is_in_sight(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    campaign_id = plan(desk, account, 3)
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "3 messages")
        assert cells(qtbot, page, 2) == ["◷ Waiting"] * 3
        window.bulk.workplace.send(campaign_id)
        qtbot.waitUntil(lambda: page.model.index(0, 3).data() == "DELIVRD", timeout=15_000)
        qtbot.waitUntil(lambda: cells(qtbot, page, 2) == ["✓ Delivered"] * 3)


def test_a_report_of_a_message_that_was_not_sent_from_here_is_found_under_not_ours(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    body = '[{"flag":1,"mid":"AB12","mobile":"13800004321","stat":"MA:0001","time":"2026-05-01 12:00:00"}]'
    receiving.take_in(desk, receiving.keep(desk, account.id, receiving.PUSH, body.encode()))
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "0 messages")

        def look() -> None:
            found = dialog(qtbot, ForeignReportsDialog)
            assert isinstance(found, ForeignReportsDialog)
            qtbot.waitUntil(lambda: found.model.rowCount() == 1)
            assert [found.model.index(0, column).data() for column in (1, 2, 3)] == [
                "13800004321",
                "✗ Failed",
                "MA:0001",
            ]
            assert not found.empty.isVisible()
            found.accept()

        QTimer.singleShot(0, look)
        page.foreign_button.click()


def test_a_number_is_found_however_it_is_typed(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    plan(desk, stored_account(desk, practice), 5)
    third = numbers(5)[2]
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "5 messages")
        for typed in (f"+86 {third[:3]}-{third[3:7]} {third[7:]}", f"0086{third}", f" {third[:3]} {third[3:]}"):
            page.mobile.setText(typed)
            page._show()
            lists(qtbot, page, "1 message")
            assert cells(qtbot, page, 1) == [third]


def test_a_result_of_the_gateway_is_a_code_too_and_the_chosen_row_is_explained(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    plan(desk, stored_account(desk, practice), 3)
    refused = numbers(3)[1]
    with desk.database.write() as conn:
        conn.execute(update(messages).where(messages.c.mobile == refused).values(state=State.REJECTED, result=15))
        conn.execute(update(campaigns).values(queued=2, rejected=1))
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "3 messages")
        assert not page.detail.isVisible()
        page.stat.setText("15")
        lists(qtbot, page, "1 message")
        assert cells(qtbot, page, 1) == [refused]
        page.table.selectRow(0)
        assert page.detail.isVisible()
        assert "topped up" in page.detail.text()
        page.stat.setText("1")  # no beginning of a number: result 15 is not result 1
        lists(qtbot, page, "0 messages")


def test_a_search_that_is_stopped_says_that_there_may_be_more(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    plan(desk, stored_account(desk, practice), 3)
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "3 messages")
        assert not page.stop_button.isVisible()
        page._show()
        assert page.stop_button.isVisible()
        page.stop_button.click()
        qtbot.waitUntil(lambda: page.count.text().startswith("The search was stopped"))
        assert not page.stop_button.isVisible()


def test_days_are_chosen_as_two_dates_of_china(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    plan(desk, stored_account(desk, practice), 3)
    # in China the last second of 1 May, the first of 2 May, and now
    times = datetime(2026, 5, 1, 15, 59, 59, tzinfo=UTC), datetime(2026, 5, 1, 16, 0, tzinfo=UTC), now()
    with desk.database.write() as conn:
        for mobile, at in zip(numbers(3), times, strict=True):
            conn.execute(update(messages).where(messages.c.mobile == mobile).values(submitted_at=at))
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "3 messages")
        assert not page.days.first.isVisible()
        choose(page, "Today")
        lists(qtbot, page, "1 message")
        assert cells(qtbot, page, 1) == [numbers(3)[2]]
        assert page.days.first.date() == page.days.last.date()
        page.days.first.setDate(QDate(2026, 5, 1))
        assert page.days.choice.currentText() == "From day to day"
        lists(qtbot, page, "3 messages")
        page.days.last.setDate(QDate(2026, 5, 1))
        lists(qtbot, page, "1 message")
        assert cells(qtbot, page, 1) == [numbers(3)[0]]
        page.days.first.setDate(QDate(2026, 5, 2))  # takes the last day with it
        assert page.days.last.date() == QDate(2026, 5, 2)
        qtbot.waitUntil(lambda: cells(qtbot, page, 1) == [numbers(3)[1]])
        qtbot.mouseClick(page.clear_button, Qt.MouseButton.LeftButton)
        lists(qtbot, page, "3 messages")
        assert not page.days.first.isVisible()


def choose(page: ReportsPage, days: str) -> None:
    page.days.choice.setCurrentText(days)
    page.days.choice.activated.emit(page.days.choice.currentIndex())


def test_the_days_are_there_the_next_time_and_a_quick_choice_means_the_days_of_then(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    plan(desk, stored_account(desk, practice), 2)
    with desk.database.write() as conn:
        conn.execute(update(messages).where(messages.c.mobile == numbers(2)[0]).values(submitted_at=now()))
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "2 messages")
        choose(page, "Today")
        lists(qtbot, page, "1 message")
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "1 message")
        assert page.days.choice.currentText() == "Today"
        assert page.days.first.isVisible()
        assert page.days.last.text() == written(now())[:10]
        page.days.first.setDate(QDate(2026, 5, 1))
        page.days.last.setDate(QDate(2026, 5, 2))
        lists(qtbot, page, "0 messages")
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "0 messages")
        assert page.days.choice.currentText() == "From day to day"
        assert (page.days.first.text(), page.days.last.text()) == ("2026-05-01", "2026-05-02")
        qtbot.mouseClick(page.clear_button, Qt.MouseButton.LeftButton)
        lists(qtbot, page, "2 messages")
    with opened(desk, tmp_path, qtbot) as window:
        assert not page_of(qtbot, window, "2 messages").days.first.isVisible()


def test_while_it_searches_the_page_says_how_far_it_is(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smsdesk.store.listing._AT_ONCE", 10)
    plan(desk, stored_account(desk, practice), 200)
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "200 messages")
        said: list[str] = []
        page.model.found.connect(lambda: said.append(page.count.text()))
        page.text.setText("nobody wrote this")
        lists(qtbot, page, "0 messages")
        assert "Messages so far: 0; 50 % searched…" in said


def test_the_campaigns_page_leads_to_the_reports_of_one_that_is_too_old_for_the_list(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smsdesk.ui.pages.reports._CAMPAIGNS", 1)
    account = stored_account(desk, practice)
    old, new = plan(desk, account, 3), plan(desk, account, 2)
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "5 messages")
        qtbot.waitUntil(lambda: page.campaign.count() == 3)
        last = page.campaign.model().index(2, 0)
        assert [page.campaign.itemData(place) for place in range(3)] == [None, new, None]
        assert "on the page “Campaigns”" in last.data()
        assert not last.flags() & Qt.ItemFlag.ItemIsEnabled
        page.text.setText("nobody wrote this")
        lists(qtbot, page, "0 messages")
        for _ in range(2):  # the list of campaigns is read again each time
            window.tabs.setCurrentWidget(window.campaigns)
            qtbot.waitUntil(lambda: window.campaigns.model.rowCount() == 2)
            window.campaigns.table.selectRow(1)
            qtbot.mouseClick(window.campaigns.reports_button, Qt.MouseButton.LeftButton)
            lists(qtbot, page, "3 messages")
            qtbot.waitUntil(lambda: page.campaign.count() == 4)
            assert page.campaign.currentData() == old


def test_the_failed_ones_of_the_chosen_campaign_are_a_new_list(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    well, failing = plan(desk, account, 2, "您好"), plan(desk, account, 4, "再见")
    failed = numbers(4)[1:3]
    with desk.database.write() as conn:
        of_it = (messages.c.campaign_id == failing) & messages.c.mobile.in_(failed)
        conn.execute(
            update(messages).where(of_it).values(state=State.ACCEPTED, delivery=Delivery.FAILED, stat="UNDELIV")
        )
        conn.execute(update(campaigns).where(campaigns.c.id == failing).values(queued=2, accepted=2, failed=2))
    with opened(desk, tmp_path, qtbot) as window:
        page = page_of(qtbot, window, "6 messages")
        assert not page.again_button.isEnabled()
        qtbot.waitUntil(lambda: page.campaign.count() == 3)
        choose_campaign(page, well)
        lists(qtbot, page, "2 messages")
        page.again_button.click()
        qtbot.waitUntil(lambda: page.notice.text == "No message of this campaign has failed.")
        choose_campaign(page, failing)
        lists(qtbot, page, "4 messages")
        page.again_button.click()
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None)
        result = window.bulk.recipients.result
        assert window.tabs.currentWidget() is window.bulk
        assert result
        assert sorted(one.mobile for one in result.recipients) == failed
        assert "再见" in window.bulk.writing.text.toPlainText()


def choose_campaign(page: ReportsPage, campaign_id: int) -> None:
    page.campaign.setCurrentIndex(page.campaign.findData(campaign_id))
    page.campaign.activated.emit(page.campaign.currentIndex())
