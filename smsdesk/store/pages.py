"""What tables show: rows read by key, a page at a time, so that the last page costs what the first one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from smsdesk.domain.message import Delivery, Skip, State
from smsdesk.domain.words import Words
from smsdesk.store.schema import campaigns, conversations, labels, messages, people, replies, reports


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message with its campaign."""

    id: int
    campaign_id: int
    campaign: str
    mobile: str
    content: str
    segments: int
    state: State
    skip: Skip | None
    mid: str | None
    result: int | None
    submitted_at: datetime | None
    delivery: Delivery
    stat: str | None
    reported_at: datetime | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A status report with the message that it is about, as far as that is known."""

    id: int
    mobile: str
    mid: str
    stat: str
    delivery: Delivery
    reported_at: datetime
    campaign_id: int | None
    campaign: str | None
    content: str | None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply with the message that it answers, as far as that is known."""

    id: int
    mobile: str
    content: str
    access_code: str
    received_at: datetime
    campaign_id: int | None
    campaign: str | None
    answers: str | None
    """The text that it answers."""
    opt_out: bool
    read: bool
    label: Words | None
    """That of its conversation."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page is limited to; None is no limit."""

    campaign_id: int | None = None
    mobile: str | None = None
    """The number, or its beginning."""
    since: datetime | None = None
    state: State | None = None
    foreign: bool = False
    """Only reports of which no message is known."""


@dataclass(frozen=True, slots=True)
class ReplyFilter(Filter):
    """What replies are limited to besides."""

    unread: bool = False
    opt_outs: bool = False
    label_id: int | None = None
    text: str = ""
    """In the reply, in the number, or in the person's name."""


_TEXT = func.coalesce(messages.c.content, campaigns.c.text)


MESSAGES = select(  # in the order of MessageRow's fields
    messages.c.id,
    messages.c.campaign_id,
    campaigns.c.name,
    messages.c.mobile,
    _TEXT,
    messages.c.segments,
    messages.c.state,
    messages.c.skip,
    messages.c.mid,
    messages.c.result,
    messages.c.submitted_at,
    messages.c.delivery,
    messages.c.stat,
    messages.c.reported_at,
    messages.c.inferred,
).join(campaigns, campaigns.c.id == messages.c.campaign_id)


def message_rows(conn: Connection, only: Filter, after: int = 0, limit: int = 200) -> list[MessageRow]:
    """Messages in the order of their planning; `after` is the id that the page before ended with."""
    query = MESSAGES.where(messages.c.id > after).order_by(messages.c.id).limit(limit)
    if only.campaign_id is not None:
        query = query.where(messages.c.campaign_id == only.campaign_id)
    if only.state is not None:
        query = query.where(messages.c.state == only.state)
    return [MessageRow(*row) for row in conn.execute(of_mobile(query, messages.c.mobile, only.mobile))]


def messages_to(conn: Connection, mobile: str, limit: int) -> list[MessageRow]:
    """The last messages to one number."""
    query = page(MESSAGES.where(messages.c.mobile == mobile), messages.c.id, None, limit)
    return [MessageRow(*row) for row in conn.execute(query)]


REPORTS = (  # in the order of ReportRow's fields
    select(
        reports.c.id,
        reports.c.mobile,
        reports.c.mid,
        reports.c.stat,
        reports.c.delivery,
        reports.c.reported_at,
        messages.c.campaign_id,
        campaigns.c.name,
        _TEXT,
    )
    .outerjoin(messages, messages.c.id == reports.c.message_id)
    .outerjoin(campaigns, campaigns.c.id == messages.c.campaign_id)
)


def report_rows(conn: Connection, only: Filter, before: int | None = None, limit: int = 200) -> list[ReportRow]:
    """Status reports, the last to arrive first; `before` is the id that the page before ended with."""
    return [ReportRow(*row) for row in conn.execute(page(of_reports(REPORTS, only), reports.c.id, before, limit))]


def of_reports(query: Select[Any], only: Filter) -> Select[Any]:
    """Limit a query of reports; where a campaign is asked for, they are joined with their messages."""
    if only.campaign_id is not None:
        query = query.where(messages.c.campaign_id == only.campaign_id)
    if only.since is not None:
        query = query.where(reports.c.reported_at >= only.since)
    if only.foreign:
        query = query.where(reports.c.message_id.is_(None))
    return of_mobile(query, reports.c.mobile, only.mobile)


REPLIES = (  # in the order of ReplyRow's fields
    select(
        replies.c.id,
        replies.c.mobile,
        replies.c.content,
        replies.c.access_code,
        replies.c.received_at,
        replies.c.campaign_id,
        campaigns.c.name,
        _TEXT,
        replies.c.opt_out,
        replies.c.read_at.is_not(None),
        labels.c.name,
    )
    .outerjoin(messages, messages.c.id == replies.c.message_id)
    .outerjoin(campaigns, campaigns.c.id == replies.c.campaign_id)
    .outerjoin(conversations, conversations.c.mobile == replies.c.mobile)
    .outerjoin(labels, labels.c.id == conversations.c.label_id)
)


def reply_rows(conn: Connection, only: Filter, before: int | None = None, limit: int = 200) -> list[ReplyRow]:
    """Replies, the last to arrive first; `before` is the id that the page before ended with."""
    return [reply_row(row) for row in conn.execute(page(of_replies(REPLIES, only), replies.c.id, before, limit))]


def reply_row(row: Any) -> ReplyRow:
    """A row of :data:`REPLIES`."""
    values = [*row]
    values[-1] = Words.from_json(row[-1]) if row[-1] else None
    return ReplyRow(*values)


def of_replies(query: Select[Any], only: Filter) -> Select[Any]:
    """Limit a query of replies that are joined with their conversations."""
    if only.campaign_id is not None:
        query = query.where(replies.c.campaign_id == only.campaign_id)
    if only.since is not None:
        query = query.where(replies.c.received_at >= only.since)
    if isinstance(only, ReplyFilter):
        query = _of_inbox(query, only)
    return of_mobile(query, replies.c.mobile, only.mobile)


def _of_inbox(query: Select[Any], only: ReplyFilter) -> Select[Any]:
    if only.unread:
        query = query.where(replies.c.read_at.is_(None))
    if only.opt_outs:
        query = query.where(replies.c.opt_out.is_(True))
    if only.label_id is not None:
        query = query.where(conversations.c.label_id == only.label_id)
    if only.text:
        named = select(people.c.mobile).where(people.c.name.icontains(only.text, autoescape=True))
        query = query.where(has_text(only.text) | replies.c.mobile.in_(named))
    return query


def has_text(text: str) -> ColumnElement[bool]:
    """Whether a text is in the reply or in its number, whatever its case."""
    return replies.c.content.icontains(text, autoescape=True) | replies.c.mobile.contains(text, autoescape=True)


def page(query: Select[Any], row_id: Any, before: int | None, limit: int) -> Select[Any]:
    """The last `limit` rows, or those before the row with the id `before`."""
    if before is not None:
        query = query.where(row_id < before)
    return query.order_by(row_id.desc()).limit(limit)


def of_mobile(query: Select[Any], column: Any, mobile: str | None) -> Select[Any]:
    """The rows of a number, or of all that begin with it; None is no limit."""
    if not mobile:
        return query
    # A range, not LIKE: both databases use the index for it. Digits sort alike in every collation.
    return query.where(column.between(mobile, mobile + "9" * 20))
