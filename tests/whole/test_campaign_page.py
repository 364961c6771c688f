"""The campaign page on real sending: its figures, its drafts of those who got nothing, its report."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from checks import ignore, numbers, plan, plan_lines
from conftest import stored_account
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from ui_windows import opened

from smsdesk.domain.words import Language
from smsdesk.jobs import answering, blocklist, campaigns, planning, polling, sending, statis, statistics
from smsdesk.jobs.campaigns import Which
from smsdesk.jobs.desk import Desk
from smsdesk.settings.settings import Settings as Kept
from smsdesk.simulator.model import ALL_DELIVERED, Settings
from smsdesk.simulator.server import Practice
from smsdesk.ui import printing
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.tables.view import DataTable
from smsdesk.ui.widgets.reporter import ReportDialog
from smsdesk.ui.workplace import Changed

HALF_FAIL = replace(ALL_DELIVERED, failed=0.5, replied=0.3)
SELDOM = Kept(poll_seconds=3600)


@pytest.fixture
def failing() -> Iterator[Practice]:
    """A practice gateway where half of the messages fail, at once."""
    with Practice(settings=Settings(speed=0, rates=HALF_FAIL)) as gateway:
        yield gateway


def open_page(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.campaigns)
    qtbot.waitUntil(lambda: window.campaigns.view.found is not None, timeout=20_000)


def test_the_page_shows_what_became_of_a_campaign_and_makes_drafts_of_parts(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice
) -> None:
    account = stored_account(desk, failing)
    campaign = plan(desk, account, 60)
    sending.send(desk, campaign, threading.Event(), ignore)
    polling.pull(desk, account, threading.Event(), ignore)
    counts = campaigns.get(desk, campaign).counts
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        view = window.campaigns.view
        assert view.found is not None
        shown = {row.name: row.count for row in view.funnel.model.rows}
        assert (shown["Messages"], shown["Delivered"], shown["Failed"]) == (60, counts.delivered, counts.failed)
        assert sum(row.count for row in view.not_delivered.failures.model.rows) == counts.failed
        assert sum(row.total for row in view.operators.model.rows) == 60
        assert view.delivery.model.rows[-1].delivered_so_far == counts.delivered
        assert not view.not_delivered.drafts[Which.REJECTED].isEnabled()

        view.setCurrentIndex(2)
        view.not_delivered.failures.table.selectRow(0)
        reason = view.not_delivered.failures.model.rows[0]
        assert reason.code in view.not_delivered.drafts[Which.FAILED].text()
        qtbot.mouseClick(view.not_delivered.drafts[Which.FAILED], Qt.MouseButton.LeftButton)
        assert window.tabs.currentWidget() is window.bulk
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None)
        assert len(window.bulk.recipients.ready().recipients) == reason.count  # type: ignore[union-attr]
        assert window.bulk.writing.text.toPlainText() == "您好"


def test_the_chosen_campaign_stays_chosen_when_an_answer_leaves_the_list(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    chosen, _newer = plan(desk, account, 2), plan(desk, account, 2)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        page = window.campaigns
        page.show_campaign(chosen)
        order = answering.order(account, "13800000000", "好的", "回复")
        answer = planning.plan(desk, order, threading.Event(), ignore)
        page.workplace.changed.emit(Changed(campaigns=True))
        qtbot.waitUntil(lambda: page.model.rowCount() == 3)
        sending.send(desk, answer, threading.Event(), ignore)
        page.workplace.changed.emit(Changed(campaigns=True))
        qtbot.waitUntil(lambda: page.model.rowCount() == 2)
        assert page.model.rows[page.table.currentIndex().row()].id == chosen


def test_the_failed_lines_of_a_point_to_point_campaign_go_to_its_page(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    a, b = numbers(2)
    with Practice(settings=Settings(speed=0, rates=replace(ALL_DELIVERED, failed=1.0))) as practice:
        account = stored_account(desk, practice)
        campaign = plan_lines(desk, account, [(a, "甲"), (b, "乙")])
        sending.send(desk, campaign, threading.Event(), ignore)
        polling.pull(desk, account, threading.Event(), ignore)
        with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
            open_page(qtbot, window)
            window.campaigns.view.setCurrentIndex(2)
            qtbot.mouseClick(window.campaigns.view.not_delivered.drafts[Which.FAILED], Qt.MouseButton.LeftButton)
            assert window.tabs.currentWidget() is window.p2p
            qtbot.waitUntil(lambda: "甲" in window.p2p.editor.toPlainText())
            lines = window.p2p.editor.toPlainText().splitlines()
            assert [line.partition("#")[0] for line in lines] == [a, b]
            assert window.p2p.notice.text == "The messages are from “点对点”. Nothing has been sent."


def test_the_figures_follow_a_campaign_that_is_being_sent(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    campaign = plan(desk, account, 20)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        view = window.campaigns.view
        assert view.found is not None
        assert view.found.funnel.waiting == 20
        window.campaigns.workplace.send(campaign)
        qtbot.waitUntil(lambda: view.found is not None and view.found.funnel.accepted == 20, timeout=30_000)


def test_campaigns_chosen_together_are_compared(desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice) -> None:
    account = stored_account(desk, failing)
    for _ in range(2):
        sending.send(desk, plan(desk, account, 10), threading.Event(), ignore)
    polling.pull(desk, account, threading.Event(), ignore)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        page = window.campaigns
        page.view.setCurrentIndex(4)
        qtbot.waitUntil(page.view.comparison.hint.isVisible)
        page.table.selectAll()
        rows = page.view.comparison.chart.model
        qtbot.waitUntil(lambda: rows.rowCount() == 2)
        delivered = campaigns.get(desk, 2).counts.delivered
        assert rows.index(0, 3).data() == f"{100 * delivered / 10:.1f} %"


def save_report(window: MainWindow, qtbot: QtBot, chosen: Path) -> str:
    """Save the report under the name that was typed; returns what the page says then."""
    page = window.campaigns
    page.notice.hide()
    with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(chosen), "")):
        qtbot.mouseClick(page.report_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible, timeout=20_000)
    return page.notice.text


def test_the_report_is_a_pdf_in_which_nothing_is_taken_for_markup(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice
) -> None:
    account = stored_account(desk, failing)
    campaign = plan(desk, account, 10, "八折<img src='x'><b>优惠</b>&amp;")
    sending.send(desk, campaign, threading.Event(), ignore)
    polling.pull(desk, account, threading.Event(), ignore)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        page = window.campaigns
        assert page.view.found is not None
        report = printing.report(page.view.found.campaign, page.view.charts, page.workplace.say)
        text = printing.document(report, [printing.picture_of(one) for one in report.sections]).toPlainText()
        assert "八折<img src='x'><b>优惠</b>&amp;" in text
        assert "Funnel" in text
        assert "Messages 10 = Accepted 10" in text
        assert str(tmp_path / "报告.pdf") in save_report(window, qtbot, tmp_path / "报告")
        assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")


def test_a_report_that_cannot_be_saved_says_so_and_leaves_what_was_there(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice
) -> None:
    account = stored_account(desk, failing)
    sending.send(desk, plan(desk, account, 10), threading.Event(), ignore)
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"before")
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        # Nothing else is written meanwhile: the store would be short of room as well.
        polls = window.status.polls
        qtbot.waitUntil(lambda: len(polls) == 2 and all(one.next_in_s > 60 for one in polls.values()))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        room = max(one.stat().st_size for one in tmp_path.iterdir() if one.is_file()) + 10_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (min(room, 20_000), hard))  # as on a full disk
        try:
            said = save_report(window, qtbot, path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, before)
        assert "报告.pdf" in said
        assert "is saved" not in said
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".tmp")] == []


def test_a_report_is_made_in_steps_and_can_be_cancelled(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice
) -> None:
    account = stored_account(desk, failing)
    sending.send(desk, plan(desk, account, 10), threading.Event(), ignore)
    path = tmp_path / "报告.pdf"
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        page = window.campaigns
        with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), "")):
            qtbot.mouseClick(page.report_button, Qt.MouseButton.LeftButton)
        made = page.findChild(ReportDialog)
        assert made is not None
        assert made.maximum() == 1 + sum(bool(chart.model.rows) for chart in page.view.charts)
        made.cancel()
        qtbot.wait(500)
        assert not path.exists()


def test_the_chosen_reason_stays_chosen_while_figures_come_in(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice
) -> None:
    account = stored_account(desk, failing)
    sending.send(desk, plan(desk, account, 40), threading.Event(), ignore)
    polling.pull(desk, account, threading.Event(), ignore)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        view = window.campaigns.view
        view.setCurrentIndex(2)
        view.not_delivered.failures.table.selectRow(1)
        chosen = view.not_delivered.failures.model.rows[1].code
        with qtbot.waitSignal(view._figures.computed, timeout=20_000):
            window.campaigns.workplace.changed.emit(Changed(campaigns=True))
        failures = view.not_delivered.failures
        assert [failures.model.rows[row].code for row in failures.table.selected_rows()] == [chosen]
        assert chosen in view.not_delivered.drafts[Which.FAILED].text()


def test_the_page_says_why_people_were_left_out(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    account = stored_account(desk, practice)
    blocklist.add(desk, numbers(3))
    sending.send(desk, plan(desk, account, 10), threading.Event(), ignore)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        rows = window.campaigns.view.not_delivered.skips.model
        assert [rows.index(0, column).data() for column in range(rows.columnCount())] == [
            "3",
            "not sent: the number is on the blocklist",
        ]
        assert window.campaigns.view.funnel.summary.text().startswith("Messages 10 = Accepted 7 + Left out 3")


def test_the_comparison_is_read_only_while_it_is_seen(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    for _ in range(2):
        sending.send(desk, plan(desk, account, 10), threading.Event(), ignore)
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        view = window.campaigns.view
        with mock.patch.object(statistics, "compare", wraps=statistics.compare) as compare:
            window.campaigns.table.selectAll()
            for _ in range(5):
                view.refresh()
            qtbot.wait(300)
            assert compare.call_count == 0
            view.setCurrentIndex(4)
            for _ in range(5):
                view.refresh()
            qtbot.waitUntil(lambda: view.comparison.chart.model.rowCount() == 2)
            assert compare.call_count == 1


@pytest.mark.parametrize("language", Language)
def test_no_table_of_figures_scrolls_sideways_at_1280_by_720(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice, language: Language
) -> None:
    account = stored_account(desk, failing, price_li=45)
    blocklist.add(desk, numbers(3))
    for _ in range(2):
        sending.send(desk, plan(desk, account, 20), threading.Event(), ignore)
        polling.pull(desk, account, threading.Event(), ignore)
    statis.ask(desk, account, *statis.last_days())
    with opened(desk, tmp_path, qtbot, language=language, settings=SELDOM) as window:
        window.resize(1280, 720)
        open_page(qtbot, window)
        window.campaigns.table.selectAll()
        seen = set[str]()
        for page, views in ((window.campaigns, window.campaigns.view), (window.balance, window.balance.views)):
            window.tabs.setCurrentWidget(page)
            for place in range(views.count()):
                views.setCurrentIndex(place)
                qtbot.wait(300)
                for table in page.findChildren(DataTable):
                    if table.isVisible():
                        header = table.horizontalHeader()
                        assert table.horizontalScrollBar().maximum() == 0, table.accessibleName()
                        for section in range(header.count()):
                            assert header.sectionSize(section) >= header.sectionSizeHint(section), (
                                table.accessibleName()
                            )
                        seen.add(table.accessibleName())
        assert len(seen) == 12
