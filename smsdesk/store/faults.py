"""What the databases and the file system raise, as sentences that say what to do."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError

from smsdesk.domain.errors import StoreBusy, StoreDamaged, StoreProblem
from smsdesk.domain.words import Words

_log = logging.getLogger(__name__)


@contextmanager
def told() -> Iterator[None]:
    """Turn what the driver raises into a sentence. A broken constraint is our caller's affair and stays."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as exc:
        raise _problem(exc.orig) from exc
    except (sqlite3.Error, OSError) as exc:
        raise _problem(exc) from exc


_UNUSABLE = Words(
    "无法读写数据。请再试一次；仍不行请从备份恢复，或把日志发给技术支持。",
    "The data cannot be read or written. Try again; if it stays so, restore a backup, or send the log to the support.",
)
_NOT_ALLOWED = Words(
    "无法读写数据。请检查数据文件夹是否还在、是否有写入权限，然后再试。",
    "The data cannot be read or written. See whether the data folder is there and can be written in; then try again.",
)
_REFUSED = Words(
    "无法读写文件：{why}。请检查文件夹是否还在、是否有写入权限，然后再试。",
    "A file cannot be read or written: {why}. See whether its folder is there and can be written in; then try again.",
)
_AWAY = Words(
    "连不上数据库。请检查数据库是否在运行、网络和地址是否正确，然后再试。",
    "The database cannot be reached. See that it runs, and that the network and its address are right; then try again.",
)
_LOCKED = Words(
    "数据正被另一个程序占用。请关闭其他 SMS Desk 程序后再试。",
    "The data is in use by another program. Close other SMS Desk programs and try again.",
)
_FULL = Words(
    "磁盘已满，没有保存。请先腾出空间。",
    "The disk is full, and nothing was saved. Make room first.",
)
_DAMAGED = Words(
    "数据文件已损坏，或不是 SMS Desk 的数据。请从备份恢复。",
    "The data file is damaged, or is not one of SMS Desk's. Restore it from a backup.",
)


def _problem(exc: Any) -> StoreProblem:
    """What a person can do about it. Where that does not tell the cause, the log has what the driver says."""
    why = str(exc)
    if "database is locked" in why or "database table is locked" in why:
        return StoreBusy(_LOCKED)
    if "disk is full" in why or "No space left" in why:
        return StoreProblem(_FULL)
    if "malformed" in why or "not a database" in why:
        return StoreDamaged(_DAMAGED)
    if isinstance(exc, OSError):
        return StoreProblem(_REFUSED.fill(why=exc.strerror or exc))
    _log.warning("the store: %s: %s", type(exc).__name__, _DIGITS.sub("…", why.partition("\n")[0]))
    if "readonly database" in why or "unable to open" in why:
        return StoreProblem(_NOT_ALLOWED)
    if _is_away(exc):
        return StoreProblem(_AWAY)
    return StoreProblem(_UNUSABLE)


_DIGITS = re.compile(r"\d{7,}")
"""May be a person's number."""


def _is_away(exc: Any) -> bool:
    """Whether there is no connection to PostgreSQL, or none any more: such a fault has no code, or one of these."""
    code: str | None = getattr(exc, "sqlstate", "")
    return code is None or code.startswith(("08", "28", "3D", "57P"))
