"""The whole store as one file, and back.

A backup is a SQLite store whatever the database, so that what SQLite has can be moved to PostgreSQL and back. It holds
no password: those are in the keyring. `PRAGMA user_version` of the file says when it was made, in minutes since 1970.

A restore of SQLite is made ready as a file beside the store, in which no campaign goes on by itself, and takes its
place when the store is opened the next time and nobody else has it open (`database.open_store`).
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, insert, select

from smsdesk.domain.campaign import CampaignState, Pause, PauseCode
from smsdesk.domain.chinatime import now, written
from smsdesk.domain.errors import Cancelled, InputProblem, StoreDamaged, StoreNewer
from smsdesk.domain.words import Words
from smsdesk.store import accounts as account_rows
from smsdesk.store import blocklist as blocklist_rows
from smsdesk.store import messages as message_rows
from smsdesk.store.database import FILE_NAME, RESTORE_NAME, Database, open_store, restoring
from smsdesk.store.faults import told
from smsdesk.store.schema import (
    REVISIONS,
    accounts,
    blocklist,
    campaigns,
    metadata,
    people,
    people_groups,
    replies,
    templates,
)

Step = Callable[[int, int], None]
"""Is told how far the work is, of how much; it may raise Cancelled."""

_PAGES_AT_ONCE: Final = 1024
_ROWS_AT_ONCE: Final = 1000
_STEPS_A_CHECK: Final = 100_000
"""Instructions of SQLite between two looks whether the person has stopped it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds."""

    made_at: datetime | None
    """None: it is no backup but a store as it lay in its folder."""
    revision: str
    size: int
    """Bytes."""
    campaigns: int
    messages: int
    reports: int
    replies: int
    people: int
    blocked: int
    newest: datetime | None
    """When the last campaign was made."""


# -- making one --------------------------------------------------------------------------------------------


def save(database: Database, path: Path, step: Step) -> Contents:
    """Copy the store as it is at this moment into a new file at `path`, and check the copy.

    Whoever sends or fetches goes on meanwhile: one long look at the store holds no writer up (WAL, and REPEATABLE READ
    in PostgreSQL). Pages are copied some at a time, so that `step` can end it.
    """
    with told():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        if database.file is not None:
            _copy_pages(database.file, path, step)
        else:
            _copy_tables_into(database, path, step)
        with closing(sqlite3.connect(path)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, and nothing beside it
            copy.execute(f"PRAGMA user_version={int(now().timestamp()) // 60}")
        _to_disk(path)
    return look(path, lambda: step(0, 0))


def _copy_pages(source: Path, target: Path, step: Step) -> None:
    def progress(_status: int, remaining: int, total: int) -> None:
        step(total - remaining, total)

    with closing(sqlite3.connect(source, isolation_level=None)) as from_, closing(sqlite3.connect(target)) as to:
        to.execute("PRAGMA synchronous=OFF")  # it goes to the disk at the end, once
        # A look that lasts: without it each write of another program would let the copy begin anew.
        from_.execute("BEGIN")
        from_.execute("SELECT 1 FROM sqlite_master").fetchone()
        from_.backup(to, pages=_PAGES_AT_ONCE, progress=progress)


def _copy_tables_into(database: Database, path: Path, step: Step) -> None:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        copy = open_store(Path(folder))
        try:
            with database.snapshot() as source, copy.write() as target:
                copy_tables(source, target, step)
        finally:
            copy.dispose()
        (Path(folder) / FILE_NAME).replace(path)


def copy_tables(source: Connection, target: Connection, step: Step) -> None:
    """Every row of every table, into a store that has none but what a new one has."""
    counts = [source.execute(select(func.count()).select_from(table)) for table in metadata.sorted_tables]
    done, total = 0, sum(count.scalar_one() for count in counts)
    for table in reversed(metadata.sorted_tables):
        target.execute(table.delete())
    to_postgresql = target.dialect.name == "postgresql"
    for table in metadata.sorted_tables:
        with source.execute(select(table), execution_options={"yield_per": _ROWS_AT_ONCE}) as rows:
            for some in rows.mappings().partitions():
                target.execute(insert(table), [_without_zeros(row) if to_postgresql else dict(row) for row in some])
                done += len(some)
                step(done, total)
        if to_postgresql and "id" in table.c:
            last = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            target.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))


def _without_zeros(row: RowMapping) -> dict[str, Any]:
    """PostgreSQL has no place for zero bytes in a text. Others stay the values that they are, members of enums too."""
    return {
        name: value.replace("\0", "") if isinstance(value, str) and "\0" in value else value
        for name, value in row.items()
    }


# -- looking into one --------------------------------------------------------------------------------------


def look(path: Path, check: Callable[[], None] = lambda: None) -> Contents:
    """What is in a backup, which is read through from end to end. `check` may raise Cancelled.

    Raises:
        InputProblem: it is no store, or cannot be read.
        StoreNewer: it was written by a later version.
        StoreDamaged: it has faults.
    """
    if not path.is_file():
        raise InputProblem(_NO_FILE.fill(file=path.name))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn, _stoppable(conn, check):
            revision = _revision_of(conn, path)
            if conn.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise StoreDamaged(_FAULTY.fill(file=path.name))
            minutes = conn.execute("PRAGMA user_version").fetchone()[0]
            made_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes) if minutes else None
            last = conn.execute("SELECT max(created_at) FROM campaigns").fetchone()[0]
            counts = {name: _count(conn, what, check) for name, what in _COUNTED.items()}
            newest = datetime.fromtimestamp(last / 1000, UTC) if last else None
            return Contents(made_at=made_at, revision=revision, size=path.stat().st_size, newest=newest, **counts)
    except sqlite3.DatabaseError:
        check()  # it may be the interruption
        raise InputProblem(_NO_STORE.fill(file=path.name)) from None


_COUNTED = {name: name for name in ("campaigns", "messages", "reports", "replies", "people")}
_COUNTED |= {"blocked": "blocklist WHERE removed_at IS NULL"}


def _count(conn: sqlite3.Connection, what: str, check: Callable[[], None]) -> int:
    try:
        return int(conn.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608 - our own words
    except sqlite3.OperationalError:  # the first versions had no people
        check()
        return 0


def _revision_of(conn: sqlite3.Connection, path: Path) -> str:
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if not {"alembic_version", "campaigns", "messages"} <= tables:
        raise InputProblem(_NO_STORE.fill(file=path.name))
    revision = str((conn.execute("SELECT version_num FROM alembic_version").fetchone() or ("",))[0])
    if revision not in REVISIONS:
        raise StoreNewer(_NEWER.fill(file=path.name))
    return revision


@contextmanager
def _stoppable(conn: sqlite3.Connection, check: Callable[[], None]) -> Iterator[None]:
    def ends() -> bool:
        try:
            check()
        except Cancelled:
            return True
        return False

    conn.set_progress_handler(ends, _STEPS_A_CHECK)
    yield


def blocked_in(path: Path) -> tuple[list[str], bool]:
    """The numbers on the blocklist of a store that is damaged, as far as they can be read, and whether all could be."""
    found: list[str] = []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            found.extend(mobile for (mobile,) in conn.execute("SELECT mobile FROM blocklist WHERE removed_at IS NULL"))
    except sqlite3.Error:
        return found, False
    return found, True


# -- restoring ---------------------------------------------------------------------------------------------


def prepare(data_dir: Path, path: Path, blocked: Sequence[str], step: Step) -> Contents:
    """Make a backup ready to take the store's place when that is opened the next time.

    It is checked, copied and migrated, and nothing in the copy goes on by itself: what was queued when the backup was
    made may have been sent since. Who is `blocked` now stays so: the gateway hands out no opt-out again. Raises as
    :func:`look`, and Cancelled.
    """
    with told(), restoring(data_dir) as folder:
        found = _made_ready(folder, path, step, blocked)
        (folder / FILE_NAME).replace(data_dir / RESTORE_NAME)
    return found


def _made_ready(folder: Path, path: Path, step: Step, blocked: Sequence[str] = ()) -> Contents:
    found = look(path, lambda: step(0, 0))
    copy = folder / FILE_NAME
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT, 0o600))
    _copy_pages(path, copy, step)
    with closing(sqlite3.connect(copy)) as conn:
        conn.execute("PRAGMA user_version=0")
        conn.execute("PRAGMA journal_mode=WAL")  # kept in the file
    database = open_store(folder)
    try:
        with database.write() as writing:
            stand_still(writing, found.made_at)
            blocklist_rows.add(writing, blocked, _STAYS_BLOCKED)
    finally:
        database.dispose()
    _to_disk(copy)
    return found


def stand_still(conn: Connection, made_at: datetime | None) -> None:
    """No campaign of a restored store goes on by itself, and what was under way is in doubt."""
    pause = Pause(PauseCode.RESTORED, _RESTORED.fill(at=written(made_at) or "?"))
    for account_id in conn.execute(select(accounts.c.id)).scalars().all():
        account_rows.hold(conn, account_id)
        for answers in (False, True):
            message_rows.doubt_orphans(conn, account_id, _UNDER_WAY, answers=answers)
    unfinished = (CampaignState.SCHEDULED, CampaignState.SENDING, CampaignState.PAUSED)
    conn.execute(
        campaigns.update()
        .where(campaigns.c.state.in_(unfinished))
        .values(state=CampaignState.PAUSED, start_at=None, pause_code=pause.code, pause_words=pause.words.to_json())
    )


def fill_empty(database: Database, path: Path, step: Step) -> Contents:
    """Restore a backup into a PostgreSQL database that has no account and no campaign.

    Raises:
        InputProblem: there is something in it; and as :func:`prepare`.
    """
    with told(), tempfile.TemporaryDirectory(prefix="smsdesk-restoring-") as folder:
        found = _made_ready(Path(folder), path, lambda _done, _total: step(0, 0))
        copy = open_store(Path(folder))
        try:
            with copy.read() as source, database.write() as target:
                if any(target.execute(select(table).limit(1)).first() is not None for table in _A_PERSONS):
                    raise InputProblem(_NOT_EMPTY)
                copy_tables(source, target, step)
        finally:
            copy.dispose()
    return found


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


_A_PERSONS: Final = (accounts, campaigns, people, people_groups, blocklist, templates, replies)
"""Tables of which a database that is restored into must have nothing: what is in them would be lost."""

_STAYS_BLOCKED: Final = Words("恢复备份前已在黑名单中", "on the blocklist before a backup was restored")
_NO_FILE = Words("没有文件“{file}”。", "There is no file “{file}”.")
_NO_STORE = Words(
    "“{file}”不是 SMS Desk 的备份，没有改动任何数据。请另选文件。",
    "“{file}” is no backup of SMS Desk; nothing was changed. Choose another file.",
)
_FAULTY = Words(
    "备份“{file}”已损坏，不能使用；现有数据没有改动。请换一个备份。",
    "The backup “{file}” is damaged and cannot be used; nothing was changed. Choose another one.",
)
_NEWER = Words(
    "备份“{file}”由更新版本的 SMS Desk 生成，请先升级本程序。现有数据没有改动。",
    "The backup “{file}” was made by a later version of SMS Desk. Update this program first; nothing was changed.",
)
_RESTORED = Words(
    "任务由 {at} 的备份恢复：备份之后可能已经发送，这里无从得知。请先与网关的记录核对，继续发送可能使有人收到两次。",
    "Restored from a backup of {at}: what was sent since then is not known here. Compare it with the gateway's records "
    "first; if you go on, people may get it twice.",
)
_UNDER_WAY = Words(
    "备份时正在提交，结果不明。", "It was under way when the backup was made; what came of it is not known."
)
_NOT_EMPTY = Words(
    "这个数据库里已有数据。请新建一个空数据库，再恢复到那里；现有数据没有改动。",
    "This database has data in it. Make an empty one and restore into that; nothing was changed.",
)
