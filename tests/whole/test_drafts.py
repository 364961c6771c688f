"""What is typed is there again at the next start, however the program ended."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import stored_account
from PySide6.QtCore import QDateTime, QTimeZone
from pytestqt.qtbot import QtBot
from test_window import click, send_it
from ui_windows import opened

from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings import remembered
from smsdesk.settings.drafts import NAMES, Drafts
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.server import Practice
from smsdesk.ui.pages.sending_page import SendingPage


def kept(folder: Path, name: str) -> str:
    """What the disk has of a draft at this moment."""
    file = folder / f"draft-{name}.txt"
    return file.read_text("utf-8") if file.exists() else ""


@pytest.mark.parametrize("wait_ms", [0, 1500])
def test_a_text_is_there_again_after_closing(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, wait_ms: int
) -> None:
    stored_account(desk, practice)
    text, lines = "尊敬的{姓名}😊，\n您好", "13800000000#【商城】您好\n138"
    with opened(desk, tmp_path, qtbot) as window:
        window.bulk.writing.text.insertPlainText(text)
        window.p2p.editor.insertPlainText(lines)
        qtbot.wait(wait_ms)
    again = open_desk(tmp_path / "again", None, MemoryPasswords())
    with opened(again, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: window.bulk.writing.text.toPlainText() == text, timeout=5_000)
        qtbot.waitUntil(lambda: window.p2p.editor.toPlainText() == lines, timeout=5_000)


def test_name_hours_and_start_are_there_again_on_both_pages_even_when_the_time_has_passed(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    china = QTimeZone(8 * 3600)
    times = [QDateTime.fromString(f"2026-{month}-05T18:30:00", "yyyy-MM-ddThh:mm:ss") for month in ("01", "02")]
    for one in times:
        one.setTimeZone(china)

    def pages(window: object) -> list[SendingPage]:
        return [window.bulk, window.p2p]  # type: ignore[attr-defined]

    with opened(desk, tmp_path, qtbot) as window:
        for page, name, at in zip(pages(window), ("五月会员日", "取件码"), times, strict=True):
            page.name.setText(name)
            page.marketing.setChecked(True)
            page.later.setChecked(True)
            page.start_at.setDateTime(at)
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: [page.name.text() for page in pages(window)] == ["五月会员日", "取件码"])
        for page, at in zip(pages(window), times, strict=True):
            assert page.marketing.isChecked()
            assert page.later.isChecked()
            assert page.start_at.isEnabled()
            assert page.start_at.dateTime() == at
        window.tabs.setCurrentWidget(window.p2p)
        window.p2p.editor.setPlainText("13800000001#【商城】您好")
        qtbot.waitUntil(lambda: window.p2p._reviewer.review.good == 1)
        click(qtbot, window.p2p.send_button)
        assert "has passed" in window.p2p.notice.text
        for page in pages(window):
            page.name.clear()
            page.marketing.setChecked(False)
            page.later.setChecked(False)
    assert [kept(tmp_path, f"{page}-form") for page in ("bulk", "p2p")] == ["", ""]


def test_a_draft_is_on_the_disk_soon_after_typing_and_only_for_its_owner(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        window.bulk.writing.text.insertPlainText("您好")
        qtbot.waitUntil(lambda: kept(tmp_path, "bulk") == "您好", timeout=5_000)
        assert stat.S_IMODE((tmp_path / "draft-bulk.txt").stat().st_mode) == 0o600
        window.bulk.writing.text.clear()
        qtbot.waitUntil(lambda: not (tmp_path / "draft-bulk.txt").exists(), timeout=5_000)


def test_who_types_without_a_pause_loses_no_more_than_seconds(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        for _ in range(20):
            window.bulk.writing.text.insertPlainText("您好")
            window.bulk.name.insert("五")
            qtbot.wait(300)
        assert kept(tmp_path, "bulk").startswith("您好")
        assert "name" in kept(tmp_path, "bulk-form")


def test_closing_loses_nothing_that_waits_behind_something_slow(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    """A disk may take seconds for what was to be kept before."""
    stored_account(desk, practice)
    slow = threading.Event()
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.waitUntil(window.bulk.isVisible)
        window.bulk.workplace.beside(lambda stop, _tell: slow.set() or stop.wait(20))  # type: ignore[func-returns-value]
        qtbot.waitUntil(slow.is_set)
        window.bulk.writing.text.insertPlainText("您好")
        qtbot.wait(1_500)  # it is to be kept, and waits
        assert kept(tmp_path, "bulk") == ""
    assert kept(tmp_path, "bulk") == "您好"


_TYPED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

class Application(QApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        QTimer.singleShot(500, self.look)

    def look(self):
        window = next(one for one in self.topLevelWidgets() if isinstance(one, QMainWindow))
        print(window.bulk.writing.text.toPlainText())
        window.bulk.writing.text.insertPlainText('您好')
        window.bulk.name.setText('五月')
        QGuiApplication.clipboard().setText('13800000001\\n13800000002')
        window.bulk.recipients.paste()
        window.p2p.editor.insertPlainText('13800000003#您好')
        print('typed', flush=True)
        if '--demo' in sys.argv:
            QTimer.singleShot(1500, window.close)

from PySide6 import QtWidgets
QtWidgets.QApplication = Application
from smsdesk.__main__ import main
sys.argv = ['smsdesk', '--data-dir', *sys.argv[1:]]
main()
"""


