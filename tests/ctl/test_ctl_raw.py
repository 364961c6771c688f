"""`raw list`, `retry`, `save`, `aside`."""

from __future__ import annotations

import json
from pathlib import Path

from ctl.calling import Ctl, numbers
from smsdesk.simulator.server import Practice


def test_an_answer_that_cannot_be_read_is_listed_saved_tried_again_and_set_aside(
    ctl: Ctl, gateway: Practice, tmp_path: Path
) -> None:
    ctl.json("send", "--account", "demo", "--to", ",".join(numbers(10)), "--text", "您好")
    gateway.faults.add("half", "report", times=1)
    assert ctl("pull", "demo").status == 3
    assert ctl("raw", "list").status == 1
    (one,) = json.loads(ctl("--json", "raw", "list").out)["raw"]
    assert (one["account"], one["source"]) == ("demo", "report")
    assert "cut short" in one["reason"]
    file = tmp_path / "answer.txt"
    assert ctl.json("raw", "save", one["id"], file) == {"size": one["size"], "file": str(file)}
    assert b"DELIVRD" in file.read_bytes()
    tried = json.loads(ctl("--json", "raw", "retry").out)
    assert tried == {"reports": 0, "replies": 0, "left": 1}
    assert ctl.json("raw", "aside", one["id"]) == {"left": 0}
    assert ctl.json("raw", "list") == {"raw": []}


def test_an_answer_that_is_not_there_is_said_so(ctl: Ctl, tmp_path: Path) -> None:
    answer = ctl("raw", "save", 99, tmp_path / "answer.txt")
    assert answer.status == 2
    assert "99" in answer.err
