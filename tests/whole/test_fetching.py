"""The window while it fetches: what it says, what it shows of what could not be read, how often pages read again."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from checks import new_campaign, numbers, plan
from conftest import stored_account
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from test_window import click
from ui_windows import dialog, opened

from smsdesk.domain.campaign import CampaignState
from smsdesk.jobs import campaigns, receiving, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.polling import Came
from smsdesk.settings.settings import Settings
from smsdesk.simulator.server import Practice
from smsdesk.ui import workplace as workplace_module
from smsdesk.ui.dialogs.fetching import FetchingDialog
from smsdesk.ui.dialogs.raw_answers import RawAnswersDialog


def test_the_status_bar_says_of_the_account_that_fails_what_since_when_and_why(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    stored_account(desk, practice, name="坏的", url="http://127.0.0.1:9/sms")
    with opened(desk, tmp_path, qtbot) as window:
        line = window.status.fetch_line
        qtbot.waitUntil(lambda: "No connection to the gateway" in line.accessibleName(), timeout=10_000)
        assert "! 坏的: " in line.accessibleName()
        assert "not fetched since" in line.accessibleName()
        assert "last success –" in line.accessibleName()
        qtbot.waitUntil(lambda: len(window.status.polls) == 4, timeout=10_000)
        shown = FetchingDialog(window._workplace, window.status.polls, window)
        shown.show()
        model = shown.model
        states = {(model.index(n, 0).data(), model.index(n, 2).data()) for n in range(model.rowCount())}
        assert states == {("练习", "✓ fetched"), ("坏的", "✗ failing")}
        shown.close()


def test_an_answer_that_could_not_be_read_is_shown_saved_tried_again_and_set_aside(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    bodies = [b"<b>502</b> \xff", b"busy"]
    for body in bodies:
        receiving.take_in(desk, receiving.keep(desk, account.id, "mo", body))
    file = tmp_path / "answer.txt"
    with opened(desk, tmp_path, qtbot, settings=Settings(poll_seconds=3600)) as window:
        qtbot.waitUntil(lambda: window.status.unread_button.text() == "! Answers that could not be read: 2…")
        shown = RawAnswersDialog(window._workplace, window)
        shown.show()
        assert dialog(qtbot, RawAnswersDialog) is shown
        qtbot.waitUntil(lambda: shown.text.toPlainText() == "busy")
        shown.table.selectRow(1)
        qtbot.waitUntil(lambda: shown.text.toPlainText() == "<b>502</b> \ufffd")
        assert "not the JSON" in shown.why.text()
        with mock.patch.object(QFileDialog, "getSaveFileName", return_value=(str(file), "")):
            click(qtbot, shown.save_button)
        qtbot.waitUntil(lambda: shown.notice.text == f"Saved as {file}.")
        assert file.read_bytes() == bodies[0]
        click(qtbot, shown.retry_button)
        qtbot.waitUntil(lambda: shown.notice.text == "Come in: reports 0, replies 0.")
        qtbot.waitUntil(lambda: shown.model.rowCount() == 2)
        for left in (1, 0):
            qtbot.waitUntil(lambda: bool(shown.selected()))
            click(qtbot, shown.aside_button)
            qtbot.waitUntil(lambda left=left: shown.model.rowCount() == left)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not window.status.unread_button.isVisible())
        shown.close()


def test_pages_are_told_of_what_comes_in_at_a_bounded_rate_and_of_all_of_it(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(desk, tmp_path, qtbot) as window, mock.patch.object(workplace_module, "_NEWS_MS", 1):
        told: list[workplace_module.Changed] = []
        window._workplace.changed.connect(told.append)
        for _ in range(1000):
            window._workplace.came(Came(reports=1))
        window._workplace.came(Came(replies=1, opted_out=1))
        assert len(told) == 1
        qtbot.waitUntil(lambda: len(told) == 2, timeout=10_000)
        assert told[1].reports
        assert told[1].replies
        assert told[1].blocklist


def test_reports_that_come_in_are_shown_by_themselves(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, stop: object
) -> None:
    account = stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.reports)
        campaign = plan(desk, account, 3)
        sending.send(desk, campaign, stop, lambda _news: None)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: window.reports.model.rowCount() == 3, timeout=10_000)


def test_a_campaign_that_another_program_died_sending_is_found_and_told(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        with desk.database.write() as conn:
            left = new_campaign(conn, numbers(3), account.id)
        window._workplace._look_for_due()
        qtbot.waitUntil(lambda: "A program ended while it was sending" in window.notice.text, timeout=10_000)
    assert campaigns.get(desk, left).state is CampaignState.PAUSED
