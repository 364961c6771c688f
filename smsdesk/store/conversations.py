"""Replies by number, the last to write first: what an inbox shows. Kept with the replies, in their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from more_itertools import batched
from sqlalchemy import Connection, Select, bindparam, case, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from smsdesk.domain.chinatime import now
from smsdesk.domain.words import Words
from smsdesk.store.pages import has_text, of_mobile
from smsdesk.store.schema import HAS_UNREAD, IS_BLOCKED, blocklist, conversations, labels, milliseconds, people, replies
from smsdesk.store.statements import among, listed, many

LAST_WORDS = 200
"""Characters of the last reply that a list shows."""

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Conversation:
    """A number that has replied, and who it is where the address book knows."""

    mobile: str
    last_at: datetime
    last_id: int
    unread: int
    opted_out: bool
    """Whether one of the replies was an opt-out; `is_blocked` is how things stand now."""
    words: str
    """The beginning of the last reply."""
    account_id: int
    """The account that the last reply came to."""
    name: str
    label_id: int | None
    label: Words | None
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Only:
    """What a list is limited to; what is not given is no limit."""

    unread: bool = False
    opted_out: bool = False
    since: datetime | None = None
    label_id: int | None = None


# -- kept with the replies ---------------------------------------------------------------------------------


def hold(conn: Connection) -> None:
    """Let nobody else change conversations, and so read and unread, until this transaction ends.

    To be called before any reply is touched. On PostgreSQL two transactions that change the same numbers in another
    order, several accounts' replies or a person's marking beside them, would else wait for each other.
    """
    if conn.dialect.name == "postgresql":  # on SQLite a transaction that may write is alone anyway
        conn.execute(_HOLD)


_HOLD = select(func.pg_advisory_xact_lock(int.from_bytes(b"convers", "big")))


def take(conn: Connection, new: Sequence[Any]) -> None:
    """Replies are new: rows of id, mobile, opt_out and received_at."""
    rows: dict[str, tuple[int, int, int, bool]] = {}
    for row in new:
        at, id_, unread, opted_out = rows.get(row.mobile, (0, 0, 0, False))
        last = (
            max((at, id_), (milliseconds(row.received_at), row.id))
            if unread
            else (
                milliseconds(row.received_at),
                row.id,
            )
        )
        rows[row.mobile] = (*last, unread + 1, opted_out or row.opt_out)
    if rows:  # in one order: no two wait for each other
        values = [(mobile, *rows[mobile]) for mobile in sorted(rows)]
        many(conn, _take(conn.dialect.name), _TAKEN, values)


_TAKEN = ("mobile", "last_at", "last_id", "unread", "opted_out")


@cache
def _take(dialect: str) -> Any:
    table = conversations
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    insert = insert.values({name: bindparam(name) for name in _TAKEN})
    new = insert.excluded
    is_later = tuple_(new.last_at, new.last_id) > tuple_(table.c.last_at, table.c.last_id)
    return insert.on_conflict_do_update(
        index_elements=["mobile"],
        set_={
            "last_at": case((is_later, new.last_at), else_=table.c.last_at),
            "last_id": case((is_later, new.last_id), else_=table.c.last_id),
            "unread": table.c.unread + new.unread,
            "opted_out": or_(table.c.opted_out, new.opted_out),
        },
    )


def recount(conn: Connection, mobiles: Iterable[str]) -> None:
    """Make the rows of these numbers what their replies say; one without replies is let go of.

    The transaction began with :func:`hold`.
    """
    for some in batched(sorted(set(mobiles)), _AT_ONCE):
        given = {"mobiles": listed(conn, some)}
        mine = among(conn.dialect.name, conversations.c.mobile, "mobiles")
        found = conn.execute(_counted(conn.dialect.name), given).all()
        gone = set(some) - {row.mobile for row in found}
        values = [
            (milliseconds(row.last_at), row.last_id, row.unread, bool(row.opted_out), row.mobile) for row in found
        ]
        if values:
            many(conn, _RECOUNTED, ("_at", "_last", "_unread", "_opted_out", "_mobile"), values)
        if gone:
            conn.execute(conversations.delete().where(mine), {"mobiles": listed(conn, gone)})


_RECOUNTED = (
    conversations.update()
    .where(conversations.c.mobile == bindparam("_mobile"))
    .values(
        last_at=bindparam("_at"),
        last_id=bindparam("_last"),
        unread=bindparam("_unread"),
        opted_out=bindparam("_opted_out"),
    )
)


@cache
def _counted(dialect: str) -> Select[Any]:
    each = replies.c.mobile
    by_time = (replies.c.received_at.desc(), replies.c.id.desc())
    rows = (
        select(
            each,
            func.row_number().over(partition_by=each, order_by=by_time).label("place"),
            replies.c.received_at.label("last_at"),
            replies.c.id.label("last_id"),
            func.sum(case((replies.c.read_at.is_(None), 1), else_=0)).over(partition_by=each).label("unread"),
            func.max(case((replies.c.opt_out, 1), else_=0)).over(partition_by=each).label("opted_out"),
        )
        .where(among(dialect, each, "mobiles"))
        .subquery()
    )
    return select(rows).where(rows.c.place == 1)


# -- read and unread, labels -------------------------------------------------------------------------------


def mark_read(conn: Connection, mobiles: Iterable[str]) -> None:
    """A person has seen all that these numbers wrote."""
    hold(conn)
    given = {"mobiles": listed(conn, sorted(set(mobiles)))}
    dialect = conn.dialect.name
    conn.execute(
        conversations.update().where(among(dialect, conversations.c.mobile, "mobiles")).values(unread=0), given
    )
    mine = among(dialect, replies.c.mobile, "mobiles")
    conn.execute(replies.update().where(mine, replies.c.read_at.is_(None)).values(read_at=now()), given)


def mark_replies_read(conn: Connection, reply_ids: Sequence[int]) -> None:
    """A person has seen these replies; others of the same numbers may be unread still."""
    hold(conn)
    ids = {"ids": listed(conn, reply_ids)}
    mine = among(conn.dialect.name, replies.c.id, "ids")
    conn.execute(replies.update().where(mine, replies.c.read_at.is_(None)).values(read_at=now()), ids)
    recount(conn, conn.execute(select(replies.c.mobile).where(mine), ids).scalars())


def mark_unread(conn: Connection, mobile: str) -> None:
    """The last reply of a number is to be looked at again."""
    hold(conn)
    last = select(conversations.c.last_id).where(conversations.c.mobile == mobile).scalar_subquery()
    conn.execute(replies.update().where(replies.c.id == last).values(read_at=None))
    recount(conn, [mobile])


def unread_mobiles(conn: Connection, until: int, limit: int) -> list[str]:
    """Some of the numbers with unread replies of which the last is the one with the id `until` or an earlier one."""
    return list(conn.execute(_unread(select(conversations.c.mobile), until).limit(limit)).scalars())


def count_unread(conn: Connection, until: int) -> int:
    """How many numbers :func:`unread_mobiles` has."""
    return int(conn.execute(_unread(select(func.count()).select_from(conversations), until)).scalar_one())


def _unread(query: Select[Any], until: int) -> Select[Any]:
    return query.where(HAS_UNREAD, conversations.c.last_id <= until)


def set_label(conn: Connection, mobiles: Sequence[str], label_id: int | None) -> None:
    """Give conversations a label, or none."""
    hold(conn)
    mine = among(conn.dialect.name, conversations.c.mobile, "mobiles")
    conn.execute(conversations.update().where(mine).values(label_id=label_id), {"mobiles": listed(conn, mobiles)})


# -- what is shown -----------------------------------------------------------------------------------------


def rows(
    conn: Connection, only: Only, before: tuple[datetime, int] | None = None, limit: int = 100
) -> list[Conversation]:
    """Conversations, the last to write first; `before` is (last_at, last_id) of where the page before ended."""
    query = _limited(select(conversations), only)
    if before is not None:
        query = query.where(tuple_(conversations.c.last_at, conversations.c.last_id) < tuple_(*_key(before)))
    newest = (conversations.c.last_at.desc(), conversations.c.last_id.desc())
    return _shown(conn, query.order_by(*newest).limit(limit))


def _key(before: tuple[datetime, int]) -> tuple[Any, Any]:
    at, id_ = before
    return bindparam("at", at, conversations.c.last_at.type), bindparam("last", id_, conversations.c.last_id.type)


def beginning(conn: Connection, mobile: str, only: Only, limit: int) -> list[Conversation]:
    """Conversations of the numbers that begin with `mobile`, in their order: an index has them in no other."""
    query = of_mobile(_limited(select(conversations), only), conversations.c.mobile, mobile)
    return _shown(conn, query.order_by(conversations.c.mobile).limit(limit))


def of(conn: Connection, mobiles: Iterable[str], only: Only | None = None) -> list[Conversation]:
    """Conversations of these numbers, the last to write first."""
    query = _limited(select(conversations), only or Only())
    query = query.where(among(conn.dialect.name, conversations.c.mobile, "mobiles"))
    return _shown(conn, query, {"mobiles": listed(conn, mobiles)})


def _limited(query: Select[Any], only: Only) -> Select[Any]:
    if only.unread:
        query = query.where(HAS_UNREAD)
    if only.opted_out:
        query = query.where(conversations.c.opted_out.is_(True))
    if only.since is not None:
        query = query.where(conversations.c.last_at >= only.since)
    if only.label_id is not None:
        query = query.where(conversations.c.label_id == only.label_id)
    return query


def _shown(conn: Connection, query: Select[Any], given: dict[str, Any] | None = None) -> list[Conversation]:
    """Limited first, and only then told who they are: a join would else go through all."""
    some = query.subquery()
    whole = (
        select(
            some.c.mobile,
            some.c.last_at,
            some.c.last_id,
            some.c.unread,
            some.c.opted_out,
            func.substr(replies.c.content, 1, LAST_WORDS),
            replies.c.account_id,
            func.coalesce(people.c.name, ""),
            some.c.label_id,
            labels.c.name,
            blocklist.c.id.is_not(None),
        )
        .join(replies, replies.c.id == some.c.last_id)
        .outerjoin(people, people.c.mobile == some.c.mobile)
        .outerjoin(labels, labels.c.id == some.c.label_id)
        .outerjoin(blocklist, (blocklist.c.mobile == some.c.mobile) & IS_BLOCKED)
    )
    found = conn.execute(whole, given or {}).all()
    made = [Conversation(*row[:9], Words.from_json(row[9]) if row[9] else None, bool(row[10])) for row in found]
    return sorted(made, key=lambda one: (one.last_at, one.last_id), reverse=True)


# -- searching ---------------------------------------------------------------------------------------------


def last_reply(conn: Connection) -> int:
    """The id of the reply that was stored last; 0 where there is none."""
    return conn.execute(select(func.max(replies.c.id))).scalar() or 0


def named(conn: Connection, text: str, limit: int) -> list[str]:
    """Numbers that the address book has under a name with `text` in it, and that have replied."""
    query = select(people.c.mobile).join(conversations, conversations.c.mobile == people.c.mobile)
    return list(conn.execute(query.where(people.c.name.icontains(text, autoescape=True)).limit(limit)).scalars())


def holding(conn: Connection, text: str, after: int, until: int) -> list[str]:
    """Numbers with `text` in them or in a reply, of the replies with these ids (`after` is not among them)."""
    query = select(replies.c.mobile).where(replies.c.id > after, replies.c.id <= until, has_text(text))
    return list(dict.fromkeys(conn.execute(query.order_by(replies.c.id.desc())).scalars()))
