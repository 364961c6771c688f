"""What happened with one number, the last first, by the second in which it happened: each kind is read on by key."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, Select, func, type_coerce

from smsdesk.store.pages import MESSAGES, REPLIES, REPORTS, MessageRow, ReplyRow, ReportRow, reply_row
from smsdesk.store.schema import messages, replies, reports

_NO_TIME: Final = 1 << 40
"""In place of the second: what has no time yet is the last to come."""


class Kind(IntEnum):
    """What there is of a number, in the order in which it goes: the gateway's times are of a second."""

    MESSAGE = 0
    REPORT = 1  # on one of these messages
    FOREIGN = 2  # on a message that is not known
    REPLY = 3
    BLOCKED = 4
    UNBLOCKED = 5


class Place(NamedTuple):
    """Where an event stands among those of its number: a later one has a greater place."""

    second: int
    kind: Kind
    id: int

    @classmethod
    def of(cls, at: datetime | None, kind: Kind, id_: int) -> Place:
        """The place of what happened then; None: it has no time yet."""
        return cls(int(at.timestamp()) if at else _NO_TIME, kind, id_)


def sent(conn: Connection, mobile: str, before: Place | None, most: int) -> list[MessageRow]:
    """Messages to the number."""
    query = _before(MESSAGES, messages.c.submitted_at, messages.c.id, Kind.MESSAGE, before)
    return [MessageRow(*row) for row in conn.execute(query.where(messages.c.mobile == mobile).limit(most))]


def reported(conn: Connection, mobile: str, before: Place | None, most: int) -> list[MessageRow]:
    """Messages to the number that a report tells of, by the time of that."""
    query = _before(MESSAGES, messages.c.reported_at, messages.c.id, Kind.REPORT, before)
    of_number = (messages.c.mobile == mobile, messages.c.stat.is_not(None))
    return [MessageRow(*row) for row in conn.execute(query.where(*of_number).limit(most))]


def foreign(conn: Connection, mobile: str, before: Place | None, most: int) -> list[ReportRow]:
    """Reports on the number of which no message is known."""
    query = _before(REPORTS, reports.c.reported_at, reports.c.id, Kind.FOREIGN, before)
    of_number = (reports.c.mobile == mobile, reports.c.message_id.is_(None))
    return [ReportRow(*row) for row in conn.execute(query.where(*of_number).limit(most))]


def came(conn: Connection, mobile: str, before: Place | None, most: int) -> list[ReplyRow]:
    """Replies from the number."""
    query = _before(REPLIES, replies.c.received_at, replies.c.id, Kind.REPLY, before)
    return [reply_row(row) for row in conn.execute(query.where(replies.c.mobile == mobile).limit(most))]


def _before(query: Select[Any], at: Any, id_: Any, kind: Kind, before: Place | None) -> Select[Any]:
    """Rows of one kind in the order of their places, from the one before `before` on."""
    second = func.coalesce(type_coerce(at, BigInteger) // 1000, _NO_TIME)
    if before is not None:
        is_before = second < before.second + (kind < before.kind)
        if kind is before.kind:
            is_before |= (second == before.second) & (id_ < before.id)
        query = query.where(is_before)
    return query.order_by(second.desc(), id_.desc())
