"""The balance page: what is held or owed, its history, what was spent, the gateway's figures, and the warning."""

from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from checks import ignore, people, plan
from conftest import stored_account
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from test_window import button_named
from ui_windows import opened

from smsdesk.domain.account import Account
from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Language
from smsdesk.jobs import balances, checking, polling, rendering, sending
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Order
from smsdesk.simulator.model import ChargeType, Edition
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.account import AccountDialog
from smsdesk.ui.dialogs.confirm import ConfirmDialog
from smsdesk.ui.dialogs.limit import LimitDialog
from smsdesk.ui.tables.columns import ColumnsModel


@pytest.fixture
def account(desk: Desk, practice: Practice) -> Account:
    return stored_account(desk, practice, price_li=45)


def send(desk: Desk, account: Account, count: int = 10) -> None:
    sending.send(desk, plan(desk, account, count), threading.Event(), ignore)


def cells(model: ColumnsModel, row: int = 0) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_what_was_spent_is_shown_by_day_and_by_campaign(
    desk: Desk, account: Account, tmp_path: Path, qtbot: QtBot
) -> None:
    send(desk, account)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.balance
        window.tabs.setCurrentWidget(page)
        qtbot.waitUntil(lambda: page.figure.text() == "¥999.50")
        qtbot.waitUntil(lambda: page.history.chart.model.rowCount() == 2)
        assert [row[1:3] for row in (cells(page.history.chart.model, n) for n in range(2))] == [
            ["¥999.50", "↓ ¥0.50"],
            ["¥1,000.00", ""],
        ]
        page.views.setCurrentIndex(1)
        qtbot.waitUntil(lambda: page.days.chart.model.rowCount() > 0)
        assert cells(page.days.chart.model)[1:5] == ["¥0.50", "–", "10", "¥0.45"]
        page.views.setCurrentIndex(2)
        qtbot.waitUntil(lambda: page.costs.model.rowCount() == 1)
        assert cells(page.costs.model)[3:] == ["10", "¥0.50", "✓ Measured"]
        assert page.lasts.isHidden()  # two readings of one day tell nothing


@pytest.mark.parametrize(
    ("language", "says", "cell"),
    [(Language.EN, "Owed (credit used)", "owed ¥12.34"), (Language.ZH, "欠费（已用额度）", "欠费 ¥12.34")],
)
def test_what_is_owed_is_said_in_words(
    desk: Desk,
    account: Account,
    practice: Practice,
    tmp_path: Path,
    qtbot: QtBot,
    language: Language,
    says: str,
    cell: str,
) -> None:
    customer = practice.gateway.accounts[practice.account]
    customer.charge_type, customer.balance_li = ChargeType.POSTCHARGE, -12_340
    with opened(desk, tmp_path, qtbot, language=language) as window:
        page = window.balance
        window.tabs.setCurrentWidget(page)
        qtbot.waitUntil(lambda: page.figure.text() == "–")
        page.ask_button.click()
        qtbot.waitUntil(lambda: page.figure.text() == "¥12.34")
        assert page.heading.text() == says
        qtbot.waitUntil(lambda: page.history.chart.model.rowCount() == 1)
        assert cells(page.history.chart.model)[1] == cell


def test_a_balance_below_the_limit_is_warned_of_on_the_window(
    desk: Desk, account: Account, practice: Practice, tmp_path: Path, qtbot: QtBot
) -> None:
    balances.ask(desk, account)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.balance
        assert window.low_balance.isHidden()
        assert page.workplace.account is not None
        asked = LimitDialog(page.workplace, page.workplace.account, window)
        asked.show()
        asked.warn.setChecked(True)
        asked.amount.setValue(1000.5)
        asked.pause.setChecked(True)
        asked.save_button.click()
        qtbot.waitUntil(lambda: "below your limit of ¥1,000.50, and campaigns pause" in window.low_balance.text)
        window.low_balance.action.click()
        assert window.tabs.currentWidget() is page
        qtbot.waitUntil(lambda: page.limit.text().startswith("! The balance is below your limit"))
        assert window.low_balance.isHidden()  # until another account is low
        practice.gateway.accounts[practice.account].balance_li = 2_000_000
        page.ask_button.click()
        qtbot.waitUntil(lambda: page.limit.text() == "✓ You are warned below ¥1,000.50.")
        practice.gateway.accounts[practice.account].balance_li = 1
        page.ask_button.click()
        qtbot.waitUntil(lambda: "Balance ¥0.001" in window.low_balance.text)
    (kept,) = balances.low(desk)
    assert (kept.account.warn_below_li, kept.account.pause_below) == (1_000_500, True)


