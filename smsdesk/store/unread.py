"""Answers of the gateway that could not be read: kept as they came, for a person to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Words
from smsdesk.store.schema import IS_UNREAD, accounts, raw_answers
from smsdesk.store.statements import among, listed


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that could not be read, or an item of which could not."""

    id: int
    account: str
    source: str
    received_at: datetime
    why: Words
    size: int
    """Bytes."""


def every(conn: Connection) -> list[Unread]:
    """Answers that could not be read and are not set aside, the last first."""
    rows = conn.execute(
        select(
            raw_answers.c.id,
            accounts.c.name,
            raw_answers.c.source,
            raw_answers.c.received_at,
            raw_answers.c.problem,
            func.length(raw_answers.c.body).label("size"),
        )
        .join(accounts)
        .where(IS_UNREAD)
        .order_by(raw_answers.c.id.desc())
    )
    return [
        Unread(row.id, row.name, row.source, row.received_at, Words.from_json(row.problem), row.size) for row in rows
    ]


def count(conn: Connection) -> int:
    """How many :func:`every` are."""
    return conn.execute(select(func.count()).select_from(raw_answers).where(IS_UNREAD)).scalar_one()


def body_of(conn: Connection, raw_id: int) -> bytes | None:
    """An answer as it came; None where there is none of this id."""
    body = conn.execute(select(raw_answers.c.body).where(raw_answers.c.id == raw_id)).scalar()
    return None if body is None else bytes(body)


def wait_again(conn: Connection, raw_ids: Sequence[int]) -> None:
    """Let answers that could not be read wait to be parsed anew."""
    conn.execute(
        raw_answers.update()
        .where(among(conn.dialect.name, raw_answers.c.id, "ids"), IS_UNREAD)
        .values(parsed_at=None, problem=None, tries=0),
        {"ids": listed(conn, raw_ids)},
    )


def set_aside(conn: Connection, raw_ids: Sequence[int]) -> None:
    """Show these answers no more; they stay."""
    conn.execute(
        raw_answers.update()
        .where(among(conn.dialect.name, raw_answers.c.id, "ids"), IS_UNREAD)
        .values(set_aside_at=now()),
        {"ids": listed(conn, raw_ids)},
    )
