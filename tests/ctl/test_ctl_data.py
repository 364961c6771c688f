"""`data info`, `backup`, `restore`, `old`, and every table by `export`."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ctl.calling import Ctl, numbers
from smsdesk.simulator.server import Practice


@pytest.fixture
def sent(ctl: Ctl) -> Ctl:
    """A store with a campaign of three that was reported on."""
    ctl.json("send", "--account", "demo", "--to", ",".join(numbers(3)), "--text", "您好", "--name", "五月")
    ctl.json("pull", "demo")
    return ctl


def test_a_backup_is_made_looked_into_and_restored(sent: Ctl, tmp_path: Path, gateway: Practice) -> None:
    file = tmp_path / "b.sqlite3"
    made = sent.json("data", "backup", file)
    assert (made["campaigns"], made["messages"], made["reports"]) == (1, 3, 3)
    assert sent.json("data", "info", file) == made
    assert "3 messages" in sent("data", "info", file).out
    sent.json("send", "--account", "demo", "--to", numbers(1)[0], "--text", "又来", "--name", "六月")
    assert sent.json("data", "restore", file) == made
    assert [one["name"] for one in sent.json("campaign", "list")["campaigns"]] == ["五月"]
    assert sent.json("data", "info")["bytes"] > 0
    assert sent.json("data", "restore", tmp_path / "no.sqlite3", status=2)["error"]
    assert len(gateway.gateway.ledger.accepted) == 4


def test_what_is_restored_goes_on_only_when_a_person_says_so_twice(ctl: Ctl, tmp_path: Path, gateway: Practice) -> None:
    gateway.faults.add("status", "send", code=2)
    ctl.json("send", "--account", "demo", "--to", ",".join(numbers(2)), "--text", "您好", status=3)
    ctl.json("data", "backup", tmp_path / "b.sqlite3")
    gateway.faults.clear()
    ctl.json("campaign", "resume", 1)
    ctl.json("data", "restore", tmp_path / "b.sqlite3")
    assert "--restored" in ctl.json("campaign", "resume", 1, status=2)["error"]
    assert len(gateway.gateway.ledger.accepted) == 2
    ctl.json("campaign", "resume", 1, "--restored")
    assert len(gateway.gateway.ledger.accepted) == 4


def test_old_data_are_only_counted_unless_it_is_said(sent: Ctl) -> None:
    found = sent.json("data", "old", "--days", 30)
    assert (found["how"], found["done"], found["messages"]) == ("anonymise", False, 0)
    assert sent.json("data", "old", "--days", 30, "--delete", "--yes")["done"] is True
    copy = Path(sent.json("data", "info")["file"]).with_name("before-restore-20260101-000000.sqlite3")
    copy.write_bytes(b"earlier")
    mine = copy.with_name("backup-mine.sqlite3")
    mine.write_bytes(b"a person's own")
    assert sent.json("data", "old", "--days", 30, "--yes")["copies"] == 1
    assert "--copies" in sent("data", "old", "--days", 30).out
    assert sent.json("data", "old", "--days", 30, "--yes", "--copies")["copies"] == 1
    assert not copy.exists()
    assert mine.exists()
    assert "30" in sent.json("data", "old", "--days", 29, status=2)["error"]
    assert sent.json("data", "old", "--days", 30, "--delete", "--anonymise", status=2)["error"]
    assert "Add --yes" in sent("data", "old", "--days", 60).out


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_table_is_exported(sent: Ctl, tmp_path: Path, ending: str) -> None:
    sent.json("blocklist", "add", "13800000009")
    out = tmp_path / f"out.{ending}"
    expected = {
        ("campaigns",): 1,
        ("campaign", 1): 3,
        ("campaign", 1, "--state", "rejected"): 0,
        ("reports", "--since", "2020-01-01"): 3,
        ("replies",): 0,
        ("people",): 0,
        ("blocklist",): 1,
        ("blocklist", "--former"): 0,
    }
    for words, rows in expected.items():
        what, *options = words
        ids = [str(one) for one in options if isinstance(one, int)]
        others = [one for one in options if not isinstance(one, int)]
        assert sent.json("export", what, *ids, out, *others) == {"rows": rows, "file": str(out)}, words
        assert out.stat().st_size > 10
    assert sent.json("export", "balance", "demo", out)["rows"] >= 1


def test_a_support_bundle_is_saved_without_numbers(sent: Ctl, tmp_path: Path) -> None:
    file = tmp_path / "s.zip"
    assert sent.json("support", file) == {"file": str(file)}
    with zipfile.ZipFile(file) as bundle:
        about = bundle.read("about.json").decode()
    assert '"messages accepted": 3' in about
    assert not any(private in about for private in (*numbers(3), "五月", "您好", "demo"))
    assert sent.json("support", tmp_path / "nowhere" / "s.zip", status=2)["error"]
