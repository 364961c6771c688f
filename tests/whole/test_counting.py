"""How a text is counted in the window, and what it costs: as the gateway counts it and takes it off the balance."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from checks import ignore, plan
from conftest import stored_account
from pytestqt.qtbot import QtBot
from test_window import click, import_members, is_done, send_it
from ui_windows import opened

from smsdesk.jobs import campaigns, sending
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.account import AccountDialog


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * 160, "Characters 160 · GSM septets 160 · segments 1 · counted 160/153 · ¥0.05 a person"),
        ("a" * 159 + "€", "Characters 160 · GSM septets 161 · segments 2 · counted 160/153 · ¥0.10 a person"),
        ("a" * 69 + "，", "Characters 70 · UTF-16 units 70 · segments 1 · counted 70/67 because of “，” · "),
        ("Hi，您好\u200b，再见", "counted 70/67 because of “， 您 好 U+200B 再” …"),
    ],
)
def test_an_account_that_counts_gsm_says_which_characters_cost_length(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, text: str, said: str
) -> None:
    stored_account(desk, practice, signature="", gsm7=True)
    with opened(desk, tmp_path, qtbot) as window:
        window.bulk.writing.text.insertPlainText(text)
        assert said in window.bulk.writing.length.text()


def test_the_account_dialog_says_how_it_counts_and_the_window_follows(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice, signature="")
    with opened(desk, tmp_path, qtbot) as window:
        bulk, p2p = window.bulk, window.p2p
        import_members(qtbot, window)
        bulk.writing.text.insertPlainText("a" * 160)
        p2p.editor.setPlainText("13800003456#" + "a" * 160)
        assert "segments 3" in bulk.writing.length.text()
        qtbot.waitUntil(lambda: "Segments 3" in p2p.counts.text())
        dialog = AccountDialog(bulk.workplace, account, window)
        dialog.show()
        assert not dialog.gsm7.isChecked()
        dialog.gsm7.setChecked(True)
        click(qtbot, dialog.save_button)
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5_000)
        qtbot.waitUntil(lambda: "Segments 1" in p2p.counts.text(), timeout=5_000)
        assert "segments 1 · counted 160/153" in bulk.writing.length.text()
        assert AccountDialog(bulk.workplace, desk.account(account.name), window).gsm7.isChecked()
        shown = send_it(qtbot, window, bulk.send_button)
        assert shown[shown.index("Charged segments") - 1] == "282"
        qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
        assert campaigns.get(desk, 1).counts.segments == 282


def test_what_a_campaign_costs_is_an_estimate_where_no_price_was_entered(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice, price_li=0)
    customer = practice.gateway.accounts[practice.account]
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.writing
        import_members(qtbot, window)
        card.text.insertPlainText("您好")
        shown = send_it(qtbot, window, window.bulk.send_button)
        assert shown[shown.index("Cost") - 1] == "not known"
        assert "a person" not in card.length.text()
        qtbot.waitUntil(lambda: is_done(desk), timeout=20_000)
        qtbot.waitUntil(lambda: card.length.text().endswith("segments 1 · about ¥0.05 a person"), timeout=5_000)
        before = customer.balance_li
        shown = send_it(qtbot, window, window.bulk.send_button)
        qtbot.waitUntil(lambda: is_done(desk, 2), timeout=20_000)
        assert before - customer.balance_li == 14_100
        assert shown[shown.index("Estimated cost") - 1] == "¥14.10"
        assert "¥985.90 · the cost is an estimate from earlier sends" in shown


def test_the_price_that_is_known_is_that_of_the_account(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice, price_li=0)
    sending.send(desk, plan(desk, account), Event(), ignore)
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.writing
        card.text.insertPlainText("您好")
        qtbot.waitUntil(lambda: "about ¥0.05 a person" in card.length.text(), timeout=5_000)
        other = stored_account(desk, practice, name="另一个", price_li=0)
        window.bulk.workplace.reload_accounts(lambda: window.bulk.workplace.choose(other))
        qtbot.waitUntil(lambda: "a person" not in card.length.text(), timeout=5_000)
