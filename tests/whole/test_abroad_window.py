"""Allowing an account to send abroad, and what the window then takes."""

from __future__ import annotations

from pathlib import Path

from conftest import stored_account
from pytestqt.qtbot import QtBot
from ui_windows import opened

from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.account import AccountDialog


def test_lines_with_numbers_from_abroad_are_right_as_soon_as_the_account_may_send_there(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        window.p2p.editor.setPlainText("13800003456#【示例商城】one\n+852 6123 4567#【示例商城】two")
        qtbot.waitUntil(lambda: window.p2p.counts.text().startswith("✓ Good 1 · ✗ Wrong 1"))
        assert "tick 'May send abroad'" in window.p2p._matter(window.p2p.wrong.rows[0])
        dialog = AccountDialog(window.p2p.workplace, account, window)
        dialog.show()
        assert not dialog.abroad.isChecked()
        dialog.abroad.setChecked(True)
        dialog.save_button.click()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5_000)
        assert desk.account(account.name).abroad
        qtbot.waitUntil(lambda: window.p2p.counts.text().startswith("✓ Good 2 · ✗ Wrong 0"), timeout=5_000)
        assert AccountDialog(window.p2p.workplace, desk.account(account.name), window).abroad.isChecked()
