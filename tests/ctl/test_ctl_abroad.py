"""Numbers from abroad on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ctl.calling import Ctl, number_file
from smsdesk.simulator.server import Practice

HOME, HONG_KONG = "13800010000", "+85261230000"


@pytest.fixture
def abroad(empty: Ctl, gateway: Practice, add_account: Callable[..., Ctl]) -> Ctl:
    """An account that may send abroad."""
    return add_account(empty, gateway, "--abroad")


def sent(gateway: Practice) -> list[str]:
    return [message.mobile for message in gateway.gateway.ledger.accepted]


def test_a_number_from_abroad_is_sent_to_and_its_report_found(abroad: Ctl, gateway: Practice) -> None:
    campaign = abroad.json("send", "--account", "demo", "--to", f"{HOME}, 00852 6123-0000", "--text", "您好")
    assert (campaign["accepted"], sent(gateway)) == (2, [HOME, "0085261230000"])
    assert abroad.json("pull", "demo")["matched"] == 2
    (report,) = abroad.json("reports", "--mobile", "+852 6123 0000")["reports"]
    assert (report["mobile"], report["stat"]) == (HONG_KONG, "DELIVRD")


def test_an_account_that_may_not_send_abroad_says_so_and_where_to_allow_it(ctl: Ctl, gateway: Practice) -> None:
    refused = ctl("send", "--account", "demo", "--to", HONG_KONG, "--text", "您好", "--json")
    assert refused.status == 2
    assert "tick 'May send abroad' in the account's settings" in refused.json["error"]
    assert sent(gateway) == []


def test_lines_with_numbers_from_abroad_are_sent_where_they_are_allowed(
    abroad: Ctl, gateway: Practice, tmp_path: Path
) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text(f"{HOME}#甲\n{HONG_KONG}#乙\n{HOME}#丙\n", encoding="utf-8")
    assert abroad.json("p2p", "--account", "demo", "--file", lines)["accepted"] == 3
    abroad.json("account", "add", "demo", "--replace", "--no-abroad")
    refused = abroad("p2p", "--account", "demo", "--file", lines, "--json")
    assert (refused.status, "Line 2" in refused.json["error"]) == (2, True)


def test_numbers_from_abroad_can_be_blocked(abroad: Ctl, gateway: Practice, tmp_path: Path) -> None:
    assert abroad.json("blocklist", "add", "0085261230000", HONG_KONG) == {"blocked": 1, "already": 0}
    file = number_file(tmp_path / "黑名单.txt", [HOME, "+1 (415) 555-0100", "+852 6123 0000"])
    assert abroad.json("blocklist", "import", file)["blocked"] == 2
    listed = abroad.json("blocklist", "list")["blocklist"]
    assert {one["mobile"] for one in listed} == {HOME, HONG_KONG, "+14155550100"}
    campaign = abroad.json("send", "--account", "demo", "--to", HONG_KONG, "--text", "您好")
    assert (campaign["skipped"], sent(gateway)) == (1, [])
    assert abroad.json("blocklist", "remove", HONG_KONG)["removed"] == 1
