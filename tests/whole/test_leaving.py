"""Closing the window while a campaign runs, and the tray meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from checks import assert_ledger_agrees, plan
from conftest import stored_account
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click, import_members, is_done, send_it
from ui_windows import opened

from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.domain.message import State
from smsdesk.jobs import campaigns, scheduling
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.faults import Kind
from smsdesk.simulator.server import Practice
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.tray import Tray
from smsdesk.ui.workplace import Changed


@pytest.fixture
def sending(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> Iterator[MainWindow]:
    """A window that sends 282 messages, which takes some seconds."""
    stored_account(desk, practice, batch=10, connections=1)
    practice.faults.add(Kind.SLOW, "p2p", seconds=0.1)
    with opened(desk, tmp_path, qtbot) as window:
        import_members(qtbot, window)
        window.bulk.writing.text.insertPlainText("{姓名}")
        send_it(qtbot, window, window.bulk.send_button, "The first row only")
        qtbot.waitUntil(lambda: len(practice.gateway.ledger.accepted) > 0, timeout=10_000)
        yield window


def close(qtbot: QtBot, window: MainWindow, button: str, *, has_tray: bool) -> None:
    with (
        mock.patch.object(QSystemTrayIcon, "isSystemTrayAvailable", return_value=has_tray),
        mock.patch.object(QSystemTrayIcon, "show"),  # this desktop has none
    ):
        answering = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, button)))
        window.close()
        assert answering.answered


def campaign_entries(tray: Tray) -> list[QAction]:
    return [action for action in tray.menu.actions() if action.text().startswith("▶")]


def test_closing_while_a_campaign_is_sent_asks_and_pauses_it(
    desk: Desk, qtbot: QtBot, practice: Practice, sending: MainWindow
) -> None:
    close(qtbot, sending, "Keep the window open", has_tray=True)
    assert sending.isVisible()
    with qtbot.waitSignal(sending.closed):
        close(qtbot, sending, "Pause and close", has_tray=True)
    assert not sending.isVisible()
    assert sending.replies.workplace.close(15)
    found = campaigns.get(desk, 1)
    assert found.state is CampaignState.PAUSED
    assert found.counts.in_doubt == 0
    assert sum(1 for _ in campaigns.every_message(desk, 1, State.ACCEPTED)) == len(practice.gateway.ledger.accepted)


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_in_the_tray_a_campaign_goes_on_shows_its_progress_and_tells_its_end(
    desk: Desk, qtbot: QtBot, practice: Practice, sending: MainWindow
) -> None:
    tray = Tray(sending.replies.workplace, sending)
    ended: list[bool] = []
    sending.closed.connect(lambda: ended.append(True))
    with mock.patch.object(QSystemTrayIcon, "showMessage") as told:
        close(qtbot, sending, "Go on in the tray", has_tray=True)
        assert not sending.isVisible()
        qtbot.waitUntil(lambda: any(" % of 282" in entry.text() for entry in campaign_entries(tray)))
        assert " % of 282" in tray.icon.toolTip()
        qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
        qtbot.waitUntil(lambda: told.call_count > 0 and not campaign_entries(tray))
    assert told.call_args.args[0].endswith("✓ Done")
    assert ended == []
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert sending.isVisible()
    assert_ledger_agrees(desk, practice)
    sending.hide()
    with qtbot.waitSignal(sending.closed):  # nothing is sent any more: nothing is asked
        next(action for action in tray.menu.actions() if action.text() == "Quit").trigger()


def test_a_campaign_is_paused_from_the_tray(desk: Desk, qtbot: QtBot, practice: Practice, sending: MainWindow) -> None:
    tray = Tray(sending.replies.workplace, sending)
    sending.replies.workplace.changed.emit(Changed(campaigns=True))
    qtbot.waitUntil(lambda: len(campaign_entries(tray)) == 1)
    entry = campaign_entries(tray)[0].menu()
    assert isinstance(entry, QMenu)
    entry.actions()[0].trigger()
    qtbot.waitUntil(lambda: campaigns.get(desk, 1).state is CampaignState.PAUSED and not campaign_entries(tray))
    assert len(practice.gateway.ledger.accepted) < 282


def test_without_a_tray_it_goes_on_minimised(desk: Desk, qtbot: QtBot, sending: MainWindow) -> None:
    close(qtbot, sending, "Go on, minimised", has_tray=False)
    assert sending.isMinimized()
    assert sending.isVisible()
    qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)


def test_closing_pauses_what_waits_for_its_turn_behind_another_campaign(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    """Else it would say for ever that it waits for its turn, and nobody would send it."""
    account = stored_account(desk, practice, batch=2, connections=1)
    practice.faults.add(Kind.SLOW, "send", seconds=0.2)
    first, second, later = (plan(desk, account, 40) for _ in range(3))
    with opened(desk, tmp_path, qtbot) as window:
        for campaign_id in (first, second, later):
            window.bulk.workplace.send(campaign_id)
        qtbot.waitUntil(lambda: bool(practice.gateway.ledger.accepted), timeout=10_000)
        qtbot.waitUntil(lambda: sum(len(lane._open) for lane in window.bulk.workplace._sending.values()) == 3)
        scheduling.enqueue(desk, later, now() + timedelta(hours=1))
    states = [campaigns.get(desk, campaign_id).state for campaign_id in (first, second, later)]
    assert states == [CampaignState.PAUSED, CampaignState.PAUSED, CampaignState.SCHEDULED]
    assert_ledger_agrees(desk, practice)
