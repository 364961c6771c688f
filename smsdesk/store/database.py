"""Opening the store, its transactions, and its locks; `statements` has the SQL that differs by database."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from smsdesk.domain.chinatime import now
from smsdesk.domain.errors import StoreBusy, StoreDamaged, StoreNewer, StoreProblem
from smsdesk.domain.words import Words
from smsdesk.store.faults import told
from smsdesk.store.schema import REVISIONS

BUSY_SECONDS = 15
"""How long a writer waits for another one."""

FILE_NAME = "store.sqlite3"

RESTORE_NAME = "restore.sqlite3"
"""A store that takes the place of the one beside it when that is opened the next time."""

_BEFORE_UPDATE, _BEFORE_RESTORE = "backup-", "before-restore-"
COPIES = re.compile(rf"({_BEFORE_UPDATE}\w+-|{_BEFORE_RESTORE})\d{{8}}-\d{{6}}\.sqlite3(-wal|-shm)?")
"""Names of the copies that are kept beside a store before it is changed for good: no others that a person has made."""

_RESTORING = ".restoring-"


class Database:
    """An open store. May be used by several threads at once; each transaction has a connection of its own."""

    def __init__(self, engine: Engine, data_dir: Path):
        self._reader = engine
        self._writer = engine.execution_options(smsdesk_write=True)
        self._data_dir = data_dir

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises a StoreProblem that says what is wrong with the store."""
        with told(), self._reader.begin() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write, committed at the end.

        On SQLite it waits for other writers at its start: one that begins by reading and then writes fails at
        once when another writes.
        """
        with told(), self._writer.begin() as conn:
            yield conn

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that reads, and sees the store as it is now however long it lasts."""
        engine = self._reader
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with told(), engine.begin() as conn:
            yield conn

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return self._data_dir / FILE_NAME if self._reader.dialect.name == "sqlite" else None

    def lock(self, name: str, wait: float = 0.0) -> AbstractContextManager[None]:
        """A lock that ends with its holder, even with a killed one. `wait` is in seconds.

        Raises:
            StoreBusy: another program, or another thread of this one, holds it.
        """
        if self._reader.dialect.name == "postgresql":
            return _advisory_lock(self._reader, name, wait)
        return _file_lock(self._data_dir / "locks" / f"{name}.lock", wait)

    def dispose(self) -> None:
        """Let go of all connections."""
        self._reader.dispose()


def open_store(data_dir: Path, url: str | None = None) -> Database:
    """The store in `data_dir`, or the PostgreSQL database at `url`; made or migrated as needed.

    Raises:
        StoreProblem: it cannot be used; the sentence says why.
    """
    _own_dir(data_dir)
    if url is None:
        _clear_left(data_dir)
        if (data_dir / RESTORE_NAME).exists():
            _take_restored(data_dir)
    engine = _postgresql(url) if url else _sqlite(data_dir / FILE_NAME)
    database = Database(engine, data_dir)
    try:
        with told():
            _migrate(database, engine, data_dir)
    except BaseException:
        database.dispose()
        raise
    return database


