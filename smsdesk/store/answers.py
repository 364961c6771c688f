"""Answers of the gateway as they came, until they are parsed, and those that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, select

from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Words
from smsdesk.store import accounts as account_rows
from smsdesk.store.schema import IS_UNREAD, raw_answers


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came, which waits to be parsed."""

    id: int
    account_id: int
    source: str
    body: bytes
    received_at: datetime


def keep(conn: Connection, account_id: int, source: str, body: bytes) -> int:
    """Store an answer of `report`, `mo` or a push as it came; to be committed before it is parsed."""
    new_id = conn.execute(
        raw_answers.insert()
        .values(account_id=account_id, source=source, body=body, received_at=now())
        .returning(raw_answers.c.id)
    ).scalar_one()
    return int(new_id)


def waiting(conn: Connection, account_id: int | None = None, source: str | None = None) -> list[int]:
    """Ids of answers that are stored and not parsed, the oldest first; of one account, and one source, if named."""
    query = select(raw_answers.c.id).where(raw_answers.c.parsed_at.is_(None)).order_by(raw_answers.c.id)
    if account_id is not None:
        query = query.where(raw_answers.c.account_id == account_id)
    if source is not None:
        query = query.where(raw_answers.c.source == source)
    return [row.id for row in conn.execute(query)]


def raw(conn: Connection, raw_id: int) -> Raw | None:
    """A stored answer, locked for this transaction; None where another program has parsed it meanwhile.

    Its account is held first (`accounts.hold`): whoever takes in several answers must not wait for one who has begun
    with another of them and waits for the account.
    """
    account_id = conn.execute(select(raw_answers.c.account_id).where(raw_answers.c.id == raw_id)).scalar()
    if account_id is None:
        return None
    account_rows.hold(conn, account_id)
    row = conn.execute(
        select(raw_answers).where(raw_answers.c.id == raw_id, raw_answers.c.parsed_at.is_(None)).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    return Raw(row.id, row.account_id, row.source, bytes(row.body), row.received_at)


def try_once_more(conn: Connection, raw_id: int) -> int:
    """Count that an answer left behind is read again, to be committed before it is; returns how often that makes."""
    tries = conn.execute(
        raw_answers.update()
        .where(raw_answers.c.id == raw_id)
        .values(tries=raw_answers.c.tries + 1)
        .returning(raw_answers.c.tries)
    ).scalar()
    return int(tries or 0)


def not_tried(conn: Connection, raw_id: int) -> None:
    """Take back what :func:`try_once_more` has counted: the answer itself was not what stood in the way."""
    conn.execute(raw_answers.update().where(raw_answers.c.id == raw_id).values(tries=raw_answers.c.tries - 1))


def parsed(conn: Connection, raw_id: int, problem: Words | None = None) -> None:
    """An answer is dealt with. One that could not be read stays, with the reason; of equal ones, the last."""
    if problem is not None:
        _forget_equal(conn, raw_id)
    conn.execute(
        raw_answers.update()
        .where(raw_answers.c.id == raw_id)
        .values(parsed_at=now(), problem=problem and problem.to_json())
    )


def _forget_equal(conn: Connection, raw_id: int) -> None:
    """Let go of unread answers that say, byte for byte, what this one says: a gateway that is down repeats itself."""
    this = raw_answers.alias()
    same = select(this.c.account_id, this.c.source, this.c.body).where(this.c.id == raw_id).subquery()
    conn.execute(
        raw_answers.delete().where(
            IS_UNREAD,
            raw_answers.c.id != raw_id,
            raw_answers.c.account_id == select(same.c.account_id).scalar_subquery(),
            raw_answers.c.source == select(same.c.source).scalar_subquery(),
            raw_answers.c.body == select(same.c.body).scalar_subquery(),
        )
    )


def forget(conn: Connection, raw_id: int) -> None:
    """Let go of an answer that held nothing."""
    conn.execute(raw_answers.delete().where(raw_answers.c.id == raw_id))


def known(conn: Connection, table: Table, **columns: object) -> bool:
    """Whether an item without a time is there already: what is handed out again could not be told from a new one."""
    same = (table.c[name] == value for name, value in columns.items())
    return conn.execute(select(table.c.id).where(table.c.untimed.is_(True), *same).limit(1)).first() is not None
