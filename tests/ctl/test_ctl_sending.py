"""`send`, `p2p`, `campaign …`: what goes out, what is told of it, and with which exit status."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ctl.calling import Ctl, number_file, numbers
from smsdesk.simulator.server import Practice

FIELDS = {
    "id", "name", "account", "kind", "state", "pause_reason", "total", "queued", "accepted", "rejected", "in_doubt",
    "skipped", "delivered", "failed", "segments", "created_at", "finished_at",
}  # fmt: skip


def sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def sent(gateway: Practice) -> list[tuple[str, str]]:
    return [(message.mobile, message.content) for message in gateway.gateway.ledger.accepted]


def adds_up(campaign: dict[str, Any]) -> bool:
    parts = ("queued", "accepted", "rejected", "in_doubt", "skipped")
    return bool(campaign["total"] == sum(campaign[part] for part in parts))


def test_a_text_goes_out_to_every_number_once(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    first = number_file(tmp_path / "一.txt", [*numbers(5), "13800010000", "not a number"])
    second = number_file(tmp_path / "二.txt", numbers(5, 13800010003))
    options = ("--account", "demo", "--recipients", first, "--recipients", second, "--text", "您好")
    answer = ctl("send", *options, "--json")
    assert answer.status == 0
    campaign = answer.json
    assert campaign.keys() >= FIELDS
    assert (campaign["kind"], campaign["state"], campaign["total"], campaign["accepted"]) == ("bulk", "done", 8, 8)
    assert (campaign["pause_reason"], campaign["segments"]) == (None, 8)
    assert campaign["name"].startswith("一 ")
    assert sent(gateway) == [(mobile, "您好") for mobile in numbers(8)]
    assert "1 invalid and 1 duplicate" in answer.err
    assert ctl.json("campaign", "show", campaign["id"]) == campaign
    assert ctl.json("campaign", "list") == {"campaigns": [campaign]}


def test_numbers_may_be_given_instead_of_a_file(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_bytes("\ufeff第一行\r\n第二行 {{x}}\r\n".encode())
    to = ("--to", "138 0001 0000，+86 13800010001", "--to", "13800010000")
    assert ctl.json("send", "--account", "demo", *to, "--text-file", text, "--name", "五月")["name"] == "五月"
    assert sent(gateway) == [(mobile, "第一行\n第二行 {x}") for mobile in numbers(2)]


def test_a_text_with_places_is_personal_and_goes_out_by_p2p(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    file = sheet(tmp_path / "名单.xlsx", ("姓名", "手机号"), ("王伟", "13800010000"), ("", "13800010001"))
    options = ("--account", "demo", "--recipients", file)
    refused = ctl.json("send", *options, "--text", "{姓名}您好", status=2)
    assert "姓名" in refused["error"]
    assert "3" in refused["error"]
    assert ctl.json("send", *options, "--text", "{姓名|客户}您好")["kind"] == "p2p"
    assert sent(gateway) == [("13800010000", "王伟您好"), ("13800010001", "客户您好")]


def test_a_wrong_call_sends_nothing_and_stores_nothing(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    send = ("send", "--account", "demo")
    to, text = ("--to", "13800010000"), ("--text", "hi")
    wrong = {
        "1380001": (*send, "--to", "13800010000,1380001", *text),
        "--recipients": (*send, *text),
        "--text-file": (*send, *to),
        "gone.txt": (*send, "--recipients", tmp_path / "gone.txt", *text),
        "text is": (*send, *to, "--text-file", tmp_path),
        "stands alone": (*send, *to, "--text", "{x"),
        "{name}": (*send, *to, "--text", "{名字}"),
        "option": (*send, *to, *text, "--frob"),
        "--account": ("send", *to, *text),
    }
    for call in wrong.values():
        assert ctl.json(*call, status=2)["error"]
    assert "1380001" in ctl(*wrong["1380001"]).err
    assert ctl.json("campaign", "list") == {"campaigns": []}
    assert sent(gateway) == []


def test_without_a_password_nothing_is_stored(ctl: Ctl) -> None:
    ctl.password = ""
    assert "keyring" in ctl.json("send", "--account", "demo", "--to", "13800010000", "--text", "hi", status=2)["error"]
    assert ctl.json("campaign", "list") == {"campaigns": []}


def test_lines_of_number_and_text_go_out_as_they_stand(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes(
        "13800010000#取件码 #1\r\n\r\n138-0001-0001\t【店】您好\n13800010000#另一条\n13800010000#取件码 #1".encode(
            "gb18030"
        )
    )
    answer = ctl("p2p", "--account", "demo", "--file", file, "--json")
    assert answer.status == 0
    assert (answer.json["kind"], answer.json["accepted"]) == ("p2p", 3)
    assert "1 lines repeat" in answer.err
    expected = {("13800010000", "取件码 #1"), ("13800010001", "【店】您好"), ("13800010000", "另一条")}
    assert set(sent(gateway)) == expected
    assert len(sent(gateway)) == 3


def test_a_sheet_with_a_text_for_each_number(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    rows = (
        ("姓名", "手机号", "短信内容"),
        ("王伟王伟王伟王伟王伟", "13800010000", "一"),
        ("李芳", "13800010001", "二"),
    )
    file = sheet(tmp_path / "点对点.xlsx", *rows)
    ctl.json("p2p", "--account", "demo", "--file", file)
    ctl.json("p2p", "--account", "demo", "--file", file, "--content-column", "A", "--name", "again")
    assert sent(gateway) == [
        ("13800010000", "一"),
        ("13800010001", "二"),
        ("13800010000", "王伟王伟王伟王伟王伟"),
        ("13800010001", "李芳"),
    ]


def test_wrong_lines_are_named_and_nothing_is_sent(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("13800010000#一\n1380001#二\n13800010001#\n13800010002#三\n13800010003#四\n", encoding="utf-8")
    told = ctl.json("p2p", "--account", "demo", "--file", lines, status=2)["error"]
    assert "Line 2:" in told
    assert "Line 3:" in told
    rows = [("手机号", "内容"), ("13800010000", "一"), ("13800010001", ""), *(("138", "x") for _ in range(12))]
    told = ctl.json("p2p", "--account", "demo", "--file", sheet(tmp_path / "a.xlsx", *rows), status=2)["error"]
    assert "13 lines" in told
    assert "Line 3:" in told
    assert "Line 12:" in told
    assert "Line 13:" not in told
    assert sent(gateway) == []
    assert ctl.json("campaign", "list") == {"campaigns": []}


def test_messages_are_told_one_by_one(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    gateway.faults.add("result", "send", code=10, place=2, times=1)
    campaign = ctl.json("send", "--account", "demo", "--to", ",".join(numbers(3)), "--text", "您好", status=1)
    assert (campaign["state"], campaign["accepted"], campaign["rejected"]) == ("done", 2, 1) or campaign[
        "rejected"
    ] == 1
    ctl.json("pull", "demo")
    rows = ctl.json("campaign", "messages", campaign["id"])["messages"]
    assert [row["mobile"] for row in rows] == numbers(3)
    assert [row["state"] for row in rows] == ["accepted", "rejected", "accepted"]
    assert [row["result"] for row in rows] == [0, 10, 0]
    assert (rows[0]["stat"], rows[0]["explanation"], rows[0]["content"]) == ("DELIVRD", "delivered", "您好")
    assert rows[0]["reported_at"].endswith("+08:00")
    assert rows[0]["submitted_at"].endswith("+08:00")
    assert len(rows[0]["mid"]) == 16
    (rejected,) = ctl.json("campaign", "messages", campaign["id"], "--state", "rejected")["messages"]
    assert rejected == rows[1]
    assert ctl.json("campaign", "messages", campaign["id"], "--state", "queued")["messages"] == []
    shown = ctl("campaign", "messages", campaign["id"], LANG="zh_CN.UTF-8")
    assert "您好" in shown.out
    assert ctl.json("campaign", "retry", campaign["id"], status=2)["error"]
    again = ctl.json("campaign", "retry", campaign["id"], "--rejected")
    assert (again["state"], again["accepted"], again["rejected"]) == ("done", 3, 0)
    assert ctl.json("campaign", "resume", campaign["id"], status=2)["error"]
    assert ctl.json("campaign", "cancel", campaign["id"], status=2)["error"]


def test_a_lost_answer_leaves_messages_in_doubt_until_a_person_decides(ctl: Ctl, gateway: Practice) -> None:
    gateway.faults.add("drop_after", "send", times=1)
    campaign = ctl.json("send", "--account", "demo", "--to", ",".join(numbers(3)), "--text", "您好", status=1)
    assert (campaign["state"], campaign["in_doubt"], campaign["accepted"]) == ("done", 3, 0)
    assert adds_up(campaign)
    assert ctl.json("campaign", "retry", campaign["id"], "--rejected", status=1)["in_doubt"] == 3
    again = ctl.json("campaign", "retry", campaign["id"], "--in-doubt")
    assert (again["state"], again["in_doubt"], again["accepted"]) == ("done", 0, 3)
    assert Counter(mobile for mobile, _ in sent(gateway)) == dict.fromkeys(numbers(3), 2)


def test_a_gateway_that_refuses_the_account_pauses_the_campaign(ctl: Ctl) -> None:
    send = ("send", "--account", "demo", "--to", "13800010000", "--text", "您好")
    campaign = ctl.json(*send, status=3, password="wrong-one")
    assert (campaign["state"], campaign["queued"], campaign["pause_code"]) == ("paused", 1, "account")
    assert "(3)" in campaign["pause_reason"]
    resumed = ctl.json("campaign", "resume", campaign["id"])
    assert (resumed["state"], resumed["accepted"], resumed["pause_reason"]) == ("done", 1, None)


def test_a_gateway_that_is_not_there_pauses_the_campaign(ctl: Ctl, gateway: Practice) -> None:
    gateway.stop()
    answer = ctl("send", "--account", "demo", "--to", "13800010000", "--text", "您好", "--patience", 0, "--json")
    assert (answer.status, answer.json["state"], answer.json["queued"]) == (3, "paused", 1)
    assert "refused" in answer.err
    cancelled = ctl.json("campaign", "cancel", answer.json["id"])
    assert (cancelled["state"], cancelled["skipped"], cancelled["queued"]) == ("cancelled", 1, 0)


@pytest.mark.parametrize("kind", ["html", "hang"])
def test_a_gateway_that_talks_nonsense_pauses_the_campaign_with_nothing_in_doubt(
    ctl: Ctl, gateway: Practice, kind: str
) -> None:
    gateway.faults.add(kind)
    to = ("--to", "13800010000", "--text", "您好", "--timeout", 0.3)
    campaign = ctl.json("send", "--account", "demo", *to, status=3)
    assert (campaign["state"], campaign["queued"], campaign["in_doubt"]) == ("paused", 1, 0)
    assert campaign["pause_code"] == "gateway"


def test_a_campaign_waits_for_its_time(ctl: Ctl, gateway: Practice) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
    send = ("send", "--account", "demo", "--to", "13800010000", "--text", "您好")
    campaign = ctl.json(*send, "--at", soon)
    assert (campaign["state"], campaign["accepted"], campaign["start_at"]) == ("done", 1, None)
    (message,) = gateway.gateway.ledger.accepted
    assert datetime.fromtimestamp(message.accepted_at, UTC) >= datetime.fromisoformat(soon)
    assert "has passed" in ctl.json(*send, "--at", "2020-01-01 09:00", status=2)["error"]
    assert "8:00-21:00" in ctl.json(*send, "--hours", "night", status=2)["error"]
    campaign = ctl.json(*send, "--hours", "0-24")
    assert (campaign["state"], campaign["hours"]) == ("done", "00:00-24:00")


def test_what_is_in_doubt_is_treated_as_sent_when_a_person_says_so(ctl: Ctl, gateway: Practice) -> None:
    gateway.faults.add("drop_after", "send", times=1)
    campaign = ctl.json("send", "--account", "demo", "--to", "13800010000", "--text", "您好", status=1)
    assert campaign["in_doubt"] == 1
    settled = ctl.json("campaign", "treat-as-sent", campaign["id"])
    assert (settled["in_doubt"], settled["accepted"]) == (0, 1)
    assert len(sent(gateway)) == 1


def test_who_is_blocked_gets_nothing_unless_it_is_asked_for(ctl: Ctl, gateway: Practice) -> None:
    ctl.json("blocklist", "add", "13800010000")
    send = ("send", "--account", "demo", "--to", "13800010000,13800010001", "--text", "您好")
    campaign = ctl.json(*send)
    assert (campaign["skipped"], campaign["accepted"], campaign["total"]) == (1, 1, 2)
    assert ctl.json(*send, "--ignore-blocklist")["accepted"] == 2
    assert Counter(mobile for mobile, _ in sent(gateway)) == {"13800010000": 1, "13800010001": 2}


@pytest.mark.expects_log
def test_a_store_that_is_locked_newer_or_damaged_is_told(ctl: Ctl) -> None:
    store = ctl.data_dir / "store.sqlite3"
    with sqlite3.connect(store) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    assert "later version" in ctl.json("campaign", "list", status=4)["error"]
    for companion in ctl.data_dir.glob("store.sqlite3?*"):
        companion.unlink()
    store.write_bytes(b"no store at all, but a file of some length" * 100)
    assert "damaged" in ctl.json("campaign", "list", status=4)["error"]
    store.unlink()
    store.mkdir()
    assert ctl.json("campaign", "list", status=4)["error"]
    nobody = ctl("--database", "postgresql+psycopg://nobody:hush-hush@127.0.0.1:9/x", "account", "list")
    assert nobody.status == 4
    assert "The database cannot be reached" in nobody.out + nobody.err
    assert "hush-hush" not in nobody.out + nobody.err


def test_a_second_program_that_sends_for_the_account_is_told_so(ctl: Ctl, gateway: Practice) -> None:
    gateway.faults.add("slow", "send", seconds=1)
    send = ("send", "--account", "demo", "--to", "13800010000", "--text", "您好")
    with ctl.running(*send, "--json") as first:
        until(lambda: bool(gateway.faults.active[0].seen))
        assert "Another" in ctl.json(*send, status=4)["error"]
        assert first.wait(20) == 0
    assert len(ctl.json("campaign", "list")["campaigns"]) == 1


# -- ends in the middle ------------------------------------------------------------------------------------

MANY = 2000


def until(ready: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


def begun(gateway: Practice, count: int) -> Callable[[], bool]:
    return lambda: len(gateway.gateway.ledger.accepted) >= count


@pytest.fixture
def many(ctl: Ctl, gateway: Practice, tmp_path: Path) -> tuple[object, ...]:
    """A call that sends 2,000 messages in batches of 50, a tenth of a second each."""
    ctl.json("account", "add", "demo", "--replace", "--batch", 50)
    gateway.faults.add("slow", "send", seconds=0.1)
    file = number_file(tmp_path / "many.txt", numbers(MANY))
    return "send", "--account", "demo", "--recipients", file, "--text", "您好", "--json"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_program_sends_nothing_twice_and_tells_what_is_in_doubt(
    ctl: Ctl, gateway: Practice, many: tuple[object, ...]
) -> None:
    with ctl.running(*many) as process:
        until(begun(gateway, 300))
        process.send_signal(signal.SIGKILL)
        process.wait()
    time.sleep(0.3)  # what was on the wire is still taken
    before = ctl.json("campaign", "show", 1)
    assert before["state"] == "paused"
    assert before["total"] == MANY
    assert before["in_doubt"] in (50, 100)
    assert adds_up(before)
    after = ctl.json("campaign", "resume", 1, status=1)
    assert (after["state"], after["queued"], after["in_doubt"]) == ("done", 0, before["in_doubt"])
    ledger = gateway.gateway.ledger
    assert ledger.sent_twice() == {}
    assert len(ledger.accepted) + before["in_doubt"] >= MANY
    ctl.json("pull", "demo")
    settled = ctl.json("campaign", "show", 1)
    assert settled["accepted"] == len(ledger.accepted)
    assert settled["in_doubt"] == MANY - len(ledger.accepted)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_pauses_the_campaign_cleanly(
    ctl: Ctl, gateway: Practice, many: tuple[object, ...], number: signal.Signals
) -> None:
    with ctl.running(*many, stderr=subprocess.PIPE) as process:
        until(begun(gateway, 300))
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert err == ""
    assert '"state": "paused"' in out
    paused = ctl.json("campaign", "show", 1)
    assert (paused["in_doubt"], paused["pause_code"]) == (0, "person")
    assert paused["accepted"] == len(gateway.gateway.ledger.accepted)
    gateway.faults.clear()
    assert ctl.json("campaign", "resume", 1)["accepted"] == MANY
    assert gateway.gateway.ledger.sent_twice() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_second_signal_ends_at_once(ctl: Ctl, gateway: Practice) -> None:
    gateway.faults.add("hang", "send")
    with ctl.running("send", "--account", "demo", "--to", "13800010000", "--text", "您好") as process:
        until(lambda: bool(gateway.faults.active[0].seen))
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(3) == 1
    assert ctl.json("campaign", "show", 1)["in_doubt"] == 1


def test_on_postgresql_too(
    postgresql: Callable[[], str], add_account: Callable[..., Ctl], gateway: Practice, tmp_path: Path
) -> None:
    ctl = add_account(Ctl(tmp_path / "data", postgresql()), gateway)
    campaign = ctl.json("send", "--account", "demo", "--to", ",".join(numbers(3)), "--text", "您好")
    assert campaign["accepted"] == 3
    assert ctl.json("pull", "demo")["matched"] == 3
    assert ctl.json("campaign", "show", campaign["id"])["delivered"] == 3
    assert not (tmp_path / "data" / "store.sqlite3").exists()
