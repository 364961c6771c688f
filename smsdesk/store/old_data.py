"""Old messages, reports and replies: how many there are, and anonymising or deleting them, some at a time.

A campaign is old when it came to its end before the moment given; with its messages go their reports. What is queued,
claimed or in doubt stays, and so do the blocklist, replies that are the reason for an entry of it, and each campaign's
counts. `campaigns.cleared_at` says that there is nothing more to do for one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, cast, func, literal, select, text
from sqlalchemy import Text as TextType

from smsdesk.domain.campaign import CampaignState
from smsdesk.domain.chinatime import now
from smsdesk.domain.message import State
from smsdesk.domain.old_data import HIDDEN, Removal
from smsdesk.store import accounts, conversations
from smsdesk.store.schema import blocklist, campaigns, is_hidden, messages, raw_answers, replies, reports
from smsdesk.store.statements import among, listed

AT_ONCE: Final = 500
"""Rows a transaction: whoever sends must not wait for long."""

_ANSWERS_AT_ONCE: Final = 20
"""Raw answers a transaction: one may have a megabyte."""

_KEPT = (State.QUEUED, State.CLAIMED, State.IN_DOUBT)


@dataclass(frozen=True, slots=True)
class Old:
    """How many are old. `answers` are raw answers of the gateway, which are deleted either way."""

    campaigns: int = 0
    messages: int = 0
    reports: int = 0
    replies: int = 0
    answers: int = 0

    @property
    def total(self) -> int:
        """All rows that go."""
        return self.messages + self.reports + self.replies + self.answers

    def __add__(self, other: Old) -> Old:
        return Old(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Old)))


def make_ready(conn: Connection) -> None:
    """Indexes without which each message that goes would cost a look through all reports.

    Only stores whose old data goes have them: every report that comes in would pay for them.
    """
    for table, column in (("reports", "message_id"), ("replies", "message_id"), ("blocklist", "reply_id")):
        name = f"ix_{table}_{column}_old"
        conn.execute(text(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({column}) WHERE {column} IS NOT NULL"))


def thoroughly(conn: Connection, on: bool) -> None:
    """Let SQLite overwrite what goes, in this connection: else it can be found in the file's free places."""
    if conn.dialect.name == "sqlite":
        conn.execute(text(f"PRAGMA secure_delete={'ON' if on else 'OFF'}"))


def old_campaigns(conn: Connection, before: datetime) -> list[int]:
    """Ids of campaigns that ended before then and have something left, the oldest first."""
    ended = campaigns.c.state.in_((CampaignState.DONE, CampaignState.CANCELLED))
    query = select(campaigns.c.id).where(ended, campaigns.c.finished_at < before, campaigns.c.cleared_at.is_(None))
    return list(conn.execute(query.order_by(campaigns.c.id)).scalars())


def count_of(conn: Connection, campaign_id: int, how: Removal) -> Old:
    """What would go of a campaign."""
    its = _old_messages(campaign_id, how)
    found = conn.execute(_count(messages).where(*its)).scalar_one()
    of_them = _count(reports).join(messages, messages.c.id == reports.c.message_id)
    return Old(campaigns=1, messages=found, reports=conn.execute(of_them.where(*its)).scalar_one())


def count_others(conn: Connection, before: datetime, how: Removal) -> Old:
    """What would go besides: reports that belong to no message, replies, raw answers."""
    return Old(
        reports=conn.execute(_count(reports).where(*_foreign(before))).scalar_one(),
        replies=conn.execute(_count(replies).where(*_old_replies(before, how))).scalar_one(),
        answers=conn.execute(_count(raw_answers).where(*_old_answers(before))).scalar_one(),
    )


def clear_some(conn: Connection, campaign_id: int, before: datetime, how: Removal, after: int) -> tuple[int, Old]:
    """Clear the next messages of an old campaign; returns the id to go on after, and what went.

    Nothing goes, and the id is 0, where all is done, or the campaign is not old any more: a person sends of it again.
    """
    # The account first, as whoever brings in its replies does: a message must not go while a reply is tied to it.
    accounts.hold(conn, conn.execute(select(campaigns.c.account_id).where(campaigns.c.id == campaign_id)).scalar_one())
    campaign = conn.execute(
        select(campaigns.c.finished_at).where(campaigns.c.id == campaign_id).with_for_update()
    ).one()
    if campaign.finished_at is None or campaign.finished_at >= before:
        return 0, Old()
    its = (*_old_messages(campaign_id, how), messages.c.id > after)
    ids = list(conn.execute(select(messages.c.id).where(*its).order_by(messages.c.id).limit(AT_ONCE)).scalars())
    if not ids:
        _cleared(conn, campaign_id)
        return 0, Old(campaigns=1)
    given = {"ids": listed(conn, ids)}
    chosen, told = (_among(conn, table.c[name]) for table, name in ((messages, "id"), (reports, "message_id")))
    if how is Removal.DELETE:
        gone = conn.execute(reports.delete().where(told), given).rowcount
        conn.execute(replies.update().where(_among(conn, replies.c.message_id)).values(message_id=None), given)
        conn.execute(messages.delete().where(chosen), given)
    else:
        nameless = {"mobile": _hidden(reports, unique=True), "mid": ""}
        gone = conn.execute(reports.update().where(told).values(nameless), given).rowcount
        conn.execute(messages.update().where(chosen).values(_NAMELESS_MESSAGE), given)
    return ids[-1], Old(messages=len(ids), reports=gone)


