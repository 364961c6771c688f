"""Opening the store, its files, its locks, and what is said when it cannot be used."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from checks import any_account
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

import smsdesk.store
from smsdesk.domain.errors import InputProblem, StoreBusy, StoreDamaged, StoreNewer, StoreProblem
from smsdesk.domain.words import Words
from smsdesk.store import accounts, database
from smsdesk.store.database import FILE_NAME, Database, open_store
from smsdesk.store.schema import REVISIONS, metadata


@contextmanager
def opened(folder: Path, url: str | None = None) -> Iterator[Database]:
    store = open_store(folder, url)
    try:
        yield store
    finally:
        store.dispose()


# -- migrations


def test_the_migrations_make_exactly_the_tables_of_the_schema(store: Database) -> None:
    with store.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        made = set(inspect(conn).get_table_names())
        assert made == {*metadata.tables, "alembic_version"}
        for table in metadata.tables.values():
            named = {index["name"] for index in inspect(conn).get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= named


def test_every_migration_is_a_known_revision() -> None:
    files = (Path(smsdesk.store.__file__).parent / "migrations" / "versions").glob("*.py")
    assert sorted(path.name[:4] for path in files) == list(REVISIONS)


def test_a_store_that_is_opened_again_holds_what_it_held(tmp_path: Path, database_url: str | None) -> None:
    with opened(tmp_path, database_url) as store, store.write() as conn:
        kept = accounts.add(conn, any_account())
    with opened(tmp_path, database_url) as store, store.read() as conn:
        assert accounts.every(conn) == [kept]


def test_two_programs_may_make_a_store_at_once(tmp_path: Path, database_url: str | None) -> None:
    stores, problems = list[Database](), list[BaseException]()
    go = threading.Barrier(4)

    def open_it() -> None:
        go.wait()
        try:
            stores.append(open_store(tmp_path, database_url))
        except BaseException as exc:  # noqa: BLE001 - asserted below
            problems.append(exc)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    for one in stores:
        with one.read() as conn:
            assert accounts.every(conn) == []
        one.dispose()


def engine_of(folder: Path, url: str | None) -> str:
    if url is None:
        return f"sqlite:///{folder / FILE_NAME}"
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def execute(folder: Path, url: str | None, *statements: str) -> None:
    engine = create_engine(engine_of(folder, url))
    with engine.begin() as conn:
        for statement in statements:
            conn.execute(text(statement))
    engine.dispose()


def tables(folder: Path, url: str | None) -> set[str]:
    engine = create_engine(engine_of(folder, url))
    with engine.connect() as conn:
        found = set(inspect(conn).get_table_names())
    engine.dispose()
    return found


def test_a_store_of_a_later_version_is_refused_and_untouched(tmp_path: Path, database_url: str | None) -> None:
    with opened(tmp_path, database_url):
        pass
    execute(tmp_path, database_url, "UPDATE alembic_version SET version_num = '9999'", "DROP TABLE blocklist")
    before = (tmp_path / FILE_NAME).read_bytes() if database_url is None else b""
    with pytest.raises(StoreNewer) as caught:
        open_store(tmp_path, database_url)
    assert "Update this program" in caught.value.words.en
    assert "blocklist" not in tables(tmp_path, database_url)
    if database_url is None:
        assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    "foreign",
    [
        ("CREATE TABLE theirs (a INTEGER)",),
        ("CREATE TABLE theirs (a INTEGER)", "CREATE TABLE alembic_version (version_num TEXT)"),
    ],
)
def test_a_database_of_another_program_is_refused_and_untouched(
    tmp_path: Path, database_url: str | None, foreign: tuple[str, ...]
) -> None:
    execute(tmp_path, database_url, *foreign)
    before = tables(tmp_path, database_url)
    content = (tmp_path / FILE_NAME).read_bytes() if database_url is None else b""
    with pytest.raises(StoreDamaged) as caught:
        open_store(tmp_path, database_url)
    assert "not one of SMS Desk's" in caught.value.words.en
    assert tables(tmp_path, database_url) == before
    if database_url is None:
        assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_backup_holds_the_store_as_it_was_and_opens_as_one(tmp_path: Path) -> None:
    with opened(tmp_path / "data") as store:
        with store.write() as conn:
            kept = accounts.add(conn, any_account())
        database._backup(tmp_path / "data", "0001")
    (backup,) = (tmp_path / "data").glob("backup-0001-*.sqlite3")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    (tmp_path / "restored").mkdir()
    backup.rename(tmp_path / "restored" / FILE_NAME)
    with opened(tmp_path / "restored") as store, store.read() as conn:
        assert accounts.every(conn) == [kept]
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


# -- files


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with opened(tmp_path / "a" / "data") as store:
            with store.write() as conn, store.lock("sender-1"):
                accounts.add(conn, any_account())
            with store.read() as conn:
                found = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a" / "data").rglob("*")}
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a" / "data").stat().st_mode) == 0o700
    assert {path.name for path in found} >= {FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", "sender-1.lock"}
    assert {path: mode for path, mode in found.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def test_sqlite_writes_through_to_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path) as store, store.read() as conn:
        pragmas = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]


@pytest.mark.parametrize(
    "content", [b"hello, this is no database at all. " * 40, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_store_is_said_to_be_damaged_and_stays(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreDamaged) as caught:
        open_store(tmp_path)
    assert "Restore it from a backup" in caught.value.words.en
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_store_that_is_damaged_inside_is_said_to_be_damaged(tmp_path: Path) -> None:
    with opened(tmp_path) as store, store.write() as conn:
        accounts.add(conn, any_account())
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xee" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreDamaged), opened(tmp_path) as store, store.read() as conn:
        accounts.every(conn)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreProblem, match="cannot be used"):
        open_store(tmp_path / "file")
    (tmp_path / "data" / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreProblem, match="cannot be read or written: Is a directory"):
        open_store(tmp_path / "data")


@pytest.mark.expects_log
def test_what_the_database_says_is_in_the_log_and_a_person_is_told_what_to_do(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StoreProblem) as caught, store.read() as conn:
        conn.execute(text("SELECT 13800000000 FROM nowhere"))
    assert "restore a backup, or send the log to the support" in caught.value.words.en
    assert "nowhere" not in str(caught.value)
    assert "nowhere" in caplog.text


@pytest.mark.expects_log
def test_a_number_in_what_the_database_says_is_not_in_the_log(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StoreProblem), store.read() as conn:
        conn.execute(text('SELECT "13800000000x"()'))
    assert "the store: " in caplog.text
    assert "13800000000" not in caplog.text


@pytest.mark.expects_log
def test_a_store_that_may_not_be_written_says_where_to_look(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        with store.read() as conn:
            conn.execute(text("PRAGMA query_only = ON"))
        with pytest.raises(StoreProblem, match="can be written in"), store.write() as conn:
            accounts.add(conn, any_account())


@pytest.mark.parametrize("url", ["mysql://a:s3cret@host/db", "s3cret", "sqlite:///s3cret", "postgresql+x y://s3cret"])
def test_an_address_of_another_kind_is_refused_and_not_repeated(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreProblem) as caught:
        open_store(tmp_path, url)
    assert "postgresql+psycopg://" in caught.value.words.en
    assert "s3cret" not in f"{caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"


@pytest.mark.expects_log
def test_a_database_that_is_not_there_is_a_sentence_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as caught:
        open_store(tmp_path, "postgresql://user:s3cret@127.0.0.1:9/db")
    assert "The database cannot be reached" in caught.value.words.en
    assert "s3cret" not in f"{caught.value} {caught.value.__cause__!r}"


# -- transactions


def test_what_fails_leaves_nothing_behind(store: Database) -> None:
    def fail() -> None:
        with store.write() as conn:
            accounts.add(conn, any_account())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as conn:
        assert accounts.every(conn) == []


def test_a_problem_of_the_caller_stays_what_it_is(store: Database) -> None:
    problem = InputProblem(Words("错", "wrong"))
    with pytest.raises(InputProblem) as caught, store.write():
        raise problem
    assert caught.value is problem


def test_an_error_inside_a_lock_is_not_taken_for_the_stores(store: Database) -> None:
    with pytest.raises(BrokenPipeError), store.lock("work"):
        raise BrokenPipeError


def test_a_writer_that_began_by_reading_does_not_fail_when_another_writes(store: Database) -> None:
    def work() -> None:
        for _ in range(10):
            with store.write() as conn:
                (account,) = accounts.every(conn)
                accounts.change(conn, account)
                accounts.lower_batch(conn, account.id, account.batch - 1)

    with store.write() as conn:
        accounts.add(conn, any_account())
    with ThreadPoolExecutor(3) as pool:
        for future in [pool.submit(work) for _ in range(3)]:
            future.result()


def test_a_store_that_another_program_holds_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with opened(tmp_path) as store, holder(_HOLD_STORE, tmp_path / FILE_NAME):
        with store.read() as conn:
            assert accounts.every(conn) == []
        with pytest.raises(StoreBusy) as caught, store.write() as conn:
            accounts.add(conn, any_account())
        assert "in use by another program" in caught.value.words.en
    with opened(tmp_path) as store, store.write() as conn:
        accounts.add(conn, any_account())


# -- locks


_HOLD_STORE = """
import sqlite3, sys, time
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(60)
"""

_HOLD_LOCK = """
import sys, time
from pathlib import Path
from smsdesk.store.database import open_store
store = open_store(Path(sys.argv[1]), sys.argv[2] or None)
with store.lock("sender-1"):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def holder(program: str, *args: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds something, until the end of the block; it is killed, not asked."""
    child = subprocess.Popen([sys.executable, "-c", program, *map(str, args)], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield child
    finally:
        child.kill()
        child.communicate()


def test_a_lock_keeps_other_programs_out_and_dies_with_a_killed_holder(
    tmp_path: Path, database_url: str | None
) -> None:
    with opened(tmp_path, database_url) as store, holder(_HOLD_LOCK, tmp_path, database_url or "") as child:
        with pytest.raises(StoreBusy) as caught, store.lock("sender-1"):
            pass
        assert "at the same work" in caught.value.words.en
        with store.lock("sender-2"):
            pass
        child.send_signal(signal.SIGKILL)
        child.wait()
        with store.lock("sender-1", wait=5):
            pass


def test_a_lock_keeps_other_threads_out_and_is_free_afterwards(store: Database) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store.lock("poller-1"):
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    with pytest.raises(StoreBusy), store.lock("poller-1", wait=0.1):
        pass
    done.set()
    with store.lock("poller-1", wait=5):
        pass
    thread.join()


def test_a_lock_may_be_taken_again_after_an_error(store: Database) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), store.lock("a"):
            raise ZeroDivisionError


def test_two_stores_on_one_server_do_not_share_their_locks(tmp_path: Path, postgresql: Callable[[], str]) -> None:
    with (
        opened(tmp_path / "a", postgresql()) as one,
        opened(tmp_path / "b", postgresql()) as other,
        one.lock("sender-1"),
        other.lock("sender-1"),
    ):
        pass


def test_a_reader_sees_the_store_while_another_program_writes(tmp_path: Path) -> None:
    with opened(tmp_path) as store, closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.read() as conn:
            assert accounts.every(conn) == []