def _own_dir(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        (path / "locks").mkdir(mode=0o700, exist_ok=True)
    except OSError as exc:
        raise StoreProblem(
            Words("无法使用数据目录 {path}：{why}。", "The data folder {path} cannot be used: {why}.").fill(
                path=path, why=exc.strerror or exc
            )
        ) from exc


def _sqlite(path: Path) -> Engine:
    with told():
        # Made here, so that it is never readable by others; SQLite gives its companions the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(
        f"sqlite:///{path}", hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32000", "wal_autocheckpoint=8000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        write = conn.get_execution_options().get("smsdesk_write")
        conn.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            driver = parsed.set(drivername="postgresql+psycopg")
            # No limit of connections: each lock has one, and 20 gateways that hang hold 40 locks.
            return create_engine(driver, hide_parameters=True, max_overflow=-1, connect_args={"connect_timeout": 10})
    except ArgumentError:
        pass
    except ImportError:
        raise StoreProblem(
            Words(
                "缺少 PostgreSQL 驱动，请安装：pip install 'smsdesk[team]'。",
                "The PostgreSQL driver is missing; install it with: pip install 'smsdesk[team]'.",
            )
        ) from None
    # Outside the handler: SQLAlchemy's message holds the address, and that may hold a password.
    raise StoreProblem(
        Words(
            "数据库地址不正确，应写成 postgresql+psycopg://用户@主机/库名。",
            "The database's address is not right; write it as postgresql+psycopg://user@host/name.",
        )
    )


# -- a restored store --------------------------------------------------------------------------------------


def _take_restored(data_dir: Path) -> None:
    """Let the restored store take the place of the one that is there, which is kept beside it.

    Raises:
        StoreBusy: another program has the store open; nothing is changed then.
    """
    store, restored = data_dir / FILE_NAME, data_dir / RESTORE_NAME
    with told(), _file_lock(data_dir / "locks" / "restore.lock", wait=60):
        if not restored.exists():  # somebody else did it meanwhile
            return
        if store.exists():
            _be_alone(store)
            kept = data_dir / f"{_BEFORE_RESTORE}{now():%Y%m%d-%H%M%S}.sqlite3"
            for companion in ("-wal", "-shm"):  # they are there where the store is damaged
                if (beside := data_dir / (FILE_NAME + companion)).exists():
                    beside.replace(data_dir / (kept.name + companion))
            store.replace(kept)
        restored.replace(store)


@contextmanager
def restoring(data_dir: Path) -> Iterator[Path]:
    """A folder in which a restore is made ready, for as long as that lasts.

    Raises:
        StoreBusy: another program restores.
    """
    lock = _file_lock(data_dir / "locks" / "restoring.lock", wait=0)
    with lock, tempfile.TemporaryDirectory(prefix=_RESTORING, dir=data_dir) as folder:
        yield Path(folder)


def _clear_left(data_dir: Path) -> None:
    """Remove what a program left that died while it made a restore ready: it is as large as the store."""
    left = list(data_dir.glob(f"{_RESTORING}*"))
    if left:
        with suppress(StoreBusy), _file_lock(data_dir / "locks" / "restoring.lock", wait=0):
            for folder in left:
                shutil.rmtree(folder, ignore_errors=True)


def _be_alone(store: Path) -> None:
    """Put all into the one file, which SQLite does only where nobody else has it open."""
    try:
        with closing(sqlite3.connect(store, timeout=1)) as conn:
            conn.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as exc:
        if "locked" in str(exc):
            raise StoreBusy(_STILL_OPEN) from exc
        # Damaged: that may be why it is to be restored.


_STILL_OPEN = Words(
    "已准备好恢复备份，但还有别的 SMS Desk 程序在使用数据。请先关闭它们，再启动本程序。",
    "A backup is ready to be restored, but another SMS Desk program uses the data. Close it and start this one again.",
)


# -- migrations --------------------------------------------------------------------------------------------


def _migrate(database: Database, engine: Engine, data_dir: Path) -> None:
    if _revision(engine) == REVISIONS[-1]:
        return
    with database.lock("migrate", wait=60):
        at = _revision(engine)
        if at == REVISIONS[-1]:
            return
        if at is not None and at not in REVISIONS:
            raise StoreNewer(
                Words(
                    "数据由更新版本的 SMS Desk 写入，请升级本程序后再打开。数据没有改动。",
                    "The data was written by a later version of SMS Desk. Update this program; nothing was changed.",
                )
            )
        if engine.dialect.name == "sqlite":
            if at is not None:
                _backup(data_dir, at)
            with closing(engine.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA journal_mode=WAL")  # kept in the file: not before it is known as ours
        _upgrade(engine)


def _revision(engine: Engine) -> str | None:
    with engine.begin() as conn:
        tables = set(inspect(conn).get_table_names())
        revision = None
        if "alembic_version" in tables:
            revision = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None and tables - {"alembic_version"}:
        raise StoreDamaged(
            Words(
                "这个数据库不是 SMS Desk 的数据，没有改动。请检查数据目录或数据库地址。",
                "This database is not one of SMS Desk's; nothing was changed. Check the folder or the address.",
            )
        )
    return revision


def _backup(data_dir: Path, revision: str) -> None:
    target = data_dir / f"{_BEFORE_UPDATE}{revision}-{now():%Y%m%d-%H%M%S}.sqlite3"
    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    source, copy = sqlite3.connect(data_dir / FILE_NAME), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()


def _upgrade(engine: Engine) -> None:
    # Alembic takes 0.2 s to import, and a start without a migration needs none of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(smsdesk_write=True).begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


# -- locks -------------------------------------------------------------------------------------------------


_HELD = Words(
    "另一个 SMS Desk 程序正在进行同样的工作，请等它结束后再试。",
    "Another SMS Desk program is at the same work. Try again when it has finished.",
)


@contextmanager
def _file_lock(path: Path, wait: float) -> Iterator[None]:
    import filelock  # noqa: PLC0415 - no lock is needed to show a window

    lock = filelock.FileLock(path, timeout=wait, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise StoreBusy(_HELD) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_lock(engine: Engine, name: str, wait: float) -> Iterator[None]:
    key = int.from_bytes(hashlib.sha256(f"smsdesk {name}".encode()).digest()[:8], signed=True)
    end = time.monotonic() + wait
    with ExitStack() as stack:
        with told():
            # The lock belongs to the connection, and goes with it.
            conn = stack.enter_context(engine.execution_options(isolation_level="AUTOCOMMIT").connect())
            while not conn.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar():
                if time.monotonic() >= end:
                    raise StoreBusy(_HELD)
                time.sleep(0.05)
        try:
            yield
        finally:
            with suppress(DBAPIError):  # a connection that was lost holds nothing
                conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
