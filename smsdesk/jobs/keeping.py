"""The data as a whole: where they lie, a backup in one file while sending goes on, and restoring one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.chinatime import in_china, now
from smsdesk.domain.errors import Cancelled, InputProblem
from smsdesk.domain.words import Words
from smsdesk.jobs.desk import Desk
from smsdesk.jobs.news import Stop, Tell, Throttle
from smsdesk.sheets.writer import replacing
from smsdesk.store import backup as store_backup
from smsdesk.store import blocklist, campaigns
from smsdesk.store.backup import Contents as Contents
from smsdesk.store.backup import Step
from smsdesk.store.database import COPIES, FILE_NAME, RESTORE_NAME


@dataclass(frozen=True, slots=True)
class Copying:
    """Progress of a backup or a restore, in no unit; of `total` 0 nothing is known."""

    done: int
    total: int


def proposed_name() -> str:
    """What a backup that is made now is called."""
    return f"SMSDesk-{in_china(now()):%Y%m%d-%H%M}.sqlite3"


def size(desk: Desk) -> int | None:
    """How large the store is in bytes, as far as it is a file."""
    file = desk.database.file
    if file is None:
        return None
    return sum(path.stat().st_size for path in (file, file.with_name(file.name + "-wal")) if path.exists())


@dataclass(frozen=True, slots=True)
class Copies:
    """Earlier stores that lie beside the one in use: what an update or a restore has left. Old data stay in them."""

    files: tuple[Path, ...]
    size: int
    """Bytes."""

    @property
    def count(self) -> int:
        """How many stores: beside one that was damaged lie its log and index, which are no stores of their own."""
        return sum(path.suffix == ".sqlite3" for path in self.files)


def copies(desk: Desk) -> Copies:
    """The copies of the store in its folder; a backup that a person has made lies elsewhere, and is theirs."""
    if desk.database.file is None:
        return Copies((), 0)
    files = sorted(path for path in desk.database.file.parent.iterdir() if COPIES.fullmatch(path.name))
    return Copies(tuple(files), sum(path.stat().st_size for path in files))


def delete_copies(desk: Desk) -> Copies:
    """Delete them for good; returns what went.

    Raises:
        InputProblem: one cannot be deleted.
    """
    found = copies(desk)
    try:
        for path in found.files:
            path.unlink(missing_ok=True)
    except OSError as exc:
        raise InputProblem(_NOT_DELETED.fill(file=path.name, why=exc.strerror or exc)) from exc
    return found


def backup(desk: Desk, path: Path, stop: Stop, tell: Tell) -> Contents:
    """Save the whole store, as it is at this moment, to one file, and check it. Passwords are not in it.

    Raises:
        InputProblem: the file cannot be written.
        StoreProblem: the store cannot be read.
        Cancelled: the person stopped it; nothing is left behind, and a file that was there stays.
    """
    if desk.database.file is not None and path.resolve() == desk.database.file.resolve():
        raise InputProblem(_ITSELF.fill(file=path.name))
    with replacing(path) as temporary:
        return store_backup.save(desk.database, temporary, _step(stop, tell))


def look(path: Path, stop: Stop) -> Contents:
    """What is in a backup. Raises a sentence where it is none, is damaged, or comes from a later version."""
    return store_backup.look(path, lambda: _check(stop))


def restore(desk: Desk, path: Path, stop: Stop, tell: Tell) -> Contents:
    """Restore a backup: into an empty PostgreSQL database at once, else when the store is opened the next time.

    The store that is there is kept beside. Campaigns that were not finished stand still then, with a warning.

    Raises:
        InputProblem, StoreProblem: as :func:`look`; a campaign is on its way; the database has data in it.
        Cancelled: the person stopped it; nothing was changed.
    """
    with desk.database.read() as conn:
        if campaigns.unsettled_accounts(conn):
            raise InputProblem(_SENDING)
        blocked = blocklist.numbers(conn)
    if desk.database.file is None:
        return store_backup.fill_empty(desk.database, path, _step(stop, tell))
    return store_backup.prepare(desk.database.file.parent, path, blocked, _step(stop, tell))


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore over a damaged store has brought."""

    contents: Contents
    warning: Words | None
    """Where the damaged store's blocklist could not be read: somebody may get messages who has opted out."""


def restore_damaged(data_dir: Path, path: Path, stop: Stop, tell: Tell) -> Restored:
    """Restore a backup over a SQLite store that cannot be opened; it takes its place when the store is opened next.

    Who is blocked is taken from the damaged store as far as it can be read: the gateway hands out no opt-out again.

    Raises:
        InputProblem, StoreProblem: as :func:`look`.
        Cancelled: the person stopped it; nothing was changed.
    """
    blocked, is_whole = store_backup.blocked_in(data_dir / FILE_NAME)
    found = store_backup.prepare(data_dir, path, blocked, _step(stop, tell))
    return Restored(found, None if is_whole else _BLOCKLIST_NOT_READ)


def is_pending(data_dir: Path) -> bool:
    """Whether a backup waits to take the store's place at the next start."""
    return (data_dir / RESTORE_NAME).exists()


def forget_pending(data_dir: Path) -> None:
    """Keep the store that is there after all."""
    (data_dir / RESTORE_NAME).unlink(missing_ok=True)


def _step(stop: Stop, tell: Tell) -> Step:
    throttle = Throttle(tell)

    def step(done: int, total: int) -> None:
        _check(stop)
        throttle(Copying(done, total))

    return step


def _check(stop: Stop) -> None:
    if stop.is_set():
        raise Cancelled


_ITSELF = Words("“{file}”就是数据文件本身，请另选一个文件名。", "“{file}” is the store itself; choose another name.")
_NOT_DELETED = Words("无法删除“{file}”：{why}。", "“{file}” cannot be deleted: {why}.")
_BLOCKLIST_NOT_READ = Words(
    "备份已恢复，但损坏的数据文件里的黑名单没能完整读出：备份之后退订的人可能不在黑名单里。发送前请先核对并补上。",
    "The backup is restored, but the blocklist of the damaged file could not be read whole: who opted out after the "
    "backup may not be on it. Look, and add them, before you send.",
)
_SENDING = Words(
    "有任务正在发送。请先暂停，再恢复备份。", "A campaign is being sent. Pause it first, then restore the backup."
)
