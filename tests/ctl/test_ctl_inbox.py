"""`pull`, `reports`, `replies`, `receiver`, `simulator`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from ctl.calling import Ctl, numbers
from smsdesk.simulator.server import Practice


@pytest.fixture
def sent(ctl: Ctl, gateway: Practice) -> Ctl:
    """A store with a campaign of three, one of whom opts out and one of whom answers."""
    ctl.json("send", "--account", "demo", "--to", ",".join(numbers(3)), "--text", "您好", "--name", "五月")
    gateway.reply("13800010000", "退订")
    gateway.reply("13800010001", "谢谢\x1b[31m")
    return ctl


def test_reports_and_replies_are_pulled_once(sent: Ctl) -> None:
    came = sent.json("pull", "demo")
    assert came == {"reports": 3, "replies": 2, "matched": 3, "unmatched": 0, "opted_out": 1}
    assert set(sent.json("pull", "demo").values()) == {0}
    reports = sent.json("reports")["reports"]
    assert {row["mobile"] for row in reports} == set(numbers(3))
    assert {(row["stat"], row["delivery"], row["campaign"]) for row in reports} == {("DELIVRD", "delivered", 1)}
    assert [one["mobile"] for one in sent.json("blocklist", "list")["blocklist"]] == ["13800010000"]


def test_replies_are_limited_to_unread_and_opt_outs_and_marked_as_read(sent: Ctl) -> None:
    sent.json("pull", "demo")
    opted_out = sent.json("replies", "--opt-outs")["replies"]
    assert [(row["mobile"], row["read"], row["label"]) for row in opted_out] == [("13800010000", False, None)]
    assert len(sent.json("replies", "--unread", "--mark-read")["replies"]) == 2
    assert sent.json("replies", "--unread")["replies"] == []
    assert sent.json("replies", "--label", "投诉")["replies"] == []
    assert sent("replies", "--label", "没有").status == 2


def test_replies_are_told_with_what_they_answer(sent: Ctl) -> None:
    sent.json("pull", "demo")
    replies = {row["mobile"]: row for row in sent.json("replies")["replies"]}
    leaving = replies["13800010000"]
    assert leaving.keys() >= {"mobile", "content", "access_code", "received_at", "campaign", "opt_out"}
    assert (leaving["content"], leaving["campaign"], leaving["opt_out"]) == ("退订", 1, True)
    assert leaving["access_code"].startswith("1069")
    assert leaving["received_at"].endswith("+08:00")
    assert (replies["13800010001"]["content"], replies["13800010001"]["opt_out"]) == ("谢谢\x1b[31m", False)
    shown = sent("replies")
    assert "谢谢" in shown.out
    assert "\x1b" not in shown.out  # nothing that came over the air moves the cursor


def test_lists_are_limited_by_number_campaign_time_and_count(sent: Ctl) -> None:
    sent.json("pull", "demo")

    def count(*options: object) -> int:
        return len(sent.json("reports", *options)["reports"])

    assert count("--mobile", "13800010001") == 1
    assert count("--mobile", "138") == 3
    assert count("--campaign", 1) == 3
    assert count("--campaign", 2) == 0
    assert count("--limit", 2) == 2
    assert count("--since", "2020-01-01") == 3
    assert count("--since", "2020-01-01T00:00:00Z") == 3
    assert count("--since", "2099-01-01") == 0
    assert sent.json("reports", "--since", "yesterday", status=2)["error"]
    assert sent.json("reports", "--mobile", "x", status=2)["error"]


def test_a_gateway_that_fails_is_told(sent: Ctl, gateway: Practice) -> None:
    gateway.faults.add("html", "report")
    assert "502" in sent.json("pull", "demo", status=3)["error"]
    assert len(sent.json("replies")["replies"]) == 2  # asked for all the same


# -- serving until stopped ---------------------------------------------------------------------------------


def until(ready: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.02)


def first_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = json.loads(process.stdout.readline())
    assert isinstance(line, dict)
    return line


def stopped(process: subprocess.Popen[str], number: signal.Signals) -> str:
    """What it still wrote after the signal, and that it ended well."""
    process.send_signal(number)
    out, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    return out


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@needs_signals
def test_watching_goes_on_until_stopped_and_tells_the_sum(sent: Ctl, gateway: Practice) -> None:
    with sent.running("pull", "demo", "--watch", "--every", 1, "--json") as process:
        until(lambda: len(gateway.gateway.ledger.handed_out) == 5)
        gateway.reply("13800010002", "好的")
        until(lambda: len(gateway.gateway.ledger.handed_out) == 6)
        came = json.loads(stopped(process, signal.SIGTERM))
    assert (came["reports"], came["replies"], came["matched"]) == (3, 3, 3)


@needs_signals
def test_the_simulator_serves_what_an_account_needs(empty: Ctl) -> None:
    with empty.running("simulator", "--seed", 5, "--speed", 0, "--balance", 4000, "--json") as process:
        told = first_line(process)
        assert told.keys() == {"url", "account", "password", "extno"}
        empty.password = told["password"]
        who = ("--url", told["url"], "--account", told["account"], "--extno", told["extno"])
        empty.json("account", "add", "练习", *who)
        assert empty.json("balance", "练习")["balance_li"] == 4000
        assert stopped(process, signal.SIGINT) == ""
    assert empty("simulator", "--push", "http://example.com/x").status == 2


def post(url: str, body: bytes, method: str = "POST", source: str = "127.0.0.1") -> tuple[int, bytes, str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5, source_address=(source, 0))
    try:
        connection.request(method, parts.path, body)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Content-Type", "")
    finally:
        connection.close()


def pushed(**more: str) -> bytes:
    report = {"flag": 1, "mid": "A1", "accessCode": "10690000", "mobile": "13800010000", "stat": "DELIVRD"}
    reply = {"flag": 0, "mid": "B1", "accessCode": "10690000", "mobile": "13800010001", "content": "好的"}
    return json.dumps([{**item, "time": "2026-05-01 08:00:00", **more} for item in (report, reply)]).encode()


@needs_signals
def test_pushes_are_stored_before_they_are_answered(ctl: Ctl) -> None:
    with ctl.running("receiver", "--port", 0, "--json") as process:
        url = first_line(process)["url"]
        status, body, kind = post(url, pushed())
        assert (status, body) == (200, b"OK")
        assert kind.startswith("text/plain")
        assert len(ctl.json("reports")["reports"]) == 1
        assert ctl.json("replies")["replies"][0]["content"] == "好的"
        assert post(url, pushed())[:2] == (200, b"OK")  # again: taken, and not doubled
        assert len(ctl.json("reports")["reports"]) == 1
        assert stopped(process, signal.SIGTERM) == ""
    with ctl.running("receiver", "--port", 0, "--json") as process:
        again = first_line(process)["url"]
        assert urlsplit(again).path == urlsplit(url).path  # what was registered stays right


@needs_signals
def test_whoever_does_not_know_the_path_learns_nothing(ctl: Ctl) -> None:
    token = "a-token-of-some-length"
    with ctl.running("receiver", "--port", 0, "--token", token, "--allow", "127.0.0.2", "--json") as process:
        url = first_line(process)["url"]
        assert url.endswith(f"/push/{token}")
        nothing = (404, b"", "")
        base = url.removesuffix(token)
        assert post(url, pushed(), source="127.0.0.1") == nothing
        for wrong in (base, base + token[:-1], base + token + "x", base + token + "/", base.removesuffix("push/")):
            assert post(wrong, pushed(), source="127.0.0.2") == nothing
        for method in ("GET", "PUT", "HEAD", "TRACE", "PATCH"):
            assert post(url, b"", method, source="127.0.0.2") == nothing
        assert post(url, b" " * (4 * 1024 * 1024 + 1), source="127.0.0.2") == nothing
        assert post(url, b"<html>", source="127.0.0.2")[:2] == (400, b"")
        assert ctl.json("reports")["reports"] == []
        assert post(url, pushed(), source="127.0.0.2")[:2] == (200, b"OK")
        assert len(ctl.json("reports")["reports"]) == 1


@needs_signals
def test_a_running_receiver_is_checked_from_beside_it(ctl: Ctl, gateway: Practice) -> None:
    with ctl.running("receiver", "--port", 0, "--json") as process:
        url = first_line(process)["url"]
        port = urlsplit(url).port
        found = ctl.json("receiver", "--check", "--port", port)
        assert found == {"url": url, "ok": True, "status": 200, "answer": found["answer"]}
        assert ctl.json("receiver", "--check", "--port", port, "--token", "x" * 20, status=1)["status"] == 404
        assert ctl.json("receiver", "--check", "--public", f"http://127.0.0.1:{port}")["url"] == url
    assert ctl.json("receiver", "--check", "--port", port, status=1)["status"] is None
    assert "proxy" in ctl.json("receiver", "--check", "--public", "sms.example.com", status=2)["error"]


@needs_signals
def test_the_practice_gateway_pushes_to_the_receiver(ctl: Ctl, gateway: Practice) -> None:
    with ctl.running("receiver", "--port", 0, "--json") as process:
        gateway.set_push(first_line(process)["url"])
        ctl.json("send", "--account", "demo", "--to", ",".join(numbers(3)), "--text", "您好")
        until(lambda: bool(ctl.json("campaign", "show", 1)["delivered"] == 3))
        stopped(process, signal.SIGTERM)


def test_a_receiver_that_cannot_be_is_told(ctl: Ctl, gateway: Practice) -> None:
    assert "listen" in ctl.json("receiver", "--port", gateway.port, status=2)["error"]
    assert "network" in ctl.json("receiver", "--allow", "nobody", status=2)["error"]
    assert "16" in ctl.json("receiver", "--port", 0, "--token", "short", status=2)["error"]
    ctl.json("account", "add", "other", "--url", gateway.url, "--account", "x", "--extno", "10690001")
    assert "demo, other" in ctl.json("receiver", status=2)["error"]
    assert ctl.json("account", "remove", "demo")
    assert ctl.json("account", "remove", "other")
    assert ctl.json("receiver", status=2)["error"]
