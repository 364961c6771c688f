"""Texts that are kept under a name, to be used again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from smsdesk.domain.campaign import Kind
from smsdesk.domain.chinatime import now
from smsdesk.domain.text import escaped
from smsdesk.store.schema import campaigns, templates


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as it was typed, with its placeholders, and its name."""

    name: str
    text: str
    changed_at: datetime


def every(conn: Connection) -> list[Kept]:
    """All of them, the one that was changed last first."""
    rows = conn.execute(select(templates).order_by(templates.c.changed_at.desc(), templates.c.id.desc()))
    return [Kept(row.name, row.text, row.changed_at) for row in rows]


def named(conn: Connection, name: str) -> Kept | None:
    """The one with that name."""
    row = conn.execute(select(templates).where(templates.c.name == name)).one_or_none()
    return None if row is None else Kept(row.name, row.text, row.changed_at)


def keep(conn: Connection, name: str, text: str) -> bool:
    """Keep a text under a name; whether the name was there already and has this text now."""
    changed = conn.execute(
        templates.update().where(templates.c.name == name).values(text=text, changed_at=now())
    ).rowcount
    if not changed:
        conn.execute(templates.insert().values(name=name, text=text, changed_at=now()))
    return bool(changed)


def remove(conn: Connection, name: str) -> bool:
    """Whether there was one with that name, and is none now."""
    return conn.execute(templates.delete().where(templates.c.name == name)).rowcount == 1


def sent(conn: Connection, most: int) -> list[Kept]:
    """The texts of the last campaigns, each once, with the campaign's name; what was sent last first.

    One that was the same for all is stored as it went out; here it is written as a template.
    """
    latest = (
        select(func.max(campaigns.c.id))
        .where(campaigns.c.text != "", campaigns.c.started_at.is_not(None))
        .group_by(campaigns.c.text)
    )
    rows = conn.execute(
        select(campaigns.c.name, campaigns.c.kind, campaigns.c.text, campaigns.c.started_at)
        .where(campaigns.c.id.in_(latest))
        .order_by(campaigns.c.id.desc())
        .limit(most)
    )
    return [Kept(row.name, escaped(row.text) if row.kind is Kind.BULK else row.text, row.started_at) for row in rows]