def clear_others(conn: Connection, before: datetime, how: Removal, after: int) -> tuple[int, Old]:
    """Clear some of what belongs to no campaign; returns the reply to go on after, and what went. None went: done."""
    conversations.hold(conn)
    foreign = select(reports.c.id).where(*_foreign(before)).limit(AT_ONCE)
    answers = select(raw_answers.c.id).where(*_old_answers(before)).order_by(raw_answers.c.id).limit(_ANSWERS_AT_ONCE)
    gone = conn.execute(reports.delete().where(reports.c.id.in_(foreign))).rowcount
    parsed = conn.execute(raw_answers.delete().where(raw_answers.c.id.in_(answers))).rowcount
    old = select(replies.c.id, replies.c.mobile).where(*_old_replies(before, how), replies.c.id > after)
    found = conn.execute(old.order_by(replies.c.id).limit(AT_ONCE)).all()
    ids = [row.id for row in found]
    given, chosen = {"ids": listed(conn, ids)}, _among(conn, replies.c.id)
    if how is Removal.DELETE:
        conn.execute(replies.delete().where(chosen), given)
    else:
        conn.execute(replies.update().where(chosen).values(_nameless_reply()), given)
    conversations.recount(conn, {row.mobile for row in found})
    return (ids[-1] if ids else after), Old(reports=gone, replies=len(ids), answers=parsed)


def _among(conn: Connection, column: Any) -> ColumnElement[bool]:
    return among(conn.dialect.name, column, "ids")


def _count(table: Table) -> Select[Any]:
    return select(func.count()).select_from(table)


def _old_messages(campaign_id: int, how: Removal) -> tuple[ColumnElement[bool], ...]:
    its = (messages.c.campaign_id == campaign_id, messages.c.state.not_in(_KEPT))
    return its if how is Removal.DELETE else (*its, ~is_hidden(messages))


def _foreign(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return reports.c.message_id.is_(None), reports.c.reported_at < before


def _old_answers(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return raw_answers.c.parsed_at.is_not(None), raw_answers.c.received_at < before


def _old_replies(before: datetime, how: Removal) -> tuple[ColumnElement[bool], ...]:
    reasons = select(blocklist.c.reply_id).where(blocklist.c.reply_id.is_not(None))
    its = (replies.c.received_at < before, replies.c.id.not_in(reasons))
    return its if how is Removal.DELETE else (*its, ~is_hidden(replies))


def _hidden(table: Table, *, unique: bool = False) -> ColumnElement[str]:
    """The first three digits and stars, where it has to be unique the row's id too: nothing that leads back."""
    hidden = func.substr(table.c.mobile, 1, 3) + literal(HIDDEN)
    return hidden + cast(table.c.id, TextType) if unique else hidden


_NAMELESS_MESSAGE = {
    "mobile": _hidden(messages),
    # The text of a bulk campaign stands with the campaign, and is nobody's own.
    "content": func.substr(messages.c.content, 1, 0),
    "mid": None,
    "line": None,
}


def _nameless_reply() -> dict[str, Any]:
    """Without a digest of the text either: of a short one it could be guessed from that."""
    return {
        "mobile": _hidden(replies),
        "content": "",
        "digest": cast(replies.c.id, TextType),
        "mid": "",
        "read_at": func.coalesce(replies.c.read_at, literal(now(), replies.c.read_at.type)),
    }


def _cleared(conn: Connection, campaign_id: int) -> None:
    """Remember that nothing is left to do, unless messages in doubt are. A text to one person goes as well."""
    whole = campaigns.c.in_doubt + campaigns.c.queued + campaigns.c.claimed == 0
    conn.execute(campaigns.update().where(campaigns.c.id == campaign_id, whole).values(cleared_at=now()))
    its = campaigns.c
    total = its.queued + its.claimed + its.accepted + its.rejected + its.in_doubt + its.skipped
    conn.execute(campaigns.update().where(its.id == campaign_id, whole, total == 1).values(text="", source=""))
