"""`people`, and `send` with groups, lists that are left out, `--household` and `--check`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ctl.calling import Ctl, number_file, numbers
from smsdesk.simulator.server import Practice

A, B, C = numbers(3)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def members(ctl: Ctl, tmp_path: Path) -> Ctl:
    """A group of three."""
    file = write(tmp_path / "会员.csv", f"姓名,手机号,等级\n王伟,{A},金卡\n李芳,{B},银卡\n张敏,{C},\n坏,138,\n")
    kept = ctl.json("people", "import", file, "--group", "会员")
    assert kept == {"new": 3, "known": 0, "joined": 3, "repeats": 0, "rows": 4, "invalid": 1, "duplicates": 0}
    return ctl


def got(gateway: Practice) -> list[tuple[str, str]]:
    return sorted((one.mobile, one.content) for one in gateway.gateway.ledger.accepted)


def test_people_are_listed_searched_and_removed(members: Ctl) -> None:
    assert members.json("people", "groups") == {"groups": [{"name": "会员", "people": 3}]}
    (found,) = members.json("people", "list", "--group", "会员", "--search", "李")["people"]
    assert (found["mobile"], found["fields"]["等级"]) == (B, "银卡")
    assert "王伟" in members("people", "list").out
    assert "There is no group" in members.json("people", "list", "--group", "别的", status=2)["error"]
    assert members.json("people", "remove", B)["removed"] == 1
    assert members.json("people", "remove", status=2)["error"]
    members.json("people", "remove", "--group", "会员")
    assert members.json("people", "groups") == {"groups": []}
    assert len(members.json("people", "list")["people"]) == 2


def test_a_group_is_renamed_and_keeps_its_people(members: Ctl, tmp_path: Path) -> None:
    members.json("people", "import", number_file(tmp_path / "员工.txt", [B]), "--group", "员工")
    assert "already" in members.json("people", "rename-group", "会员", "员工", status=2)["error"]
    assert "There is no group" in members.json("people", "rename-group", "别的", "新的", status=2)["error"]
    renamed = members.json("people", "rename-group", "会员", " 金卡  会员 ")
    assert renamed == {"name": "金卡 会员", "before": "会员", "people": 3}
    assert [one["name"] for one in members.json("people", "groups")["groups"]] == ["员工", "金卡 会员"]
    assert "“贵宾”" in members("people", "rename-group", "金卡 会员", "贵宾").out


def test_a_persons_name_tags_and_note_are_written_one_by_one(members: Ctl) -> None:
    members.json("people", "edit", A, "--tags", "老客户 上海", "--note", "只在下午")
    edited = members.json("people", "edit", A, "--name", "王卫")
    assert (edited["name"], edited["tags"], edited["note"]) == ("王卫", ["老客户", "上海"], "只在下午")
    assert members.json("people", "list", "--search", "老客户")["people"] == [edited]
    assert members.json("people", "edit", A, "--tags", "")["tags"] == []
    assert "只在下午" in members("people", "edit", A).out
    assert "not in the address book" in members.json("people", "edit", "13999999999", "--name", "谁", status=2)["error"]


def test_a_group_gets_a_text_with_its_own_values(members: Ctl, gateway: Practice, tmp_path: Path) -> None:
    without = number_file(tmp_path / "员工.txt", [B])
    call = ("send", "--account", "demo", "--group", "会员", "--text", "{姓名}您好，{等级|会员}")
    sent = members.json(*call, "--without", without)
    assert (sent["accepted"], sent["skipped"]) == (2, 0)
    assert [content.split("】")[-1] for _, content in got(gateway)] == ["王伟您好，金卡", "张敏您好，会员"]


def test_a_file_and_a_group_are_one_list_and_a_group_can_be_left_out(
    members: Ctl, gateway: Practice, tmp_path: Path
) -> None:
    more = number_file(tmp_path / "更多.txt", [A, "13900000000"])
    members.json("send", "--account", "demo", "--group", "会员", "--recipients", more, "--text", "甲")
    assert [mobile for mobile, _ in got(gateway)] == [A, B, C, "13900000000"]
    members.json("send", "--account", "demo", "--recipients", more, "--without-group", "会员", "--text", "乙")
    assert [mobile for mobile, content in got(gateway) if content.endswith("乙")] == ["13900000000"]
    everyone = members.json("send", "--account", "demo", "--to", A, "--without-group", "会员", "--text", "丙", status=2)
    assert "no numbers" in everyone["error"]


def test_a_number_on_several_rows_gets_the_first_text_or_each(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    family = write(tmp_path / "家庭.csv", f"姓名,手机号\n父亲,{A}\n孩子,{A}\n父亲,{A}\n李芳,{B}\n")
    call = ("send", "--account", "demo", "--recipients", family, "--text", "{姓名}您好")
    asked = ctl.json(*call, "--check", status=1)
    assert "household" in {one["kind"] for one in asked["findings"] if one["severity"] == "error"}
    first = ctl(*call)
    assert "--household each" in first.err
    assert len(got(gateway)) == 2
    assert ctl.json(*call, "--household", "each")["accepted"] == 3
    texts = [content.split("】")[-1] for mobile, content in got(gateway) if mobile == A]
    assert sorted(texts) == ["孩子您好", "父亲您好", "父亲您好"]


def test_a_check_tells_what_is_worth_a_look_and_sends_nothing(members: Ctl, gateway: Practice, tmp_path: Path) -> None:
    members.json("blocklist", "add", C)
    call = ("send", "--account", "demo", "--group", "会员", "--check")
    found = members.json(*call, "--text", "【示例】{姓名}，见 https://example.com")
    assert (found["kind"], found["people"], found["messages"], found["blocked"]) == ("p2p", 2, 2, 1)
    assert found["sample"].startswith("【示例】")
    kinds = {one["kind"]: one["severity"] for one in found["findings"]}
    assert (kinds["link"], kinds["blocked"]) == ("warning", "note")
    stopped = members.json(*call, "--text", "【示例】【又一个】您好", status=1)
    assert "two_signatures" in {one["kind"] for one in stopped["findings"]}
    refused = members.json("send", "--account", "demo", "--group", "会员", "--text", "【示例】【又一个】您好", status=2)
    assert "two signatures" in refused["error"]
    lines = write(tmp_path / "取件.txt", f"{A}#【示例】一\n{B}#【示例】二\n")
    assert members.json("p2p", "--account", "demo", "--file", lines, "--check")["messages"] == 2
    shown = members(*call, "--text", "【示例】您好")
    assert "2 people, 2 messages" in shown.out
    assert members.json("campaign", "list") == {"campaigns": []}
    assert got(gateway) == []


def test_who_had_a_message_today_can_be_left_out(members: Ctl, gateway: Practice, tmp_path: Path) -> None:
    members.json("send", "--account", "demo", "--to", A, "--text", "甲")
    call = ("send", "--account", "demo", "--group", "会员", "--text", "乙", "--leave-out-recent")
    assert members.json(*call, "--check")["recent"] == 1
    sent = members.json(*call)
    assert (sent["accepted"], sent["skipped"]) == (2, 1)
    lines = write(tmp_path / "取件.txt", f"{A}#【示例】一\n13900000000#【示例】二\n")
    sent = members.json("p2p", "--account", "demo", "--file", lines, "--leave-out-recent")
    assert (sent["accepted"], sent["skipped"]) == (1, 1)
    assert [mobile for mobile, _ in got(gateway)] == sorted([A, B, C, "13900000000"])


def test_who_waits_in_another_campaign_can_be_left_out(members: Ctl, gateway: Practice) -> None:
    paused = ("send", "--account", "demo", "--to", A, "--text", "甲")
    assert members.json(*paused, status=3, password="wrong-one")["state"] == "paused"
    call = ("send", "--account", "demo", "--group", "会员", "--text", "乙", "--leave-out-waiting")
    assert members.json(*call, "--check")["waiting"] == 1
    sent = members.json(*call)
    assert (sent["accepted"], sent["skipped"]) == (2, 1)
    (skipped,) = members.json("campaign", "messages", sent["id"], "--state", "skipped")["messages"]
    assert (skipped["mobile"], skipped["explanation"]) == (A, "not sent: the number waited in another campaign")


def test_all_that_happened_with_a_number(members: Ctl, gateway: Practice) -> None:
    members.json("send", "--account", "demo", "--to", A, "--text", "您好")
    gateway.reply(A, "TD")
    members.json("pull", "demo")
    found = members.json("people", "history", A)
    assert (found["person"]["name"], found["groups"], found["blocked"]) == ("王伟", ["会员"], True)
    assert [one["what"] for one in found["events"]][-1] == "message"
    assert {one["what"] for one in found["events"]} == {"message", "report", "reply", "blocked"}
    assert "TD" in members("people", "history", A).out
    assert members.json("people", "history", "13999999999")["events"] == []


def test_a_history_is_told_to_its_beginning(members: Ctl, gateway: Practice, tmp_path: Path) -> None:
    lines = write(tmp_path / "取件.txt", "".join(f"{A}#【示例】{n}\n" for n in range(600)))
    members.json("p2p", "--account", "demo", "--file", lines)
    told = [one["text"] for one in members.json("people", "history", A)["events"] if one["what"] == "message"]
    assert sorted(told) == sorted(f"【示例】{n}" for n in range(600))


def test_a_check_stops_lines_without_the_accounts_signature_and_a_send_does_not(
    empty: Ctl, gateway: Practice, add_account: Callable[..., Ctl], tmp_path: Path
) -> None:
    ctl = add_account(empty, gateway, "--signature", "【示例】")
    lines = write(tmp_path / "取件.txt", f"{A}#一\n{B}#【示例】二\n")
    found = ctl.json("p2p", "--account", "demo", "--file", lines, "--check", status=1)
    assert {one["kind"] for one in found["findings"] if one["severity"] == "error"} == {"no_signature"}
    assert ctl.json("p2p", "--account", "demo", "--file", lines)["total"] == 2
