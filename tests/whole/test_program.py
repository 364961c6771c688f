"""`smsdesk` as a process of its own: one program a data folder, files that nobody else can read."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest
from checks import ignore
from conftest import stored_account
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from test_window import Answering, click

from smsdesk.app import OneProgram, Program
from smsdesk.demo import Demo
from smsdesk.domain.account import Secret
from smsdesk.domain.errors import InputProblem
from smsdesk.jobs import accounts, keeping
from smsdesk.jobs.desk import Desk
from smsdesk.simulator.server import Practice
from smsdesk.ui.dialogs.damaged import DamagedDialog

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `smsdesk` on a data folder; what still runs at the end of the test is ended."""
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "smsdesk", "--data-dir", str(tmp_path / "data"), *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "en_US.UTF-8", "LC_ALL": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_second_program_says_so_and_leaves_the_field_to_the_first(start: Start, tmp_path: Path) -> None:
    demo = tmp_path / "data" / "demo"
    first = start("--demo")
    until((demo / "window.lock").exists)
    second = start("--demo")
    _, said = second.communicate(timeout=20)
    assert second.returncode == 0
    assert "SMS Desk is open already" in said
    assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    third = start("--demo")
    until((demo / "store.sqlite3").exists)
    time.sleep(1)
    assert third.poll() is None, "the lock of a killed program keeps nobody out"


def test_what_lies_on_disk_is_for_its_owner_only_and_holds_no_password(start: Start, tmp_path: Path) -> None:
    demo = tmp_path / "data" / "demo"
    start("--demo")
    until((demo / "store.sqlite3-wal").exists)
    time.sleep(2)
    assert stat.S_IMODE(demo.stat().st_mode) == 0o700
    for file in demo.rglob("*"):
        if file.is_file() and file.name != "window.lock":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_help_menu_opens_a_practice_window_beside_this_one(
    desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot
) -> None:
    stored_account(desk, practice)
    desk.database.dispose()
    data_dir = tmp_path / "data"
    lock = data_dir / "demo" / "window.lock"
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, data_dir, None, OneProgram(data_dir), demo=False)
    try:
        qtbot.waitUntil(lambda: program.window.account_box.count() == 1, timeout=20_000)
        program.window.help.practice_entry.trigger()
        qtbot.waitUntil((data_dir / "demo" / "store.sqlite3-wal").exists, timeout=20_000)
        assert program.window.account_box.count() == 1, "this one goes on"
    finally:
        if lock.exists():
            os.kill(int(lock.read_text().splitlines()[0]), signal.SIGKILL)
        program.end()
        program.window.deleteLater()


def test_a_backup_that_was_to_be_restored_while_practising_brings_no_real_account_into_the_next_practice(
    desk: Desk, practice: Practice, tmp_path: Path
) -> None:
    stored_account(desk, practice, name="real")
    file, data_dir = tmp_path / "real.sqlite3", tmp_path / "demo"
    keeping.backup(desk, file, threading.Event(), ignore)
    data_dir.mkdir()
    first = Demo(data_dir)
    keeping.restore(first.desk, file, threading.Event(), ignore)
    first.desk.database.dispose()
    first.close()
    second = Demo(data_dir)
    assert [one.name for one in accounts.every(second.desk)] == ["练习网关"]
    second.desk.database.dispose()
    second.close()


def test_the_practice_talks_to_no_real_gateway(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    demo = Demo(tmp_path / "demo")
    (account,) = accounts.every(demo.desk)
    real = dataclasses.replace(account, url=practice.url)
    for url_is_changed in (real, dataclasses.replace(real, id=0, name="real")):
        with pytest.raises(InputProblem, match="This is practice"):
            accounts.test(demo.desk, url_is_changed, Secret(practice.password))
    assert accounts.test(demo.desk, account, demo.desk.passwords.get(account.key) or Secret("")).balance_li
    demo.desk.database.dispose()
    demo.close()


def test_a_call_that_is_wrong_is_told_how_it_should_be(start: Start) -> None:
    wrong = start("--no-such-option")
    _, said = wrong.communicate(timeout=20)
    assert wrong.returncode == 2
    assert "usage: smsdesk" in said


def test_a_store_whose_damage_shows_only_after_it_is_open_is_restored_at_once(
    desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot
) -> None:
    stored_account(desk, practice)
    good = tmp_path / "good.sqlite3"
    keeping.backup(desk, good, threading.Event(), ignore)
    data_dir = tmp_path / "broken"
    data_dir.mkdir()
    damaged = data_dir / "store.sqlite3"
    shutil.copy(good, damaged)
    with closing(sqlite3.connect(damaged)) as conn:
        conn.execute("PRAGMA journal_mode=WAL")
        place = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'campaigns'").fetchone()[0] - 1
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    with damaged.open("r+b") as file:
        file.seek(place * size)
        file.write(b"garbage!" * (size // 8))
    said: list[str] = []

    def restore(dialog: QDialog) -> None:
        assert isinstance(dialog, DamagedDialog)
        said.append(dialog.notice.text)
        click(qtbot, dialog.restore_button)

    def complain(dialog: QDialog) -> None:
        assert isinstance(dialog, DamagedDialog)
        said.append(dialog.notice.text)
        dialog.reject()

    answering = Answering(DamagedDialog, restore, complain)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with mock.patch.object(QFileDialog, "getOpenFileName", return_value=(str(good), "")):
        program = Program(app, data_dir, None, OneProgram(data_dir), demo=False)
        qtbot.waitUntil(lambda: answering.answered or program.window.account_box.count() == 1, timeout=20_000)
    answering.end()
    assert len(said) == 1, said
    program.end()
    program.window.deleteLater()


def test_a_damaged_store_asks_for_a_backup_at_the_start_and_goes_on_with_that(
    desk: Desk, practice: Practice, tmp_path: Path, qtbot: QtBot
) -> None:
    stored_account(desk, practice)
    good, wrong = tmp_path / "good.sqlite3", tmp_path / "wrong.sqlite3"
    keeping.backup(desk, good, threading.Event(), ignore)
    wrong.write_bytes(b"no backup")
    data_dir = tmp_path / "broken"
    data_dir.mkdir()
    (data_dir / "store.sqlite3").write_bytes(b"garbage" * 10_000)
    said: list[str] = []

    def restore(dialog: QDialog) -> None:
        assert isinstance(dialog, DamagedDialog)
        assert not program.window.isVisible()
        said.append(dialog.notice.text)
        click(qtbot, dialog.restore_button)

    answering = Answering(DamagedDialog, restore, restore)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with mock.patch.object(QFileDialog, "getOpenFileName", side_effect=[(str(wrong), ""), (str(good), "")]):
        program = Program(app, data_dir, None, OneProgram(data_dir), demo=False)
        qtbot.waitUntil(lambda: answering.answered and program.window.isVisible(), timeout=20_000)
    assert "damaged" in said[0] or "损坏" in said[0]
    assert "wrong.sqlite3" in said[1]
    window = program.window
    qtbot.waitUntil(lambda: window.account_box.count() == 1)
    assert "blocklist" in window.notice.text or "黑名单" in window.notice.text, "garbage tells nobody who opted out"
    assert len(list(data_dir.glob("before-restore-*.sqlite3"))) == 1
    program.end()
    window.hide()
    window.deleteLater()
