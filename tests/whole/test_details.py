"""The button 'Details': what the gateway's support needs, and nothing about people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checks import numbers, plan
from conftest import account_at, stored_account
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from test_window import click
from ui_windows import opened

from smsdesk.domain.account import Secret
from smsdesk.domain.errors import GatewayProblem
from smsdesk.domain.words import Language, Words
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.main_window import MainWindow


@pytest.fixture
def window(desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    stored_account(desk, practice)
    with opened(desk, tmp_path / "data", qtbot) as found:
        yield found


def test_a_refused_balance_request_can_be_copied_for_the_support(
    qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice
) -> None:
    account = desk.account("练习")
    desk.passwords.put(account.key, Secret("wrong-secret"))
    told: list[object] = []

    def ask(desk: Desk) -> object:
        with desk.client(account) as client:
            return client.balance()

    window._workplace.ask(ask, told.append, window.bulk.complain)
    qtbot.waitUntil(lambda: "(3)" in window.bulk.notice.text)
    notice = window.bulk.notice
    assert notice.details_button.isVisible()
    click(qtbot, notice.details_button)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(notice.text)
    for fact in ("action: balance", "status: 3", f"access number: {account.extno}", "time: 20"):
        assert fact in copied
    assert "wrong-secret" not in copied
    notice.say("Something else", "bad")
    assert not notice.details_button.isVisible()
    assert told == []


def test_details_of_a_failed_send_have_no_number_and_no_text(desk: Desk, practice: Practice) -> None:
    account = stored_account(desk, practice)
    desk.passwords.put(account.key, Secret("wrong-secret"))
    mobiles = numbers(7)
    with desk.client(account) as client:
        sends: tuple[Callable[[], object], ...] = (
            lambda: client.send(mobiles, "冬季特卖"),
            lambda: client.p2p([(mobile, "冬季特卖") for mobile in mobiles]),
        )
        for send in sends:
            with pytest.raises(GatewayProblem) as caught:
                send()
            details = caught.value.words.details
            assert "numbers: 7: 138********" in details
            assert "status: 3" in details
            for private in (*mobiles, "冬季特卖", "wrong-secret", account.login):
                assert private not in details


def test_details_go_through_the_store_and_do_not_make_another_sentence() -> None:
    plain = Words("被拒绝（{code}）。", "Refused ({code}).")
    detailed = plain.with_details("status: {3}").with_details("batch: 7")
    assert detailed == plain
    assert Words.from_json(detailed.to_json()).details == "status: {3}\nbatch: 7"
    assert Words.from_json(plain.to_json()).details == ""
    assert Words.from_json('["旧", "old"]').text(Language.EN) == "old"
    assert detailed.fill(code=3).details == "status: {3}\nbatch: 7"


def test_a_gateway_that_is_not_there_is_told_with_details(desk: Desk, practice: Practice) -> None:
    account = account_at(practice, url="http://127.0.0.1:9/sms", name="别处")
    desk.passwords.put("", Secret("x"))
    with desk.client(account) as client, pytest.raises(GatewayProblem) as caught:
        client.balance()
    assert "outcome: NotSent" in caught.value.words.details


def test_a_paused_campaign_tells_its_batch(qtbot: QtBot, window: MainWindow, desk: Desk, practice: Practice) -> None:
    practice.faults.add("status", "send", code=2)
    plan(desk, desk.account("练习"), 3)
    window._workplace.send(1)
    progress = window.bulk.progress
    progress.show_campaign(1)
    qtbot.waitUntil(lambda: not progress.details.isHidden(), timeout=10_000)
    progress.details.click()
    copied = QGuiApplication.clipboard().text()
    assert "action: send" in copied
    assert "status: 2" in copied
    assert "batch: 1" in copied
    assert not any(number in copied for number in numbers(3))
