"""Labels that a person gives to conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from smsdesk.domain.words import Words
from smsdesk.store.schema import conversations, labels
from smsdesk.store.statements import among, listed


@dataclass(frozen=True, slots=True)
class Label:
    """A label; those that every inbox has are named in both languages."""

    id: int
    name: Words


def every(conn: Connection) -> list[Label]:
    """All labels, in the order in which they were made."""
    rows = conn.execute(select(labels.c.id, labels.c.name).order_by(labels.c.id))
    return [Label(row.id, Words.from_json(row.name)) for row in rows]


def add(conn: Connection, name: Words) -> int:
    """A new label; returns its id."""
    return int(conn.execute(labels.insert().values(name=name.to_json()).returning(labels.c.id)).scalar_one())


def rename(conn: Connection, label_id: int, name: Words) -> None:
    """Give a label another name."""
    conn.execute(labels.update().where(labels.c.id == label_id).values(name=name.to_json()))


def remove(conn: Connection, label_id: int) -> list[str]:
    """Let go of a label; the conversations that had it stay without. Returns their numbers."""
    having = conversations.update().where(conversations.c.label_id == label_id)
    mobiles = list(conn.execute(having.values(label_id=None).returning(conversations.c.mobile)).scalars())
    conn.execute(labels.delete().where(labels.c.id == label_id))
    return mobiles


def give_back(conn: Connection, label_id: int, mobiles: Sequence[str]) -> None:
    """Let these conversations have a label, as far as they have none."""
    query = conversations.update().where(
        among(conn.dialect.name, conversations.c.mobile, "mobiles"), conversations.c.label_id.is_(None)
    )
    conn.execute(query.values(label_id=label_id), {"mobiles": listed(conn, mobiles)})
