"""What is typed is there again at the next start, however the program ended."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from conftest import stored_account
from pytestqt.qtbot import QtBot
from test_window import click, send_it
from ui_windows import opened

from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.settings import drafts, remembered
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.server import Practice


@pytest.mark.parametrize("wait_ms", [0, 1500])
def test_a_text_is_there_again_after_closing(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice, wait_ms: int
) -> None:
    stored_account(desk, practice)
    text, lines = "尊敬的{姓名}😊，\n您好", "13800000000#【商城】您好\n138"
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.wait(200)  # until what was kept before is looked for
        window.bulk.writing.text.insertPlainText(text)
        window.p2p.editor.insertPlainText(lines)
        qtbot.wait(wait_ms)
    again = open_desk(tmp_path / "again", None, MemoryPasswords())
    with opened(again, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: window.bulk.writing.text.toPlainText() == text, timeout=5_000)
        qtbot.waitUntil(lambda: window.p2p.editor.toPlainText() == lines, timeout=5_000)


def test_a_draft_is_on_the_disk_soon_after_typing_and_only_for_its_owner(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.wait(200)
        window.bulk.writing.text.insertPlainText("您好")
        qtbot.waitUntil(lambda: drafts.load(tmp_path, "bulk") == "您好", timeout=5_000)
    assert stat.S_IMODE((tmp_path / "draft-bulk.txt").stat().st_mode) == 0o600


def test_who_types_without_a_pause_loses_no_more_than_seconds(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.wait(200)
        for _ in range(20):
            window.bulk.writing.text.insertPlainText("您好")
            qtbot.wait(300)
        assert drafts.load(tmp_path, "bulk").startswith("您好")


def test_the_list_that_was_open_is_offered_again_until_it_was_sent(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    members = tmp_path / "会员.csv"
    members.write_text("手机号\n13800000001\n13800000002\n", "utf-8")

    def kept() -> str:
        return drafts.load(tmp_path, "bulk-files")

    with opened(desk, tmp_path, qtbot) as window:
        qtbot.wait(200)
        window.bulk.add_files([members])
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None)
        qtbot.waitUntil(lambda: kept() == str(members.resolve()))
    with opened(open_desk(tmp_path / "again", None, MemoryPasswords()), tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: window.bulk.notice.text == "The list that was open: 会员.csv")
        assert window.bulk.recipients.importer.sources == [], "it is not read before somebody wants it"
        click(qtbot, window.bulk.notice.action)
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None)
        qtbot.wait(200)
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: window.bulk.notice.text != "")
        click(qtbot, window.bulk.notice.action)
        qtbot.waitUntil(lambda: window.bulk.recipients.result is not None)
        window.bulk.writing.text.insertPlainText("您好")
        send_it(qtbot, window, window.bulk.send_button)
        qtbot.waitUntil(lambda: kept() == "", timeout=10_000)


def test_a_page_that_is_made_late_has_its_draft_at_once(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    drafts.save(tmp_path, "bulk", "旧草稿")
    remembered.save(tmp_path, {"page": "people"})
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.wait(200)
        assert "bulk" not in vars(window)
        assert window.bulk.writing.text.toPlainText() == "旧草稿", "else what another page hands over would replace it"


def test_a_draft_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "draft-bulk.txt").write_bytes(b"\xff\xfe\x00")
    assert drafts.load(tmp_path, "bulk") == ""
    assert drafts.load(tmp_path / "nowhere", "bulk") == ""


def test_a_draft_is_replaced_whole(tmp_path: Path) -> None:
    for text in ("第一\r\n行", "", "第二"):
        drafts.save(tmp_path, "p2p", text)
        assert drafts.load(tmp_path, "p2p") == text.replace("\r\n", "\n")
    assert [one.name for one in tmp_path.iterdir()] == ["draft-p2p.txt"]
