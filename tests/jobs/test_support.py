"""The support bundle: what is in it, and what must not be."""

from __future__ import annotations

import dataclasses
import json
import threading
import zipfile
from pathlib import Path

import pytest
from checks import ignore, people
from conftest import account_at

from smsdesk.domain.account import Secret
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.jobs import accounts, planning, polling, sending, support
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.rendering import Order
from smsdesk.settings.settings import Settings
from smsdesk.simulator.server import Practice

LOG = """2026-12-01 21:00:00,123 ERROR smsdesk.ui.lane a work on lane sending 1 failed
Traceback (most recent call last):
  File "/home/zhang.san/smsdesk/jobs/sending.py", line 120, in _request
    raise ValueError(line)
sqlalchemy.exc.IntegrityError: (IntegrityError) Dear Ms Wang, your code is 4711 ('13800010000', 'winter sale')
[parameters: ('13800010001', '【示例商城】冬季特卖')]
2026-12-01 21:00:05,000 WARNING smsdesk.jobs.receiving an answer waits on: There is no password for '练习账号一'.
2026-12-01T13:00:06.5+00:00 ERROR httpx http://gateway.example.com:9999/sms?account=login-a refused 13800010002
"""


def texts_of(path: Path) -> str:
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return "\n".join(bundle.read(name).decode() for name in bundle.namelist())


@pytest.fixture
def settings() -> Settings:
    return Settings(
        account="练习账号一",
        own_numbers=("13900001111",),
        sensitive=("机密词",),
        folder="/home/zhang.san/lists",
        push_public="https://desk.example.com",
        push_allowed=("203.0.113.7",),
        opt_out_ending="拒收请回复R谢谢",
    )


def test_a_bundle_has_versions_and_counts_and_nothing_about_people(
    both_desks: Desk, practice: Practice, tmp_path: Path, settings: Settings, stop: threading.Event
) -> None:
    desk, secret = both_desks, practice.password
    account = accounts.save(
        desk, account_at(practice, name="练习账号一", signature="【示例商城】"), Secret(practice.password)
    )
    campaign = planning.plan(
        desk, Order(account, "冬季特卖任务", "{姓名}您好，冬季特卖开始了", "客户名单.xlsx", people(5)), stop, ignore
    )
    sending.send(desk, campaign, stop, ignore)
    practice.gateway.reply("13800010000", "请问几点开门")
    polling.pull(desk, account, stop, ignore)
    data_dir = tmp_path / "data"
    data_dir.mkdir(exist_ok=True)
    known = LOG.replace("login-a", account.login) + f"2026-12-01 21:00:07,000 WARNING x {account.extno} {secret}\n"
    (data_dir / "smsdesk.log").write_text(known, encoding="utf-8")
    (data_dir / "smsdeskctl.log.1").write_text(LOG, encoding="utf-8")
    found = support.save(desk, data_dir, settings, tmp_path / "b.zip", stop)
    everything = texts_of(found)
    about = json.loads(zipfile.ZipFile(found).read("about.json"))
    assert about["counts"]["campaigns done"] == 1
    assert about["counts"]["messages accepted"] == 5
    assert about["counts"]["messages delivered"] == 5
    assert about["counts"]["replies"] == 1
    assert about["versions"]["SMS Desk"]
    assert about["versions"]["database"].startswith(("sqlite 3", "postgresql 1"))
    assert about["settings"]["own_numbers"] == "1 given"
    assert about["settings"]["poll_seconds"] == 15
    assert 'File "smsdesk/jobs/sending.py", line 120, in _request' in everything
    assert "sqlalchemy.exc.IntegrityError" in everything
    assert "a work on lane sending 1 failed" in everything
    assert "an answer waits on: There is no password for" in everything
    for private in (
        *(one.mobile for one in people(5)),
        *("客户0", "冬季特卖", "客户名单", "您好", "示例商城", "练习账号一", "请问几点开门", "4711", "winter", "Wang"),
        *("13900001111", "机密词", "zhang.san", "desk.example.com", "203.0.113.7", "拒收请回复R", "gateway.example"),
        *(account.login, account.extno, account.key, secret, "127.0.0.1"),
    ):
        assert private not in everything, private
        assert private.encode() not in found.read_bytes(), private


def test_every_setting_that_is_text_is_left_out(desk: Desk, tmp_path: Path, stop: threading.Event) -> None:
    given = {
        one.name: "private" if one.type == "str" else ("private", "private")
        for one in dataclasses.fields(Settings)
        if one.type in ("str", "tuple[str, ...]")
    }
    assert len(given) > 5
    found = support.save(desk, tmp_path, Settings(**given), tmp_path / "b.zip", stop)  # type: ignore[arg-type]
    assert "private" not in texts_of(found)


def test_a_bundle_that_cannot_be_saved_leaves_nothing(desk: Desk, tmp_path: Path, stop: threading.Event) -> None:
    with pytest.raises(InputProblem):
        support.save(desk, tmp_path, Settings(), tmp_path / "nowhere" / "b.zip", stop)
    (tmp_path / "smsdesk.log").write_text(LOG, encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(b"before")
    stop.set()
    with pytest.raises(Cancelled):
        support.save(desk, tmp_path, Settings(), tmp_path / "b.zip", stop)
    assert (tmp_path / "b.zip").read_bytes() == b"before"
    assert not list(tmp_path.glob("*.tmp"))
