"""A backup while sending goes on, and what a restore may and may not do: above all, send nothing twice by itself."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from checks import assert_counts_true, ignore, plan
from conftest import stored_account
from soak.troubles import small_disk
from sqlalchemy import select

from smsdesk.domain.account import Account
from smsdesk.domain.campaign import Campaign, CampaignState, PauseCode
from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import Cancelled, InputProblem, StoreBusy, StoreDamaged, StoreNewer, StoreProblem
from smsdesk.domain.message import State
from smsdesk.jobs import accounts, blocklist, campaigns, keeping, recovery, scheduling, sending
from smsdesk.jobs.desk import Desk, open_desk
from smsdesk.jobs.sending import Sending
from smsdesk.settings.secrets import MemoryPasswords
from smsdesk.simulator.server import Practice
from smsdesk.store import accounts as account_rows
from smsdesk.store import database
from smsdesk.store.database import FILE_NAME, RESTORE_NAME
from smsdesk.store.schema import metadata


@pytest.fixture
def account(both_desks: Desk, practice: Practice) -> Account:
    return stored_account(both_desks, practice, batch=10)


def backup(desk: Desk, path: Path) -> Path:
    keeping.backup(desk, path, threading.Event(), ignore)
    return path


@contextmanager
def restored(path: Path, folder: Path, passwords: MemoryPasswords, url: str | None = None) -> Iterator[Desk]:
    """A desk of its own into which a backup was restored, as it is when the program starts the next time."""
    first = open_desk(folder, url, passwords)
    keeping.restore(first, path, threading.Event(), ignore)
    first.database.dispose()
    desk = open_desk(folder, url, passwords)
    recovery.recover(desk)
    yield desk
    desk.database.dispose()


def send(desk: Desk, campaign_id: int, tell: Callable[[object], None] = ignore) -> Campaign:
    return sending.send(desk, campaign_id, threading.Event(), tell)


def rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    with desk.database.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def test_a_backup_holds_every_row_of_every_table_and_goes_back_into_either_database(
    both_desks: Desk, account: Account, tmp_path: Path, passwords: MemoryPasswords, postgresql: Callable[[], str]
) -> None:
    send(both_desks, plan(both_desks, account, 25))
    blocklist.add(both_desks, ["13800000001"])
    found = keeping.backup(both_desks, tmp_path / "b.sqlite3", threading.Event(), ignore)
    assert (found.campaigns, found.messages, found.blocked) == (1, 25, 1)
    assert found.made_at is not None
    assert abs(found.made_at - now()) < timedelta(minutes=3)
    assert stat.S_IMODE((tmp_path / "b.sqlite3").stat().st_mode) == 0o600
    before = rows(both_desks)
    for url in (None, postgresql()):
        with restored(tmp_path / "b.sqlite3", tmp_path / "there", passwords, url) as desk:
            assert rows(desk) == before
            with desk.database.write() as conn:  # the numbers of new rows go on
                blocklist_ids = [one.id for one in blocklist.rows(desk)]
                account_rows.add(conn, account_like(account))
            blocklist.add(desk, ["13800000002"])
            assert blocklist.rows(desk)[0].id > max(blocklist_ids)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def account_like(account: Account) -> Account:
    return Account(name="另一个", url=account.url, login=account.login, extno=account.extno)


def test_nothing_of_a_restored_store_is_sent_by_itself_and_a_person_is_warned(
    both_desks: Desk, account: Account, practice: Practice, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    """One campaign is half sent when the backup is made, one waits for its time, one is paused; all go out after it."""
    half, later, paused = (plan(both_desks, account, 40, text) for text in ("一", "二", "三"))
    scheduling.enqueue(both_desks, later, now() + timedelta(milliseconds=1))
    campaigns.pause(both_desks, paused)
    practice.faults.add("slow", "send", seconds=0.15)  # longer than from one piece of news to the next

    def in_the_midst(news: object) -> None:
        if isinstance(news, Sending) and news.counts.accepted and not (tmp_path / "b.sqlite3").exists():
            backup(both_desks, tmp_path / "b.sqlite3")

    send(both_desks, half, in_the_midst)
    for campaign_id in (later, paused):
        send(both_desks, campaign_id)
    ledger = practice.gateway.ledger
    assert len(ledger.accepted) == 120
    with restored(tmp_path / "b.sqlite3", tmp_path / "there", passwords) as desk:
        assert scheduling.due(desk, now() + timedelta(days=1)) == scheduling.Due()
        for campaign_id in (half, later, paused):
            found = campaigns.get(desk, campaign_id)
            assert found.state is CampaignState.PAUSED
            assert found.pause is not None
            assert found.pause.code is PauseCode.RESTORED
            assert "twice" in found.pause.words.en
            assert found.counts.claimed == 0
            assert sending.send(desk, campaign_id, threading.Event(), ignore, only_waiting=True).state is found.state
        counts = campaigns.get(desk, half).counts
        assert counts.in_doubt + counts.accepted + counts.queued == 40
        with desk.database.read() as conn:
            assert_counts_true(conn)
        assert len(ledger.accepted) == 120
        assert ledger.sent_twice() == {}


def test_the_store_that_was_there_is_kept_and_the_backup_takes_its_place(
    desk: Desk, practice: Practice, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    account = stored_account(desk, practice)
    backup(desk, tmp_path / "b.sqlite3")
    send(desk, plan(desk, account, 3))
    keeping.restore(desk, tmp_path / "b.sqlite3", threading.Event(), ignore)
    assert len(campaigns.newest(desk)) == 1  # nothing changes while it is open
    desk.database.dispose()
    again = open_desk(tmp_path / "data", None, passwords)
    assert campaigns.newest(again) == []
    again.database.dispose()
    (kept,) = (tmp_path / "data").glob("before-restore-*.sqlite3")
    with closing(sqlite3.connect(kept)) as conn:
        assert conn.execute("SELECT count(*) FROM messages").fetchone() == (3,)
    names = {path.name for path in (tmp_path / "data").iterdir()}
    assert names == {FILE_NAME, kept.name, "locks"}


def test_a_restore_waits_until_nobody_else_has_the_store_open(
    desk: Desk, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    backup(desk, tmp_path / "b.sqlite3")
    keeping.restore(desk, tmp_path / "b.sqlite3", threading.Event(), ignore)
    opens = "import pathlib, sys; from smsdesk.store.database import open_store; open_store(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", opens, str(tmp_path / "data")]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Close it and start this one again" in refused.stderr
    with pytest.raises(StoreBusy):
        open_desk(tmp_path / "data", None, passwords)
    assert (tmp_path / "data" / RESTORE_NAME).exists()
    desk.database.dispose()
    open_desk(tmp_path / "data", None, passwords).database.dispose()
    assert not (tmp_path / "data" / RESTORE_NAME).exists()


def test_a_damaged_store_is_replaced_as_well(tmp_path: Path, desk: Desk, passwords: MemoryPasswords) -> None:
    backup(desk, tmp_path / "b.sqlite3")
    keeping.restore(desk, tmp_path / "b.sqlite3", threading.Event(), ignore)
    desk.database.dispose()
    (tmp_path / "data" / FILE_NAME).write_bytes(b"ruined" * 1000)
    open_desk(tmp_path / "data", None, passwords).database.dispose()
    (kept,) = (tmp_path / "data").glob("before-restore-*.sqlite3")
    assert kept.read_bytes().startswith(b"ruined")


def test_what_is_no_backup_damaged_or_newer_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    good = backup(desk, tmp_path / "b.sqlite3")
    (tmp_path / "text.sqlite3").write_text("hello " * 1000)
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as conn:
        conn.execute("CREATE TABLE a (b)")
    shutil.copy(good, tmp_path / "newer.sqlite3")
    with closing(sqlite3.connect(tmp_path / "newer.sqlite3")) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    content = bytearray(good.read_bytes())
    content[3 * 4096 : 5 * 4096] = os.urandom(2 * 4096)
    (tmp_path / "damaged.sqlite3").write_bytes(content)
    for name, kind in (
        ("no.sqlite3", InputProblem),
        ("text.sqlite3", InputProblem),
        ("other.sqlite3", InputProblem),
        ("newer.sqlite3", StoreNewer),
        ("damaged.sqlite3", (StoreDamaged, InputProblem)),
    ):
        with pytest.raises(kind):
            keeping.restore(desk, tmp_path / name, threading.Event(), ignore)
    assert {path.name for path in (tmp_path / "data").iterdir()} >= {FILE_NAME, "locks"}
    assert not (tmp_path / "data" / RESTORE_NAME).exists()
    assert not list((tmp_path / "data").glob(".restoring*"))


def test_a_cancelled_backup_leaves_the_file_that_was_there(both_desks: Desk, tmp_path: Path) -> None:
    (tmp_path / "b.sqlite3").write_text("old")
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        keeping.backup(both_desks, tmp_path / "b.sqlite3", stop, ignore)
    assert (tmp_path / "b.sqlite3").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"b.sqlite3", "data"}


def test_a_database_that_has_data_in_it_is_not_filled(both_desks: Desk, account: Account, tmp_path: Path) -> None:
    if both_desks.database.file is not None:
        pytest.skip("SQLite keeps the old store beside")
    backup(both_desks, tmp_path / "b.sqlite3")
    with pytest.raises(InputProblem, match="empty"):
        keeping.restore(both_desks, tmp_path / "b.sqlite3", threading.Event(), ignore)


def test_neither_does_a_database_without_accounts_lose_its_blocklist(both_desks: Desk, tmp_path: Path) -> None:
    if both_desks.database.file is not None:
        pytest.skip("SQLite keeps the old store beside")
    backup(both_desks, tmp_path / "b.sqlite3")
    blocklist.add(both_desks, ["13800000001"])
    with pytest.raises(InputProblem, match="empty"):
        keeping.restore(both_desks, tmp_path / "b.sqlite3", threading.Event(), ignore)
    assert blocklist.count(both_desks) == 1


def test_who_opted_out_after_the_backup_stays_so(desk: Desk, tmp_path: Path, passwords: MemoryPasswords) -> None:
    blocklist.add(desk, ["13800000001"])
    backup(desk, tmp_path / "b.sqlite3")
    blocklist.add(desk, ["13800000002"])
    keeping.restore(desk, tmp_path / "b.sqlite3", threading.Event(), ignore)
    desk.database.dispose()
    again = open_desk(tmp_path / "data", None, passwords)
    assert {one.mobile for one in blocklist.rows(again)} == {"13800000001", "13800000002"}
    again.database.dispose()


def test_a_restored_campaign_is_not_sent_again_without_a_persons_word(
    desk: Desk, practice: Practice, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    campaign_id = plan(desk, stored_account(desk, practice), 20)
    practice.faults.add("result", "send", code=12, place=1)
    campaigns.pause(desk, campaign_id)
    backup(desk, tmp_path / "b.sqlite3")
    send(desk, campaign_id)
    with restored(tmp_path / "b.sqlite3", tmp_path / "other", passwords) as again:
        with pytest.raises(InputProblem, match="backup"):
            campaigns.retry(again, campaign_id, frozenset({State.REJECTED}))
        assert campaigns.retry(again, campaign_id, frozenset({State.REJECTED}), restored=True) == 0
    assert len(practice.gateway.ledger.accepted) == 19


def test_a_damaged_store_is_restored_and_who_was_blocked_in_it_stays_so(
    desk: Desk, practice: Practice, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    account = stored_account(desk, practice)
    file = backup(desk, tmp_path / "b.sqlite3")
    blocklist.add(desk, ["13800000001"])
    store = desk.database.file
    assert store is not None
    desk.database.dispose()
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")
        conn.execute("DROP TABLE alembic_version")  # a store that is none of ours any more
    with pytest.raises(StoreDamaged):
        open_desk(store.parent, None, passwords)
    assert keeping.restore_damaged(store.parent, file, threading.Event(), ignore).warning is None
    again = open_desk(store.parent, None, passwords)
    assert [one.name for one in accounts.every(again)] == [account.name]
    assert [one.mobile for one in blocklist.rows(again)] == ["13800000001"]
    assert len(list(store.parent.glob("before-restore-*.sqlite3"))) == 1
    again.database.dispose()


def test_a_store_of_garbage_is_restored_too(
    desk: Desk, practice: Practice, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    account = stored_account(desk, practice)
    file = backup(desk, tmp_path / "b.sqlite3")
    store = desk.database.file
    assert store is not None
    desk.database.dispose()
    store.write_bytes(b"garbage" * 10_000)
    warning = keeping.restore_damaged(store.parent, file, threading.Event(), ignore).warning
    assert warning is not None
    assert "blocklist" in warning.en, "who opted out since is not known, and that is said"
    again = open_desk(store.parent, None, passwords)
    assert [one.name for one in accounts.every(again)] == [account.name]
    again.database.dispose()


def test_what_a_restore_left_that_was_killed_is_cleared_at_the_next_start(
    desk: Desk, tmp_path: Path, passwords: MemoryPasswords
) -> None:
    assert desk.database.file is not None
    folder = desk.database.file.parent
    (folder / ".restoring-x").mkdir()
    (folder / ".restoring-x" / "store.sqlite3").write_bytes(b"half")
    with database.restoring(folder) as busy:  # another program's, which is alive
        open_desk(folder, None, passwords).database.dispose()
        assert busy.is_dir()
    open_desk(folder, None, passwords).database.dispose()
    assert list(folder.glob(".restoring-*")) == []


def test_a_disk_that_is_full_is_said_and_no_half_backup_is_left(
    both_desks: Desk, account: Account, tmp_path: Path
) -> None:
    plan(both_desks, account, 2_000)
    with small_disk(tmp_path / "small") as is_small:
        if not is_small:
            pytest.skip("no file system can be mounted here")
        other = tmp_path / "small" / "other"
        other.write_bytes(bytes(shutil.disk_usage(other.parent).free - 100_000))
        with pytest.raises(StoreProblem) as caught:
            backup(both_desks, other.with_name("b.sqlite3"))
        assert "full" in caught.value.words.en
        assert list(other.parent.iterdir()) == [other]
