"""The campaign page on real sending: its figures, its drafts of those who got nothing, its report."""

from __future__ import annotations

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

from smsdesk.jobs import campaigns, polling, sending
from smsdesk.jobs.campaigns import Which
from smsdesk.jobs.desk import Desk
from smsdesk.settings.settings import Settings as Kept
from smsdesk.simulator.model import ALL_DELIVERED, Settings
from smsdesk.simulator.server import Practice
from smsdesk.ui import printing
from smsdesk.ui.main_window import MainWindow

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
        assert sum(row.count for row in view.failures.model.rows) == counts.failed
        assert sum(row.total for row in view.operators.model.rows) == 60
        assert view.delivery.model.rows[-1].delivered_so_far == counts.delivered
        assert not view.drafts[Which.REJECTED].isEnabled()

        view.setCurrentIndex(2)
        view.failures.table.selectRow(0)
        reason = view.failures.model.rows[0]
        assert reason.code in view.drafts[Which.FAILED].text()
        qtbot.mouseClick(view.drafts[Which.FAILED], Qt.MouseButton.LeftButton)
        assert window.tabs.currentWidget() is window.bulk
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None)
        assert len(window.bulk.recipients.ready().recipients) == reason.count  # type: ignore[union-attr]
        assert window.bulk.writing.text.toPlainText() == "您好"


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
            qtbot.mouseClick(window.campaigns.view.drafts[Which.FAILED], Qt.MouseButton.LeftButton)
            assert window.tabs.currentWidget() is window.p2p
            qtbot.waitUntil(lambda: "甲" in window.p2p.editor.toPlainText())
            lines = window.p2p.editor.toPlainText().splitlines()
            assert [line.partition("#")[0] for line in lines] == [a, b]


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
        assert page.view.comparison.hint.isVisible()
        page.table.selectAll()
        rows = page.view.comparison.chart.model
        qtbot.waitUntil(lambda: rows.rowCount() == 2)
        delivered = campaigns.get(desk, 2).counts.delivered
        assert rows.index(0, 3).data() == f"{100 * delivered / 10:.1f} %"


def test_the_report_is_a_pdf_in_which_nothing_is_taken_for_markup(
    desk: Desk, tmp_path: Path, qtbot: QtBot, failing: Practice
) -> None:
    account = stored_account(desk, failing)
    campaign = plan(desk, account, 10, "八折<img src='x'><b>优惠</b>&amp;")
    sending.send(desk, campaign, threading.Event(), ignore)
    polling.pull(desk, account, threading.Event(), ignore)
    path = tmp_path / "报告.pdf"
    with opened(desk, tmp_path, qtbot, settings=SELDOM) as window:
        open_page(qtbot, window)
        page = window.campaigns
        assert page.view.found is not None
        text = printing.document(page.view.found.campaign, page.view.charts).toPlainText()
        assert "八折<img src='x'><b>优惠</b>&amp;" in text
        assert "Funnel" in text
        with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(path), "")):
            qtbot.mouseClick(page.report_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(page.notice.isVisible)
        assert path.read_bytes().startswith(b"%PDF")