def typing(*arguments: object) -> subprocess.Popen[str]:
    """The program as a process of its own: says what text is there, then has something typed. A demo is closed then."""
    command = [sys.executable, "-c", _TYPED, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_a_program_that_is_killed_loses_nothing_that_is_older_than_five_seconds(tmp_path: Path, qtbot: QtBot) -> None:
    data = tmp_path / "killed"
    with typing(data) as program:
        assert program.stdout is not None
        assert [program.stdout.readline() for _ in range(2)] == ["\n", "typed\n"]
        end = time.monotonic() + 5
        while time.monotonic() < end and not all(kept(data, one) for one in ("bulk", "bulk-form", "bulk-list", "p2p")):
            time.sleep(0.05)
        program.send_signal(signal.SIGKILL)
    with opened(open_desk(data, None, MemoryPasswords()), data, qtbot) as window:
        qtbot.waitUntil(lambda: len(window.bulk.recipients.importer.sources) == 1, timeout=10_000)
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None, timeout=10_000)
        assert [one.mobile for one in window.bulk.recipients.importer.result.recipients] == [  # type: ignore[union-attr]
            "13800000001",
            "13800000002",
        ]
        assert window.bulk.writing.text.toPlainText() == "您好"
        assert window.bulk.name.text() == "五月"
        assert window.p2p.editor.toPlainText() == "13800000003#您好"


def test_what_is_typed_while_practising_is_thrown_away_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    for folder in (tmp_path, tmp_path / "demo"):
        (folder / "draft-bulk.txt").write_text(folder.name, "utf-8")
    with typing(tmp_path, "--demo") as program:
        assert program.communicate(timeout=60)[0] == "\ntyped\n", "nothing of the practice before"
    assert kept(tmp_path, "bulk") == tmp_path.name
    assert list((tmp_path / "demo").glob("draft-*")) == []


def test_lines_that_were_sent_are_no_draft_from_that_moment(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        window.tabs.setCurrentWidget(window.p2p)
        window.p2p.editor.setPlainText("13800000001#【商城】您好，拒收请回复R")
        window.p2p.name.setText("五月")
        qtbot.waitUntil(lambda: bool(kept(tmp_path, "p2p") and kept(tmp_path, "p2p-form")), timeout=5_000)
        qtbot.waitUntil(lambda: window.p2p._reviewer.review.good == 1)
        send_it(qtbot, window, window.p2p.send_button)
        qtbot.waitUntil(lambda: window.p2p.editor.toPlainText() == "", timeout=10_000)
        qtbot.waitUntil(lambda: not kept(tmp_path, "p2p"), timeout=500)
        qtbot.waitUntil(lambda: not kept(tmp_path, "p2p-form"), timeout=5_000)


def test_a_page_that_is_made_late_has_its_draft_at_once(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "draft-bulk.txt").write_text("旧草稿", "utf-8")
    remembered.save(tmp_path, {"page": "people"})
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.wait(200)
        assert "bulk" not in vars(window)
        assert window.bulk.writing.text.toPlainText() == "旧草稿", "else what another page hands over would replace it"


def test_damaged_drafts_stop_nothing_and_what_can_be_read_of_them_is_there(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "draft-bulk.txt").write_bytes("您好".encode() + b"\xff\x00\x00")
    (tmp_path / "draft-p2p-form.txt").write_text('{"name": "五月", "marketing": 1, "start_at": "soon"}', "utf-8")
    (tmp_path / "draft-bulk-form.txt").write_text('["name"]', "utf-8")
    (tmp_path / "draft-p2p.txt").mkdir()
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: window.bulk.writing.text.toPlainText() == "您好\ufffd")
        assert (window.p2p.name.text(), window.p2p.later.isChecked()) == ("五月", False)
        assert window.p2p.editor.toPlainText() == ""


def test_a_draft_is_replaced_whole_and_what_was_cut_off_goes(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    for text in ("第一\n行", "", "第二\ud800"):
        drafts.put("p2p", lambda text=text: text)  # type: ignore[misc]
        drafts.write()
        assert drafts.load()["p2p"] == text.replace("\ud800", "?")
    for left in ("draft-bulk-list.txtab12cd", "draft-bulk-files.txt"):
        (tmp_path / left).write_text("13800000001")
    assert {name for name, text in drafts.load().items() if text} == {"p2p"} < set(NAMES)
    assert [one.name for one in tmp_path.iterdir()] == ["draft-p2p.txt"]


@pytest.mark.expects_log
def test_what_a_full_disk_has_no_room_for_is_kept_as_soon_as_there_is_some(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "later")
    drafts.put("bulk", lambda: "您好")
    drafts.write()
    (tmp_path / "later").mkdir()
    drafts.write()
    assert drafts.load()["bulk"] == "您好"
