"""The push receiver inside the window: settings, state, test, and what it brings to the pages."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from conftest import stored_account
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from test_window import Answering, button_named, click
from ui_windows import opened

from smsdesk.jobs.desk import Desk
from smsdesk.settings import settings as settings_file
from smsdesk.settings.settings import Settings
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.receiver import ReceiverDialog
from smsdesk.ui.main_window import MainWindow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def post(url: str, items: object) -> bytes:
    request = Request(url, json.dumps(items).encode(), {"Content-Type": "application/json"})
    with build_opener(ProxyHandler({})).open(request, timeout=10) as answer:
        return bytes(answer.read())


REPLY = {"flag": 0, "mid": "B1", "accessCode": "10690000", "mobile": "13800010001", "content": "好的"}


def opened_dialog(window: MainWindow, qtbot: QtBot) -> ReceiverDialog:
    shown = ReceiverDialog(window.bulk.workplace, window)
    shown.show()
    qtbot.waitUntil(lambda: shown.address.text() != "")
    return shown


def test_pushes_are_received_tested_and_shown_and_the_settings_are_kept(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    settings = Settings(poll_seconds=3600, push_port=free_port())
    with opened(desk, tmp_path, qtbot, settings=settings) as window:
        assert window.status.push_line.isHidden()
        shown = opened_dialog(window, qtbot)
        click(qtbot, shown.test_button)
        qtbot.waitUntil(lambda: "nothing listens" in shown.notice.text)
        shown.on.click()
        qtbot.waitUntil(lambda: "nothing came yet" in shown.state.text())
        assert not window.status.push_line.isHidden()
        click(qtbot, shown.test_button)
        qtbot.waitUntil(lambda: "has answered OK" in shown.notice.text)
        assert "nothing came yet" in shown.state.text()  # the test is no push
        click(qtbot, shown.copy_button)
        assert post(QApplication.clipboard().text(), [REPLY]) == b"OK"
        qtbot.waitUntil(lambda: "the last came at" in window.status.push_line.text())
        qtbot.waitUntil(lambda: window.tabs.tabText(window.tabs.indexOf(window.replies)) == "Replies (1)")
        shown.public.setText("https://sms.example.com/")
        shown.public.editingFinished.emit()
        qtbot.waitUntil(lambda: shown.address.text().startswith("https://sms.example.com/push/"))
    assert settings_file.load(tmp_path).push_on
    assert settings_file.load(tmp_path).push_public == "https://sms.example.com"


def test_a_new_address_ends_the_old_one(desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice) -> None:
    stored_account(desk, practice)
    settings = Settings(poll_seconds=3600, push_port=free_port(), push_on=True)
    with opened(desk, tmp_path, qtbot, settings=settings) as window:
        shown = opened_dialog(window, qtbot)
        before = shown.address.text()
        answering = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Make a new address")))
        click(qtbot, shown.renew_button)
        qtbot.waitUntil(lambda: answering.answered and shown.address.text() != before)
        receiver = window.bulk.workplace.receiver
        qtbot.waitUntil(lambda: receiver.state.url == shown.address.text(), timeout=15_000)
        assert post(shown.address.text(), [REPLY]) == b"OK"
        click(qtbot, shown.test_button)
        qtbot.waitUntil(lambda: "has answered OK" in shown.notice.text)
        assert shown.address.text().rpartition("/")[2] not in repr(receiver.state)


def test_a_port_in_use_is_told_and_another_one_helps(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    settings = Settings(poll_seconds=3600, push_port=practice.port, push_on=True)
    with opened(desk, tmp_path, qtbot, settings=settings) as window:
        shown = opened_dialog(window, qtbot)
        qtbot.waitUntil(lambda: "Cannot listen" in shown.state.text())
        assert "trouble" in window.status.push_line.text()
        click(qtbot, shown.test_button)
        qtbot.waitUntil(lambda: "Refused" in shown.notice.text)  # another program answers there
        shown.port.setValue(free_port())
        shown.port.editingFinished.emit()
        qtbot.waitUntil(lambda: "listening on port" in shown.state.text())
        shown.allowed.setText("nobody")
        shown.allowed.editingFinished.emit()
        assert "'nobody' is no IP address" in shown.notice.text
        shown.allowed.setText("192.0.2.1")
        shown.allowed.editingFinished.emit()
        qtbot.waitUntil(lambda: "listening on port" in shown.state.text())
        click(qtbot, shown.test_button)
        qtbot.waitUntil(lambda: "not among the allowed" in shown.notice.text, timeout=15_000)


def test_the_practice_gateway_pushes_into_the_window(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    settings = Settings(poll_seconds=3600, push_port=free_port(), push_on=True)
    with opened(desk, tmp_path, qtbot, settings=settings) as window:
        receiver = window.bulk.workplace.receiver
        qtbot.waitUntil(lambda: receiver.state.url != "")
        practice.set_push(receiver.state.url)
        practice.reply("13800010000", "退订")
        qtbot.waitUntil(lambda: "(1)" in window.tabs.tabText(window.tabs.indexOf(window.replies)))
        assert receiver.state.last is not None
