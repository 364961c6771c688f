"""The list of recipients that was open is there again at the next start, or is offered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from checks import ignore, plan
from conftest import stored_account
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from test_drafts import kept
from test_recipients_card import button_called, good, make, numbered, wait_for
from test_window import Answering, button_named, click, send_it
from ui_windows import opened

from smsdesk.domain.campaign import Part, Which
from smsdesk.domain.origin import FromCampaign, FromClipboard, FromFile, FromGroup, FromKeyboard, How
from smsdesk.domain.words import Words
from smsdesk.jobs import campaigns, importing, people, support
from smsdesk.jobs.desk import Desk
from smsdesk.settings import list_draft
from smsdesk.settings.list_draft import Entry, ListDraft
from smsdesk.settings.settings import Settings
from smsdesk.simulator.server import Practice
from smsdesk.ui.main_window import MainWindow
from smsdesk.ui.widgets.recipients_card import RecipientsCard
from smsdesk.ui.workplace import Changed


def paste(window: MainWindow, *numbers: str) -> None:
    QGuiApplication.clipboard().setText("\n".join(numbers))
    window.bulk.recipients.paste()


def names(card: RecipientsCard) -> list[str]:
    return [one.name for one in card.importer.sources]


def group(desk: Desk, path: Path, name: str) -> people.Group:
    table = importing.read_table(path, stop=threading.Event(), tell=ignore)
    people.keep(desk, importing.recipients(table), name, threading.Event(), ignore)
    return people.group_named(desk, name)


def test_everything_of_a_list_is_offered_and_opened_as_it_was(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    book = make(
        tmp_path / "名单.xlsx",
        numbered(2),
        [["甲", "13900000001", "13900000005"], ["乙", "13900000002", "13900000006"], ["丙", "13900000003", "1"]],
    )
    csv, without = tmp_path / "旧.csv", make(tmp_path / "员工.xlsx", numbered(3, 13900000002), hidden=(2,))
    csv.write_text("姓名;手机号\n张三;13700000001\n", "gb18030")
    members = group(desk, make(tmp_path / "g.xlsx", numbered(2, 13600000001)), "会员")

    def look(window: MainWindow) -> tuple[object, ...]:
        card = window.bulk.recipients
        tables = [(one.name, one.is_left_out, one.table.sheet, one.table.layout) for one in card.importer.sources]
        assert card.result is not None
        return tables, list(card.result.recipients), card.importer.visible_only, good(card)

    with opened(desk, tmp_path, qtbot) as window:
        card, importer = window.bulk.recipients, window.bulk.recipients.importer
        window.bulk.add_files([book, csv, without])
        wait_for(qtbot, card, 3)
        table = importer.sources[0].table.with_sheet("第2张")
        assert table is not None
        importer.replace(importer.sources[0], table.with_header(1).with_column(2))
        importer.leave_out(importer.sources[2], is_left_out=True)
        done: list[object] = []
        importer.read_again(importer.sources[1], "旧", "big5", ";", done.append, done.append)
        qtbot.waitUntil(lambda: bool(done), timeout=10_000)
        card.add_group(members)
        paste(window, "13500000001", "13500000002")
        wait_for(qtbot, card, 5)
        importer.choose_hidden(visible_only=True)
        wait_for(qtbot, card, 5)
        assert importer.sources[1].table.encoding == "big5", done
        before = look(window)
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        assert card.offer.line.text() == (
            "The list that was open: 名单.xlsx (2 rows), 旧.csv (1 rows), Group: 会员 (2 rows), Clipboard (2 rows), "
            "without 员工.xlsx (3 rows)"
        )
        assert card.importer.sources == [], "files are not read before somebody wants it"
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 5)
        assert look(window) == before
        assert card.importer.sources[1].table.encoding == "big5"
        assert not card.offer.isVisible()
        paste(window, "13500000003")
        wait_for(qtbot, card, 6)
        assert names(card)[-1] == "Clipboard 2", "it takes no other's place"


def test_what_was_pasted_is_there_at_once_after_closing(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with opened(desk, tmp_path, qtbot) as window:
        paste(window, "13800000001", "13800000002")
        wait_for(qtbot, window.bulk.recipients, 1)
        window.bulk.workplace.open_file(lambda stop, _tell: stop.wait(20), ignore)  # a file that takes long
        paste(window, "13900000001\t张三", "13900000002\t李四")  # closed before it is read
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        wait_for(qtbot, card, 2)
        assert good(card) == "4"
        assert names(card) == ["Clipboard", "Clipboard 2"]
        for name in names(card):
            click(qtbot, button_called(card, f"Take “{name}” off the list"))
        qtbot.waitUntil(lambda: not (tmp_path / "draft-bulk-list.txt").exists())


def test_people_of_a_campaign_are_there_again_and_not_those_of_another(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    account = stored_account(desk, practice)
    campaign_id = plan(desk, account, 3)
    campaign = campaigns.get(desk, campaign_id)
    with opened(desk, tmp_path, qtbot) as window:
        window.bulk.take_over(campaign)
        wait_for(qtbot, window.bulk.recipients, 1)
    with opened(desk, tmp_path, qtbot) as window:
        wait_for(qtbot, window.bulk.recipients, 1)
        assert good(window.bulk.recipients) == "3"
    file = tmp_path / "draft-bulk-list.txt"
    file.write_text(file.read_text().replace(json.dumps(campaign.name), '"another"'))
    with opened(desk, tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: "“another” is not there any more" in window.bulk.notice.text)
        assert window.bulk.recipients.importer.sources == []


def test_who_does_not_press_the_button_finds_the_offer_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    home, abroad = stored_account(desk, practice), stored_account(desk, practice, name="abroad", abroad=True)
    members = make(tmp_path / "会员.xlsx", numbered(2))
    with opened(desk, tmp_path, qtbot) as window:
        window.bulk.add_files([members])
        wait_for(qtbot, window.bulk.recipients, 1)
    for _ in range(2):
        with opened(desk, tmp_path, qtbot) as window:
            card = window.bulk.recipients
            qtbot.waitUntil(card.offer.isVisible)
            workplace = window.bulk.workplace
            for account in (abroad, home):  # each cleans the list, which is empty
                workplace.choose(account)
            workplace.changed.emit(Changed(people=True, blocklist=True))
            paste(window)  # nothing
            wait_for(qtbot, card, 0)
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        paste(window, "13900000001")  # another list: the one before stays in sight, until this one is closed
        wait_for(qtbot, card, 1)
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 2)
        assert good(card) == "3"


def test_an_offer_that_nobody_wants_goes_and_so_do_the_numbers(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    draft = ListDraft((Entry(FromFile(tmp_path / "gone.xlsx")), Entry(FromClipboard("Clipboard", "13800000001"))))
    (tmp_path / "draft-bulk-list.txt").write_text(list_draft.to_text(draft))
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        answering = Answering(QMessageBox, lambda box: click(qtbot, button_named(box, "Forget")))
        click(qtbot, card.offer.forget_button)
        qtbot.waitUntil(lambda: answering.answered)
        assert not card.offer.isVisible()
        qtbot.waitUntil(lambda: not (tmp_path / "draft-bulk-list.txt").exists())


def test_what_is_gone_is_named_and_the_rest_is_opened(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    gone, changed = make(tmp_path / "gone.xlsx", numbered(2)), make(tmp_path / "changed.xlsx", numbered(2))
    group_gone = group(desk, gone, "会员")
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        window.bulk.add_files([gone, changed])
        card.add_group(group_gone)
        wait_for(qtbot, card, 3)
        source = card.importer.sources[1]
        card.importer.replace(source, source.table.with_column(0))
        card.importer.replace(source, source.table.with_column(1))
        wait_for(qtbot, card, 3)
    gone.unlink()
    people.remove_group(desk, group_gone.id)
    make(changed, [["电话"], ["13900000001"]])
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 1)
        said = window.bulk.notice.text
        assert "gone.xlsx" in said
        assert "no group “会员”" in said
        assert "“changed.xlsx” has changed" in said
        assert good(card) == "1"
    changed.unlink()
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        click(qtbot, card.offer.open_button)
        qtbot.waitUntil(lambda: "changed.xlsx" in window.bulk.notice.text)
        qtbot.waitUntil(card.offer.isVisible)  # a drive may be there again in a minute
    assert "changed.xlsx" in kept(tmp_path, "bulk-list")


def test_who_was_left_out_stays_so_or_it_is_said(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    """Else people who were to get nothing would get it, and a file that is gone would be all that is said."""
    everybody, staff = make(tmp_path / "all.xlsx", numbered(4)), make(tmp_path / "staff.xlsx", numbered(2))
    draft = ListDraft((Entry(FromFile(everybody)), Entry(FromFile(staff), is_left_out=True)))
    (tmp_path / "draft-bulk-list.txt").write_text(list_draft.to_text(draft))
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        window.bulk.add_files([staff])  # by hand, before the rest is opened
        wait_for(qtbot, card, 1)
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 2)
        assert good(card) == "2"
    staff.unlink()
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 1)
        assert good(card) == "4"
        assert "The numbers in “staff.xlsx” were to be left out, and are not left out now." in window.bulk.notice.text


def test_hidden_rows_of_two_lists_with_two_answers_are_asked_about_again(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    before, now = (make(tmp_path / name, numbered(3), hidden=(2,)) for name in ("before.xlsx", "now.xlsx"))
    draft = ListDraft((Entry(FromFile(before)),), visible_only=True)
    (tmp_path / "draft-bulk-list.txt").write_text(list_draft.to_text(draft))
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        window.bulk.add_files([now])
        wait_for(qtbot, card, 1)
        card.importer.choose_hidden(visible_only=False)
        wait_for(qtbot, card, 1)
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 2)
        asked = card.ready()
        assert isinstance(asked, Words)
        assert "hidden" in asked.en


def test_rows_that_were_hidden_since_are_asked_about(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    draft = ListDraft((Entry(FromFile(make(tmp_path / "a.xlsx", numbered(3), hidden=(2,)))),), visible_only=False)
    (tmp_path / "draft-bulk-list.txt").write_text(list_draft.to_text(draft))
    make(tmp_path / "a.xlsx", numbered(3), hidden=(2, 3))
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        qtbot.waitUntil(card.offer.isVisible)
        click(qtbot, card.offer.open_button)
        wait_for(qtbot, card, 1)
        asked = card.ready()
        assert isinstance(asked, Words)
        assert asked.en.startswith("Rows that are hidden or filtered out in the spreadsheet: 2.")


def test_a_list_that_was_sent_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, qtbot: QtBot, practice: Practice
) -> None:
    stored_account(desk, practice)
    members = group(desk, make(tmp_path / "g.xlsx", numbered(2)), "会员")
    with opened(desk, tmp_path, qtbot) as window:
        card = window.bulk.recipients
        card.add_group(members)
        paste(window, "13900000001")
        wait_for(qtbot, card, 2)
        window.bulk.writing.text.insertPlainText("您好")
        qtbot.waitUntil(lambda: kept(tmp_path, "bulk-list") != "")
        send_it(qtbot, window, window.bulk.send_button)
        qtbot.waitUntil(lambda: kept(tmp_path, "bulk-list") == "", timeout=10_000)
        people.remove(desk, [one.id for one in people.rows(desk)[:1]])
        window.bulk.workplace.changed.emit(Changed(people=True, blocklist=True))
        qtbot.waitUntil(lambda: good(card) == "2")
    assert not (tmp_path / "draft-bulk-list.txt").exists()


def test_a_list_is_not_written_again_because_of_what_is_typed_beside_it(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "draft-bulk-list.txt"
    with opened(desk, tmp_path, qtbot) as window:
        paste(window, "13900000001")
        wait_for(qtbot, window.bulk.recipients, 1)
        qtbot.waitUntil(file.exists)
        written = file.stat().st_mtime_ns
        window.bulk.workplace.changed.emit(Changed(people=True, blocklist=True))
        window.bulk.name.setText("五月")
        window.bulk.writing.text.insertPlainText("您好")
        qtbot.waitUntil(lambda: bool(kept(tmp_path, "bulk") and kept(tmp_path, "bulk-form")), timeout=5_000)
    assert file.stat().st_mtime_ns == written


EVERYTHING = ListDraft(
    (
        Entry(FromFile(Path("/a/名单.xlsx"), How("第2张", "gb18030", ";", 0, "手机")), is_left_out=True, rows=3),
        Entry(FromClipboard("剪贴板", "13800000001\u2028,\ud8001\r\n", How(column="列A"))),
        Entry(FromKeyboard("手工", ("13800000002",))),
        Entry(FromGroup("分组：会员", "会员")),
        Entry(FromGroup("所有人")),
        Entry(FromCampaign("任务：五月", "五月", 7, Part(Which.FAILED, ("UNDELIV",)))),
        Entry(FromCampaign("任务：六月", "六月", 8)),
    ),
    visible_only=False,
)


def test_a_draft_has_everything_and_of_a_damaged_one_all_other_lines_are_read() -> None:
    text = list_draft.to_text(EVERYTHING)
    assert list_draft.from_text(text) == EVERYTHING
    assert [one.rows for one in list_draft.from_text(text).entries] == [one.rows for one in EVERYTHING.entries]
    lines = text.split("\n")
    for place, entry in enumerate(EVERYTHING.entries, 1):
        damage: list[Callable[[str], str]] = [lambda _line: "", lambda line: line[:-9], lambda line: f"[{line}]"]
        damage.append(lambda line: line.replace('"from": "', '"from": "new'))
        for damaged in damage:
            found = list_draft.from_text("\n".join([*lines[:place], damaged(lines[place]), *lines[place + 1 :]]))
            assert found.entries == tuple(one for one in EVERYTHING.entries if one is not entry)
            assert found.visible_only is False
    assert list_draft.from_text("\n".join(lines[1:])).visible_only is None
    assert "13800000001" not in repr(EVERYTHING)


@pytest.mark.parametrize("name", ["bulk", "bulk-list", "p2p"])
def test_no_draft_is_in_the_support_bundle(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / f"draft-{name}.txt").write_text("13800000001")
    bundle = support.save(desk, tmp_path, Settings(), tmp_path / "bundle.zip", threading.Event())
    assert b"draft" not in bundle.read_bytes(), "names in a zip stand in it as they are"
