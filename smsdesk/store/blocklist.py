"""Numbers that get nothing: added by hand, or because their owner opted out. Who is taken off it is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from more_itertools import batched
from sqlalchemy import Connection, exists, func, select, text

from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Words
from smsdesk.store.pages import of_mobile, page
from smsdesk.store.schema import IS_BLOCKED, blocklist, opt_out_words, replies
from smsdesk.store.statements import insert_new

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Blocked:
    """A number that is on the blocklist, or was: since when, why, by whom, and how it was taken off."""

    id: int
    mobile: str
    reason: Words
    added_at: datetime
    added_by: str
    """Whoever sat at the machine; empty where the program did it."""
    reply: str | None
    """The reply that was the reason."""
    removed_at: datetime | None
    removed_by: str
    removed_why: str

    @property
    def from_reply(self) -> bool:
        """Whether a reply was the reason."""
        return self.reply is not None


def add(
    conn: Connection, mobiles: Iterable[str], reason: Words, *, added_by: str = "", reply_id: int | None = None
) -> int:
    """Put numbers on the blocklist; returns how many were not on it.

    Who is on it keeps the first reason; the first reply is kept as well, since it weighs more than any reason.
    """
    common = {"reason": reason.to_json(), "reply_id": reply_id, "added_at": now(), "added_by": added_by}
    common |= {"removed_by": "", "removed_why": ""}
    added = 0
    for some in batched(dict.fromkeys(mobiles), _AT_ONCE):
        rows = [{"mobile": mobile, **common} for mobile in sorted(some)]  # in one order: no two wait for each other
        added += len(conn.execute(insert_new(conn.dialect.name, blocklist).returning(blocklist.c.id), rows).all())
        if reply_id is not None:
            on_it = blocklist.update().where(blocklist.c.mobile.in_(some), IS_BLOCKED, blocklist.c.reply_id.is_(None))
            conn.execute(on_it.values(reply_id=reply_id))
    return added


def has(conn: Connection, mobile: str) -> bool:
    """Whether a number is on it."""
    return conn.execute(select(blocklist.c.id).where(blocklist.c.mobile == mobile, IS_BLOCKED)).first() is not None


def remove(
    conn: Connection, mobiles: Sequence[str], *, removed_by: str = "", why: str = "", at: datetime | None = None
) -> int:
    """Take numbers off it, `at` a moment or now; returns how many were on it."""
    values = {"removed_at": at or now(), "removed_by": removed_by, "removed_why": why}
    removed = 0
    for some in batched(dict.fromkeys(mobiles), _AT_ONCE):
        removed += conn.execute(
            blocklist.update().where(blocklist.c.mobile.in_(some), IS_BLOCKED).values(values)
        ).rowcount
    return removed


def put_back(conn: Connection, mobiles: Sequence[str], removed_at: datetime) -> int:
    """As if these had not been taken off at that moment; who is on it again by now stays so. Returns how many."""
    values = {"removed_at": None, "removed_by": "", "removed_why": ""}
    on_it, back = blocklist.alias(), 0
    is_on_it = exists().where(on_it.c.mobile == blocklist.c.mobile, on_it.c.removed_at.is_(None))
    for some in batched(dict.fromkeys(mobiles), _AT_ONCE):
        taken_off = blocklist.update().where(
            blocklist.c.mobile.in_(some), blocklist.c.removed_at == removed_at, ~is_on_it
        )
        back += conn.execute(taken_off.values(values)).rowcount
    return back


def rows(
    conn: Connection, mobile: str | None = None, *, former: bool = False, before: int | None = None, limit: int = 200
) -> list[Blocked]:
    """Those who are on it, the last to come first; `former`: those who were taken off.

    `mobile` is a number or its beginning, `before` the id that the page before ended with.
    """
    query = _SELECT.where(~IS_BLOCKED if former else IS_BLOCKED)
    query = page(of_mobile(query, blocklist.c.mobile, mobile), blocklist.c.id, before, limit)
    return [_blocked(row) for row in conn.execute(query)]


def history(conn: Connection, mobile: str) -> list[Blocked]:
    """Every time that a number was put on it, the last first."""
    query = _SELECT.where(blocklist.c.mobile == mobile).order_by(blocklist.c.id.desc())
    return [_blocked(row) for row in conn.execute(query)]


def _blocked(row: Any) -> Blocked:
    return Blocked(row.id, row.mobile, Words.from_json(row.reason), *row[3:])


_SELECT = select(
    blocklist.c.id,
    blocklist.c.mobile,
    blocklist.c.reason,
    blocklist.c.added_at,
    blocklist.c.added_by,
    replies.c.content,
    blocklist.c.removed_at,
    blocklist.c.removed_by,
    blocklist.c.removed_why,
).outerjoin(replies, replies.c.id == blocklist.c.reply_id)


def numbers(conn: Connection) -> list[str]:
    """All numbers on the blocklist."""
    return list(conn.execute(select(blocklist.c.mobile).where(IS_BLOCKED)).scalars())


def count(conn: Connection) -> int:
    """How many numbers are on it."""
    return conn.execute(select(func.count()).select_from(blocklist).where(IS_BLOCKED)).scalar_one()


def words(conn: Connection, *, hold: bool = False) -> frozenset[str]:
    """The replies that mean "no more", as `domain.opt_out` writes them; with `hold` they stay until the end.

    On PostgreSQL a reply that is being stored would else be judged by words that are none any more.
    """
    if hold and conn.dialect.name == "postgresql":
        conn.execute(text("LOCK TABLE opt_out_words IN SHARE MODE"))
    return frozenset(conn.execute(select(opt_out_words.c.word)).scalars())


def hold_words(conn: Connection) -> None:
    """Let nobody else change the words until this transaction ends; waits for replies that are being stored."""
    if conn.dialect.name == "postgresql":  # on SQLite a transaction that may write is alone anyway
        conn.execute(text("LOCK TABLE opt_out_words IN EXCLUSIVE MODE"))


def set_words(conn: Connection, kept: Iterable[str]) -> None:
    """Let these be the words, and no others."""
    conn.execute(opt_out_words.delete())
    if new := [{"word": word} for word in dict.fromkeys(kept)]:
        conn.execute(opt_out_words.insert(), new)
