"""Numbers that get nothing: added by hand, or because their owner opted out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from more_itertools import batched
from sqlalchemy import Connection, select

from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Words
from smsdesk.store.schema import blocklist
from smsdesk.store.statements import insert_new


@dataclass(frozen=True, slots=True)
class Blocked:
    """A number on the blocklist, since when, and why."""

    mobile: str
    reason: Words
    added_at: datetime
    from_reply: bool


def add(conn: Connection, mobiles: Sequence[str], reason: Words, reply_id: int | None = None) -> int:
    """Put numbers on the blocklist; returns how many were not on it. The first reason stays."""
    added = 0
    for some in batched(dict.fromkeys(mobiles), 1000):
        rows = [{"mobile": m, "reason": reason.to_json(), "reply_id": reply_id, "added_at": now()} for m in some]
        added += len(conn.execute(insert_new(conn.dialect.name, blocklist).returning(blocklist.c.mobile), rows).all())
    return added


def remove(conn: Connection, mobiles: Sequence[str]) -> int:
    """Take numbers off it; returns how many were on it."""
    removed = 0
    for some in batched(dict.fromkeys(mobiles), 1000):
        removed += conn.execute(blocklist.delete().where(blocklist.c.mobile.in_(some))).rowcount
    return removed


def every(conn: Connection) -> list[Blocked]:
    """All of it, the newest first."""
    rows = conn.execute(select(blocklist).order_by(blocklist.c.added_at.desc(), blocklist.c.mobile))
    return [Blocked(row.mobile, Words.from_json(row.reason), row.added_at, row.reply_id is not None) for row in rows]
