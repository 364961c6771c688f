"""How many rows a table has, for the progress of an export."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from smsdesk.store.pages import Filter, of_mobile
from smsdesk.store.schema import campaigns, messages
from smsdesk.store.schema import replies as _replies
from smsdesk.store.schema import reports as _reports


def campaigns_in_all(conn: Connection) -> int:
    """All campaigns."""
    return conn.execute(select(func.count()).select_from(campaigns)).scalar_one()


def reports(conn: Connection, only: Filter) -> int:
    """Status reports that `pages.report_rows` would give."""
    query = select(func.count()).select_from(_reports)
    if only.campaign_id is not None:
        query = query.join(messages, messages.c.id == _reports.c.message_id)
        query = query.where(messages.c.campaign_id == only.campaign_id)
    if only.since is not None:
        query = query.where(_reports.c.reported_at >= only.since)
    return int(conn.execute(of_mobile(query, _reports.c.mobile, only.mobile)).scalar_one())


def replies(conn: Connection, only: Filter) -> int:
    """Replies that `pages.reply_rows` would give."""
    query = select(func.count()).select_from(_replies)
    if only.campaign_id is not None:
        query = query.where(_replies.c.campaign_id == only.campaign_id)
    if only.since is not None:
        query = query.where(_replies.c.received_at >= only.since)
    return int(conn.execute(of_mobile(query, _replies.c.mobile, only.mobile)).scalar_one())
