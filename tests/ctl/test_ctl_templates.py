"""`template` and `send --template`."""

from __future__ import annotations

from pathlib import Path

from ctl.calling import Ctl
from smsdesk.simulator.server import Practice


def test_a_text_is_kept_listed_sent_and_removed(ctl: Ctl, gateway: Practice, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("您好，请续费\r\n", encoding="utf-8-sig")
    assert ctl.json("template", "add", "续费", "--text-file", file) == {
        "name": "续费",
        "text": "您好，请续费",
        "replaced": False,
    }
    assert ctl.json("template", "add", "续费", "--text", "请尽快续费")["replaced"] is True
    (kept,) = ctl.json("template", "list")["templates"]
    assert (kept["name"], kept["text"]) == ("续费", "请尽快续费")
    sent = ctl.json("send", "--account", "demo", "--to", "13800010000", "--template", "续费")
    assert sent["accepted"] == 1
    assert gateway.gateway.ledger.accepted[0].content.endswith("请尽快续费")
    assert ctl.json("template", "remove", "续费") == {"removed": "续费"}
    assert ctl.json("template", "list") == {"templates": []}


def test_texts_that_were_sent_are_listed_once_and_can_be_kept(ctl: Ctl, gateway: Practice) -> None:
    assert ctl.json("template", "sent") == {"sent": []}
    for text in ("甲{大}", "乙", "乙"):
        to = ("--to", "13800010000", "--name", text)
        ctl.json("send", "--account", "demo", *to, "--text", text.replace("{", "{{").replace("}", "}}"))
    assert len(gateway.gateway.ledger.accepted) == 3
    found = ctl.json("template", "sent")["sent"]
    assert [(one["campaign"], one["text"]) for one in found] == [("乙", "乙"), ("甲{大}", "甲{{大}}")]
    assert found[0]["sent_at"] >= found[1]["sent_at"]
    assert "甲{{大}}" in ctl("template", "sent").out


def test_one_text_only_and_one_that_is_there(ctl: Ctl, gateway: Practice) -> None:
    to = ("send", "--account", "demo", "--to", "13800010000")
    assert "--template" in ctl.json(*to, "--text", "甲", "--template", "乙", status=2)["error"]
    assert "There is no template" in ctl.json(*to, "--template", "乙", status=2)["error"]
    assert gateway.gateway.ledger.accepted == []
