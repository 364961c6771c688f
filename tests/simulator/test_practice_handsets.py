"""What becomes of messages: special numbers, rates, delays, opt-outs."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from practice_client import ask, numbers, quiet, send

from smsdesk.simulator.handsets import OPT_OUTS, SPECIAL, Handsets, is_opt_out
from smsdesk.simulator.model import ALL_DELIVERED, Account, Rates, Settings
from smsdesk.simulator.rules import Gateway
from smsdesk.simulator.server import Practice

ALWAYS_REPLY = Rates(failed=0, interim=0, replied=1, opted_out=0)


@pytest.mark.parametrize("ending", sorted(SPECIAL))
def test_a_special_number_always_does_the_same(ending: str) -> None:
    special = SPECIAL[ending]
    with Practice(settings=Settings(speed=0, rates=ALL_DELIVERED)) as practice:
        send(practice, [f"1380001{ending}"])
        assert tuple(item["stat"] for item in ask(practice, "report")["list"]) == special.stats
        replies = [item["content"] for item in ask(practice, "mo")["list"]]
    assert replies == ([] if special.reply is None else [special.reply])


def test_the_table_of_special_numbers_can_be_switched_off() -> None:
    with Practice(settings=quiet()) as practice:
        send(practice, ["13800000001", "13800009999"])
        assert [item["stat"] for item in ask(practice, "report")["list"]] == ["DELIVRD"] * 2
        assert ask(practice, "mo")["list"] == []


def test_who_has_opted_out_gets_no_more() -> None:
    with Practice(settings=Settings(speed=0, rates=ALL_DELIVERED)) as practice:
        send(practice, ["13800009999"])
        assert [item["content"] for item in ask(practice, "mo")["list"]] == ["TD"]
        practice.reply("13800001234", "退订")
        ask(practice, "report")
        for _ in range(8):
            send(practice, ["13800009999", "13800001234"])
        assert {item["stat"] for item in ask(practice, "report")["list"]} == {"MA:0023", "REJECTED"}
        assert practice.gateway.state()["accounts"][0]["opted_out"] == 2


@pytest.mark.parametrize("text", [*OPT_OUTS, "ｔｄ", " r ", "Td"])
def test_opt_outs_are_known_in_every_spelling(text: str) -> None:
    assert is_opt_out(text)


@pytest.mark.parametrize("text", ["收到", "TDX", "不退订", "", "谢谢"])
def test_other_replies_are_no_opt_outs(text: str) -> None:
    assert not is_opt_out(text)


def test_chance_follows_the_rates_and_the_seed() -> None:
    def tally(seed: int) -> Counter[str]:
        handsets = Handsets(random.Random(seed))
        seen: Counter[str] = Counter()
        for mobile in numbers(20_000):
            fate = handsets.fate(mobile, 0, Rates(), 1, specials=False)
            seen[fate.reports[-1][1]] += 1
            seen["interim"] += len(fate.reports) - 1
            seen["reply"] += fate.reply is not None
            seen["opt-out"] += fate.reply is not None and is_opt_out(fate.reply[1])
        return seen

    seen = tally(1)
    assert seen == tally(1) != tally(2)
    assert 0.92 < seen["DELIVRD"] / 20_000 < 0.94
    assert 0.035 < seen["reply"] / 20_000 < 0.06
    assert 0.005 < seen["opt-out"] / 20_000 < 0.015
    assert seen["interim"] > 0
    assert {"MA:0001 ", "MA:00022", "EXPIRED", "REJECTED", "MO:0254"} < set(seen)


def gateway_at(now: list[float], settings: Settings) -> Gateway:
    return Gateway([Account(password="secret")], settings, random.Random(1), lambda: now[0])


def fields(action: str, **more: str) -> dict[str, str]:
    return {"action": action, "account": "practice", "password": "secret", "rt": "json", **more}


def test_reports_come_after_a_realistic_delay_and_in_the_order_of_time() -> None:
    now = [1_700_000_000.0]
    gateway = gateway_at(now, Settings(rates=ALWAYS_REPLY, specials=False))
    gateway.handle(fields("send", mobile=",".join(numbers(200)), content="您好", extno="10690000"))
    assert gateway.handle(fields("report"))["list"] == []
    now[0] += 8
    some = gateway.handle(fields("report"))["list"]
    now[0] += 7.1
    rest = gateway.handle(fields("report"))["list"]
    assert 50 < len(some) < 150
    assert len(some) + len(rest) == 200
    times = [item["time"] for item in some + rest]
    assert times == sorted(times)
    now[0] += 40
    assert len(gateway.handle(fields("mo"))["list"]) == 200


def test_speed_makes_handsets_faster() -> None:
    now = [1_700_000_000.0]
    gateway = gateway_at(now, Settings(speed=60, specials=False))
    gateway.handle(fields("send", mobile=",".join(numbers(200)), content="您好", extno="10690000"))
    now[0] += 0.26
    assert len(gateway.handle(fields("report"))["list"]) >= 200


def test_accounts_are_kept_apart() -> None:
    first, second = Account(), Account("other", extno="10690001")
    with Practice(first, second, settings=quiet()) as practice:
        assert first.password != second.password
        send(practice, numbers(3))
        practice.reply("13800000000", "给第二个", account="other")
        other = {"account": "other", "password": second.password}
        assert ask(practice, "report", **other)["list"] == []
        assert ask(practice, "mo")["list"] == []
        assert ask(practice, "mo", **other)["list"][0]["accessCode"] == "10690001"
        assert second.balance_li == 1_000_000
