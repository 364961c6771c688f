"""Replies: each kept once, tied to what it answers; who opts out is put on the blocklist."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from more_itertools import batched
from sqlalchemy import Connection, func, select

from smsdesk.domain.inbox import Came, Reply
from smsdesk.domain.message import State
from smsdesk.domain.opt_out import LONGEST, OPTED_OUT, is_opt_out
from smsdesk.store import blocklist as blocklist_rows
from smsdesk.store import conversations as conversation_rows
from smsdesk.store.answers import Raw, known
from smsdesk.store.reports import AT_ONCE, is_of
from smsdesk.store.schema import campaigns, messages, replies
from smsdesk.store.statements import among, insert_new, listed


def add(conn: Connection, raw: Raw, items: Sequence[Reply]) -> Came:
    """Store replies, each once, tie them to what they answer, and put who opts out on the blocklist."""
    came = Came()
    words = blocklist_rows.words(conn, hold=True)
    conversation_rows.hold(conn)
    untold = [one for one in items if one.received_at or _is_news(conn, raw, one, words)]
    for some in batched(untold, AT_ONCE):
        came += _add_replies(conn, raw, some, words)
    return came


def _is_news(conn: Connection, raw: Raw, one: Reply, words: AbstractSet[str]) -> bool:
    """Whether a reply without a time is to be stored: one of the same text may be there already.

    An opt-out of somebody who is not on the blocklist is: they may have been taken off it, and say so again.
    """
    same = {"account_id": raw.account_id, "mid": one.mid, "mobile": one.mobile, "digest": _digest(one.content)}
    if not known(conn, replies, **same):
        return True
    return is_opt_out(one.content, words) and not blocklist_rows.has(conn, one.mobile)


def _add_replies(conn: Connection, raw: Raw, items: Sequence[Reply], words: AbstractSet[str]) -> Came:
    answered = _latest_messages(conn, raw.account_id, {one.mobile for one in items})
    new = conn.execute(
        insert_new(conn.dialect.name, replies).returning(
            replies.c.id, replies.c.mobile, replies.c.opt_out, replies.c.received_at
        ),
        [
            {
                "account_id": raw.account_id,
                "raw_id": raw.id,
                "mid": one.mid,
                "mobile": one.mobile,
                "content": one.content,
                "digest": _digest(one.content),
                "access_code": one.access_code,
                "received_at": one.received_at or raw.received_at,
                "untimed": one.received_at is None,
                "message_id": answered.get(one.mobile, (None, None))[0],
                "campaign_id": answered.get(one.mobile, (None, None))[1],
                "opt_out": is_opt_out(one.content, words),
            }
            for one in items
        ],
    ).all()
    conversation_rows.take(conn, new)
    leaving = [row for row in new if row.opt_out]
    for row in leaving:
        blocklist_rows.add(conn, [row.mobile], OPTED_OUT, reply_id=row.id)
    return Came(replies=len(new), opted_out=len(leaving))


def _digest(content: str) -> str:
    """Blanks around it may be there by pull and not by push."""
    return hashlib.sha256(content.strip().encode()).hexdigest()[:16]


def _latest_messages(conn: Connection, account_id: int, mobiles: Iterable[str]) -> dict[str, tuple[int, int]]:
    latest = (
        select(func.max(messages.c.id))
        .join(campaigns, campaigns.c.id == messages.c.campaign_id)
        .where(
            among(conn.dialect.name, messages.c.mobile, "mobiles"),
            messages.c.state.in_((State.CLAIMED, State.ACCEPTED, State.IN_DOUBT)),
            is_of(account_id),
        )
        .group_by(messages.c.mobile)
    )
    rows = conn.execute(
        select(messages.c.mobile, messages.c.id, messages.c.campaign_id).where(messages.c.id.in_(latest)),
        {"mobiles": listed(conn, set(mobiles))},
    )
    return {row.mobile: (row.id, row.campaign_id) for row in rows}


def unread(conn: Connection) -> int:
    """How many replies nobody has seen."""
    return conn.execute(select(func.count()).select_from(replies).where(replies.c.read_at.is_(None))).scalar_one()


def count_after(conn: Connection, reply_id: int) -> tuple[int, int]:
    """How many replies were stored after this one, and how many of them opt out."""
    opt_outs = func.count().filter(replies.c.opt_out.is_(True))
    row = conn.execute(select(func.count(), opt_outs).where(replies.c.id > reply_id)).one()
    return row[0], row[1]


def senders(conn: Connection, reply_ids: Sequence[int]) -> list[tuple[int, str]]:
    """The ids of these replies and who wrote them, the earliest first."""
    rows = conn.execute(
        select(replies.c.id, replies.c.mobile)
        .where(among(conn.dialect.name, replies.c.id, "ids"))
        .order_by(replies.c.id),
        {"ids": listed(conn, reply_ids)},
    )
    return [(row.id, row.mobile) for row in rows]


def not_opted_out(conn: Connection) -> list[tuple[int, str, str]]:
    """Id, sender and text of the short replies that are no opt-out so far, the earliest first."""
    rows = conn.execute(
        select(replies.c.id, replies.c.mobile, replies.c.content)
        .where(replies.c.opt_out.is_(False), func.length(replies.c.content) <= 2 * LONGEST)
        .order_by(replies.c.id)
    )
    return [(row.id, row.mobile, row.content) for row in rows]


def mark_opt_outs(conn: Connection, reply_ids: Sequence[int]) -> None:
    """These replies turn out to be opt-outs."""
    conversation_rows.hold(conn)
    ids = {"ids": listed(conn, reply_ids)}
    conn.execute(replies.update().where(among(conn.dialect.name, replies.c.id, "ids")).values(opt_out=True), ids)
    conversation_rows.recount(conn, {mobile for _, mobile in senders(conn, reply_ids)})
