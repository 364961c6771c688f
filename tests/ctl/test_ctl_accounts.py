"""`account`, `balance`, passwords."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from ctl.calling import Ctl
from smsdesk.simulator.server import Practice

SECRET = "Hunter-2-geheim"

ADD = ("account", "add", "demo", "--url", "http://127.0.0.1:9/sms", "--account", "me", "--extno", "10690000")


def test_an_account_is_added_listed_changed_and_removed(empty: Ctl) -> None:
    options = ("--signature", "示例", "--batch", 100, "--price-li", 45, "--separator", "tab", "--line-end", "crlf")
    added = empty.json(*ADD, *options)
    assert added == {
        "name": "demo",
        "url": "http://127.0.0.1:9/sms",
        "account": "me",
        "extno": "10690000",
        "signature": "【示例】",
        "batch": 100,
        "connections": 2,
        "rate": 0,
        "price_li": 45,
        "estimated_price_li": None,
        "separator": "tab",
        "line_end": "crlf",
        "password_form": "plain",
        "abroad": False,
        "gsm7": False,
        "warn_below_li": None,
        "pause_below": False,
    }
    assert empty.json("account", "list") == {"accounts": [added]}
    changed = empty.json("account", "add", "demo", "--replace", "--rate", 30, "--extno", "10691111")
    assert changed == {**added, "rate": 30, "extno": "10691111"}
    assert empty.json("account", "list") == {"accounts": [changed]}
    assert empty.json("account", "remove", "demo") == {"removed": "demo"}
    assert empty.json("account", "list") == {"accounts": []}


def test_an_account_may_be_allowed_to_send_abroad(empty: Ctl) -> None:
    assert empty.json(*ADD, "--abroad")["abroad"] is True
    assert empty.json(*ADD, "--replace", "--batch", 7)["abroad"] is True
    assert empty.json(*ADD, "--replace", "--no-abroad")["abroad"] is False


def test_an_account_may_count_plain_text_as_gsm(empty: Ctl) -> None:
    assert empty.json(*ADD, "--gsm7")["gsm7"] is True
    assert empty.json(*ADD, "--replace", "--batch", 7)["gsm7"] is True
    assert empty.json(*ADD, "--replace", "--no-gsm7")["gsm7"] is False


def test_segments_of_an_account_that_counts_gsm_are_those_of_gsm(ctl: Ctl) -> None:
    text = "The parcel is here. " * 8  # 160 characters, with the blank at the end
    sent = ("send", "--account", "demo", "--to", "13800010000", "--text", text)
    assert ctl.json(*sent)["segments"] == 3
    ctl.json("account", "add", "demo", "--replace", "--gsm7")
    assert ctl.json(*sent, "--name", "again")["segments"] == 1


def test_a_price_that_was_not_entered_is_estimated_from_what_was_sent(ctl: Ctl) -> None:
    def known() -> tuple[int, int | None]:
        (account,) = ctl.json("account", "list")["accounts"]
        return account["price_li"], account["estimated_price_li"]

    assert known() == (0, None)
    ctl.json("send", "--account", "demo", "--to", "13800010000,13800010001", "--text", "hi")
    assert known() == (0, 50)
    assert "~50" in ctl("account", "list").out
    ctl.json("account", "add", "demo", "--replace", "--price-li", 45)
    assert known() == (45, None)


def test_a_replaced_account_keeps_its_id_and_key(empty: Ctl) -> None:
    def rows() -> list[tuple[int, str]]:
        with sqlite3.connect(empty.data_dir / "store.sqlite3") as store:
            found = store.execute("SELECT id, key FROM accounts").fetchall()
        store.close()
        return found

    empty.json(*ADD)
    before = rows()
    empty.json(*ADD, "--replace", "--batch", 7)
    assert rows() == before


def test_a_name_that_is_taken_is_refused(empty: Ctl) -> None:
    empty.json(*ADD)
    refused = empty(*ADD, "--json")
    assert refused.status == 2
    assert "already" in refused.json["error"]
    assert "already" in refused.err


def test_without_a_keyring_no_password_and_no_account_is_stored(empty: Ctl) -> None:
    # What the environment holds is for one call and is no place to keep another one.
    more = {"SMSDESK_PASSWORD": "another-one"}
    refused = empty.process(*ADD, "--password-stdin", "--json", text_in=SECRET + "\n", **more)
    assert refused.status == 2
    assert "keyring" in refused.json["error"]
    assert empty.json("account", "list") == {"accounts": []}
    assert not [file for file in empty.data_dir.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]


def test_with_a_keyring_the_password_is_kept_there_and_taken_out(empty: Ctl, gateway: Practice, tmp_path: Path) -> None:
    # A keyring of our own in a file of the test's, with a priority as real ones have.
    (tmp_path / "testring.py").write_text(
        "import json, pathlib\n"
        "from keyring.backend import KeyringBackend\n"
        f"FILE = pathlib.Path({str(tmp_path / 'ring.json')!r})\n"
        "class Ring(KeyringBackend):\n"
        "    priority = 5\n"
        "    def _all(self): return json.loads(FILE.read_text()) if FILE.exists() else {}\n"
        "    def get_password(self, service, name): return self._all().get(name)\n"
        "    def set_password(self, service, name, word): FILE.write_text(json.dumps({**self._all(), name: word}))\n"
        "    def delete_password(self, service, name):\n"
        "        FILE.write_text(json.dumps({k: v for k, v in self._all().items() if k != name}))\n"
    )
    ring = {"PYTHON_KEYRING_BACKEND": "testring.Ring", "PYTHONPATH": str(tmp_path)}
    who = ("--url", gateway.url, "--account", gateway.account, "--extno", gateway.extno)
    added = empty.process("account", "add", "demo", *who, "--password-stdin", text_in=gateway.password + "\r\n", **ring)
    assert (added.status, added.err) == (0, "")
    assert empty.process("balance", "demo", "--json", **ring).json["balance_li"] == 1_000_000
    assert empty.process("account", "remove", "demo", **ring).status == 0
    assert (tmp_path / "ring.json").read_text() == "{}"


def test_an_account_may_be_added_without_a_password_which_is_said(empty: Ctl) -> None:
    added = empty(*ADD, "--json")
    assert added.status == 0
    assert "SMSDESK_PASSWORD" in added.err
    assert empty("balance", "demo").status == 2


def test_a_wrong_account_changes_nothing(empty: Ctl) -> None:
    for wrong in (("--batch", 501), ("--url", "ftp://x/sms"), ("--extno", "abc"), ("--separator", "comma")):
        assert "error" in empty.json(*ADD, *wrong, status=2), wrong
    assert "--extno" in empty.json("account", "add", "x", "--url", "http://h/sms", status=2)["error"]
    assert empty.json("account", "list") == {"accounts": []}


def test_the_balance_is_asked_for(ctl: Ctl) -> None:
    asked = ctl.json("balance", "demo")
    assert (asked["balance_li"], asked["charge_type"]) == (1_000_000, "PRECHARGE")
    assert asked["asked_at"].endswith("+08:00")


def test_an_unknown_account_is_named_with_those_that_there_are(ctl: Ctl) -> None:
    assert "demo" in ctl.json("balance", "nobody", status=2)["error"]


def test_a_wrong_password_is_refused_by_the_gateway(ctl: Ctl) -> None:
    assert "(3)" in ctl.json("balance", "demo", status=3, password="wrong-one")["error"]


def test_a_gateway_that_is_not_there_is_told(ctl: Ctl, gateway: Practice) -> None:
    gateway.stop()
    answer = ctl("balance", "demo", LANG="zh_CN.UTF-8")
    assert (answer.status, answer.out) == (3, "")
    assert "连接不上网关" in answer.err


def test_a_page_instead_of_an_answer_and_a_gateway_that_hangs_are_told(ctl: Ctl, gateway: Practice) -> None:
    with_html = gateway.faults.add("html")
    assert "502" in ctl.json("balance", "demo", status=3)["error"]
    with_html.off()
    gateway.faults.add("hang")
    assert "too long" in ctl.json("balance", "demo", "--timeout", "0.5", status=3)["error"]


def test_the_password_is_in_no_file_of_the_store(ctl: Ctl, gateway: Practice) -> None:
    ctl.json("send", "--account", "demo", "--to", "13800010000", "--text", "hi")
    ctl.json("pull", "demo")
    files = [file for file in ctl.data_dir.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert gateway.password.encode() not in file.read_bytes(), file
        if sys.platform != "win32":
            assert file.stat().st_mode & 0o077 == 0 or file.suffix == ".lock", file
