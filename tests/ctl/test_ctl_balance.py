"""Limits of the balance, its history, spending, and the gateway's own figures."""

from __future__ import annotations

from ctl.calling import Ctl
from smsdesk.simulator.model import ChargeType, Edition
from smsdesk.simulator.server import Practice

SEND = ("send", "--account", "demo", "--to", "13800010000,13800010001", "--text")


def test_a_limit_is_set_changed_and_taken_away(ctl: Ctl) -> None:
    change = ("account", "add", "demo", "--replace")
    limited = ctl.json(*change, "--warn-below-li", -5000, "--pause-below")
    assert (limited["warn_below_li"], limited["pause_below"]) == (-5000, True)
    kept = ctl.json(*change, "--batch", 7)
    assert (kept["warn_below_li"], kept["pause_below"]) == (-5000, True)
    assert ctl.json(*change, "--no-pause-below")["pause_below"] is False
    assert ctl.json(*change, "--no-limit")["warn_below_li"] is None
    assert "set the limit first" in ctl.json(*change, "--pause-below", status=2)["error"]
    assert "contradicts" in ctl.json(*change, "--no-limit", "--warn-below-li", 5, status=2)["error"]


def test_a_campaign_that_pauses_below_the_limit_says_so_and_goes_on_after_a_top_up(ctl: Ctl, gateway: Practice) -> None:
    ctl.json("account", "add", "demo", "--replace", "--warn-below-li", 1_000_001, "--pause-below")
    assert ctl.json("balance", "demo")["is_low"] is True
    paused = ctl.json(*SEND, "hi", status=1)
    assert (paused["state"], paused["pause_code"], paused["queued"]) == ("paused", "balance", 2)
    gateway.gateway.accounts[gateway.account].balance_li = 2_000_000
    assert ctl.json("campaign", "resume", paused["id"])["accepted"] == 2


def test_history_and_spending_come_with_the_balance(ctl: Ctl) -> None:
    ctl.json("balance", "demo")
    ctl.json(*SEND, "hi")
    found = ctl.json("balance", "demo", "--history", "--spending", "--days", 2)
    assert [(one["balance_li"], one["change_li"]) for one in found["history"]] == [(1_000_000, 0), (999_900, -100)]
    assert [(one["fell_li"], one["segments"], one["sent_li"]) for one in found["spending"]] == [
        (100, 2, 100),
        (None, 0, 0),
    ]
    (cost,) = found["campaigns"]
    assert (cost["cost_li"], cost["is_measured"], cost["segments"]) == (100, True, 2)
    assert found["lasts"] is None
    shown = ctl("balance", "demo", "--history", "--spending", LANG="zh_CN.UTF-8").out
    assert "999.900" in shown
    assert "0.100" in shown


def test_what_is_owed_is_told_in_words(ctl: Ctl, gateway: Practice) -> None:
    customer = gateway.gateway.accounts[gateway.account]
    customer.charge_type, customer.balance_li = ChargeType.POSTCHARGE, -1234
    assert "欠费（已用额度） 1.234 元，后付费" in ctl("balance", "demo", LANG="zh_CN.UTF-8").out


def test_the_gateways_figures_stand_beside_ours(ctl: Ctl) -> None:
    ctl.json(*SEND, "hi")
    ctl.json("pull", "demo")
    found = ctl.json("statis", "demo")
    (day,) = found["days"]
    assert found["has_statis"] is True
    assert day["gateway"] == {"total": 2, "success": 2, "unknown": 0, "fail": 0, "success_percent": 100.0}
    assert (day["ours"]["accepted"], day["ours"]["delivered"], day["agreement"]) == (2, 2, "same")
    again = ctl("statis", "demo", "--since", day["day"], "--until", day["day"])
    assert "the same" in again.out
    assert "once an hour" in again.err


def test_a_range_that_is_none_is_refused(ctl: Ctl) -> None:
    wrong = ctl.json("statis", "demo", "--since", "2026-01-01", "--until", "2026-03-01", status=2)
    assert "1 to 31 days" in wrong["error"]


def test_a_gateway_without_figures_is_told_of(ctl: Ctl, gateway: Practice) -> None:
    gateway.gateway.settings.edition = Edition.FIRST
    answer = ctl("statis", "demo")
    assert answer.status == 0
    assert "no figures of its own" in answer.err