def test_a_limit_survives_a_change_of_the_account(desk: Desk, account: Account, tmp_path: Path, qtbot: QtBot) -> None:
    balances.set_limit(desk, account, -5_000, pause_below=True)
    with opened(desk, tmp_path, qtbot) as window:
        changed = AccountDialog(window.balance.workplace, window.balance.workplace.account, window)
        changed.show()
        changed.fields.name.setText("改名")
        changed.save_button.click()
        qtbot.waitUntil(lambda: [one.name for one in window.balance.workplace.accounts] == ["改名"])
        kept = window.balance.workplace.accounts[0]
        assert (kept.warn_below_li, kept.pause_below, kept.id) == (-5_000, True, account.id)


def test_the_gateways_figures_stand_beside_ours(desk: Desk, account: Account, tmp_path: Path, qtbot: QtBot) -> None:
    send(desk, account)
    polling.pull(desk, account, threading.Event(), ignore)
    with opened(desk, tmp_path, qtbot) as window:
        page = window.balance
        window.tabs.setCurrentWidget(page)
        page.views.setCurrentIndex(3)
        qtbot.waitUntil(lambda: page.gateway.state.text() == "Not asked yet.")
        page.gateway.ask_button.click()
        qtbot.waitUntil(lambda: "Once an hour is advised" in page.gateway.state.text())
        assert cells(page.gateway.model)[1:5] == ["✓ The same", "10", "10", "10"]
        assert not page.gateway.ask_button.isEnabled()


def test_a_gateway_without_figures_is_told_of_quietly(
    desk: Desk, account: Account, practice: Practice, tmp_path: Path, qtbot: QtBot
) -> None:
    practice.gateway.settings.edition = Edition.FIRST
    with opened(desk, tmp_path, qtbot) as window:
        page = window.balance
        window.tabs.setCurrentWidget(page)
        page.views.setCurrentIndex(3)
        page.gateway.ask_button.click()
        qtbot.waitUntil(lambda: page.gateway.state.text() == "This gateway has no figures of its own.")
        assert page.notice.isHidden()


def test_without_an_account_the_page_says_what_to_do(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        page = window.balance
        window.tabs.setCurrentWidget(page)
        qtbot.waitUntil(page.empty.isVisible)
        assert button_named(page.empty, "Connect an account").isEnabled()
        assert not page.ask_button.isVisible()
        assert page.views.isHidden()


def test_the_last_look_before_sending_names_what_is_owed_and_how_far_off_it_starts(
    desk: Desk, account: Account, practice: Practice, tmp_path: Path, qtbot: QtBot
) -> None:
    customer = practice.gateway.accounts[practice.account]
    customer.charge_type, customer.balance_li = ChargeType.POSTCHARGE, -12_340
    balances.ask(desk, account)
    limited = dataclasses.replace(account, warn_below_li=-12_400, pause_below=True)
    order = Order(limited, "任务", "您好", "测试", people(10))
    checked = checking.check(desk, order, *rendering.lines_of(order))
    last_look = ConfirmDialog(limited, checked, (now() + timedelta(days=40), None), Language.EN, 1_000)
    qtbot.addWidget(last_look)
    shown = [label.text() for label in last_look.findChildren(QLabel)]
    assert {"¥0.45", "owed so far: ¥12.34"} <= set(shown)
    assert any("more is owed than your limit of ¥12.40, and it will pause there" in text for text in shown)
    assert any(text.endswith(", in 40 days") for text in shown)
